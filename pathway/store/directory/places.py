"""Where is this, and how far from it? Known from the directory's own places alone: nobody else is asked."""

import math
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, or_, select
from sqlmodel import Session, col

from pathway.store.directory.checks import postcode_in
from pathway.store.directory.need import asked_words, whose_places_say
from pathway.tables import Service, ServiceLocation

MILES_A_DEGREE = 69.09
"""Of latitude; of longitude that much less as one goes north. Within a county nobody notices the earth is round."""

LATITUDE, LONGITUDE = col(ServiceLocation.latitude), col(ServiceLocation.longitude)


@dataclass(frozen=True, slots=True)
class Point:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it was asked for. `there` finds the services in it; `centre` is where it lies, if that is known."""

    there: ColumnElement[bool]
    centre: Point | None


def where_is(session: Session, authority: str, asked: str) -> Where | None:
    """What is meant by a postcode, its first half, a town, or any words of a place; None for nothing."""
    asked = asked.replace("\x00", "")
    postcode, district = postcode_in(asked)
    if district:
        at = select(col(ServiceLocation.service_id)).where(col(ServiceLocation.district) == district)
        exact = _centre(session, authority, col(ServiceLocation.postcode) == postcode) if postcode else None
        centre = exact or _centre(session, authority, col(ServiceLocation.district) == district)
        return Where(col(Service.id).in_(at), centre)
    words = asked_words(asked)
    if not words:
        return None
    named = and_(*(col(Service.id).in_(whose_places_say(word)) for word in words))
    called = " ".join(asked.casefold().split())
    towns = func.lower(ServiceLocation.town) == called
    return Where(named, _centre(session, authority, or_(towns, func.lower(ServiceLocation.name) == called)))


def without_a_place() -> ColumnElement[bool]:
    """By telephone, online, or where the family is."""
    return ~exists().where(col(ServiceLocation.service_id) == col(Service.id))


def distances(centre: Point, within: int | None = None) -> Subquery:
    """How far each service is from a point, by its nearest place: `miles`, squared. `within` leaves the others out."""
    north = (LATITUDE - centre.latitude) * MILES_A_DEGREE
    east = (LONGITUDE - centre.longitude) * (MILES_A_DEGREE * math.cos(math.radians(centre.latitude)))
    miles = north * north + east * east
    found = select(col(ServiceLocation.service_id), func.min(miles).label("squared")).where(LATITUDE.is_not(None))
    if within is not None:
        found = found.where(_box(centre, within), miles <= within * within)
    return found.group_by(col(ServiceLocation.service_id)).subquery()


def _box(centre: Point, miles: int) -> ColumnElement[bool]:
    """Round about, by the index; what is in its corners is left out afterwards."""
    high = miles / MILES_A_DEGREE
    wide = high / math.cos(math.radians(centre.latitude))
    return LATITUDE.between(centre.latitude - high, centre.latitude + high) & LONGITUDE.between(
        centre.longitude - wide, centre.longitude + wide
    )


def _centre(session: Session, authority: str, which: ColumnElement[bool]) -> Point | None:
    """The middle of the places that are called so and say where they are."""
    middle = (
        select(func.avg(LATITUDE), func.avg(LONGITUDE))
        .join(Service, col(Service.id) == col(ServiceLocation.service_id))
        .where(col(Service.authority) == authority, which, LATITUDE.is_not(None))
    )
    north, east = session.execute(middle).one()
    return None if north is None else Point(float(north), float(east))
