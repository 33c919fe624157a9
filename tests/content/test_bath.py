"""Is Bath and North East Somerset's prose of 2012 judged as it reads, and is what was added said to be ours?"""

from datetime import date
from itertools import product

import pytest

from thresholds import ChildJudgement, judge, read_editions, read_presenting

CATALOGUE = read_editions()
DAY = date(2026, 12, 4)
BATH = CATALOGUE.resolve("bath-and-north-east-somerset", DAY)
WRITTEN = CATALOGUE.written["bath-and-north-east-somerset"][0]
OUTCOMES = (
    "turning-away-from-learning", "family-breaking-down", "drugs-or-alcohol", "offending", "pregnant",
    "emotional-or-mental-health", "homeless",
)  # fmt: skip
IN_HOURS, AT_NIGHT = "2026-12-04T10:00:00Z", "2026-12-04T23:30:00Z"


def judged(*seen: str, at: str = IN_HOURS, safe: str = "yes", **child: object) -> ChildJudgement:
    observed = [{"indicator": one} for one in seen]
    told = {"authority": BATH.authority, "at": at, "safe_tonight": safe, "children": [{"ref": "one"} | child]}
    told["children"][0] |= {"observed": observed, "age_years": child.get("age_years", 15)}  # type: ignore[index]
    return judge(BATH, read_presenting(told)).children[0]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_one_service_that_can_meet_the_need_is_a_direct_referral(outcome: str):
    found = judged(outcome, services="one")
    assert (found.level, found.destination, found.immediate) == ("one-service", "direct-referral", False)


@pytest.mark.parametrize(("outcome", "services"), [*product(OUTCOMES, ["several", "unclear", "unknown"])])
def test_several_services_or_a_need_nobody_can_name_is_a_common_assessment(outcome: str, services: str):
    found = judged(outcome, services=services)
    assert (found.level, found.destination, found.immediate) == ("several-services", "common-assessment", False)


def test_how_many_services_is_asked_while_nobody_knows():
    found = judged("offending")
    assert "How many services it would take to meet the need." in found.unknown
    assert any(one.startswith("If one service can meet the need") for one in found.would_change)


def test_two_poor_outcomes_count_no_more_than_one():
    assert judged(*OUTCOMES, services="one").level == judged("homeless", services="one").level


@pytest.mark.parametrize("at", [IN_HOURS, AT_NIGHT])
def test_todays_floor_goes_to_social_care_whatever_the_paper_leaves_out(at: str):
    for floor in (one.id for one in BATH.indicators if one.floor):
        found = judged(floor, at=at, services="one", age_years=12)
        assert (found.level, found.destination, found.immediate) == ("specialist", "social-care", True)


def test_a_pregnancy_before_thirteen_is_immediate_and_so_is_one_at_an_age_nobody_knows():
    assert judged("pregnant", age_years=12, services="one").destination == "social-care"
    assert judged("pregnant", age_years=None, services="one").immediate
    assert judged("pregnant", age_years=13, services="one").destination == "direct-referral"


def test_not_safe_tonight_never_waits_for_a_common_assessment():
    assert judged("homeless", safe="no", services="unclear").destination == "social-care"


def test_nothing_noted_is_never_doing_well():
    assert (judged().level, judged().destination) == (None, "common-assessment")
    assert (judged(at=AT_NIGHT).level, judged(at=AT_NIGHT).destination) == (None, "social-care")


def test_good_news_alone_is_universal_only_once_the_child_is_said_to_be_safe():
    good = "finds-help-where-everybody-is"
    assert (judged(good).level, judged(good).destination) == ("universal", "universal-services")
    assert judged(good, safe="unknown").level is None
    assert judged(good, "offending", services="one").level == "one-service"


def test_what_is_new_goes_to_the_one_professional_and_the_panel_takes_part():
    found = judged("offending", services="one", involvement="child_in_need")
    assert (found.destination, found.also) == ("lead-professional", ("behaviour-and-attendance-panel",))
    assert judged("offending", services="one", involvement="none").also == ()
    assert BATH.destination("behaviour-and-attendance-panel").kind == "panel"


def test_a_no_to_a_common_assessment_is_a_caution_and_raises_nothing():
    told = {"authority": BATH.authority, "at": IN_HOURS, "agreement": "refused"}
    child = {"ref": "one", "observed": [{"indicator": "homeless"}], "services": "several"}
    found = judge(BATH, read_presenting(told | {"children": [child]})).children[0]
    assert {"only-the-willing", "declined-is-their-right"} <= {one.id for one in found.cautions}
    assert found.level == "several-services"


@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [
        ("integrated-practices", "practices", 10),
        ("workforce-values", "values", 8),
        ("workforce-behaviours", "values", 6),
        ("asked-for-by-young-people", "values", 12),
        ("asked-for-by-parents", "values", 2),
        ("as-few-as-possible", "values", 5),
        ("direct-or-common", "steps", 4),
        ("early-at-school", "steps", 6),
        ("how-services-fit-together", "practices", 6),
    ],
)
def test_a_list_is_as_long_as_the_papers(name: str, kind: str, size: int):
    found = BATH.checklist(name)
    assert (found.kind, len(found.items)) == (kind, size)
    assert {item.basis for item in found.items} == {"published"}


def test_the_paper_names_no_levels_so_none_is_published_and_a_gap_says_so():
    assert {one.basis for one in (*BATH.levels, *BATH.bands)} == {"proposed default"}
    assert {i.basis for i in BATH.indicators if i.id in OUTCOMES} == {"published"}
    assert "levels/one-service" in {gap.about for gap in BATH.open_gaps()}


def test_where_the_paper_is_silent_nothing_is_published():
    silent = ("protection-to-social-care", "unknown-at-night", "services-unknown", "unknown-to-common-assessment")
    assert {rule.basis for rule in BATH.rules if rule.id in silent} == {"proposed default"}
    assert WRITTEN.document.limits == ()
    assert BATH.destination("social-care").basis == "proposed default"


def test_it_cannot_run_live_and_says_every_reason():
    about = {gap.about for gap in BATH.open_gaps()}
    assert {"levels/one-service", "figures/youngest_age", "destinations/social-care", "office_hours/office"} <= about
    assert {"limits/protection_start", "limits/closing", "limits/take_up"} <= about
    assert BATH.status == "superseded"
    assert len(BATH.why_not_live()) == 1 + len(BATH.open_gaps())


def test_the_map_goes_through_every_line_and_leaves_the_names_behind():
    (given,) = WRITTEN.maps
    lines = [line for place in given.places for line in place.span]
    assert lines == list(range(1, 199))
    names = next(place for place in given.places if 100 in place.span)
    assert (names.lines, names.to) == ("92-123", ())
    assert names.omitted


def test_the_papers_words_have_todays_beside_them():
    assert BATH.today("Common Assessment") == "early help assessment"
    assert BATH.today("lead professional") == "lead practitioner"
