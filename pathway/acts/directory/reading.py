"""Can this service be taken as it was sent? It whole, or every reason why not: row, field, sentence, mend."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import ValidationError

from pathway.acts.directory.cleaning import cleaned
from pathway.acts.directory.listing import Body
from pathway.acts.faults import FieldFault
from pathway.acts.sentences import faults_of
from pathway.store.directory.oruk import PublishedService

ASK_THEM = "Ask whoever publishes it to put it right."


@dataclass(frozen=True, slots=True)
class SentBack:
    """One reason why a service didn't come in. `field` is its place in what was sent; empty for the whole."""

    row: int
    service: str
    field: str
    sentence: str
    mend: str = ASK_THEM


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One service, ready or not. `id` is its own where that much could be read."""

    row: int
    id: str
    service: PublishedService | None
    faults: tuple[SentBack, ...] = ()


def read_services(bodies: Iterable[Body], today: date) -> tuple[ReadRow, ...]:
    """Each service or its faults. One that is sent twice alike comes once; under two texts neither comes."""
    return tuple(_each_once([read_service(one, today) for one in bodies]))


def read_service(sent: Body, today: date) -> ReadRow:
    body = cleaned(sent.body)
    known = body if isinstance(body, dict) else {}
    own, called = _text(known, "id"), _text(known, "name") or _text(known, "id")
    if sent.fault:
        return ReadRow(sent.row, own, None, (_back(sent.row, called, FieldFault("", sent.fault)),))
    if not known:
        wrong = FieldFault("", "This isn’t a service: it should be a JSON object. Send each service as one.")
        return ReadRow(sent.row, own, None, (_back(sent.row, called, wrong),))
    try:
        service = PublishedService.model_validate(known)
    except ValidationError as wrongs:
        found = (*faults_of(wrongs.errors(include_url=False)), *_crossed(known))
        return ReadRow(sent.row, own, None, tuple(_back(sent.row, called, one) for one in found))
    besides = tuple(_back(sent.row, called, one) for one in _does_not_fit(service, today))
    return ReadRow(sent.row, own, None if besides else service, besides)


def _crossed(body: Mapping[str, object]) -> Iterator[FieldFault]:
    least, most = (body.get(name) for name in ("minimum_age", "maximum_age"))
    if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
        yield FieldFault("minimum_age", "The minimum age is above the maximum age. Look whether they are exchanged.")


def _does_not_fit(service: PublishedService, today: date) -> Iterator[FieldFault]:
    """What each field may say by itself, and not beside the others."""
    yield from _crossed({"minimum_age": service.minimum_age, "maximum_age": service.maximum_age})
    if service.assured_date and service.assured_date > today + timedelta(days=1):
        yield FieldFault("assured_date", "This day hasn’t come yet. Give the day on which it was last checked.")
    for index, one in enumerate(service.attributes):
        if one.taxonomy_term_id and one.taxonomy_term is None:
            place = f"attributes[{index}].taxonomy_term_id"
            yield FieldFault(place, "This names a taxonomy term that isn’t sent with it. Send the term whole.")
    for index, location in enumerate(service.locations):
        if (location.latitude is None) != (location.longitude is None):
            place = f"service_at_locations[{index}].location"
            yield FieldFault(place, "Latitude and longitude belong together. Give both, or neither.")


def _each_once(rows: list[ReadRow]) -> Iterator[ReadRow]:
    texts: dict[str, set[str]] = {}
    for one in rows:
        if one.service is not None:
            texts.setdefault(one.id, set()).add(one.service.model_dump_json())
    seen: Counter[str] = Counter()
    for one in rows:
        seen[one.id] += 1
        if one.service is not None and len(texts[one.id]) > 1:
            wrong = FieldFault("id", "Two services have this id, with other words. Give each its own.")
            yield ReadRow(one.row, one.id, None, (_back(one.row, one.service.name, wrong),))
        elif one.service is None or seen[one.id] == 1:
            yield one


def _back(row: int, service: str, wrong: FieldFault) -> SentBack:
    """A sentence that says what to do instead is told as the mend."""
    said, _, mend = wrong.sentence.partition(". ")
    field = "" if wrong.field == "body" else wrong.field
    if not mend:
        return SentBack(row, service, field, said)
    return SentBack(row, service, field, f"{said}.", mend)


def _text(body: Mapping[str, object], name: str) -> str:
    found = body.get(name)
    return found[:200] if isinstance(found, str) else ""
