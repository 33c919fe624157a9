"""Who sees what, by need to know? Restricted records, broken glass, links, documents."""

from collections.abc import Callable
from datetime import timedelta

import kept
import made
import pytest

from pathway.access import depth
from pathway.acts import (
    NotFound,
    Unacceptable,
    accept,
    agree_link,
    assign,
    attach,
    break_glass,
    finish_task,
    note,
    propose_link,
    receive,
    restrict,
    undo_link,
)  # fmt: skip
from pathway.acts.attach import path_of
from pathway.store.lists.board import board
from pathway.tables import Document, Entry, Grant, Message, Person, PersonLink, Task
from pathway.tables.timing import TaskKind
from workflows import Refused

REASON = "The school rang about her tonight"


def by_pat(house: made.House) -> str:
    return receive(house.desk, house.viewer("pat"), take=made.take()).case


def held_by(house: made.House, case: str, name: str) -> str:
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer(name).ref)
    accept(house.desk, house.viewer(name), case=case)
    return case


def hidden(house: made.House) -> str:
    """A record that Sol holds, restricted by May to the two of them."""
    case = held_by(house, by_pat(house), "sol")
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague's child")
    return case


def seen(house: made.House, name: str, case: str) -> str:
    with house.desk.database.reading() as session:
        found = depth(session, house.viewer(name), kept.the(session, case), house.clock())
    return found.value if found else "-"


SEES: dict[str, tuple[Callable[[made.House], str], str, str, str]] = {
    # what                     whole                                         as referrer   not at all
    "at the front door": (by_pat, "ada ben sol may eve sid hal aud", "pat zoe", "dot lee gil ann"),
    "held by the school's lead": (
        lambda house: held_by(house, by_pat(house), "lee"),
        "ada ben sol may eve sid hal aud lee",
        "pat zoe",
        "dot gil ann",
    ),
    "held by duty": (
        lambda house: held_by(house, by_pat(house), "dot"),
        "ada ben sol may eve sid hal aud dot",
        "pat zoe",
        "lee gil ann",
    ),
    "restricted": (hidden, "sol may", "pat", "ada ben eve dot sid hal aud lee zoe gil ann"),
}


@pytest.mark.parametrize("what", SEES)
def test_each_role_sees_what_it_needs_and_no_more(house: made.House, what: str) -> None:
    make, *wanted = SEES[what]
    case = make(house)
    got = {name: seen(house, name, case) for name in house.ids}
    assert got == {
        name: how for names, how in zip(wanted, ("whole", "referrer", "-"), strict=True) for name in names.split()
    }


def test_a_restricted_record_is_on_nobody_elses_board(house: made.House) -> None:
    case = hidden(house)
    with house.desk.database.reading() as session:
        on = {
            name: [row.ref for row in board(session, house.viewer(name), house.clock()).rows]
            for name in ("ada", "sid", "may")
        }
    assert on == {"ada": [], "sid": [], "may": [case]}


def test_a_team_cannot_hold_what_its_members_may_not_see(house: made.House) -> None:
    case = by_pat(house)
    with pytest.raises(Refused, match="Hand it to one named person first"):
        restrict(house.desk, house.viewer("may"), case=case, names=(), reason="A colleague's child")
    with pytest.raises(Unacceptable, match="one named person must hold it"):
        assign(house.desk, house.viewer("sol"), case=hidden(house), to=kept.team(house, "front door"))


def test_restricting_is_a_managers_decision_and_names_people_who_exist(house: made.House) -> None:
    case = held_by(house, by_pat(house), "sol")
    with pytest.raises(Refused, match="Ask a team manager"):
        restrict(house.desk, house.viewer("ada"), case=case, names=(), reason=REASON)
    with pytest.raises(Unacceptable, match="isn't known here"):
        restrict(house.desk, house.viewer("may"), case=case, names=("NOBODY",), reason=REASON)


def test_broken_glass_opens_for_some_hours_and_a_manager_reviews_it(house: made.House) -> None:
    case = hidden(house)
    version = kept.case(house, case).version
    done = break_glass(house.desk, house.viewer("ada"), case=case, reason=REASON)
    grant = kept.rows(house, Grant, case=case)[-1]
    assert (seen(house, "ada", case), done.version) == ("whole", version)
    assert (grant.practitioner_id, grant.until) == (house.ids["ada"], house.clock() + timedelta(hours=8))
    assert kept.rows(house, Entry, case=case)[-1].kind == "glass_broken"
    assert [one.audience for one in kept.rows(house, Message, case=case)][-3:-1] == ["manager", "holder"]
    assert [one.practitioner_id for one in kept.rows(house, Task, case=case)] == [house.ids["may"]]
    house.clock.forward(hours=8)
    assert seen(house, "ada", case) == "-"
    assert kept.faults(house) == []


def test_whoever_broke_the_glass_does_not_review_it(house: made.House) -> None:
    case = held_by(house, by_pat(house), "dot")
    break_glass(house.desk, house.viewer("may"), case=case, reason=REASON)
    (task,) = [one for one in kept.rows(house, Task) if one.kind is TaskKind.review_break_glass]
    assert task.practitioner_id == house.ids["sid"]
    with pytest.raises(Refused, match="someone else must review it"):
        finish_task(house.desk, house.viewer("may"), task=task.public_id)
    with pytest.raises(Refused, match="whether it was right"):
        finish_task(house.desk, house.viewer("sid"), task=task.public_id)


def test_glass_is_broken_with_a_reason_by_those_who_may_for_what_exists(house: made.House) -> None:
    case = hidden(house)
    before = kept.count(house)
    with pytest.raises(Unacceptable, match="Say why"):
        break_glass(house.desk, house.viewer("ada"), case=case, reason="because")
    with pytest.raises(Refused, match="Ring the front door"):
        break_glass(house.desk, house.viewer("gil"), case=case, reason=REASON)
    with pytest.raises(NotFound):
        break_glass(house.desk, house.viewer("ada"), case="NOSUCHCASE", reason=REASON)
    assert kept.count(house) == before


def test_what_is_not_ones_own_and_what_does_not_exist_look_the_same(house: made.House) -> None:
    answers = []
    for case in (hidden(house), "NOSUCHCASE"):
        with pytest.raises(NotFound) as not_found:
            note(house.desk, house.viewer("ada"), case=case, text="Hello")
        answers.append(str(not_found.value))
    assert answers[0] == answers[1]


def persons(house: made.House) -> tuple[str, str]:
    by_pat(house), by_pat(house)
    first, second = kept.rows(house, Person)
    return first.public_id, second.public_id


def test_two_rows_are_linked_by_a_second_person_and_neither_is_rewritten(house: made.House) -> None:
    first, second = persons(house)
    before = [one.model_dump() for one in kept.rows(house, Person)]
    link = propose_link(house.desk, house.viewer("ada"), person=first, same_as=second, reason=REASON).named["link"]
    with pytest.raises(Refused, match="someone else must agree"):
        agree_link(house.desk, house.viewer("ada"), link=link, reason=REASON)
    agree_link(house.desk, house.viewer("ben"), link=link, reason=REASON)
    undo_link(house.desk, house.viewer("sol"), link=link, reason="Twins")
    (row,) = kept.rows(house, PersonLink)
    assert (row.agreed_by_id, row.undone_by_id) == (house.ids["ben"], house.ids["sol"])
    assert [one.model_dump() for one in kept.rows(house, Person)] == before


def test_nobody_links_to_a_child_they_may_not_see(house: made.House) -> None:
    hidden(house)
    by_pat(house)
    secret, plain = kept.rows(house, Person)
    with pytest.raises(Unacceptable, match="nobody you can see"):
        propose_link(house.desk, house.viewer("ada"), person=plain.public_id, same_as=secret.public_id, reason=REASON)
    taken = made.take(children=({"same_as": secret.public_id},))
    with pytest.raises(Unacceptable, match="No child you can see"):
        receive(house.desk, house.viewer("ada"), take=taken)


def test_one_file_attached_twice_is_kept_once(house: made.House) -> None:
    case, content = by_pat(house), b"%PDF-1.7 a letter"
    for name in ("letter.pdf", "../same letter.pdf"):
        attach(house.desk, house.viewer("ada"), case=case, name=name, content=content)
    first, second = kept.rows(house, Document, case=case)
    files = [one for one in house.desk.settings.files.rglob("*") if one.is_file()]
    assert files == [path_of(house.desk.settings.files, first.sha256)]
    assert (first.sha256, files[0].read_bytes(), second.name) == (second.sha256, content, "same letter.pdf")
    assert kept.faults(house) == []


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\x00", "letter.pdf", "can't keep this kind"),
        (b"PK\x03\x04", "tool.zip", "can't keep this kind"),
        (b"a" * 20_000_001, "a.txt", "larger than 20 MB"),
    ],
    ids=["empty", "a program called a letter", "an archive", "too large"],
)
def test_a_file_is_judged_by_what_it_holds(sqlite_house: made.House, content: bytes, name: str, why: str) -> None:
    case = by_pat(sqlite_house)
    with pytest.raises(Unacceptable, match=why):
        attach(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name=name, content=content)
    assert not sqlite_house.desk.settings.files.exists()


def test_who_only_reads_writes_nothing(house: made.House) -> None:
    case = by_pat(house)
    with pytest.raises(Refused, match="doesn't write in them"):
        note(house.desk, house.viewer("aud"), case=case, text="Hello")
