"""Is the 2014 draft whole: everything it says carried over or left out with a reason, counted against its own text?

The counts here were made by hand in the source, never read off the document they check.
"""

import re
from collections import Counter
from datetime import date

import pytest

from thresholds import judge, read_editions, read_presenting
from thresholds.gathering.documents import PACKAGE
from thresholds.judging.deciding import decide
from thresholds.judging.facts import facts
from thresholds.reading.map_checking import map_faults
from thresholds.reading.source_map import SourceMaps, cited_lines, named_entries, reworked

CATALOGUE = read_editions()
WRITTEN = CATALOGUE.written["nottingham-city"][0]
DOCUMENT = WRITTEN.document
EDITION = CATALOGUE.resolve("nottingham-city", date(2026, 12, 4))
ENTRIES = dict(named_entries(DOCUMENT))
(MAP,) = WRITTEN.maps
FIRST, LAST = 1073, 2269
FOLDER = PACKAGE / "authorities" / "nottingham-city" / "2014-07-02"
# The line each level's table of offers begins and ends on.
TABLES = {
    "universal": range(1331, 1358),
    "additional": range(1480, 1525),
    "extensive": range(1631, 1686),
    "protection": range(1786, 1812),
}
OFFERED = {
    ("universal", "assessment"): 3,
    ("universal", "provider"): 18,  # 14, and 4 within the voluntary and community sector
    ("additional", "assessment"): 10,
    ("additional", "guidance"): 4,
    ("additional", "provider"): 21,
    ("extensive", "assessment"): 20,  # 17 lines, of which one names 2 assessments and one 3 programmes
    ("extensive", "guidance"): 4,
    ("extensive", "provider"): 22,
    ("protection", "assessment"): 12,  # 11 lines, of which one names 2
    ("protection", "provider"): 9,  # 6 lines, of which one names 3 teams more
}
OFFERED_ELSEWHERE = {
    "universal-free-early-learning", "universal-family-support-in-schools", "additional-attendance-protocol",
    "additional-drugaware", "additional-sharp", "extensive-multi-systemic-therapy", "extensive-priority-families",
    "protection-procedures",
}  # fmt: skip


def in_table(offer) -> bool:  # type: ignore[no-untyped-def]
    return bool(cited_lines(offer) & set(TABLES[offer.level]))


def items(checklist: str) -> dict[str, str]:
    return {item.id: item.where for item in EDITION.checklist(checklist).items}


# --- the map


def test_every_line_stands_in_exactly_one_place():
    assert (MAP.source, MAP.first, MAP.last) == ("fsp-2014", FIRST, LAST)
    assert [line for place in MAP.places for line in place.span] == list(range(FIRST, LAST + 1))


def test_every_omission_has_a_reason_and_every_reason_is_short():
    omitted = reworked(MAP).omitted
    assert len(omitted) == 79
    assert all(place.omitted and 10 <= len(place.omitted) <= 120 for place in omitted)


def test_every_entry_of_the_source_is_named_at_every_line_it_cites():
    named = {name: {line for p in MAP.places if name in p.to for line in p.span} for name in ENTRIES}
    for name, entry in ENTRIES.items():
        if entry.source_id == "fsp-2014":
            assert cited_lines(entry), f"{name} cites no line"
            assert cited_lines(entry) <= named[name]


def test_no_line_of_a_table_or_a_list_was_left_out():
    lists = (range(1130, 1135), range(1142, 1152), range(1162, 1175), range(1228, 1239), range(1620, 1630),
             range(1823, 1829), range(2199, 2254), range(2263, 2270))  # fmt: skip
    left_out = {line for place in MAP.places if place.omitted for line in place.span}
    assert not left_out & {line for lines in lists for line in lines}


@pytest.mark.parametrize(
    ("line", "became"),
    [
        (1133, "levels/child-in-need"),
        (1149, "checklists/stepping-up-and-down/crisis-reviewed"),
        (1162, "checklists/early-help-not-for/protection-worries"),
        (1173, "checklists/early-help-reasons/before-birth"),
        (1201, "checklists/sharing-without-agreement/in-doubt-manager"),
        (1236, "indicators/left-home-alone"),
        (1345, "offers/universal-nhs-111"),
        (1465, "indicators/little-engagement-affects-child"),
        (1540, "indicators/substantial-lifelong-disability"),
        (1649, "offers/extensive-triple-p"),
        (1689, "gaps/child-in-need-table"),
        (1799, "destinations/edge-of-care-panel"),
        (1828, "disagreements/referral-not-accepted/director"),
        (1890, "destinations/universal-information"),
        (2023, "limits/fast_track_attendance"),
        (2066, "rules/domestic-abuse-team-joins"),
        (2214, "rules/protection-disability-uncertain"),
        (2222, "checklists/sharing-without-agreement/decided-not-to-share"),
        (2245, "checklists/childrens-assessment/seen-alone"),
        (2269, "checklists/childrens-assessment/told-afterwards"),
    ],
)
def test_a_line_became_what_was_checked_by_hand(line: int, became: str):
    (place,) = [place for place in MAP.places if line in place.span]
    assert became in place.to


def test_telephone_numbers_figures_and_a_quotation_were_left_out():
    why = {line: place.omitted or "" for place in MAP.places for line in place.span}
    assert [line for line, said in why.items() if "telephone number" in said and line % 2 == 0][:2] == [1886, 1892]
    assert "quotation" in why[2009]
    assert all("igures" in why[line] for line in (1991, 2028, 2044, 2068, 2080, 2088))
    assert not re.search(r"\b0\d{3}[ -]?\d{3}[ -]?\d{3,4}\b|\S+@\S+|https?:", (FOLDER / "source-map.yaml").read_text())


def test_a_document_with_an_id_twice_says_that_and_no_echo_of_it():
    twice = DOCUMENT.model_copy(update={"indicators": (*DOCUMENT.indicators, DOCUMENT.indicators[0])})
    assert list(map_faults(WRITTEN.page, SourceMaps(maps=WRITTEN.maps), twice)) == []


# --- what it asks people to weigh and to do


def test_there_are_nine_reasons_for_an_early_help_assessment_and_one_against():
    assert list(items("early-help-reasons").values()) == [f"l.{line}" for line in range(1166, 1175)]
    assert list(items("early-help-not-for").values()) == ["l.1162, l.1217"]


def test_ten_principles_stand_in_the_lists():
    cited = {line for c in DOCUMENT.checklists for item in c.items for line in cited_lines(item)}
    assert set(range(1142, 1152)) <= cited


def test_each_level_of_early_help_has_its_steps():
    assert len(items("at-additional")) == 4
    assert len(items("at-extensive")) == 8


def test_the_childrens_assessment_has_its_seven_requirements_and_what_surrounds_them():
    cited = {line for item in EDITION.checklist("childrens-assessment").items for line in cited_lines(item)}
    requirements = {*range(2244, 2249), 2250}  # the seventh, 45 working days on line 2251, is a limit
    assert requirements | {2240, 2253, 2255, 2263, 2267, 2269} == cited
    assert len(items("before-birth-planning")) == 6


def test_what_the_document_wants_written_down_is_asked_for_and_what_we_add_is_proposed():
    recorded = {
        f"{checklist.id}/{item.id}": item.basis
        for checklist in DOCUMENT.checklists
        for item in checklist.items
        if item.must_record
    }
    assert recorded == {
        "making-a-referral/front-door-writes-down": "published",
        "making-a-referral/no-further-action-explained": "published",
        "sharing-without-agreement/decided-not-to-share": "published",
        "sharing-without-agreement/shared-written-down": "proposed default",
        "agreement-to-checks/override-written-down": "proposed default",
        "childrens-assessment/seen-alone": "published",
        "childrens-assessment/endorsed": "published",
        "before-birth-planning/risks-written-down": "published",
        "at-additional/assess": "published",
        "missing-children/each-notice-recorded": "published",
    }


# --- what it names for each level


def test_every_offer_of_the_four_tables_was_carried_over():
    assert Counter((offer.level, offer.kind) for offer in DOCUMENT.offers if in_table(offer)) == OFFERED


def test_what_is_offered_outside_the_tables_is_known_by_name():
    assert {offer.id for offer in DOCUMENT.offers if not in_table(offer)} == OFFERED_ELSEWHERE


def test_child_in_need_has_no_table_and_a_gap_says_so():
    assert not [offer for offer in DOCUMENT.offers if offer.level == "child-in-need"]
    assert "child-in-need-table" in {gap.id for gap in DOCUMENT.gaps}


def test_every_line_of_an_offers_table_is_an_offer_or_a_heading():
    headings = {1331, 1338, 1480, 1493, 1500, 1502, 1631, 1651, 1658, 1660, 1786, 1802, 1804}
    blank = {1332, 1337, 1339, 1481, 1492, 1494, 1499, 1501, 1503, 1632, 1650, 1652, 1657, 1659, 1661, 1663, 1673,
             1787, 1789, 1801, 1803, 1805}  # fmt: skip
    offered = {line for offer in DOCUMENT.offers for line in cited_lines(offer)}
    for lines in TABLES.values():
        assert set(lines) - offered <= headings | blank


def test_all_the_documents_doors_are_there():
    assert {destination.id for destination in DOCUMENT.destinations} == {
        "children-and-families-direct", "emergency-duty-team", "screening-and-duty", "disabled-childrens-team",
        "locality-access-point", "family-support", "universal-information", "allocated-worker",
        "domestic-abuse-referral-team", "missing-children-team", "camhs-single-point-of-access", "specialist-camhs",
        "multi-agency-forum", "edge-of-care-panel", "assessment-and-early-intervention-panel",
    }  # fmt: skip


# --- how long things may take, and when agencies disagree


@pytest.mark.parametrize(
    ("limit", "span", "line"),
    [
        ("written_confirmation", "24 hours", 2203),
        ("acknowledgement", "1 working day", 2205),
        ("referrer_chase", "3 working days", 2205),
        ("decision", "1 working day", 2207),
        ("feedback", "24 hours", 1823),
        ("brief_assessment", "10 working days", 2240),
        ("assessment", "45 working days", 2251),
        ("disagreement_first_stage", "48 hours", 1825),
        ("disagreement_settled", "48 hours", 1823),
        ("disagreement_high_risk", "24 hours", 1819),
        ("disagreement_unreachable", "24 hours", 1840),
        ("fast_track_attendance", "12 weeks", 2023),
    ],
)
def test_a_limit_is_the_published_one(limit: str, span: str, line: int):
    found = EDITION.limit(limit)
    assert (found.span, found.source_id, found.basis) == (span, "fsp-2014", "published")
    assert line in cited_lines(found)


def test_there_are_twelve_limits_and_no_other():
    assert len(DOCUMENT.limits) == 12


@pytest.mark.parametrize(
    ("ladder", "raised_with"),
    [
        (
            "referral-not-accepted",
            [
                "Screening or Duty Manager",
                "Screening or Duty Team Manager",
                "Screening or Duty Service Manager",
                "Head of Service, Neighbourhood Fieldwork",
                "Director of Safeguarding Services",
            ],
        ),
        ("open-case", ["Team Manager", "Team Manager", "Service Manager"]),
    ],
)
def test_a_ladder_has_its_stages_and_only_the_first_has_a_time(ladder: str, raised_with: list[str]):
    found = EDITION.disagreement(ladder)
    assert [stage.raised_with for stage in found.stages] == raised_with
    assert found.stages[0].limit == "disagreement_first_stage"
    assert {stage.gap for stage in found.stages[1:]} == {"later-disagreement-stages"}
    assert found.high_risk_limit == "disagreement_high_risk"
    assert "service manager" in found.unreachable


def test_only_a_referral_that_wasnt_accepted_has_a_time_for_the_whole():
    assert EDITION.disagreement("referral-not-accepted").overall_limit == "disagreement_settled"
    assert EDITION.disagreement("open-case").overall_limit is None


def test_what_the_document_leaves_silent_is_named():
    assert {gap.id for gap in DOCUMENT.gaps} == {
        "office-hours-unknown", "large-sibling-group-unknown", "information-time", "second-opinion-time",
        "worker-acceptance-time", "other-authority-time", "protection-start-time", "closing-time", "handover-time",
        "take-up-time", "later-disagreement-stages", "open-case-after-service-manager", "complaint-time",
        "plan-review-interval", "return-interview-time", "assessment-start", "planning-meeting-time",
        "pre-birth-meeting-time", "step-up-and-down-chart", "short-breaks-criteria", "substance-use-from-one",
        "child-in-need-table",
    }  # fmt: skip


# --- whom it joins, and what it warns of


def advice(*noted: str, missing: str = "unknown", **more: object):  # type: ignore[no-untyped-def]
    child = {"ref": "child", "observed": [{"indicator": one} for one in noted], "missing": missing}
    given = {"authority": "nottingham-city", "at": "2026-12-04T16:50:00+00:00", "children": [child]}
    presenting = read_presenting(given | more)
    known = facts(EDITION, presenting, presenting.children[0])
    return judge(EDITION, presenting).children[0], {rule.id for rule in decide(EDITION, known).cautions}


DART, MISSING, FRONT_DOOR = "domestic-abuse-referral-team", "missing-children-team", "children-and-families-direct"


@pytest.mark.parametrize("noted", ["victim-of-crime", "injury-unexplained"])
def test_the_domestic_abuse_team_joins_at_the_social_care_threshold(noted: str):
    assert DART in advice(noted, domestic_abuse="yes")[0].also
    assert DART not in advice(noted, domestic_abuse="unknown")[0].also


def test_domestic_abuse_below_the_threshold_stays_with_early_help():
    assert advice("domestic-abuse-suspected")[0].also == ()


def test_an_example_that_says_domestic_abuse_needs_no_further_answer():
    assert DART in advice("persistent-domestic-abuse", domestic_abuse="no")[0].also


@pytest.mark.parametrize("missing", ["missing_now", "found"])
def test_the_missing_children_team_joins_for_a_child_missing_or_found(missing: str):
    told, cautions = advice("goes-missing", missing=missing)
    assert told.also == (MISSING,)
    assert "missing-may-mean-exploited" in cautions


def test_a_neighbour_isnt_asked_to_write_an_assessment():
    assert FRONT_DOOR in advice("few-chances-to-play", raised_by="public")[0].also
    assert FRONT_DOOR not in advice("few-chances-to-play", raised_by="professional")[0].also


@pytest.mark.parametrize(
    ("noted", "told", "caution"),
    [
        ("victim-of-crime", {"raised_by": "professional"}, "ask-agreement-before-referring"),
        ("victim-of-crime", {"raised_by": "professional", "agreement": "refused"}, "checks-declined"),
        ("few-chances-to-play", {"raised_by": "professional", "agreement": "refused"}, "early-help-declined"),
        ("few-chances-to-play", {"raised_by": "public"}, "answer-to-public-keeps-confidence"),
    ],
)
def test_a_caution_is_said_where_the_document_gives_it(noted: str, told: dict[str, object], caution: str):
    floor = {rule.id for rule in EDITION.rules if rule.floor}
    assert advice(noted, **told)[1] - floor == {caution}


def test_nobody_is_told_to_ask_the_family_first_where_it_is_immediate_or_unsafe():
    assert "ask-agreement-before-referring" not in advice("injury-unexplained")[1]
    assert "ask-agreement-before-referring" not in advice("victim-of-crime", agreement="not_safe_to_ask")[1]


def test_declining_raises_nothing():
    for noted in ("few-chances-to-play", "goes-missing"):
        assert advice(noted)[0].level == advice(noted, agreement="refused")[0].level


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({}, True),
        ({"raised_by": "professional", "how": "telephone"}, True),
        ({"raised_by": "professional", "how": "in_person"}, True),
        ({"raised_by": "professional", "how": "written"}, False),
        ({"raised_by": "professional", "how": "online"}, False),
        ({"raised_by": "public", "how": "telephone"}, False),
        ({"raised_by": "child"}, False),
    ],
)
def test_confirming_in_writing_is_asked_of_a_professional_who_rang_or_came(told: dict[str, object], named: bool):
    limits = {must.limit for must in advice("few-chances-to-play", **told)[0].must_happen}
    assert ("written_confirmation" in limits) is named
    assert {"acknowledgement", "decision"} <= limits


def test_four_examples_arent_put_to_the_family_and_say_that_this_is_ours():
    unasked = [i for i in DOCUMENT.indicators if i.dont_ask_family]
    assert {i.id for i in unasked} == {
        "victim-of-trafficking", "trafficked-child", "fabricated-or-induced-illness", "forced-marriage-under-18",
    }  # fmt: skip
    assert all("is ours" in i.note for i in unasked)


def test_what_an_example_tells_by_itself():
    assert {i.id for i in DOCUMENT.indicators if ("domestic_abuse", "yes") in i.answers} == {
        "repeated-domestic-abuse-or-carer-difficulties", "domestic-abuse-suspected", "domestic-abuse-witnessed",
        "domestic-abuse-suspected-extensive", "persistent-domestic-abuse",
    }  # fmt: skip
    assert {i.id for i in DOCUMENT.indicators if ("exploitation", "yes") in i.answers} == {
        "victim-of-trafficking", "trafficked-child", "at-risk-of-sexual-exploitation", "sexual-exploitation",
        "gang-involvement",
    }  # fmt: skip


# --- words


@pytest.mark.parametrize(
    "indicator",
    [
        "not-in-poverty", "pregnant-under-17", "young-carer", "not-in-education-or-work", "placed-in-custody",
        "gang-involvement", "parents-want-help-with-behaviour", "family-relationships-affect-child",
        "severe-lasting-health-problems", "under-injunction-or-behaviour-order", "no-fixed-home",
        "services-refused", "no-services-used", "earlier-removal", "family-excluded-protection",
    ],
)  # fmt: skip
def test_a_status_taken_for_a_need_is_flagged(indicator: str):
    assert EDITION.indicator(indicator).equality_flag


def test_a_flag_is_one_sentence():
    flags = [i.equality_flag for i in DOCUMENT.indicators if i.equality_flag]
    assert len(flags) == 53
    assert all(flag.endswith(".") and flag.count(". ") == 0 for flag in flags)


@pytest.mark.parametrize(
    ("word", "today"),
    [
        ("CAF", "early help assessment"),
        ("lead professional", "lead practitioner"),
        ("Team around the Child", "team around the family"),
        ("CAF threshold", "early help"),
        ("Targeted Family Support", "Family Help"),
        ("Children in Need", "child in need (section 17)"),
        ("Statement", "EHC plan"),
        ("LSCB", "safeguarding partnership"),
        ("domestic violence", "domestic abuse"),
        ("YOT", "youth justice service"),
        ("young offender", "child"),
        ("LAC", "child in our care"),
        ("hard to reach", "we haven't reached"),
        ("failed to engage", "what we tried"),
        ("DNA", "wasn't brought"),
        ("contact with parents", "family time"),
        ("dysfunctional family", "what's happening"),
        ("beyond parental control", "parents want help with"),
    ],
)
def test_an_old_word_has_todays_beside_it(word: str, today: str):
    assert EDITION.today(word) == today
