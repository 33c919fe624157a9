"""Is every edition whole, cited, honest about what it rests on, and fit for what it is for?"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from thresholds import Edition, Unpublished, canonical, check_documents, edition_hash, from_canonical, read_editions
from thresholds.gathering.checking import SECTIONS
from thresholds.gathering.documents import PACKAGE

CATALOGUE = read_editions()
TODAY = date(2026, 12, 4)
EDITIONS = [
    CATALOGUE.resolve(authority, max(TODAY, day))
    for authority in CATALOGUE.authorities
    for day in CATALOGUE.dates(authority)
]
NOTTINGHAM = CATALOGUE.resolve("nottingham-city", TODAY)
EXAMPLETON = CATALOGUE.resolve("exampleton", TODAY)
WITH_LEVELS = [edition for edition in EDITIONS if edition.levels]
FILES = sorted((PACKAGE / "authorities").glob("*/*/document.yaml"))

NEEDED = {
    "written_confirmation", "acknowledgement", "referrer_chase", "decision", "feedback", "information",
    "second_opinion", "worker_acceptance", "other_authority_acceptance", "protection_start", "closing",
    "handover_acceptance", "take_up",
}  # fmt: skip
ELEVEN = {
    "immediate-risk-or-harmed", "injury-unexplained", "bruising-under-two", "substance-use-under-one",
    "unborn-at-risk", "contact-with-risky-adult", "repeated-domestic-abuse-or-carer-difficulties",
    "abuse-alleged-or-disclosed", "left-home-alone", "risky-adult", "victim-of-trafficking",
}  # fmt: skip
# What the source has no examples for, counted by hand in its own tables.
SILENT = {
    *((level, "family-history") for level in ("extensive",)),
    *((level, "community-resources") for level in ("extensive",)),
}


def named(edition: Edition) -> str:
    return f"{edition.authority} {edition.in_force_from}"


def test_every_document_can_be_used():
    assert check_documents() == []


@pytest.mark.parametrize("edition", EDITIONS, ids=named)
def test_every_entry_says_where_it_comes_from(edition: Edition):
    for section in SECTIONS:
        for entry in getattr(edition, section):
            assert section == "sources" or edition.citation(entry)


@pytest.mark.parametrize("edition", EDITIONS, ids=named)
def test_an_edition_survives_being_stored(edition: Edition):
    restored = from_canonical(canonical(edition))
    assert restored == edition
    assert edition_hash(restored) == edition_hash(edition)


def test_another_edition_has_another_hash():
    assert len({edition_hash(edition) for edition in EDITIONS}) == len(EDITIONS)


@pytest.mark.parametrize("edition", EDITIONS, ids=named)
def test_todays_national_floor_stands_in_every_edition(edition: Edition):
    england = CATALOGUE.resolve("england", TODAY)
    floor = [indicator for indicator in england.indicators if indicator.floor]
    assert floor
    assert all(edition.indicator(indicator.id) == indicator for indicator in floor)


@pytest.mark.parametrize("edition", EDITIONS, ids=named)
def test_every_day_has_its_bank_holidays(edition: Edition):
    assert edition.bank_holidays is not None
    assert edition.bank_holidays.known_until >= date(2028, 12, 31)
    assert edition.source(edition.bank_holidays.cite.split()[0])


@pytest.mark.parametrize("edition", [NOTTINGHAM, EXAMPLETON], ids=named)
def test_five_levels_stand_in_three_bands(edition: Edition):
    assert [level.name for level in edition.levels_upward] == [
        "Universal", "Additional", "Extensive", "Child in Need", "Protection",
    ]  # fmt: skip
    assert len({level.band for level in edition.levels}) == 3


@pytest.mark.parametrize("edition", WITH_LEVELS, ids=named)
def test_every_level_has_a_door(edition: Edition):
    doors = {level for destination in edition.destinations for level in destination.for_levels}
    assert doors == {level.id for level in edition.levels}


@pytest.mark.parametrize("edition", WITH_LEVELS, ids=named)
def test_what_is_immediate_lifts_to_the_highest_level(edition: Edition):
    highest = edition.levels_upward[-1].id
    assert {i.level for i in edition.indicators if i.immediate} <= {highest, None}


@pytest.mark.parametrize("edition", WITH_LEVELS, ids=named)
def test_only_the_lowest_levels_examples_are_strengths(edition: Edition):
    assert {i.level for i in edition.indicators if i.strength} == {edition.levels_upward[0].id}


def test_nottinghams_tables_are_whole():
    counted = Counter(i.level for i in NOTTINGHAM.indicators if i.source_id == "fsp-2014" and i.dimension)
    assert counted == {"universal": 26, "additional": 53, "extensive": 42, "protection": 44}


def test_every_dimension_has_examples_at_every_level_the_source_gives():
    dimensions = {dimension.id for domain in NOTTINGHAM.domains for dimension in domain.dimensions}
    have = {(i.level, i.dimension) for i in NOTTINGHAM.indicators if i.dimension}
    tabled = {level.id for level in NOTTINGHAM.levels} - {"child-in-need"}
    assert {(level, d) for level in tabled for d in dimensions} - have == SILENT


def test_the_document_has_its_eleven_immediate_indicators():
    listed = {i.id for i in NOTTINGHAM.indicators if i.immediate and not i.floor}
    assert listed == ELEVEN


def test_three_of_the_eleven_have_an_age():
    ages = {i.id: i.first_age_outside for i in NOTTINGHAM.indicators if i.id in ELEVEN and i.first_age_outside}
    assert ages == {"bruising-under-two": 2, "substance-use-under-one": 1, "left-home-alone": 6}


def test_a_live_case_finds_every_limit_it_needs():
    assert all(EXAMPLETON.limit(name).rungs for name in NEEDED)


@pytest.mark.parametrize(
    ("name", "span", "obliged"),
    [
        ("written_confirmation", "24 hours", "referrer"),
        ("acknowledgement", "1 working day", "us"),
        ("referrer_chase", "3 working days", "referrer"),
        ("decision", "1 working day", "us"),
    ],
)
def test_the_referral_limits_are_the_published_ones(name: str, span: str, obliged: str):
    limit = EXAMPLETON.limit(name)
    assert (limit.span, limit.obliged, limit.basis) == (span, obliged, "published")


def test_the_referrer_hears_whatever_was_decided_in_the_time_published_for_what_is_not_accepted():
    published, ours = NOTTINGHAM.limit("feedback"), EXAMPLETON.limit("feedback")
    assert (ours.span, ours.obliged, ours.hard) == (published.span, published.obliged, published.hard)
    assert (ours.name, ours.basis) == ("Tell the referrer what was decided", "local decision")


def test_the_draft_cannot_run_live_and_says_every_reason():
    reasons = NOTTINGHAM.why_not_live()
    assert any("draft" in reason for reason in reasons)
    assert len(reasons) == 1 + len(NOTTINGHAM.open_gaps())
    assert {"limits/closing", "office_hours/office"} <= {gap.about for gap in NOTTINGHAM.open_gaps()}


def test_the_invented_partnership_settles_every_gap_a_live_case_needs():
    assert EXAMPLETON.why_not_live() == ()


def test_the_invented_partnership_decides_and_publishes_nothing():
    document = CATALOGUE.written["exampleton"][0].document
    entries = [entry for section in SECTIONS[1:] for entry in getattr(document, section)]
    assert {entry.basis for entry in entries} == {"local decision"}
    assert "invented" in document.authority_name


def test_a_floor_of_today_is_not_asked_of_a_day_before_it():
    with pytest.raises(Unpublished, match="for history and teaching"):
        CATALOGUE.resolve("nottingham-city", date(2014, 9, 1))


def test_an_authority_nobody_has_is_said_with_those_there_are():
    with pytest.raises(Unpublished, match="exampleton, nottingham-city"):
        CATALOGUE.resolve("atlantis", TODAY)


def test_what_isnt_published_is_said_with_what_comes_near():
    with pytest.raises(Unpublished, match="Did you mean acknowledgement"):
        EXAMPLETON.limit("acknowledgment")


def test_the_documents_word_has_todays_word_beside_it():
    assert EXAMPLETON.today("CAF") == "early help assessment"
    assert EXAMPLETON.today("garden") == "garden"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}")
def test_no_telephone_number_or_mail_address_stands_in_a_document(file: Path):
    text = file.read_text()
    assert not re.search(r"\b0\d{3}[ -]?\d{3}[ -]?\d{3,4}\b|\S+@\S+", text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}")
def test_words_that_would_offend_today_are_not_repeated(file: Path):
    text = file.read_text().lower()
    assert not re.search(r"transient famil|beyond parental control, today: beyond|hard to reach, today: hard", text)


def test_what_would_offend_today_is_flagged_for_the_equality_review():
    flagged = {i.id for i in NOTTINGHAM.indicators if i.equality_flag}
    assert {"frequent-moves", "unaccompanied-asylum-seeker", "victim-of-crime"} <= flagged
