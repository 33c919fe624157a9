"""Does England's document carry every national time and every census code, as sure as its sources are?"""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from thresholds import judge, read_editions, read_presenting
from thresholds.judging.presenting import Presenting
from thresholds.published.entries import Entry
from thresholds.reading.source_map import named_entries
from workflows.referral_facts import Take

ROOT = Path(__file__).parents[2]
CATALOGUE = read_editions()
DAY = date(2026, 12, 4)
ENGLAND = CATALOGUE.resolve("england", DAY)
WRITTEN = CATALOGUE.written["england"][0]
ENTRIES = dict(named_entries(WRITTEN.document))

PUBLISHED, PROPOSED = "published", "proposed default"
SECOND_HAND, IN_PART = "read second-hand", "read in part"
# The rows of the guidance notes, 1.3: row, limit, amount, unit, starts, duty or target, basis, how sure.
TIMES = [
    ("T1", "acknowledgement", 1, "working_days", "received", True, PUBLISHED, IN_PART),
    ("T1", "decision", 1, "working_days", "received", True, PUBLISHED, IN_PART),
    ("T4", "feedback", 1, "working_days", "decided", True, PROPOSED, "read"),
    ("T7", "assessment", 45, "working_days", "received", True, PUBLISHED, SECOND_HAND),
    ("T9", "enquiry_start", 1, "hours", "enquiry_decided", True, PROPOSED, SECOND_HAND),
    ("T10", "conference", 15, "working_days", "enquiry_started", True, PUBLISHED, SECOND_HAND),
    ("T12", "core_group", 10, "working_days", "conference_held", True, PUBLISHED, SECOND_HAND),
    ("T13", "first_review_conference", 3, "months", "conference_held", True, PUBLISHED, SECOND_HAND),
    ("T14", "review_conference", 6, "months", "review_held", True, PUBLISHED, SECOND_HAND),
    ("T15", "after_birth_meeting", 10, "calendar_days", "born", False, PROPOSED, SECOND_HAND),
    ("T16", "conference_dissent", 72, "hours", "conference_held", False, PROPOSED, SECOND_HAND),
    ("T17", "in_need_plan_meeting", 10, "working_days", "found_in_need", False, PROPOSED, SECOND_HAND),
    ("T19", "in_need_review", 6, "weeks", "in_need_plan_made_or_reviewed", False, PROPOSED, "remembered"),
    ("T19", "in_need_visit", 4, "weeks", "child_seen", False, PROPOSED, "remembered"),
    ("T20", "protection_visit", 10, "working_days", "child_seen_on_protection_plan", False, PROPOSED, "remembered"),
    ("T21", "police_protection", 72, "hours", "police_protection_began", True, PUBLISHED, SECOND_HAND),
    ("T21", "emergency_order", 8, "calendar_days", "emergency_order_made", True, PUBLISHED, SECOND_HAND),
    ("T21", "emergency_order_extension", 7, "calendar_days", "emergency_order_extended", True, PROPOSED, "remembered"),
    ("beyond", "fgm_report", 1, "months", "fgm_discovered", True, PUBLISHED, IN_PART),
    ("beyond", "return_interview", 72, "hours", "found", False, PUBLISHED, SECOND_HAND),
]
# The rows without a national number, and the gap that stands for each.
SILENT = {
    "T2": "written-confirmation-number",
    "T3": "referrer-chase-number",
    "T5": "contact-decision-number",
    "T6": "early-help-offer-number",
    "T8": "strategy-discussion-time",
    "T11": "conference-reports-number",
    "T18": "in-need-plan-minimum",
    "T22": "assessment-outcome-number",
}
CODES = {
    "referral-source": 22, "primary-need": 10, "reason-for-closure": 9, "assessment-factors": 44, "ethnicity": 20,
    "disability": 13, "category-of-abuse": 5, "upn-unknown": 7, "sex": 3,
}  # fmt: skip


def gap(id_: str) -> Entry:
    return next(gap for gap in ENGLAND.gaps if gap.id == id_)


def codes(set_: str, **wanted: bool) -> set[str]:
    found = ENGLAND.code_set(set_).codes
    return {one.code for one in found if all(getattr(one, key) is value for key, value in wanted.items())}


@pytest.mark.parametrize(
    ("row", "name", "amount", "unit", "starts", "hard", "basis", "sure"), TIMES, ids=[one[1] for one in TIMES]
)
def test_a_time_is_as_long_and_as_sure_as_its_source(
    row: str, name: str, amount: int, unit: str, starts: str, hard: bool, basis: str, sure: str
):
    limit = ENGLAND.limit(name)
    assert (limit.amount, limit.unit, limit.from_event, limit.hard) == (amount, unit, starts, hard)
    assert (limit.basis, ENGLAND.certainty(limit)) == (basis, sure)


def test_every_row_is_a_limit_or_a_gap_and_every_limit_is_here():
    rows = {row for row, *_ in TIMES} | set(SILENT)
    assert rows - {"beyond"} == {f"T{number}" for number in range(1, 23)}
    assert {name for _, name, *_ in TIMES} == {limit.id for limit in ENGLAND.limits}
    assert all(gap(name) for name in SILENT.values())


def test_a_gap_never_gives_the_number_it_says_is_missing():
    limits = {f"limits/{limit.id}" for limit in ENGLAND.limits}
    assert not limits & {gap.about for gap in ENGLAND.gaps}


def test_every_limit_is_counted_somehow_and_somebody_hears():
    assert all(limit.rungs and limit.counting and limit.obliged for limit in ENGLAND.limits)


def test_what_is_remembered_is_only_ever_proposed():
    remembered = {name for name, entry in ENTRIES.items() if ENGLAND.certainty(entry) == "remembered"}
    assert {ENTRIES[name].basis for name in remembered} == {PROPOSED}
    assert {name for name in remembered if not name.startswith(("indicators/", "rules/"))} == {
        "limits/in_need_review", "limits/in_need_visit", "limits/protection_visit", "limits/emergency_order_extension",
        "gaps/strategy-discussion-time", "gaps/emergency-order-first-day", "checklists/census-coding/school-is-school",
    }  # fmt: skip


def test_nothing_stands_on_a_text_nobody_read():
    assert [name for name, entry in ENTRIES.items() if ENGLAND.certainty(entry) == "not read"] == []


def test_a_local_figure_binds_nobody():
    """Those offered from one partnership's procedures, or from memory, are targets; the law's own ends are not."""
    law = {"feedback", "enquiry_start", "emergency_order_extension"}
    proposed = [limit for limit in ENGLAND.limits if limit.basis == PROPOSED and limit.id not in law]
    assert proposed
    assert not any(limit.hard for limit in proposed)


def test_whatever_is_read_second_hand_says_so_on_the_page():
    assert ENGLAND.citation(ENGLAND.limit("return_interview")).endswith("[published; read second-hand]")


def test_a_found_child_is_owed_a_return_interview_and_no_other_child_hears_of_it():
    edition = CATALOGUE.resolve("exampleton", DAY)

    def named(missing: str) -> set[str]:
        child = judge(edition, presenting(missing)).children[0]
        return {must.limit for must in child.must_happen}

    assert named("found") - named("no") == {"return_interview"}
    assert "return_interview" not in named("missing_now")


def presenting(missing: str) -> Presenting:
    at = datetime(2026, 12, 4, 10, tzinfo=UTC).isoformat()
    return read_presenting({"authority": "exampleton", "at": at, "children": [{"ref": "one", "missing": missing}]})


def test_a_live_partnership_is_asked_for_the_two_times_no_national_text_has():
    needed = {gap.about for gap in ENGLAND.gaps if gap.needed_live}
    assert {"limits/written_confirmation", "limits/referrer_chase"} <= needed
    assert CATALOGUE.resolve("exampleton", DAY).why_not_live() == ()


@pytest.mark.parametrize(("name", "size"), CODES.items())
def test_a_code_set_is_whole_and_says_every_code_in_words(name: str, size: int):
    found = ENGLAND.code_set(name).codes
    assert len(found) == size
    assert all(len(one.words) > 2 for one in found)
    assert len({one.words for one in found}) == size


def test_there_is_no_other_code_set():
    assert {one.id for one in ENGLAND.code_sets} == set(CODES)


def test_no_factors_stands_alone_and_so_does_no_disability():
    assert codes("assessment-factors", alone=True) == {"21"}
    assert codes("disability", alone=True) == {"NONE"}


def test_abuse_that_was_parted_by_who_did_it_is_kept_for_old_records_only():
    assert codes("assessment-factors", retired=True) == {"18A", "19A"}
    assert not any(codes(name, retired=True) for name in CODES if name != "assessment-factors")


def test_the_codes_people_mix_up_say_which_is_which():
    source = ENGLAND.code_set("referral-source")
    assert source.words("5D") == "This council: early help"
    assert (
        source.words(
            "5C",
        )
        == "Another council's services, such as its social care or early help"
    )
    assert source.words("10") == "Unknown"
    assert ENGLAND.code_set("reason-for-closure").words("RC9") == "Closed after assessment, referred to early help"


def test_the_returns_own_unkind_labels_are_marked_as_its_own():
    labels = [one.words for name in CODES for one in ENGLAND.code_set(name).codes]
    unkind = [words for words in labels if re.search(r"dysfunction|unacceptable|absent", words, re.IGNORECASE)]
    assert len(unkind) == 4
    assert all("in the return's words" in words for words in unkind)


def test_every_source_code_the_service_uses_stands_in_the_set():
    sample = ROOT / "pathway" / "sample"
    told = {one for file in (sample / "told").glob("*.yaml") for one in _source_codes(yaml.safe_load(file.read_text()))}
    staff = set(re.findall(r'source_code: .*"(\w+)"', (ROOT / "pathway/cli/users.py").read_text()))
    staff |= set(re.findall(r'^    \("\w+", "[^"]+", "(\w+)"', (sample / "staff.py").read_text(), re.MULTILINE))
    assert staff
    assert told
    assert {Take.model_fields["source_code"].default, *told, *staff} <= codes("referral-source", retired=False)


def _source_codes(told: object) -> list[str]:
    if isinstance(told, dict):
        own = [str(told["source_code"])] if "source_code" in told else []
        return own + [code for value in told.values() for code in _source_codes(value)]
    return [code for value in told for code in _source_codes(value)] if isinstance(told, list) else []


def test_sharing_says_the_duty_its_one_exception_and_that_a_no_is_written_down():
    items = {item.id: item for item in ENGLAND.checklist("duty-to-share").items}
    assert items["unless-worse-for-the-child"].must_record
    assert items["record-not-sharing"].basis == PROPOSED
    assert gap("duty-to-share-in-force")


def test_there_are_seven_golden_rules_and_the_last_is_from_the_edition_before():
    rules = ENGLAND.checklist("golden-rules").items
    assert [rule.source_id for rule in rules] == ["golden-rules"] * 6 + ["golden-rules-before"]


def test_partnerships_must_have_a_ladder_and_nothing_national_gives_its_numbers():
    assert ENGLAND.disagreements == ()
    assert gap("disagreement-ladder")


def test_the_map_goes_through_every_source_and_every_row():
    assert {given.source for given in WRITTEN.maps} == {source.id for source in ENGLAND.sources}
    notes = next(given for given in WRITTEN.maps if given.source == "guidance-notes")
    seen = {number for place in notes.places for number in re.findall(r"T\d+", place.at or "")}
    assert seen == {f"T{number}" for number in range(1, 23)}
