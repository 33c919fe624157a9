"""Does the database itself refuse what can't be, should any code ever try?"""

import kept
import made
import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from pathway.acts import receive
from pathway.tables import AdoptedEdition, Assignment, CaseChild, Deadline, Entry, Payload, Person, PersonLink, Task

AT = made.MONDAY


def same_again(house: made.House, table, **changed) -> dict:
    """The first row of a table as values for another, but for what is changed."""
    row = kept.rows(house, table)[0].model_dump(exclude={"id"})
    return row | ({"public_id": "ANOTHER"} if "public_id" in row else {}) | changed


IMPOSSIBLE = {
    "two who answer for one case": lambda house: insert(Assignment).values(**same_again(house, Assignment)),
    "a holder who is two": lambda house: update(Assignment).values(practitioner_id=house.ids["ada"]),
    "a holder who is nobody": lambda house: update(Assignment).values(team_id=None),
    "an ending by nobody": lambda house: update(Assignment).values(ended_at=AT),
    "an acceptance at no time": lambda house: update(Assignment).values(accepted_at=None),
    "a decision at no time": lambda house: update(CaseChild).values(decided_by_id=house.ids["ada"]),
    "one child twice in a case": lambda house: insert(CaseChild).values(**same_again(house, CaseChild)),
    "one clock running twice": lambda house: insert(Deadline).values(**same_again(house, Deadline)),
    "one number for two entries": lambda house: insert(Entry).values(
        **same_again(house, Entry, case_id=1, sequence=1, authority=made.AUTHORITY)
    ),
    "a text lost but not erased": lambda house: update(Payload).values(body=None),
    "an erasure by nobody": lambda house: update(Payload).values(body=None, erased_at=AT),
    "a child born and expected": lambda house: update(Person).values(born_on=AT.date(), expected_on=AT.date()),
    "an age nobody told": lambda house: update(Person).values(age_told=None),
    "a person linked to herself": lambda house: insert(PersonLink).values(
        public_id="L", authority=made.AUTHORITY, person_id=1, same_as_id=1, proposed_at=AT,
        proposed_by_id=house.ids["ada"],
    ),
    "a task that nobody owns": lambda house: update(Task).values(team_id=None),
    "a document agreed by whoever proposed it": lambda house: update(AdoptedEdition).values(
        agreed_by_id=AdoptedEdition.proposed_by_id
    ),
    "a document agreed and taken back": lambda house: update(AdoptedEdition).values(
        withdrawn_at=AT, withdrawn_by_id=house.ids["ann"], withdrawn_because="A misprint"
    ),
    "a document taken back without a word": lambda house: update(AdoptedEdition).values(
        agreed_at=None, agreed_by_id=None, withdrawn_at=AT, withdrawn_by_id=house.ids["ann"]
    ),
    "a task done by nobody": lambda house: update(Task).values(done_at=AT),

}  # fmt: skip


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_the_database_refuses(house: made.House, what: str) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take(other_children=""))
    before = kept.count(house)
    with pytest.raises(IntegrityError), house.desk.database.writing() as session:
        session.execute(IMPOSSIBLE[what](house))
    assert kept.count(house) == before
    assert kept.faults(house) == []
