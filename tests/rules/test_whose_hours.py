"""Whose office hours count a limit, until when in the day, and in which part of the kingdom?"""

import shutil
from datetime import date, datetime, time
from pathlib import Path

import pytest
from counted import CITED, a_calendar, a_limit, office_hours

from thresholds import LONDON, Catalogue, Closure, Edition, Unpublished, check_documents, due, london, read_editions
from thresholds.gathering.documents import PACKAGE

EXAMPLETON, ENGLAND = "exampleton/2026-04-01", "england/2026-03-18"
DAY = date(2026, 12, 4)
CITE = "cite: exampleton-decisions 9, basis: local decision"
MONDAY = "{day: monday, opens: 09:00, closes: 13:00}"
MORNINGS = f"""{{id: morning-team, name: Morning team, cut_off: 11:00, {CITE}, week: [{MONDAY},
      {{day: tuesday, opens: 09:00, closes: 13:00}}, {{day: friday, opens: 09:00, closes: 12:00}}]}}"""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


def ends(moment: datetime) -> str:
    return f"{london(moment):%a %d %b %H:%M}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGE / "authorities", tmp_path / "authorities"))


def change(folder: Path, edition: str, old: str, new: str) -> None:
    file = folder / edition / "document.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))


def with_morning_team(folder: Path, **how: str) -> Path:
    """The invented partnership with a second team, whose hours count its limit `closing`."""
    change(folder, EXAMPLETON, "office_hours:\n", f"office_hours:\n  - {MORNINGS}\n")
    change(folder, EXAMPLETON, "{id: closing,", f"{{id: closing, office_hours: {how.get('named', 'morning-team')},")
    return folder


@pytest.mark.parametrize(("own", "team", "late"), [
    (None, None, "17:00"), (None, "16:00", "16:00"), ("15:00", "16:00", "15:00"), ("16:30", "16:00", "16:30"),
    ("18:00", None, "17:00"), ("18:00", "16:00", "17:00"),
])  # fmt: skip
def test_the_limits_cut_off_goes_before_the_teams_and_closing_before_both(own: str | None, team: str | None, late: str):
    calendar = a_calendar(cut_off=team)
    limit = a_limit(1, "working_days", cut_off=time.fromisoformat(own) if own else None)
    on_the_stroke, after = at(f"2024-05-07T{late}"), at(f"2024-05-07T{late}:01")
    assert ends(due(limit, on_the_stroke, calendar).due_at) == "Wed 08 May 17:00"
    assert ends(due(limit, after, calendar).due_at) == "Thu 09 May 17:00"


@pytest.mark.parametrize("cut_off", ["08:29", "09:00", "12:01"])
def test_a_cut_off_outside_any_days_hours_is_refused(cut_off: str):
    week = {"monday": ("08:30", "17:00"), "saturday": ("09:30", "12:00")}
    with pytest.raises(ValueError, match=r"lies outside the hours of (Monday|Saturday), .* to "):
        office_hours(week, cut_off)


def test_a_cut_off_outside_the_hours_is_a_fault_with_a_line_and_a_sentence(folder: Path):
    change(folder, EXAMPLETON, "in office hours\n", "in office hours\n    cut_off: 17:30\n")
    (fault,) = check_documents(folder)
    assert "its cut-off, 17:30, lies outside the hours of Monday, 08:30 to 17:00" in fault.sentence


def test_a_time_of_day_with_a_zone_is_a_fault(folder: Path):
    change(folder, EXAMPLETON, "in office hours\n", "in office hours\n    cut_off: 16:00Z\n")
    assert "leave the zone out" in " ".join(fault.sentence for fault in check_documents(folder))


def test_an_edition_counts_each_limit_by_the_hours_it_names(folder: Path):
    edition = read_editions(with_morning_team(folder)).resolve("exampleton", DAY)
    usual, morning = (edition.due(limit, at("2026-12-04T11:30")) for limit in ("acknowledgement", "closing"))
    assert ends(usual.due_at) == "Mon 07 Dec 17:00"
    assert ends(morning.due_at) == "Fri 18 Dec 12:00"
    assert "That was after the cut-off of 11:00, so it counts from Monday 7 December 2026." in morning.explanation
    assert any("by the office hours of “Morning team”" in sentence for sentence in morning.explanation)


def test_an_edition_answers_as_its_limit_and_calendar_do(exampleton: Edition):
    for limit in exampleton.limits:
        start = at("2026-12-24T16:50")
        assert exampleton.due(limit.id, start) == due(limit, start, exampleton.calendar(limit.office))


def test_a_limit_nobody_published_is_refused(exampleton: Edition):
    with pytest.raises(Unpublished, match="has no limit"):
        exampleton.due("acknowledgment-", at("2026-12-04T11:30"))


def test_hours_that_no_team_keeps_are_a_fault(folder: Path):
    (fault,) = check_documents(with_morning_team(folder, named="evening-team"))
    assert "“evening-team” is named here, but no set of office hours has that id" in fault.sentence


LOOSER = {
    "working days": ("amount: 1, unit: working_days, counting: statutory-day", True),
    "working days to midnight": ("amount: 1, unit: working_days", True),
    "hours round the clock": ("amount: 4, unit: hours, counting: round-the-clock", False),
    "a day to closing": ("amount: 1, unit: calendar_days, counting: statutory-day", True),
    "a day to the same time": ("amount: 1, unit: calendar_days, counting: round-the-clock", False),
}


@pytest.mark.parametrize(("counted", "refused"), LOOSER.values(), ids=LOOSER)
def test_a_published_limit_may_not_be_counted_by_other_hours_where_they_matter(
    folder: Path, counted: str, refused: bool
):
    change(folder, EXAMPLETON, "office_hours:\n", f"office_hours:\n  - {MORNINGS}\n")
    limit = f"{{id: decision, name: D, words: D., from_event: received, obliged: us, hard: true, {CITE}, {counted}"
    change(folder, EXAMPLETON, "\nlimits:\n", f"\nlimits:\n  - {limit}, office_hours: morning-team}}\n")
    said = [fault.sentence for fault in check_documents(folder)]
    assert [("counts by the office hours “morning-team”" in sentence) for sentence in said] == [True] * refused


def test_closing_never_lengthens_a_published_limit_by_a_limit_of_ours(folder: Path):
    how = "amount: 1, unit: working_days, counting: office-day"
    limit = f"{{id: decision, name: D, words: D., from_event: received, obliged: us, hard: true, {CITE}, {how}}}"
    change(folder, EXAMPLETON, "\nlimits:\n", f"\nlimits:\n  - {limit}\n")
    (fault,) = check_documents(folder)
    assert "would fall due later while we are closed" in fault.sentence


def test_closing_never_lengthens_a_published_limit_by_a_counting_of_ours(folder: Path):
    change(folder, EXAMPLETON, "{id: working-day,", "{id: working-day, local_closures: skipped,")
    said = {fault.sentence.split(" is in ")[0] for fault in check_documents(folder)}
    assert said == {"limits › acknowledgement", "limits › decision", "limits › referrer_chase"}


@pytest.mark.parametrize(("division", "ends_on"), [
    ("england-and-wales", "Mon 30 Nov 17:00"),
    ("scotland", "Tue 01 Dec 17:00"),
    ("northern-ireland", "Mon 30 Nov 17:00"),
])  # fmt: skip
def test_a_local_document_may_choose_another_division_than_its_base(
    catalogue: Catalogue, folder: Path, division: str, ends_on: str
):
    """Saint Andrew's Day is a bank holiday in Scotland alone."""
    change(folder, EXAMPLETON, "\nnote:", f"\nbank_holidays: {division}\nnote:")
    edition = read_editions(folder).resolve("exampleton", DAY)
    assert edition.bank_holidays is not None
    assert edition.bank_holidays.division == division
    assert read_editions(folder).resolve("england", DAY).bank_holidays == catalogue.bank_holidays["england-and-wales"]
    assert ends(edition.due("acknowledgement", at("2026-11-27T10:00")).due_at) == ends_on


def test_a_copy_of_a_calendar_reckons_anew():
    calendar, closed = (
        a_calendar(),
        Closure.model_validate(
            {"id": "x", "name": "Gone", "first": date(2024, 5, 8), "last": date(2024, 5, 8)} | CITED
        ),
    )
    assert calendar.is_working_day(date(2024, 5, 8))
    copy = calendar.model_copy(update={"closures": (closed,)})
    assert copy.why_closed(date(2024, 5, 8)) == "Gone"
    assert copy.without_closures().is_working_day(date(2024, 5, 8))
