"""Is everything that happened about a child there, once, in order, and nothing of what isn't this child's?"""

from datetime import date

import families
import kept
import made
import pytest

from pathway.acts import assign, correct, note, receive, restrict
from pathway.store.records.chronology import Chronology, Wanted, chronology, kind_words
from pathway.tables import Entry

REASON = "Only of Theo, the younger one"


def history(
    house: made.House, name: str = "ada", person: str = "", page: int | None = None, **wanted: object
) -> Chronology:
    person = person or families.refs(house)["Ava"]
    with house.desk.database.reading() as session:
        found = chronology(session, house.viewer(name), person, Wanted(**wanted), house.clock(), page=page)
    assert found is not None
    return found


def words(found: Chronology) -> list[str]:
    return [one.entry.words for one in found.happened]


def lived(house: made.House) -> str:
    """A family whose two children were decided about, with a note the day after."""
    case, ada = families.fled(house).case, house.viewer("ada")
    families.decided(house, case, REASON)
    house.clock.forward(days=1)
    note(house.desk, ada, case=case, text="Rang the school nurse")
    return case


def test_it_runs_over_all_records_of_a_child_newest_or_oldest_first(house: made.House) -> None:
    lived(house)
    ava = families.refs(house)["Ava"]
    again = made.child(given_name="Ava", family_name="Example", age_years=7)
    house.clock.forward(minutes=5)
    second = receive(house.desk, house.viewer("ada"), take=made.take(children=(again,))).case
    families.agreed(house, ava, families.refs(house)["Ava"])
    found = history(house, person=ava)
    assert len(found.records) == 2
    assert found.happened[0].case == second
    assert words(history(house, person=ava, oldest_first=True)) == words(found)[::-1]


def test_another_childs_decision_is_not_part_of_this_ones_history(house: made.House) -> None:
    lived(house)
    found = families.refs(house)
    assert REASON not in repr(history(house, person=found["Ava"]))
    assert REASON in repr(history(house, person=found["Theo"]))
    assert "Level of need: Additional" in words(history(house, person=found["Ava"]))
    assert "Level of need: Extensive" not in words(history(house, person=found["Ava"]))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kinds": frozenset({"note"})}, ["Added a note"]),
        ({"kinds": frozenset({"note", "level"})}, ["Added a note", "Level of need: Additional"]),
        ({"words": "SCHOOL nurse"}, ["Added a note"]),
        ({"words": "hungry"}, ["Took the worry in"]),
        ({"words": "no such words"}, []),
        ({"since": date(2026, 11, 17)}, ["Added a note"]),
        ({"until": date(2026, 11, 16), "kinds": frozenset({"note"})}, []),
        ({"record": "NOSUCHREF0"}, []),
    ],
)
def test_it_is_filtered_by_kind_words_record_and_day(
    sqlite_house: made.House, wanted: dict[str, object], expected: list[str]
) -> None:
    lived(sqlite_house)
    assert words(history(sqlite_house, **wanted)) == expected


def test_every_kind_that_may_be_chosen_has_words_and_a_long_history_comes_in_pages(sqlite_house: made.House) -> None:
    case = lived(sqlite_house)
    for number in range(60):
        sqlite_house.clock.forward(minutes=1)
        note(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, text=f"Note {number}")
    whole, first, last = (history(sqlite_house, page=page) for page in (None, 1, 99))
    assert words(first) + words(last) == words(whole)
    assert (first.pages, last.page, len(first.happened)) == (2, 2, 50)
    assert {one.kind for one in whole.happened} <= dict(kind_words()).keys()


def test_a_restricted_record_is_no_part_of_the_history_of_who_may_not_see_it(house: made.House) -> None:
    case = families.fled(house).case
    ava = families.refs(house)["Ava"]
    hidden = receive(
        house.desk, house.viewer("ada"), take=made.take(children=(made.child(given_name="Ava", age_years=7),))
    ).case
    families.agreed(house, ava, families.refs(house)["Ava"])
    may = house.viewer("may")
    assign(house.desk, may, case=hidden, to=may.ref)
    restrict(house.desk, may, case=hidden, names=(), reason="A colleague's child")
    assert history(house, "ada", ava).records == (case,)
    assert set(history(house, "may", ava).records) == {case, hidden}


def test_a_correction_and_what_it_corrects_are_both_there(house: made.House) -> None:
    case = lived(house)
    entry = kept.rows(house, Entry, case=case)[-1]
    house.clock.forward(minutes=1)
    correct(house.desk, house.viewer("ada"), case=case, entry=entry.public_id, text="It was the health visitor")
    found = history(house, kinds=frozenset({"note"}))
    assert words(found) == ["Corrected an entry", "Added a note"]
    assert found.happened[1].entry.corrected_by == found.happened[0].entry.ref
