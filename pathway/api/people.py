"""Who is this child, what is open, and who is their family? As the page of a person shows it."""

from fastapi import APIRouter

from pathway import acts
from pathway.acts import NotFound
from pathway.api.answers import PersonBody
from pathway.api.asked import Ref
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.store.people.persons import person

router = APIRouter(prefix="/people", tags=["People"])


@router.get("/{ref}", summary="Read about a person and their family", operation_id="person")
def read_person(desk: AtDesk, viewer: SignedIn, ref: Ref) -> PersonBody:
    """A child or an adult by the `person` of a record's child or tie. The look is recorded, with every record."""
    with desk.database.reading() as session:
        found = person(session, viewer, ref, desk.clock())
    if found is None:
        raise NotFound("person")
    acts.look(desk, viewer, page="api person", cases=found.cases)
    return PersonBody(person=found)
