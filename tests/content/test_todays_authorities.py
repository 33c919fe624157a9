"""Are the three of today's authorities what their pages say: other levels, other names, other limits?"""

import re
from collections import Counter
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest

from thresholds import ChildJudgement, Edition, Observed, Presenting, PresentingChild, due, judge, read_editions
from thresholds.gathering.documents import PACKAGE
from thresholds.gathering.proving import every_fact
from thresholds.judging.deciding import applies
from thresholds.reading.source_map import MapPlace, reworked

CATALOGUE = read_editions()
TODAY = date(2026, 12, 4)
TORBAY = CATALOGUE.resolve("torbay", TODAY)
BUCKINGHAMSHIRE = CATALOGUE.resolve("buckinghamshire", TODAY)
SEFTON = CATALOGUE.resolve("sefton", TODAY)
THREE = (TORBAY, BUCKINGHAMSHIRE, SEFTON)
MAPS = sorted((PACKAGE / "authorities").glob("*/*/source-map.yaml"))
FRIDAY_NOON = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 12, 4, 22, 0, tzinfo=UTC)
LIVE = {
    "written_confirmation", "acknowledgement", "referrer_chase", "decision", "feedback", "information",
    "second_opinion", "worker_acceptance", "other_authority_acceptance", "protection_start", "closing",
    "handover_acceptance", "take_up",
}  # fmt: skip
# Per page of Buckinghamshire's: lines on the page, and examples that became of them.
PAGES = {
    "l1-development": (30, 30), "l1-family": (13, 13),
    "l2-development": (32, 29), "l2-parents": (22, 22), "l2-family": (23, 22),
    "l3-development": (31, 33), "l3-parents": (26, 25), "l3-family": (25, 25),
    "l4-development": (37, 37), "l4-parents": (27, 28), "l4-family": (26, 26),
}  # fmt: skip
DECLINED = {
    "parents-havent-taken-up-help-or-we-havent-reached-them",
    "parents-have-said-no-to-services",
    "hasnt-wanted-or-hasnt-been-helped-by-support-offered",
    "parents-have-said-no-to-help-or-we-havent-reached-them",
    "child-in-need-and-parents-have-declined-help",
}

every_one = pytest.mark.parametrize("edition", THREE, ids=lambda edition: edition.authority)
with_levels = pytest.mark.parametrize("edition", [TORBAY, BUCKINGHAMSHIRE], ids=lambda edition: edition.authority)


def child(edition: Edition, *indicators: str, at: datetime = FRIDAY_NOON, **told: object) -> ChildJudgement:
    """One child of fifteen, safe tonight unless `told` says otherwise, about whom these were noted."""
    observed = tuple(Observed(indicator=one) for one in indicators)
    children = (PresentingChild(ref="the child", age_years=15, observed=observed),)
    given = {"authority": edition.authority, "at": at, "children": children, "safe_tonight": "yes"} | told
    return judge(edition, Presenting(**given)).children[0]


def example(edition: Edition, level: str) -> str:
    """An example of that level that means nothing else besides."""
    return next(i.id for i in edition.indicators if i.level == level and not (i.also_means or i.informs_only))


def places(authority: str) -> dict[str, tuple[MapPlace, ...]]:
    return {given.source: given.places for given in CATALOGUE.written[authority][0].maps}


@pytest.mark.parametrize(
    ("edition", "names"),
    [
        (
            TORBAY,
            ["Level 1: Universal", "Level 2: Early Help", "Level 3: Early Help", "Level 4: Statutory Intervention"],
        ),
        (
            BUCKINGHAMSHIRE,
            [
                "Level 1: Universal Services", "Level 2: Additional Support",
                "Level 3: Complex needs, Children in Need", "Level 4: Acute, Child protection",
            ],
        ),
        (SEFTON, []),
    ],
    ids=("torbay", "buckinghamshire", "sefton"),
)  # fmt: skip
def test_each_has_its_own_levels_by_its_own_names(edition: Edition, names: list[str]):
    assert [level.name for level in edition.levels_upward] == names


@with_levels
def test_levels_can_be_told_apart_by_name_and_by_meaning(edition: Edition):
    assert len({level.name for level in edition.levels}) == len({level.meaning for level in edition.levels}) == 4


def test_torbays_lists_are_whole_where_they_were_found():
    counted = Counter((i.level, i.dimension) for i in TORBAY.indicators if i.level)
    assert counted == {
        ("level-1", "circumstances"): 1,
        ("level-1", "parents-and-carers"): 2,
        ("level-1", "family-and-environment"): 1,
        ("level-2", "circumstances"): 18,
        ("level-3", "circumstances"): 16,
        ("level-4", "circumstances"): 16,
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_line_of_buckinghamshires_pages_is_accounted_for(page: str):
    source = f"buckinghamshire-con-{page}"
    lines = [place for place in places("buckinghamshire")[source] if re.search(r" item \d+$", place.at or "")]
    assert (len(lines), sum(i.source_id == source for i in BUCKINGHAMSHIRE.indicators)) == PAGES[page]


def test_what_was_left_out_of_buckinghamshires_lines_says_why():
    omitted = {
        (given.source.removeprefix("buckinghamshire-con-"), place.at)
        for given in CATALOGUE.written["buckinghamshire"][0].maps
        for place in reworked(given).omitted
        if re.search(r" item \d+$", place.at or "")
    }
    assert omitted == {
        ("l2-development", "Emotional development item 2"),
        ("l2-development", "Identity and self-esteem item 5"),
        ("l2-development", "Self-care skills and independence item 3"),
        ("l2-family", "Housing, work and income item 3"),
        ("l3-development", "Identity and self-esteem item 6"),
    }


@every_one
def test_every_source_that_is_cited_has_a_map(edition: Edition):
    document = CATALOGUE.written[edition.authority][0].document
    read = {source.id for source in document.sources if source.publisher != "this project's research"}
    assert set(places(edition.authority)) == read


@pytest.mark.parametrize("level", ["level-1", "level-2", "level-3", "level-4"])
@with_levels
def test_a_child_goes_somewhere_at_every_level_by_day_and_by_night(edition: Edition, level: str):
    for at in (FRIDAY_NOON, FRIDAY_NIGHT):
        judged = child(edition, example(edition, level), at=at)
        assert (judged.level, judged.destination is None) == (level, False)


@pytest.mark.parametrize(
    ("edition", "level", "day", "night"),
    [
        (TORBAY, "level-2", "early-help-front-door", "early-help-front-door"),
        (TORBAY, "level-3", "early-help-front-door", "early-help-front-door"),
        (TORBAY, "level-4", "mash", "social-care-out-of-hours"),
        (BUCKINGHAMSHIRE, "level-2", "own-service", "own-service"),
        (BUCKINGHAMSHIRE, "level-3", "first-response", "first-response-out-of-hours"),
        (BUCKINGHAMSHIRE, "level-4", "first-response", "first-response-out-of-hours"),
    ],
    ids=lambda given: given.authority if isinstance(given, Edition) else given,
)
def test_the_third_level_is_early_help_in_one_and_social_care_in_the_other(
    edition: Edition, level: str, day: str, night: str
):
    went = [child(edition, example(edition, level), at=at).destination for at in (FRIDAY_NOON, FRIDAY_NIGHT)]
    assert went == [day, night]


@pytest.mark.parametrize("danger", [False, True])
@every_one
def test_a_child_of_whom_nothing_is_known_goes_somewhere(edition: Edition, danger: bool):
    doors = {destination.id for destination in edition.destinations}
    for at in (FRIDAY_NOON, FRIDAY_NIGHT):
        judged = child(edition, at=at, safe_tonight="unknown", immediate_danger=danger)
        assert judged.destination in doors
        assert judged.immediate is danger


def test_every_child_sefton_can_tell_apart_goes_somewhere_though_it_has_no_levels():
    sending = [rule for rule in SEFTON.rules_in_order if rule.goes_to]
    for facts, immediate in product(every_fact(SEFTON), (False, True)):
        assert any(applies(rule.when, facts, None, immediate) for rule in sending)


def test_buckinghamshire_asks_for_level_four_at_once_by_a_rule_and_not_example_by_example():
    fourth = [i for i in BUCKINGHAMSHIRE.indicators if i.level == "level-4" and not i.informs_only]
    assert not any(i.immediate for i in fourth)
    for one in fourth:
        judged = child(BUCKINGHAMSHIRE, one.id)
        assert (judged.immediate, judged.destination) == (True, "first-response")
    assert "level-4-is-immediate" in {because.id for because in child(BUCKINGHAMSHIRE, "home-isnt-safe").because}


def test_torbays_tool_asks_for_nothing_at_once_and_the_floor_does():
    assert not child(TORBAY, "relationships-at-home-have-broken-down").immediate
    assert child(TORBAY, "is-or-has-been-sexually-abused-or-exploited").immediate


def test_help_declined_raises_nothing_in_buckinghamshire():
    assert {i.id for i in BUCKINGHAMSHIRE.indicators if i.informs_only} == DECLINED
    for at_all in ((), (example(BUCKINGHAMSHIRE, "level-2"),)):
        without = child(BUCKINGHAMSHIRE, *at_all)
        for one in DECLINED:
            declined = child(BUCKINGHAMSHIRE, *at_all, one)
            assert (declined.level, declined.immediate) == (without.level, without.immediate)


@with_levels
def test_what_meets_the_floor_by_its_own_words_is_immediate_at_any_level(edition: Edition):
    floor = {i.id for i in edition.indicators if i.floor and i.first_age_outside is None}
    meeting = [i for i in edition.indicators if floor & set(i.also_means)]
    assert {i.level for i in meeting} >= {"level-3", "level-4"}
    assert all(child(edition, one.id).immediate for one in meeting)


@with_levels
def test_sexual_activity_is_immediate_under_thirteen_and_while_the_age_is_unknown(edition: Edition):
    young = [i.id for i in edition.indicators if "sexual-activity-under-13" in i.also_means]
    assert len(young) >= 4
    for one in young:
        children = (PresentingChild(ref="the child", observed=(Observed(indicator=one),)),)
        assert judge(edition, Presenting(authority=edition.authority, at=FRIDAY_NOON, children=children)).immediate


def test_nobody_asks_the_family_where_it_could_put_the_child_in_danger():
    assert {i.id for i in BUCKINGHAMSHIRE.indicators if i.dont_ask_family and not i.floor} == {
        "carer-may-be-making-up-or-causing-childs-illness",
        "may-soon-be-subjected-to-female-genital-mutilation",
        "was-brought-here-to-be-sexually-exploited",
    }


def test_what_names_a_status_is_flagged_for_the_equality_review():
    flagged = {i.id for i in BUCKINGHAMSHIRE.indicators if i.equality_flag}
    assert {"adopted", "money-is-short", "moves-home-often", "here-without-parent-or-carer"} <= flagged
    assert "in-this-country-without-parent-or-carer" in {i.id for i in TORBAY.indicators if i.equality_flag}


@pytest.mark.parametrize(
    ("name", "span", "event", "basis"),
    [
        ("early_help_existing_plan_search", "48 hours", "need_identified", "published"),
        ("early_help_assessment", "10 working days", "need_identified", "proposed default"),
        ("early_help_plan", "15 working days", "need_identified", "proposed default"),
        ("early_help_plan_shared", "15 working days", "need_identified", "proposed default"),
        ("early_help_first_review", "6 weeks", "early_help_assessment_completed", "published"),
        ("early_help_review", "3 months", "early_help_review_held", "published"),
        ("early_help_reassessment", "12 months", "early_help_started", "published"),
        ("decision", "24 hours", "received", "published"),
    ],
)
def test_seftons_limits_are_its_own(name: str, span: str, event: str, basis: str):
    limit = SEFTON.limit(name)
    assert (limit.span, limit.from_event, limit.basis) == (span, event, basis)
    assert limit.rungs


@pytest.mark.parametrize(
    ("name", "start", "due_at"),
    [  # A need identified on a Thursday morning in December, and what follows from it.
        ("early_help_existing_plan_search", "2026-12-03T10:00+00:00", "2026-12-05T10:00+00:00"),
        ("early_help_assessment", "2026-12-03T10:00+00:00", "2026-12-17T17:30+00:00"),
        ("early_help_plan", "2026-12-03T10:00+00:00", "2026-12-24T17:30+00:00"),
        ("early_help_plan_shared", "2026-12-03T10:00+00:00", "2026-12-24T17:30+00:00"),
        ("early_help_first_review", "2026-12-17T15:00+00:00", "2027-01-28T17:30+00:00"),
        ("early_help_review", "2027-01-28T15:00+00:00", "2027-04-28T16:30+00:00"),  # summer time by then
        ("early_help_reassessment", "2026-12-17T15:00+00:00", "2027-12-17T16:00+00:00"),  # Fridays close at four
        ("decision", "2026-12-04T15:00+00:00", "2026-12-05T15:00+00:00"),
    ],
)
def test_seftons_limits_fall_due_by_its_own_opening_hours(name: str, start: str, due_at: str):
    found = due(SEFTON.limit(name), datetime.fromisoformat(start), SEFTON.calendar())
    assert found.due_at == datetime.fromisoformat(due_at)


def test_an_answerphone_on_wednesday_morning_is_nobody_there():
    morning = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
    assert child(SEFTON, at=morning).destination == "emergency-duty-team"
    assert child(SEFTON, at=morning.replace(hour=11)).destination == "chat"


def test_what_is_urgent_in_sefton_says_that_it_waits_for_nobody():
    assert "never-wait" in {caution.id for caution in child(SEFTON, "fgm-risk").cautions}


def test_an_assessment_has_its_reasons_for_and_against_in_sefton():
    about = {c.kind: len(c.items) for c in SEFTON.checklists if c.about == "early-help-assessment"}
    assert (about["reasons for"], about["reasons against"]) == (5, 4)


def test_what_to_do_and_what_to_agree_stands_for_every_level_in_buckinghamshire():
    about = Counter((c.about, c.kind) for c in BUCKINGHAMSHIRE.checklists if c.about.startswith("level-"))
    assert about == dict.fromkeys(product(("level-1-and-2", "level-3", "level-4"), ("steps", "agreement")), 1)
    assert {offer.level for offer in BUCKINGHAMSHIRE.offers} == {level.id for level in BUCKINGHAMSHIRE.levels}


@every_one
def test_none_can_run_live_and_each_says_everything_that_is_missing(edition: Edition):
    published = {limit.id for limit in edition.limits}
    silent = {gap.about for gap in edition.open_gaps()}
    assert {f"limits/{name}" for name in LIVE - published} <= silent
    assert any(about.startswith("levels/") for about in silent)
    assert any(about.startswith("disagreements/") for about in silent)


def test_a_start_that_is_only_proposed_closes_no_gap():
    silent = {gap.about for gap in SEFTON.open_gaps()}
    assert {f"limits/early_help_{name}" for name in ("assessment", "plan", "plan_shared")} <= silent
    assert {gap.about for gap in TORBAY.open_gaps()} & {gap.about for gap in BUCKINGHAMSHIRE.open_gaps()} >= {
        "office_hours/office"
    }


@pytest.mark.parametrize("file", MAPS, ids=lambda file: file.parent.parent.name)
def test_no_telephone_number_or_mail_address_stands_in_a_map(file: Path):
    assert not re.search(r"\b0\d{3}[ -]?\d{3}[ -]?\d{3,4}\b|\S+@\S+", file.read_text())
