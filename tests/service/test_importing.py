"""Do two hundred contacts come in from a spreadsheet, each once, and do thirty bad ones go back with every reason?"""

import io
import os
import signal
import zipfile
from datetime import date
from typing import Any

import kept
import made
import openpyxl
import pytest
import spreadsheets
from spreadsheets import BAD, COLUMNS, GOOD, SPOILT, TITLES, comma_separated, line, two_hundred, xlsx
from sqlalchemy import event

from pathway.acts import Desk
from pathway.acts.importing import (
    Checked,
    Row,
    Unreadable,
    bad_rows,
    check_contacts,
    read,
    take_contacts,
    template,
)
from pathway.acts.importing.days import NotADay, day_of
from pathway.database import Database
from pathway.settings import Settings
from pathway.tables import Case, Message, Person
from workflows import Refused

MOST = 5_000_000


def rows(content: bytes, name: str = "contacts.xlsx") -> tuple[Row, ...]:
    return read(name, content, largest=MOST).rows


def takes(house: made.House, content: bytes, name: str = "ada") -> tuple[Checked, ...]:
    return take_contacts(house.desk, house.viewer(name), rows(content))


def refused(content: bytes, name: str = "contacts.xlsx") -> tuple[str, ...]:
    with pytest.raises(Unreadable) as wrong:
        read(name, content, largest=MOST)
    return wrong.value.sentences


def test_of_two_hundred_the_good_come_in_and_thirty_go_back_with_their_reasons(house: made.House) -> None:
    done = takes(house, xlsx(two_hundred()))
    bad = [one for one in done if not one.good]
    assert (sum(one.came_in for one in done), len(bad)) == (GOOD, BAD)
    for at, one in enumerate(bad):
        assert any(why.startswith(SPOILT[at % len(SPOILT)][2]) for why in one.reasons), one.reasons
    assert len(kept.rows(house, Case)) == GOOD
    assert len({one.case for one in done if one.came_in}) == GOOD
    assert kept.faults(house) == []


def test_the_bad_rows_put_right_and_sent_again_come_in_and_the_others_not_twice(sqlite_house: made.House) -> None:
    sent = two_hundred()
    back = spreadsheets.opened(bad_rows([one for one in takes(sqlite_house, xlsx(sent)) if not one.good]))
    assert back[0] == ["What to put right", *TITLES]
    assert len(back) == 1 + BAD
    right = [[row[0], *line(int(row[1].removeprefix("EX-")))] for row in back[1:]]
    again = takes(sqlite_house, xlsx(right, back[0]))
    assert sum(one.came_in for one in again) == BAD
    whole = takes(sqlite_house, xlsx([line(number) for number in range(GOOD + BAD)]))
    assert all(one.again for one in whole)
    assert len(kept.rows(sqlite_house, Case)) == GOOD + BAD


def test_the_same_file_from_two_colleagues_comes_in_once(house: made.House) -> None:
    content = xlsx([line(1), line(2, own=None)])
    first, second = takes(house, content), takes(house, content, "ben")
    assert [one.case for one in first] == [one.case for one in second]
    assert [one.again for one in second] == [True, True]
    assert len(kept.rows(house, Case)) == 2


def test_the_same_reference_with_other_words_is_never_passed_over(sqlite_house: made.House) -> None:
    takes(sqlite_house, xlsx([line(1)]))
    (other,) = takes(sqlite_house, xlsx([line(1, worry="Something new.")]))
    assert "came in before, with other words" in other.reasons[0]
    twice = takes(sqlite_house, xlsx([line(2), line(2), line(2, worry="Something new.")]))
    assert [one.came_in for one in twice] == [True, False, False]
    assert "once more" in twice[1].reasons[0]
    assert "other words" in twice[2].reasons[0]


@pytest.mark.parametrize("commit", [1, 4, 9])
def test_killed_in_the_middle_it_goes_on_where_it_was(house: made.House, commit: int) -> None:
    content = xlsx([line(number) for number in range(12)])
    viewer = house.viewer("ada")
    house.desk.database.dispose()
    child = os.fork()
    if child == 0:
        try:
            database, left = Database(house.desk.database.url), iter(range(commit))

            def killed(*_: object) -> None:
                if next(left, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(database.engine, "commit", killed)
            desk = Desk(database, Settings(files=house.desk.settings.files), house.clock)
            take_contacts(desk, viewer, rows(content))
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert 0 < len(kept.rows(house, Case)) + 1 <= 12
    done = takes(house, content)
    assert all(one.came_in for one in done)
    assert len(kept.rows(house, Case)) == 12
    assert kept.faults(house) == []


def test_danger_comes_first_is_protected_and_waits_for_no_column(house: made.House) -> None:
    only = {"told_by": None, "worry": "Hit her just now.", "safe_tonight": None, "ring_back": None, "own": None}
    done = takes(house, xlsx([line(1), line(2), line(3, danger="YES", **only, born_on="31/02/2019", heard_on=None)]))
    assert [one.number for one in done] == [4, 2, 3]
    assert done[0].came_in
    danger = kept.case(house, done[0].case)
    assert (danger.state, danger.immediate, danger.safe_tonight) == ("protecting", True, "no")
    assert [one.column for one in done[0].read.passed_over] == ["Date of birth"]
    assert "Date of birth: 31/02/2019" in (done[0].read.take.worry if done[0].read.take else "")
    assert "protection_needed" in {one.kind for one in kept.rows(house, Message)}


def test_danger_comes_in_under_a_reference_that_was_used_before(sqlite_house: made.House) -> None:
    takes(sqlite_house, xlsx([line(1)]))
    done = takes(sqlite_house, xlsx([line(1, danger="yes"), line(1, danger="yes", worry="And her brother.")]))
    assert [one.came_in for one in done] == [True, True]


def test_danger_that_cannot_be_judged_comes_in_without_what_cannot(sqlite_house: made.House) -> None:
    (one,) = takes(sqlite_house, xlsx([line(1, danger="perhaps", born_on="4/12/2031", heard_on="5/12/2031")]))
    assert one.came_in
    assert kept.case(sqlite_house, one.case).state == "protecting"


def test_nothing_in_it_is_run_and_nothing_we_give_back_is_a_formula(sqlite_house: made.House) -> None:
    nasty = '=cmd|" /C calc"!A0'
    content = comma_separated([line(1, told_by=nasty, safe_tonight="?!", ring_back="+44 7700 900123", worry="@SUM(1)")])
    (bad,) = check_contacts(sqlite_house.desk, sqlite_house.viewer("ada"), rows(content, "contacts.csv"))
    back = bad_rows([bad])
    sheet = openpyxl.load_workbook(io.BytesIO(back))["Contacts"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    said = {str(cell.value) for cell in sheet[2] if cell.value}
    assert {f"'{nasty}", "'+44 7700 900123", "'@SUM(1)"} <= said
    (again,) = rows(back)
    assert (again.cells["told_by"], again.cells["ring_back"]) == (nasty, "+44 7700 900123")


def test_a_formula_in_a_cell_is_never_worked_out(sqlite_house: made.House) -> None:
    (bad,) = takes(sqlite_house, xlsx([line(1, worry="=A1&B1")]))
    assert bad.reasons == ("What is the worry: This cell holds a formula. Copy it and paste the value alone.",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4/12/2019", date(2019, 12, 4)),
        ("04.12.2019", date(2019, 12, 4)),
        ("4-12-2019", date(2019, 12, 4)),
        ("4 December 2019", date(2019, 12, 4)),
        ("4th Dec 2019", date(2019, 12, 4)),
        ("2019-12-04", date(2019, 12, 4)),
        ("43803", date(2019, 12, 4)),
        ("29/2/2020", date(2020, 2, 29)),
    ],
)
def test_days_are_read_as_they_are_written_here(written: str, meant: date) -> None:
    assert day_of(written) == meant


@pytest.mark.parametrize("written", ["12/25/2019", "29/2/2019", "4/12/19", "2019", "soon", "0", "-1", "1e400", "4/12"])
def test_what_is_no_day_is_said_to_be_none(written: str) -> None:
    with pytest.raises(NotADay):
        day_of(written)


def test_cells_are_read_for_what_they_are(sqlite_house: made.House) -> None:
    told: dict[str, Any] = {"born_on": 43803, "ring_back": 7700900123, "safe_tonight": True, "age_years": None}
    (one,) = takes(sqlite_house, xlsx([line(1, **told, heard_on="13/11/2026 14:30")]))
    take = one.read.take
    assert take is not None
    assert (take.ring_back, take.safe_tonight, take.children[0].born_on) == ("07700900123", "yes", date(2019, 12, 4))
    assert take.occurred_at is not None
    assert f"{take.occurred_at:%H:%M}" == "14:30"


def test_titles_above_and_blank_rows_are_passed_over_and_merged_ones_named(sqlite_house: made.House) -> None:
    def change(sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Contacts of the autumn"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("B5:C5")

    done = takes(sqlite_house, xlsx([line(1), [None] * len(COLUMNS), line(3)], change=change))
    assert [(one.number, one.came_in) for one in done] == [(3, True), (5, False)]
    assert "merged cells" in done[1].reasons[0] + done[1].reasons[-1]


def test_wrong_headings_are_named_with_what_was_meant() -> None:
    titles = ["Who told uss" if one == "Who told us" else one for one in TITLES if one != "Safe tonight"]
    said = refused(xlsx([line(1)], titles))
    assert "“Who told uss” isn’t a heading we know. Did you mean “Who told us”?" in said
    assert "The column “Safe tonight” is missing." in said
    sheet = read("x.xlsx", xlsx([line(1)], [*TITLES[:-1], "Shoe size"]), largest=MOST)
    assert sheet.unread == ("Shoe size",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_whatever_parts_its_columns(sqlite_house: made.House, separator: str) -> None:
    content = comma_separated([line(1, worry='Said "no", twice;\nthen left')], separator=separator)
    (one,) = take_contacts(sqlite_house.desk, sqlite_house.viewer("ada"), rows(content, "c.csv"))
    assert one.came_in
    assert one.read.take is not None
    assert one.read.take.worry == 'Said "no", twice;\nthen left'


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    kept_in = io.BytesIO(content)
    with zipfile.ZipFile(kept_in, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, part)
    return kept_in.getvalue()


def test_what_cannot_be_opened_is_refused_in_words() -> None:
    good = xlsx([line(1)])
    assert "larger than 5 MB" in refused(b"x" * 40_000_000)[0]
    assert "macros" in refused(with_part(good, "xl/vbaProject.bin", b"x"))[0]
    assert "macros" in refused(good, "contacts.xlsm")[0]
    assert "unpacks to far more" in refused(with_part(good, "xl/bomb.xml", b"0" * 110_000_000))[0]
    assert "password" in refused(bytes.fromhex("d0cf11e0a1b11ae1") + b"x")[0]
    assert "can’t open" in refused(b"PK\x03\x04 and no more")[0]
    assert "can’t open" in refused(with_part(xlsx([line(1)])[:400], "a", b"b"))[0]
    assert "no headings" in refused(b"nothing,of\nours,here")[0]
    assert "empty" in refused(b"")[0]
    assert "no contacts below" in refused(xlsx([]))[0]
    assert "at most 1,000" in refused(xlsx([line(one) for one in range(1_001)]))[0]


def test_the_template_comes_in_as_nothing_and_offers_no_example_row() -> None:
    assert "no contacts below" in refused(template())[0]
    assert spreadsheets.opened(template()) == [TITLES]


def test_a_row_is_never_taken_for_a_child_known_already(sqlite_house: made.House) -> None:
    takes(sqlite_house, xlsx([line(1), line(2, given_name="Ava1", own="other")]))
    assert len(kept.rows(sqlite_house, Person)) == 2


@pytest.mark.parametrize("name", ["pat", "lee", "dot", "ann", "aud", "sid"])
def test_only_a_team_that_takes_contacts_takes_many_in(sqlite_house: made.House, name: str) -> None:
    with pytest.raises(Refused, match="team that takes contacts"):
        takes(sqlite_house, xlsx([line(1)]), name)
    assert not kept.rows(sqlite_house, Case)


def test_a_secret_address_is_sealed_even_where_nobody_is_sure(sqlite_house: made.House) -> None:
    done = takes(
        sqlite_house, xlsx([line(n, address="1 Road", sealed=s) for n, s in enumerate(("yes", "not known", "no"))])
    )
    assert [one.read.take.address_sealed for one in done if one.read.take] == [True, True, False]
