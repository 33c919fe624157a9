"""What does a service publish? The parts of Open Referral UK 3.0 that we read, under the standard's own names.

The same shapes read a feed, are kept as they were read, and answer at our own door. A name that the standard's versions
write in two ways is read in both.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from pathway.store.directory.checks import (
    check_email,
    check_latitude,
    check_longitude,
    check_number,
    check_postcode,
    check_time,
    check_web_address,
)
from pathway.tables.directory import LONGEST_ID, ServiceStatus

MOST_PARTS = 500
OLDEST = 150
EARLIEST = date(1990, 1, 1)
"""A rule of a calendar is followed from its first day, so one from long ago would take long."""


def in_utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


Id = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_ID)]
Line = Annotated[str, StringConstraints(strict=True, max_length=500)]
Text = Annotated[str, StringConstraints(strict=True, max_length=20_000)]
Web = Annotated[str, StringConstraints(strict=True, max_length=2_000), AfterValidator(check_web_address)]
Email = Annotated[str, StringConstraints(strict=True, max_length=254), AfterValidator(check_email)]
Number = Annotated[str, StringConstraints(strict=True, max_length=100), AfterValidator(check_number)]
Postcode = Annotated[str, StringConstraints(strict=True, max_length=20), AfterValidator(check_postcode)]
Clock = Annotated[str, StringConstraints(strict=True, max_length=30), AfterValidator(check_time)]
Moment = Annotated[datetime, AfterValidator(in_utc)]
Age = Annotated[float, Field(ge=0, le=OLDEST)]
Latitude = Annotated[float, AfterValidator(check_latitude)]
Longitude = Annotated[float, AfterValidator(check_longitude)]


class Part(BaseModel):
    """One part of a service. What is empty counts as left out; what we have no use for is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def without_blanks(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None and value not in ("", [])}


Many = Field(default=(), max_length=MOST_PARTS)


class TaxonomyDetail(Part):
    id: Id
    name: Line = ""


class Term(Part):
    id: Id
    name: Line = Field(validation_alias=AliasChoices("name", "term"))
    description: Text = ""
    taxonomy: Line = ""
    taxonomy_detail: TaxonomyDetail | None = None


class Attribute(Part):
    """A term of a taxonomy that a service is classed as."""

    id: Id
    link_type: Line = ""
    value: Text = ""
    taxonomy_term_id: Id | None = None
    taxonomy_term: Term | None = None


class Phone(Part):
    id: Id | None = None
    number: Number
    extension: Annotated[str, StringConstraints(max_length=20), Field(coerce_numbers_to_str=True)] = ""
    type: Line = ""
    description: Text = ""


class Contact(Part):
    """A public contact point: what it is, and how it is reached. Whoever sits there is nobody's to keep."""

    id: Id | None = None
    title: Line = ""
    department: Line = ""
    email: Email = ""
    phones: tuple[Phone, ...] = Many


class Schedule(Part):
    """When it is open: words, or the rule of a calendar (RFC 5545)."""

    id: Id | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = Field(default=None, ge=EARLIEST)
    freq: Annotated[str, StringConstraints(pattern="^(WEEKLY|MONTHLY)$")] | None = None
    interval: int | None = Field(default=None, ge=1, le=52)
    byday: Annotated[str, StringConstraints(pattern=r"^[-+0-9A-Z, ]{1,100}$")] = ""
    bymonthday: Annotated[str, StringConstraints(pattern=r"^[-+0-9, ]{1,100}$")] = ""
    opens_at: Clock = ""
    closes_at: Clock = ""
    description: Text = ""
    attending_type: Text = ""
    notes: Text = ""
    schedule_link: Web = ""


class Address(Part):
    id: Id | None = None
    address_1: Line = ""
    address_2: Line = ""
    city: Line = ""
    region: Line = ""
    state_province: Line = ""
    postal_code: Postcode = ""
    country: Line = ""


class Accessibility(Part):
    id: Id | None = None
    description: Text = ""
    details: Text = ""
    url: Web = ""


class Location(Part):
    id: Id
    location_type: Line = ""
    name: Line = ""
    description: Text = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    addresses: tuple[Address, ...] = Many
    accessibility: tuple[Accessibility, ...] = Many
    phones: tuple[Phone, ...] = Many
    schedules: tuple[Schedule, ...] = Many

    @property
    def town(self) -> str:
        return next((one.city for one in self.addresses if one.city), "")


class ServiceAtLocation(Part):
    id: Id
    description: Text = ""
    location: Location | None = None
    phones: tuple[Phone, ...] = Many
    contacts: tuple[Contact, ...] = Many
    schedules: tuple[Schedule, ...] = Many


class ServiceArea(Part):
    id: Id | None = None
    name: Line = Field(default="", validation_alias=AliasChoices("name", "service_area"))


class CostOption(Part):
    id: Id | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    option: Text = ""
    amount: float | None = Field(default=None, ge=0)
    currency: Line = ""
    amount_description: Text = ""


class Language(Part):
    id: Id | None = None
    name: Line = Field(default="", validation_alias=AliasChoices("name", "language"))
    note: Text = ""


class Organization(Part):
    id: Id
    name: Line
    description: Text = ""
    email: Email = ""
    website: Web = ""


class ServiceLine(Part):
    """A service as it stands in a list: only what there is once of it."""

    id: Id
    name: Line
    status: ServiceStatus
    description: Text = ""
    url: Web = ""
    email: Email = ""
    alert: Text = ""
    fees: Text = Field(default="", validation_alias=AliasChoices("fees", "fees_description"))
    wait_time: Text = ""
    application_process: Text = ""
    eligibility_description: Text = ""
    accreditations: Text = ""
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    assured_date: date | None = None
    last_modified: Moment | None = None
    organization: Organization


class PublishedService(ServiceLine):
    """A service whole, with all that belongs to it."""

    phones: tuple[Phone, ...] = Many
    contacts: tuple[Contact, ...] = Many
    schedules: tuple[Schedule, ...] = Many
    service_areas: tuple[ServiceArea, ...] = Many
    service_at_locations: tuple[ServiceAtLocation, ...] = Many
    cost_options: tuple[CostOption, ...] = Many
    languages: tuple[Language, ...] = Many
    attributes: tuple[Attribute, ...] = Many

    @property
    def terms(self) -> tuple[Term, ...]:
        """What it is classed as, each once."""
        named = {one.taxonomy_term.id: one.taxonomy_term for one in self.attributes if one.taxonomy_term}
        return tuple(named.values())

    @property
    def locations(self) -> tuple[Location, ...]:
        return tuple(one.location for one in self.service_at_locations if one.location)

    @property
    def every_schedule(self) -> tuple[Schedule, ...]:
        """Its own, and those of the places where it is."""
        there = (each for one in self.service_at_locations for each in one.schedules)
        kept = (each for one in self.locations for each in one.schedules)
        return (*self.schedules, *there, *kept)
