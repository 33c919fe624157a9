"""Who is this likely to be? Only whom one may see, with reasons; what is restricted or sealed reveals nothing."""

import json
from datetime import date, timedelta
from typing import Any

import kept
import made
import pytest
from listening import counted
from sqlalchemy import update
from sqlmodel import col, select

from pathway.acts import Done, accept, agree_link, assign, propose_link, receive, restrict
from pathway.acts.desk import work
from pathway.acts.keying import KEY, PERSON, key_anew, key_older
from pathway.jobs.worker import Worker
from pathway.store.adopted.editions import in_force
from pathway.store.lists.being_taken import being_taken
from pathway.store.people.keys import SCHEME
from pathway.store.people.matching import Match, known_each
from pathway.store.people.told_of import ToldOf
from pathway.tables import Draft, Person, PersonKey, Viewing
from workflows.referral_facts import Relation

BORN = date(2019, 4, 12)
AVA = ToldOf("Ava", "Example", born_on=BORN)
HOUSE = "12 High Street, EX1 1AA"


def taken(house: made.House, by: str = "ada", **told: Any) -> Done:
    """A contact about Ava, unless told otherwise; `child` changes what is told of her."""
    child = {"given_name": "Ava", "family_name": "Example", "born_on": BORN} | told.pop("child", {})
    return receive(house.desk, house.viewer(by), take=made.take(children=(child,), **told))


def hidden(house: made.House, **told: Any) -> str:
    """A record about Ava that Sol holds, restricted by May to the two of them."""
    case = taken(house, **told).case
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=case)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague's child")
    return case


def matches(house: made.House, told: ToldOf = AVA, by: str = "ada") -> tuple[Match, ...]:
    viewer = house.viewer(by)
    with house.desk.database.reading() as session:
        _, edition = in_force(session, viewer.authority, house.clock())
        return known_each(session, viewer, edition, {0: told}, house.clock(), besides={})[0]


def persons(house: made.House) -> list[Person]:
    return list(kept.rows(house, Person))


def test_a_child_we_know_is_found_with_reasons_and_who_is_around_them(house: made.House) -> None:
    case = taken(house).case
    (match,) = matches(house, ToldOf("Eva", "Exampel", born_on=date(2019, 12, 4)))
    assert match.band == "likely"
    assert "Same date of birth, day and month the other way round" in match.reasons
    assert [(one.ref, one.answerable.name) for one in match.open] == [(case, "Front Door")]


@pytest.mark.parametrize("by", ["pat", "zoe", "gil", "lee", "ann", "dot"])
def test_whoever_may_not_see_a_record_hears_of_no_match(house: made.House, by: str) -> None:
    taken(house)
    assert matches(house, by=by) == ()


def test_a_restricted_record_is_no_match_for_anybody_but_those_named(house: made.House) -> None:
    hidden(house)
    assert {by: len(matches(house, by=by)) for by in ("ada", "sid", "hal", "sol", "may")} == {
        "ada": 0, "sid": 0, "hal": 0, "sol": 1, "may": 1,
    }  # fmt: skip


def test_two_rows_that_are_linked_are_shown_as_one_child(house: made.House) -> None:
    taken(house)
    first = persons(house)[0].public_id
    taken(house, child={"same_as": first})
    assert len(matches(house)) == 1
    taken(house)
    assert len(matches(house)) == 2


def test_a_sealed_address_finds_nobody_and_is_no_reason(house: made.House) -> None:
    """Address of a refuge, a placement or a fleeing parent."""
    nameless = {"given_name": "", "family_name": "", "born_on": None}
    taken(house, child=nameless, address=HOUSE, address_sealed=True)
    assert [one.key for one in kept.rows(house, PersonKey)] == []
    taken(house, address=HOUSE, address_sealed=True)
    (match,) = matches(house, ToldOf("Ava", "Example", born_on=BORN, address=HOUSE))
    assert "Same address" not in match.reasons


def test_an_address_that_is_sealed_later_finds_nobody_from_then_on(house: made.House) -> None:
    taken(house, address=HOUSE)
    asked = ToldOf("Ava", "Example", address=HOUSE)
    assert "Same address" in matches(house, asked)[0].reasons
    with work(house.desk, house.viewer("may")) as unit:
        (row,) = persons(house)
        unit.session.execute(update(PERSON).values(address_sealed=True))
        key_anew(unit, [row.id or 0])
    assert matches(house, asked)[0].reasons == ("Same name",)
    assert not [one for one in kept.rows(house, PersonKey) if one.key.startswith("a:")]


def test_an_adult_is_found_by_a_name_she_had_before_and_her_telephone(house: made.House) -> None:
    mother = {
        "given_name": "Joanna", "family_name": "Example", "other_names": "Joanna Invented",
        "telephone": "07700 900 123", "relation": Relation.mother,
    }  # fmt: skip
    taken(house, adults=(mother,))
    sought = ToldOf("Joanna", "Invented", telephone="+447700900123", adult=True)
    (match,) = matches(house, sought)
    assert match.reasons == ("Had the name Invented before", "Same telephone number")
    assert matches(house, sought, by="pat") == ()


def test_the_same_mother_speaks_for_a_baby_that_was_expected(house: made.House) -> None:
    mother = {"given_name": "Jo", "family_name": "Example", "relation": Relation.mother}
    taken(house, child={"given_name": "", "born_on": None, "expected_on": date(2026, 11, 20)}, adults=(mother,))
    born = ToldOf("Max", "Example", born_on=date(2026, 11, 16), around=("Jo Example",))
    (match,) = matches(house, born)
    assert (match.band, match.reasons[-1]) == ("likely", "The same adult is around them: Jo Example")


def test_two_children_made_one_one_made_two(house: made.House) -> None:
    """Nothing joins by itself: even the very likeliest stays two rows, and a twin is never more than possible."""
    taken(house), taken(house)
    assert len({one.public_id for one in persons(house)}) == 2
    twin = matches(house, ToldOf("Oscar", "Example", born_on=BORN))
    assert {(one.band, one.reasons[0]) for one in twin} == {
        ("possible", "Same date of birth and last name, another first name: perhaps a twin")
    }


def test_older_keys_are_made_anew_by_the_worker_and_once(house: made.House) -> None:
    taken(house)
    with work(house.desk, house.system) as unit:
        unit.session.execute(KEY.delete())
        unit.session.execute(update(PERSON).values(keyed=0))
    assert matches(house) == ()
    Worker(house.desk).once()
    assert [one.keyed for one in persons(house)] == [SCHEME]
    assert len(matches(house)) == 1
    assert key_older(house.desk, house.system) == 0


def test_looking_asks_no_more_however_many_persons_there_are(house: made.House) -> None:
    asked = []
    for many in (1, 11):
        for _ in range(many):
            taken(house, child={"given_name": "Ava"})
        with counted(house) as said:
            found = matches(house)
        asked.append(len(said))
    assert len(found) == 10
    assert asked[0] == asked[1]
    assert asked[0] <= 30


def drafted(house: made.House, by: str, team: str | None, **typed: str) -> None:
    body = {name.replace("_", "-", 1).replace("_", "-", 1): [value] for name, value in typed.items()}
    with house.desk.database.writing() as session:
        session.add(
            Draft(
                authority=made.AUTHORITY,
                practitioner_id=house.ids[by],
                form="/contacts/new",
                body=json.dumps(body),
                team_id=house.team_ids[team] if team else None,
                saved_at=house.clock(),
            )
        )


@pytest.mark.parametrize(
    ("by", "team", "told"),
    [
        ("ben", "front door", ("Ben Adviser is taking a contact about a child with this name now.",)),
        ("ada", "front door", ()),
        ("pat", None, ()),
        ("pat", "school", ()),
    ],
)
def test_a_colleagues_half_taken_contact_about_the_child_is_said(
    house: made.House, by: str, team: str | None, told: tuple[str, ...]
) -> None:
    drafted(house, by, team, children_0_given_name="Ava", children_0_family_name="Exampel")
    drafted(house, by, team, children_0_given_name="Oscar", children_0_family_name="Other")
    with house.desk.database.reading() as session:
        assert being_taken(session, house.viewer("ada"), {AVA: AVA}, house.clock())[AVA] == told
        assert being_taken(session, house.viewer("pat"), {AVA: AVA}, house.clock())[AVA] == ()


def test_an_older_draft_says_when_it_was_kept(house: made.House) -> None:
    drafted(house, "ben", "front door", children_0_given_name="Ava", children_0_family_name="Example")
    with house.desk.database.reading() as session:
        (said,) = being_taken(session, house.viewer("ada"), {AVA: AVA}, house.clock() + timedelta(hours=2))[AVA]
    assert said.endswith("kept at 10:00 on 16 November.")


def test_looking_by_itself_writes_nothing(house: made.House) -> None:
    taken(house)
    before = kept.count(house)
    matches(house)
    assert kept.count(house) == before
    assert kept.rows(house, Viewing) == []


def test_a_link_agreed_by_a_second_person_stays_one_child(house: made.House) -> None:
    taken(house), taken(house)
    first, second = (one.public_id for one in persons(house))
    link = propose_link(house.desk, house.viewer("ada"), person=first, same_as=second, reason="Same").named["link"]
    agree_link(house.desk, house.viewer("ben"), link=link, reason="Same")
    assert len(matches(house)) == 1
    with house.desk.database.reading() as session:
        assert len(session.exec(select(PersonKey.key).where(col(PersonKey.key).startswith("b:"))).all()) == 2
