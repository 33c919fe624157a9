"""Who hears when a new contact is about somebody known? Who answers for them; of a restricted record, they alone."""

import json
import re
from datetime import date
from typing import Any

import kept
import made
import pytest
from sqlmodel import select

from pathway.access import depth, every_case
from pathway.acts import (
    Unacceptable,
    accept,
    agree_link,
    assign,
    finish_task,
    receive,
    restrict,
    say_whether_known,
    undo_link,
)
from pathway.acts.compose import composed
from pathway.acts.deliver import resolve
from pathway.acts.desk import work
from pathway.acts.sweep import sweep
from pathway.store.parts.tasks import my_tasks
from pathway.store.records.cases import case as record
from pathway.tables import Delivery, Message, Person, Task
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows.referral_facts import YesNo

REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{10}\b")
BORN = date(2019, 4, 12)


def taken(house: made.House, by: str = "ada", child: dict[str, Any] | None = None, **told: Any) -> str:
    told_of = {"given_name": "Ava", "family_name": "Example", "born_on": BORN} | (child or {})
    return receive(house.desk, house.viewer(by), take=made.take(children=(told_of,), **told)).case


def held(house: made.House, name: str) -> str:
    case = taken(house)
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer(name).ref)
    accept(house.desk, house.viewer(name), case=case)
    return case


def hidden(house: made.House) -> str:
    case = held(house, "sol")
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague's child")
    return case


def again(house: made.House, **told: Any) -> str:
    """The same child, as the taker believes."""
    first: Person = kept.rows(house, Person)[0]
    return taken(house, child={"same_as": first.public_id}, **told)


def tasks(house: made.House, kind: TaskKind) -> list[Task]:
    return [one for one in kept.rows(house, Task) if one.kind is kind and one.done_at is None]


def sees(house: made.House, name: str, case: str) -> str | None:
    with house.desk.database.reading() as session:
        found = depth(session, house.viewer(name), kept.the(session, case), house.clock())
    return found.value if found else None


@pytest.mark.parametrize(("danger", "kind"), [(False, "another_contact"), (True, "another_contact_now")])
def test_whoever_answers_for_an_open_record_hears_of_another_contact_at_once(
    house: made.House, danger: bool, kind: str
) -> None:
    case = held(house, "lee")
    new = again(house, immediate_danger=danger)
    (task,) = tasks(house, TaskKind.new_contact)
    assert (task.practitioner_id, task.case_id) == (house.ids["lee"], kept.case(house, case).id)
    assert new in task.words
    (message,) = [one for one in kept.rows(house, Message, case=case) if one.kind.startswith("another")]
    assert (message.kind, message.audience) == (kind, f"practitioner:{house.ids['lee']}")
    assert kept.faults(house) == []


def test_a_team_that_answers_hears_as_a_team(house: made.House) -> None:
    taken(house), again(house)
    (task,) = tasks(house, TaskKind.new_contact)
    assert task.team_id == house.team_ids["front door"]


def test_nobody_hears_of_a_child_that_only_looks_alike(house: made.House) -> None:
    held(house, "lee"), taken(house)
    assert tasks(house, TaskKind.new_contact) == []
    assert tasks(house, TaskKind.known_here) == []


def what_the_taker_gets(house: made.House, by: str) -> str:
    """All that the taker sees of a contact just taken, without its references and keys."""
    case = taken(house, by)
    with house.desk.database.reading() as session:
        view = record(session, house.viewer(by), case, house.clock())
        mine = my_tasks(session, house.viewer(by), house.clock())
    text = repr((view, [(one.kind, one.words) for one in mine if one.case == case]))
    return REFERENCE.sub("-", text)


@pytest.mark.parametrize("by", ["ada", "pat", "sid"])
def test_a_contact_about_a_restricted_child_looks_to_its_taker_like_any_other(house: made.House, by: str) -> None:
    plain = what_the_taker_gets(house, by)
    assert tasks(house, TaskKind.known_here) == []
    _hide_everything(house)
    assert what_the_taker_gets(house, by) == plain
    assert tasks(house, TaskKind.known_here)


def _hide_everything(house: made.House) -> None:
    """What stands so far goes out of sight: held by Sol, restricted to Sol and May."""
    with house.desk.database.reading() as session:
        refs = [one.public_id for one in session.exec(every_case()).all()]
    for case in refs:
        assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("sol").ref)
        accept(house.desk, house.viewer("sol"), case=case)
        restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague")


def test_whoever_holds_the_restricted_record_is_asked_and_sees_the_contact_until_they_have_said(
    house: made.House,
) -> None:
    case = held(house, "lee")
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("lee").ref,), reason="A colleague's child")
    new = taken(house)
    (task,) = tasks(house, TaskKind.known_here)
    assert (task.practitioner_id, task.case_id) == (house.ids["lee"], kept.case(house, case).id)
    assert new in task.words
    assert sees(house, "lee", new) == "whole"
    say_whether_known(house.desk, house.viewer("lee"), task=task.public_id, known=False)
    assert sees(house, "lee", new) is None
    assert kept.faults(house) == []


def test_a_new_contact_that_is_restricted_itself_stays_with_those_named(house: made.House) -> None:
    case = held(house, "lee")
    restrict(house.desk, house.viewer("may"), case=case, names=(), reason="A colleague's child")
    new = taken(house)
    assign(house.desk, house.viewer("ada"), case=new, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=new)
    restrict(house.desk, house.viewer("may"), case=new, names=(), reason="A colleague's child")
    assert sees(house, "lee", new) is None


def test_what_is_asked_of_who_holds_it_is_on_nobody_elses_list(house: made.House) -> None:
    hidden(house)
    new = taken(house)
    (task,) = tasks(house, TaskKind.known_here)
    with house.desk.database.reading() as session:
        on = {
            name: [one.ref for one in my_tasks(session, house.viewer(name), house.clock())]
            for name in ("ada", "sid", "hal")
        }
        record_tasks = record(session, house.viewer("ada"), new, house.clock()).tasks  # type: ignore[union-attr]
    assert all(task.public_id not in refs for refs in on.values())
    assert task.public_id not in [one.ref for one in record_tasks]


def test_a_task_about_a_restricted_match_climbs_to_nobody_who_may_not_know(house: made.House) -> None:
    hidden(house)
    taken(house)
    house.clock.forward(hours=30)
    sweep(house.desk, house.system)
    (task,) = tasks(house, TaskKind.known_here)
    assert task.practitioner_id == house.ids["sol"]


@pytest.mark.parametrize("field", ["children", "adults"])
def test_same_as_somebody_out_of_sight_is_said_beside_the_field_as_if_there_were_nobody(
    house: made.House, field: str
) -> None:
    hidden(house)
    (secret,) = kept.rows(house, Person)
    said = []
    for ref in (secret.public_id, "NOSUCHONE1"):
        with pytest.raises(Unacceptable) as wrong:
            receive(house.desk, house.viewer("ada"), take=made.take(**{field: ({"same_as": ref},)}))
        said.append([(one.field, one.sentence) for one in wrong.value.faults])
    assert said[0] == said[1]
    assert said[0][0][0] == f"{field}[0].same_as"


def test_a_link_that_is_proposed_is_the_front_doors_task_until_it_is_agreed_or_undone(house: made.House) -> None:
    taken(house), again(house), again(house)
    first, second = tasks(house, TaskKind.link_to_agree)
    assert first.team_id == house.team_ids["front door"]
    with pytest.raises(Refused, match="agrees the link"):
        finish_task(house.desk, house.viewer("ben"), task=first.public_id)
    with pytest.raises(Refused, match="someone else must agree"):
        agree_link(house.desk, house.viewer("ada"), link=first.about, reason="Same")
    agree_link(house.desk, house.viewer("ben"), link=first.about, reason="Same birthday and mother")
    undo_link(house.desk, house.viewer("ada"), link=second.about, reason="A twin")
    assert tasks(house, TaskKind.link_to_agree) == []


def test_messages_about_it_say_nothing_of_the_child(house: made.House) -> None:
    held(house, "lee"), again(house)
    resolve(house.desk, house.system, channel="console")
    with work(house.desk, house.system) as unit:
        sent = [composed(unit, one) for one in unit.session.exec(select(Delivery)).all()]
    texts = [json.dumps((one.subject, one.body)) for one in sent if one]
    assert any("Something new on" in one for one in texts)
    assert not [one for one in texts if "Ava" in one or "Example" in one.replace("exampleton", "")]


MUM = {"given_name": "Rosa", "family_name": "Example", "born_on": date(1990, 2, 3), "relation": "mother"}


def test_whoever_holds_a_restricted_record_is_asked_about_an_adult_on_it_too(house: made.House) -> None:
    case = taken(house, adults=(MUM,))
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=case)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague")
    elsewhere = taken(house, child={"given_name": "Noor", "family_name": "Other", "born_on": None}, adults=(MUM,))
    (task,) = tasks(house, TaskKind.known_here)
    assert (task.practitioner_id, task.about.split(":")[0]) == (house.ids["sol"], elsewhere)
    assert sees(house, "sol", elsewhere) == "whole"


def test_an_adult_of_whom_only_the_name_is_the_same_is_asked_about_by_nobody(house: made.House) -> None:
    case = taken(house, adults=(MUM,))
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=case)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague")
    other = {"given_name": "Noor", "family_name": "Other", "born_on": None}
    taken(house, child=other, adults=({**MUM, "born_on": None},))
    assert tasks(house, TaskKind.known_here) == []


def test_an_unknown_child_is_like_nobody(house: made.House) -> None:
    hidden(house)
    receive(house.desk, house.viewer("ada"), take=made.take(children=(), safe_tonight=YesNo.unknown))
    assert tasks(house, TaskKind.known_here) == []
