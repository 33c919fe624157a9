"""An invented family for tests: two children, their mother at a sealed address, their father elsewhere."""

from collections.abc import Sequence
from typing import Any

import kept
import made

from pathway.acts import Done, agree_link, move, propose_link, receive
from pathway.store.people import persons
from pathway.store.people.family_views import PersonView
from pathway.tables import Person
from workflows.referral_facts import Decision

REFUGE = "Flat 3, 14 Invented Row, Exampleton EX1 2ZZ"
"""The sealed address; it, its parts and its postcode must stand nowhere."""

GIVES_AWAY = (REFUGE, "14 Invented Row", "Invented Row", "EX1 2ZZ")
SEE_WHOLE = frozenset({"ada", "ben", "sol", "may", "eve", "sid", "hal", "aud"})
"""Who sees the whole of a record at the front door."""

MOTHER = {"given_name": "Rosa", "family_name": "Example", "sex": "female", "relation": "mother", "lives_with": "yes"}
FATHER = {"given_name": "Dan", "family_name": "Example", "sex": "male", "relation": "father", "lives_with": "no"}
CHILDREN = (
    made.child(given_name="Ava", family_name="Example", age_years=7, sex="female"),
    made.child(given_name="Theo", family_name="Example", born_on="2023-03-04", sex="male"),
)


def fled(house: made.House, by: str = "pat", **told: Any) -> Done:
    """A contact about two children who live with their mother where nobody must learn."""
    facts = {"children": CHILDREN, "adults": (MOTHER, FATHER), "address": REFUGE, "address_sealed": True} | told
    return receive(house.desk, house.viewer(by), take=made.take(**facts))


def refs(house: made.House) -> dict[str, str]:
    """Everybody's reference by given name; the newest row of each."""
    return {one.given_name: one.public_id for one in people(house)}


def people(house: made.House) -> Sequence[Person]:
    return kept.rows(house, Person)


def page(house: made.House, name: str, person: str) -> PersonView | None:
    with house.desk.database.reading() as session:
        return persons.person(session, house.viewer(name), person, house.clock())


def shown(house: made.House, name: str, person: str) -> PersonView:
    found = page(house, name, person)
    assert found is not None
    return found


def agreed(house: made.House, person: str, same_as: str) -> str:
    """Two people say that these rows are one person."""
    done = propose_link(house.desk, house.viewer("ada"), person=person, same_as=same_as, reason="Same birthday")
    agree_link(house.desk, house.viewer("ben"), link=done.named["link"], reason="Same school too")
    return done.named["link"]


def decided(house: made.House, case: str, why_theo: str = "As discussed") -> None:
    """Ava at a lower level than Theo, each with a decision of their own."""
    ava, theo = kept.children(house, case)
    ada = house.viewer("ada")
    move(house.desk, ada, case=case, name="start_screening", facts=made.NOTHING)
    lower = made.decide([ava])
    higher = made.decide([theo], Decision.targeted_family_support, "extensive").decisions[0]
    both = (*lower.decisions, higher.model_copy(update={"reason": why_theo}))
    move(house.desk, ada, case=case, name="decide", facts=lower.model_copy(update={"decisions": both}))
