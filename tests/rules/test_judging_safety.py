"""Is every safety rule that touches judging kept? One test for each, named as the rule is."""

from datetime import timedelta
from typing import Any

import pytest
from judged import CATALOGUE, EDITIONS, FRIDAY, SATURDAY, TODAY, advice, named, presenting, seen

from thresholds import Edition, Unpublished, judge
from thresholds.published.levels import Indicator

every = pytest.mark.parametrize("edition", EDITIONS, ids=named)
OURS = next(edition for edition in EDITIONS if edition.authority == "exampleton")
FLOOR = [one for one in EDITIONS[0].indicators if one.floor]
DONT_ASK = [one.id for one in FLOOR if one.dont_ask_family]


def cautions(edition: Edition, child: dict[str, Any], **more: Any) -> set[str]:
    return {one.id for one in advice(edition, child, **more).cautions}


def must_happen(child: dict[str, Any], **more: Any) -> set[str]:
    return {one.limit for one in advice(OURS, child, **more).must_happen}


@every
@pytest.mark.parametrize("floor", FLOOR, ids=lambda one: one.id)
def test_todays_floor_is_immediate_in_every_edition(edition: Edition, floor: Indicator):
    told = advice(edition, seen(floor.id))
    assert told.immediate
    assert told.level == (edition.levels_upward[-1].id if edition.levels else None)


@pytest.mark.parametrize(
    "example", ["own-life-at-risk", "at-risk-of-sexual-exploitation", "sexually-active-under-13", "fgm-risk"]
)
@pytest.mark.parametrize("authority", ["nottingham-city", "exampleton"])
def test_what_the_2014_tables_put_lower_or_left_out_is_immediate_today(authority: str, example: str):
    """Suicide attempts and exploitation stood under Extensive, under-13s under Protection, FGM nowhere."""
    edition = next(one for one in EDITIONS if one.authority == authority)
    assert example not in {one.id for one in edition.indicators if one.immediate and not one.floor}
    told = advice(edition, seen(example))
    assert (told.immediate, told.level) == (True, "protection")


@every
@pytest.mark.parametrize("child", [{}, {"age_years": 7}, {"unborn": True}, {"disability": "none", "missing": "no"}])
def test_nothing_ticked_is_not_yet_known_even_for_a_child_said_to_be_safe(edition: Edition, child: dict[str, Any]):
    told = advice(edition, child, safe_tonight="yes", domestic_abuse="no", household_told=True)
    assert (told.level, told.level_name) == (None, "Not yet known")
    assert any("isn't a sign that nothing is wrong" in line for line in told.unknown)


@every
def test_an_unknown_age_meets_every_age_limit(edition: Edition):
    for one in edition.indicators:
        if one.immediate and one.first_age_outside is not None:
            assert advice(edition, seen(one.id)).immediate, one.id


@every
def test_strengths_lower_nothing(edition: Edition):
    strengths = [one.id for one in edition.indicators if one.strength][:9]
    for one in edition.indicators:
        alone = advice(edition, seen(one.id), safe_tonight="yes")
        beside = advice(edition, seen(one.id, *strengths), safe_tonight="yes")
        assert (alone.immediate, alone.level or beside.level) == (beside.immediate, beside.level), one.id


@every
def test_four_facts_are_enough_to_be_advised(edition: Edition):
    """Who, the worry, safe tonight, how to ring back: none of them is asked for here, so nothing can hold it up."""
    assert (
        judge(edition, presenting(edition, {})).children[0].unknown[0].startswith("Whether the child is safe tonight")
    )


@every
def test_danger_needs_nothing_else_and_its_caution_stands_first(edition: Edition):
    told = advice(edition, {}, immediate_danger=True)
    assert told.immediate
    assert told.cautions[0].id == "danger-comes-first"
    assert "999" in told.cautions[0].words


@every
@pytest.mark.parametrize("who", ["public", "family", "unknown"])
def test_nobody_unverified_hears_that_a_child_is_known(edition: Edition, who: str):
    assert "caller-not-verified" in cautions(edition, {}, raised_by=who)
    assert "caller-not-verified" not in cautions(edition, {}, raised_by="professional")


@every
def test_a_professional_who_rings_is_rung_back(edition: Edition):
    assert "ring-a-professional-back" in cautions(edition, {}, raised_by="professional", how="telephone")
    assert "ring-a-professional-back" not in cautions(edition, {}, raised_by="professional", how="written")


def test_the_household_and_other_children_are_asked_about_until_somebody_says():
    unasked = advice(OURS, {}).unknown
    told = advice(OURS, {}, household_told=True, others_at_risk="no", siblings=2).unknown
    for line in ("Who lives there.", "Whether the person causing harm has contact with other children."):
        assert line in unasked
        assert line not in told
    assert any(line.startswith("How many brothers and sisters") for line in unasked)
    assert not any(line.startswith("How many brothers and sisters") for line in told)


@every
def test_other_children_whom_the_person_sees_each_get_a_decision(edition: Edition):
    assert "other-children-too" in cautions(edition, {}, others_at_risk="yes")


@every
def test_a_child_in_our_care_has_their_own_worker_and_reviewing_officer(edition: Edition):
    told = [one.words for one in advice(edition, {"involvement": "in_our_care"}).cautions]
    assert any("own social worker" in words and "reviewing officer" in words for words in told)


def test_the_worker_of_an_open_child_always_hears():
    for kind in ("early_help", "child_in_need", "protection_plan", "in_our_care"):
        told = advice(OURS, seen("injury-unexplained", involvement=kind))
        assert "allocated-worker" in (told.destination, *told.also)


def test_a_pregnant_girl_under_eighteen_is_a_child_and_the_baby_another():
    for one in OURS.indicators:
        if one.unborn:
            asked = advice(OURS, seen(one.id, age_years=15)).unknown
            assert any("a child here too, with a decision of its own" in line for line in asked), one.id


def test_a_due_date_gone_by_asks_whether_the_baby_is_born_and_loses_nothing():
    before = advice(OURS, seen("unborn-at-risk", expected_on=str(TODAY + timedelta(days=1))))
    after = advice(OURS, seen("unborn-at-risk", expected_on=str(TODAY - timedelta(days=1))))
    assert (before.level, before.immediate, before.destination) == (after.level, after.immediate, after.destination)
    assert "Whether the baby has been born: the due date has passed." in after.unknown


@every
def test_missing_is_told_to_the_police_and_found_closes_nothing(edition: Edition):
    assert "missing-now" in cautions(edition, {"missing": "missing_now"})
    assert "found-is-not-closed" in cautions(edition, {"missing": "found"})


@every
@pytest.mark.parametrize("indicator", DONT_ASK)
@pytest.mark.parametrize("agreement", ["not_asked", "given", "refused"])
def test_for_some_harm_the_question_about_agreement_becomes_dont_ask_the_family(
    edition: Edition, indicator: str, agreement: str
):
    told = advice(edition, seen(indicator), agreement=agreement)
    assert {"dont-ask-the-family"} <= {one.id for one in told.cautions}
    assert "declined-is-their-right" not in {one.id for one in told.cautions}
    assert not any(line.startswith("Whether the family agrees") for line in told.unknown)
    words = next(one.words for one in told.cautions if one.id == "dont-ask-the-family")
    assert "interpreter" in words
    assert "related" in words


def test_four_kinds_of_harm_are_never_put_to_the_family():
    assert {
        "honour-based-abuse-risk", "forced-marriage-risk", "illness-fabricated-or-induced",
        "trafficking-or-modern-slavery",
    } == set(DONT_ASK)  # fmt: skip


@every
def test_a_no_to_help_raises_nothing_by_itself(edition: Edition):
    informing = [one.id for one in edition.indicators if one.informs_only]
    for alone in ({}, seen(*informing)):
        declined, asked = (advice(edition, alone, agreement=answer) for answer in ("refused", "not_asked"))
        assert (declined.level, declined.immediate) == (asked.level, asked.immediate) == (None, False)
    assert "declined-is-their-right" in cautions(edition, {}, agreement="refused")


@every
def test_an_example_is_the_documents_with_its_year_never_a_tag(edition: Edition):
    for one in edition.indicators[:60]:
        because = next(reason for reason in advice(edition, seen(one.id)).because if reason.id == one.id)
        assert because.document_year == edition.year_of(one)
        assert because.equality_flag == one.equality_flag


@every
def test_exploitation_told_of_is_immediate_whether_or_not_an_example_was_noted(edition: Edition):
    assert advice(edition, {"exploitation": "yes"}).immediate
    assert not advice(edition, {"exploitation": "no"}).immediate


@pytest.mark.parametrize(("earlier", "reads"), [(None, False), (0, False), (1, False), (2, True), (5, True)])
def test_a_third_contact_in_the_window_is_read_with_those_before(earlier: int | None, reads: bool):
    assert ("read-them-together" in cautions(OURS, {"earlier_contacts": earlier})) is reads
    assert (OURS.figure("repeat_contacts").amount, OURS.figure("repeat_window").amount) == (3, 12)


def test_what_was_told_asks_for_the_example_that_fits():
    told = advice(OURS, {}, domestic_abuse="yes")
    fitting = "Which of the document's examples of domestic abuse fits what was told."
    assert (fitting in told.unknown) is any(dict(one.answers).get("domestic_abuse") for one in OURS.indicators)


def test_friday_at_ten_to_five():
    """The first of the five moments: a baby of unknown age, the third contact, ten minutes before the doors shut."""
    baby = seen("bruising-under-two", earlier_contacts=2)
    told, later = advice(OURS, baby), advice(OURS, baby, at=SATURDAY)
    assert told.immediate
    assert FRIDAY.hour == 16
    assert "The child's age. Until it is known the child counts as the youngest." in told.unknown
    assert "read-them-together" in {one.id for one in told.cautions}
    assert any("Once the office has closed: it goes to Emergency Duty Team" in line for line in told.would_change)
    assert later.destination_name == "Emergency Duty Team"


def test_a_2014_edition_never_judges_without_todays_floor():
    with pytest.raises(Unpublished):
        CATALOGUE.resolve("nottingham-city", TODAY.replace(year=2014, month=12))


def test_must_happen_names_what_is_due_with_where_it_stands():
    told = advice(OURS, {})
    assert {"acknowledgement", "decision"} <= {one.limit for one in told.must_happen}
    assert all(one.cite for one in told.must_happen)
    assert "protection_start" in must_happen({}, immediate_danger=True)
