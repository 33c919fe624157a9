"""Which rows does a published service come to? Its own, and what it is found by: places, days, terms, words."""

import hashlib
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from pathway.store.directory.checks import postcode_in
from pathway.store.directory.opening import days_of
from pathway.store.directory.oruk import Location, PublishedService
from pathway.store.history.chain import canonical_json
from pathway.tables.directory import LONGEST_WORD, WordOf
from thresholds.editions.stems import LITTLE, words_of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a service is found by, as rows without the service's own id."""

    locations: tuple[Row, ...]
    days: tuple[Row, ...]
    words: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A service as it will be laid. `found` is worked out beforehand for one that we don't hold so."""

    service: PublishedService
    row: Row
    found: Found | None

    @property
    def id(self) -> str:
        return self.service.id

    @property
    def digest(self) -> str:
        return str(self.row["digest"])

    def found_by(self) -> Found:
        return self.found or found_by(self.service)


def prepared(services: Iterable[PublishedService], digests: Set[str]) -> tuple[Prepared, ...]:
    """What takes long is done before anybody waits for it: the database is written to afterwards."""
    rows = ((one, service_row(one)) for one in services)
    return tuple(Prepared(one, row, None if row["digest"] in digests else found_by(one)) for one, row in rows)


def service_row(service: PublishedService) -> Row:
    published = canonical_json(service.model_dump(mode="json", exclude_defaults=True))
    return {
        "name": service.name,
        "status": service.status,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_on": service.assured_date,
        "last_modified": service.last_modified,
        "published": published,
        "digest": hashlib.sha256(published.encode()).hexdigest(),
    }


def found_by(service: PublishedService) -> Found:
    return Found(
        locations=tuple(_location(one) for one in service.locations),
        days=tuple({field: getattr(one, field) for field in one.__slots__} for one in days_of(service.every_schedule)),
        words=tuple(_words(service)),
    )


def place_of(location: Location) -> str:
    """All that says where it is."""
    parts = [location.name]
    for one in location.addresses:
        parts += [one.address_1, one.address_2, one.city, one.region, one.state_province]
    return " ".join(parts)


def _location(location: Location) -> Row:
    address = next((one for one in location.addresses if one.postal_code), next(iter(location.addresses), None))
    postcode, district = postcode_in(address.postal_code if address else "")
    known = bool(location.latitude) and location.longitude is not None
    return {
        "external_id": location.id,
        "name": location.name,
        "town": address.city if address else "",
        "postcode": postcode,
        "district": district,
        "latitude": location.latitude if known else None,
        "longitude": location.longitude if known else None,
    }


def _words(service: PublishedService) -> Iterator[Row]:
    """Each word once for each kind; the little ones help nobody to find anything."""
    texts: dict[WordOf, Iterable[str]] = {
        WordOf.name: (service.name,),
        WordOf.term: (text for one in service.terms for text in (one.name, one.description)),
        WordOf.text: (service.description, service.eligibility_description, service.alert, service.organization.name),
        WordOf.place: (*map(place_of, service.locations), *(one.name for one in service.service_areas)),
    }
    for of, given in texts.items():
        every = (each for text in given for each in words_of(text) if each.text not in LITTLE)
        for text, stem in {one.text[:LONGEST_WORD]: one.stem[:LONGEST_WORD] for one in every}.items():
            yield {"of": of, "text": text, "stem": stem}
