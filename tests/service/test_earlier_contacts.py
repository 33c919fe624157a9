"""Are earlier contacts about a child read together, and does a count never tell what it mustn't?"""

import json
from collections.abc import Sequence
from typing import Any

import kept
import made
import pytest

from pathway.access import every_case
from pathway.acts import accept, assign, move, receive, restrict, undo_link
from pathway.clock import SetClock
from pathway.store.parts.views import CaseView, Earlier, EarlierContact
from pathway.store.people.earlier import _earlier, _ordinal
from pathway.store.records.cases import case as record
from pathway.tables import Payload, Person, PersonLink
from workflows.referral_facts import GiveAdvice, Relation

TOGETHER = "read-them-together"


def worry(house: made.House, child: str = "") -> None:
    known = ({"same_as": child},) if child else (made.child(),)
    receive(house.desk, house.viewer("ada"), take=made.take(children=known))


def the_child(house: made.House) -> str:
    first: Person = kept.rows(house, Person)[0]
    return first.public_id


def cautions(house: made.House) -> Sequence[str]:
    """Those of the newest contact's only child."""
    newest: Payload = kept.rows(house, Payload)[-1]
    return [one["id"] for one in json.loads(newest.body)["judgement"]["children"][0]["cautions"]]


def forward(house: made.House, **much: int) -> None:
    assert isinstance(house.clock, SetClock)
    house.clock.forward(**much)


@pytest.mark.parametrize(("times", "together"), [(1, False), (2, False), (3, True), (4, True)])
def test_the_third_contact_in_the_window_is_read_with_those_before(
    house: made.House, times: int, together: bool
) -> None:
    worry(house)
    for _ in range(times - 1):
        worry(house, the_child(house))
    assert (TOGETHER in cautions(house)) is together


@pytest.mark.parametrize(("weeks", "together"), [(11, True), (12, False)])
def test_a_contact_before_the_window_isnt_counted(house: made.House, weeks: int, together: bool) -> None:
    worry(house)
    worry(house, the_child(house))
    forward(house, weeks=weeks)
    worry(house, the_child(house))
    assert (TOGETHER in cautions(house)) is together


def test_a_restricted_record_isnt_counted_for_somebody_who_may_not_see_it(house: made.House) -> None:
    worry(house)
    child = the_child(house)
    hidden = receive(house.desk, house.viewer("ada"), take=made.take(children=({"same_as": child},))).case
    assign(house.desk, house.viewer("ada"), case=hidden, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=hidden)
    restrict(house.desk, house.viewer("may"), case=hidden, names=(house.viewer("sol").ref,), reason="A colleague")
    worry(house, child)
    assert TOGETHER not in cautions(house)


def test_a_link_that_is_undone_counts_no_more(house: made.House) -> None:
    worry(house)
    worry(house, the_child(house))
    for link in kept.rows(house, PersonLink):
        undo_link(house.desk, house.viewer("ben"), link=link.public_id, reason="A twin")
    worry(house, the_child(house))
    assert TOGETHER not in cautions(house)


def test_links_are_followed_from_row_to_row(house: made.House) -> None:
    worry(house)
    for number in range(3):
        worry(house, kept.rows(house, Person)[number].public_id)
    assert earlier(house, newest(house)).sentence == "Fourth contact in 12 weeks; three are still open."


def newest(house: made.House) -> str:
    with house.desk.database.reading() as session:
        refs = [one.public_id for one in session.exec(every_case().order_by("id")).all()]  # type: ignore[arg-type]
    return refs[-1]


def earlier(house: made.House, case: str, by: str = "ada") -> Earlier:
    with house.desk.database.reading() as session:
        view = record(session, house.viewer(by), case, house.clock())
    assert isinstance(view, CaseView)
    assert view.earlier is not None
    return view.earlier


def contact(house: made.House, **told: Any) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(**told)).case


def advised(house: made.House) -> str:
    """A contact that asked for advice, and was closed with it."""
    case = contact(house, kind="advice")
    move(house.desk, house.viewer("ada"), case=case, name="give_advice", facts=GiveAdvice(advice="Talk to Mum first"))
    return case


def test_what_came_of_each_is_said_newest_first(house: made.House) -> None:
    first = advised(house)
    forward(house, days=1)
    second = contact(house, children=({"same_as": the_child(house)},))
    forward(house, days=1)
    third = contact(house, children=({"same_as": the_child(house)},))
    seen = earlier(house, third)
    assert [(one.ref, one.closed) for one in seen.contacts] == [(second, False), (first, True)]
    assert seen.contacts[0].outcome == "still open with Front Door"
    assert seen.contacts[1].outcome.startswith("closed: ")
    assert seen.sentence == "Third contact in 12 weeks; the last is still open."
    assert seen.often
    assert earlier(house, second).sentence == "Second contact in 12 weeks; the last was closed."


def test_a_contact_before_is_the_windows_and_one_after_is_not(house: made.House) -> None:
    worry(house)
    forward(house, weeks=12)
    case = contact(house, children=({"same_as": the_child(house)},))
    worry(house, the_child(house))
    assert earlier(house, case).contacts == ()


MOTHER = {"given_name": "Jo", "family_name": "Example", "relation": Relation.mother, "lives_with": "yes"}
HOUSEHOLDS: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "an open address": ({"address": "12 High Street, EX1 1AA"}, {"address": "12, High St, ex1 1aa"}, True),
    "another address": ({"address": "12 High Street, EX1 1AA"}, {"address": "14 High Street, EX1 1AA"}, False),
    "a sealed address": (
        {"address": "12 High Street, EX1 1AA", "address_sealed": True},
        {"address": "12 High Street, EX1 1AA"},
        False,
    ),
    "mothers of one name, whom nobody has linked": ({"adults": (MOTHER,)}, {"adults": (MOTHER,)}, False),
    "nothing": ({}, {}, False),
}


@pytest.mark.parametrize("what", HOUSEHOLDS)
def test_one_child_seen_siblings_missed(house: made.House, what: str) -> None:
    """A contact about the household is shown where something joins them, and only there."""
    before, after, joined = HOUSEHOLDS[what]
    first = contact(house, children=(made.child(given_name="Oscar", family_name="Example"),), **before)
    second = contact(house, children=(made.child(given_name="Ava", family_name="Example"),), **after)
    seen = earlier(house, second)
    assert [(one.ref, one.about_child) for one in seen.contacts] == ([(first, False)] if joined else [])
    assert seen.sentence == ("One about the household in 12 weeks, one still open." if joined else "")


def test_children_of_one_mother_are_one_household(house: made.House) -> None:
    first = contact(house, children=(made.child(given_name="Oscar"),), adults=(MOTHER,))
    mother = next(one for one in kept.rows(house, Person) if one.given_name == "Jo")
    second = contact(house, adults=({**MOTHER, "same_as": mother.public_id},))
    assert [one.ref for one in earlier(house, second).contacts] == [first]


def test_a_brother_on_an_earlier_record_brings_his_own_contacts(house: made.House) -> None:
    contact(house, children=(made.child(given_name="Ava"), made.child(given_name="Oscar")))
    ava, oscar = (one.public_id for one in kept.rows(house, Person))
    his = contact(house, children=({"same_as": oscar},))
    hers = contact(house, children=({"same_as": ava},))
    assert [(one.ref == his, one.about_child) for one in earlier(house, hers).contacts] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_a_household_is_never_joined_through_a_restricted_record(house: made.House) -> None:
    hidden = contact(house, address="12 High Street, EX1 1AA")
    second = contact(house, address="12 High Street, EX1 1AA", children=(made.child(given_name="Oscar"),))
    assert len(earlier(house, second).contacts) == 1
    assign(house.desk, house.viewer("ada"), case=hidden, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=hidden)
    restrict(house.desk, house.viewer("may"), case=hidden, names=(house.viewer("sol").ref,), reason="A colleague")
    assert earlier(house, second).contacts == ()
    assert earlier(house, second, "sid").contacts == ()


def ended(*closed: bool) -> tuple[EarlierContact, ...]:
    return tuple(EarlierContact("-", made.MONDAY, True, one, "") for one in closed)


@pytest.mark.parametrize(
    ("contacts", "sentence"),
    [
        (ended(True, True), "Third contact in 12 weeks; the last two were closed."),
        (ended(True), "Second contact in 12 weeks; the last was closed."),
        (ended(False), "Second contact in 12 weeks; the last is still open."),
        (ended(True, False), "Third contact in 12 weeks; the last was closed, one is still open."),
        (ended(*[True] * 11), "12th contact in 12 weeks; the last 11 were closed."),
        ((), ""),
    ],
)
def test_how_often_is_said_in_a_sentence(contacts: tuple[EarlierContact, ...], sentence: str) -> None:
    assert _earlier(12, 3, contacts).sentence == sentence


@pytest.mark.parametrize(("number", "said"), [(10, "Tenth"), (11, "11th"), (21, "21st"), (22, "22nd"), (113, "113th")])
def test_from_eleven_on_a_figure_says_which(number: int, said: str) -> None:
    assert _ordinal(number) == said
