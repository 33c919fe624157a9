"""Is the first judgement safe whatever is ticked, in whatever order, and however little is known?"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import judged
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from judged import FRIDAY, SATURDAY, seen

from thresholds import ChildJudgement, Edition, Judgement, Presenting, judge, read_editions

EDITION = read_editions().resolve("exampleton", date(2026, 12, 4))
ORDER = {None: -1} | {level.id: level.order for level in EDITION.levels}
FLOOR = [indicator.id for indicator in EDITION.indicators if indicator.floor]
AGE_LIMITED = [i.id for i in EDITION.indicators if i.first_age_outside is not None]

ids = st.sampled_from([indicator.id for indicator in EDITION.indicators])
observed = st.lists(st.fixed_dictionaries({"indicator": ids}), max_size=6)
children = st.fixed_dictionaries(
    {"observed": observed},
    optional={
        "age_years": st.integers(0, 17),
        "disability": st.sampled_from(["none", "mild_to_moderate", "substantial_and_lifelong", "uncertain"]),
        "open_to": st.just("Somebody"),
    },
)
moments = st.sampled_from([FRIDAY, SATURDAY])
counts = st.none() | st.integers(1, 9)


def contact(*noted: dict[str, object], **more: object) -> Presenting:
    return judged.presenting(EDITION, *noted, **more)


def advice(child: dict[str, object], **more: object) -> ChildJudgement:
    return judged.advice(EDITION, child, **more)


@given(child=children, more=ids, at=moments, siblings=counts)
def test_one_more_worry_never_lowers_anything(child: dict, more: str, at: datetime, siblings: int | None):
    fewer = advice(child, at=at, siblings=siblings)
    wider = child | {"observed": [*child["observed"], {"indicator": more}]}
    after = advice(wider, at=at, siblings=siblings)
    assert ORDER[after.level] >= ORDER[fewer.level]
    assert after.immediate >= fewer.immediate


@given(child=children, data=st.data())
def test_the_order_of_ticks_changes_nothing(child: dict, data: st.DataObject):
    shuffled = child | {"observed": data.draw(st.permutations(child["observed"]))}
    assert advice(child) == advice(shuffled)


@given(child=children)
def test_ticking_a_thing_twice_changes_nothing(child: dict):
    assert advice(child) == advice(child | {"observed": child["observed"] * 2})


@given(child=children, age=st.integers(0, 17))
def test_not_knowing_the_age_is_never_safer_than_any_age(child: dict, age: int):
    unknown = advice({key: value for key, value in child.items() if key != "age_years"})
    known = advice(child | {"age_years": age})
    assert unknown.immediate >= known.immediate
    assert ORDER[unknown.level] >= ORDER[known.level]


@given(child=children, at=moments, siblings=counts)
def test_every_child_is_sent_somewhere(child: dict, at: datetime, siblings: int | None):
    assert advice(child, at=at, siblings=siblings).destination is not None


@given(child=children, floor=st.sampled_from(FLOOR))
def test_the_national_floor_is_always_immediate(child: dict, floor: str):
    assume("age_years" not in child)
    told = advice(child | {"observed": [*child["observed"], {"indicator": floor}]})
    assert told.immediate
    assert told.level == "protection"


@given(child=children)
def test_danger_told_of_is_immediate_whatever_else_is_known(child: dict):
    assert advice(child, immediate_danger=True).immediate
    assert advice(child, safe_tonight="no").immediate


@given(first=children, second=children)
def test_the_family_has_the_highest_level_of_its_children(first: dict, second: dict):
    family = judge(EDITION, contact(first, second))
    assert ORDER[family.level] == max(ORDER[child.level] for child in family.children)


@given(first=children, second=children)
def test_one_child_never_changes_the_advice_for_another(first: dict, second: dict):
    assert judge(EDITION, contact(first, second)).children[0] == advice(first)


@given(child=children)
def test_every_reason_is_cited_and_the_judgement_survives_json(child: dict):
    judged = judge(EDITION, contact(child))
    assert all(reason.cite and reason.words for reason in judged.children[0].because)
    assert Judgement.model_validate_json(judged.model_dump_json()) == judged


def test_nothing_noted_is_not_yet_known_and_never_universal():
    nothing = advice({})
    assert (nothing.level, nothing.level_name) == (None, "Not yet known")
    assert nothing.destination == "children-and-families-direct"
    assert nothing.unknown[0] == "Whether the child is safe tonight. Ask this first."
    assert "isn't a sign that nothing is wrong" in nothing.unknown[1]


def test_a_pregnant_girl_is_a_child_and_so_is_the_baby():
    girl = advice(seen("pregnant-under-17", age_years=16))
    assert any("a child here too" in sentence for sentence in girl.unknown)
    assert not any("a child here too" in sentence for sentence in advice(seen("unborn-at-risk", unborn=True)).unknown)


@pytest.mark.parametrize("indicator", AGE_LIMITED)
def test_an_unknown_age_meets_an_age_limited_indicator(indicator: str):
    assert advice(seen(indicator)).immediate


@pytest.mark.parametrize("indicator", AGE_LIMITED)
def test_an_unborn_child_counts_as_the_youngest(indicator: str):
    assert advice(seen(indicator, unborn=True)).immediate


def test_good_news_lowers_nothing():
    worry = advice(seen("goes-missing"))
    assert advice(seen("goes-missing", "physically-well", "warmth-and-encouragement")).level == worry.level


def test_saying_no_to_help_raises_nothing_by_itself():
    declined = advice(seen("services-refused", "few-chances-to-play"))
    assert declined.level == "additional"
    assert any("declining help is a right" in sentence for sentence in declined.unknown)


@pytest.mark.parametrize(("age", "immediate"), [(0, True), (5, True), (6, True)])
def test_home_alone_stands_at_any_age_until_somebody_judges_otherwise(age: int, immediate: bool):
    assert advice(seen("left-home-alone", age_years=age)).immediate is immediate


@pytest.mark.parametrize(("age", "immediate"), [(5, True), (6, False), (17, False)])
def test_home_alone_and_not_vulnerable_is_immediate_up_to_five(age: int, immediate: bool):
    noted = {"observed": [{"indicator": "left-home-alone", "vulnerable": "no"}], "age_years": age}
    assert advice(noted).immediate is immediate


def test_of_one_thing_noted_twice_the_more_dangerous_counts():
    both = [{"indicator": "left-home-alone", "vulnerable": answer} for answer in ("no", "yes")]
    assert advice({"observed": both, "age_years": 9}).immediate


def test_bruising_at_two_is_read_as_an_unexplained_injury():
    older = advice(seen("bruising-under-two", age_years=2))
    assert older.immediate
    assert [r.id for r in older.because if r.immediate] == ["injury-unexplained"]


def test_substance_use_around_an_older_child_is_extensive_and_the_rest_is_asked():
    older = advice(seen("substance-use-under-one", age_years=1))
    assert (older.level, older.immediate) == ("extensive", False)
    assert any("for a younger child" in sentence for sentence in older.unknown)


@pytest.mark.parametrize(
    ("old", "floor"),
    [
        ("sexually-active-under-13", "sexual-activity-under-13"),
        ("own-life-at-risk", "life-at-risk-by-own-hand"),
        ("at-risk-of-sexual-exploitation", "sexual-exploitation-risk"),
        ("gang-involvement", "criminal-exploitation-risk"),
        ("forced-marriage-under-18", "forced-marriage-risk"),
        ("fabricated-or-induced-illness", "illness-fabricated-or-induced"),
    ],
)
def test_what_the_old_document_took_lightly_meets_todays_floor(old: str, floor: str):
    told = advice(seen(old))
    assert told.immediate
    assert floor in [reason.id for reason in told.because if reason.immediate]


Route = tuple[str, tuple[str, ...]]


def route(at: datetime = FRIDAY, siblings: int | None = 2, **more: object) -> Route:
    told = advice(seen("injury-unexplained", **more), at=at, siblings=siblings)
    return told.destination or "", told.also


DUTY, DISABLED, EMERGENCY = "screening-and-duty", "disabled-childrens-team", "emergency-duty-team"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (lambda: route(), (DUTY, ())),
        (lambda: route(at=SATURDAY), (EMERGENCY, ())),
        (lambda: route(disability="mild_to_moderate"), (DUTY, ())),
        (lambda: route(disability="substantial_and_lifelong"), (DISABLED, ())),
        (lambda: route(disability="substantial_and_lifelong", siblings=4), (DUTY, (DISABLED,))),
        (lambda: route(disability="uncertain"), (DUTY, (DISABLED,))),
        (lambda: route(disability="substantial_and_lifelong", at=SATURDAY), (EMERGENCY, ())),
        (lambda: route(disability="uncertain", at=SATURDAY), (EMERGENCY, ())),
        (lambda: route(open_to="Somebody"), (DUTY, ("allocated-worker",))),
    ],
)
def test_protection_goes_where_the_document_says(asked: Callable[[], Route], answer: Route):
    assert asked() == answer


def test_there_are_never_fewer_siblings_than_children_named():
    disabled = seen("injury-unexplained", disability="substantial_and_lifelong")
    family = judge(EDITION, contact(disabled, {}, {}, {}, siblings=1))
    assert (family.children[0].destination, family.children[0].also) == (DUTY, (DISABLED,))


@pytest.mark.parametrize(
    ("indicator", "destination"),
    [
        ("goes-missing", "locality-access-point"),
        ("few-chances-to-play", "family-support"),
    ],
)
def test_each_level_has_its_door(indicator: str, destination: str):
    assert advice(seen(indicator)).destination == destination


def test_good_news_alone_is_universal_only_once_the_child_is_said_to_be_safe():
    well = seen("physically-well")
    assert advice(well).level is None
    assert any("known to be safe tonight: the level would be Universal" in way for way in advice(well).would_change)
    safe = advice(well, safe_tonight="yes")
    assert (safe.level, safe.destination) == ("universal", "universal-information")


def test_a_substantial_disability_is_a_child_in_need_from_the_start():
    told = advice({"disability": "substantial_and_lifelong"})
    assert (told.level, told.destination) == ("child-in-need", DISABLED)


def test_an_open_childs_worker_hears_what_is_new():
    assert advice(seen("few-chances-to-play", open_to="Somebody")).destination == "allocated-worker"


def test_at_night_with_nothing_known_somebody_awake_asks_even_about_an_open_child():
    told = advice({"open_to": "Somebody"}, at=SATURDAY)
    assert (told.destination, told.also) == (EMERGENCY, ("allocated-worker",))


def test_on_the_stroke_of_five_the_emergency_team_has_it():
    before, five = FRIDAY.replace(minute=59, second=59), FRIDAY.replace(hour=17, minute=0)
    assert (route(at=before), route(at=five)) == ((DUTY, ()), (EMERGENCY, ()))


def test_a_door_that_is_shut_says_when_it_opens():
    told = advice(seen("few-chances-to-play"), at=SATURDAY)
    assert told.destination_note.startswith("It is shut now and opens on Monday 7 December 2026 at 08:30.")
    assert advice(seen("few-chances-to-play")).destination_note == ""
    assert advice(seen("injury-unexplained"), at=SATURDAY).destination_note == ""


def test_what_would_change_it_is_said():
    told = advice(seen("bruising-under-two", age_years=1))
    assert any("Once the office has closed: it goes to Emergency Duty Team" in way for way in told.would_change)
    assert any(way.startswith("If this proves not to be so") for way in told.would_change)


def test_hearing_that_the_child_isnt_safe_would_change_it():
    change = next(way for way in advice(seen("few-chances-to-play")).would_change if "isn't safe" in way)
    assert change.startswith("If the child isn't safe tonight: the level would be Protection, and it is immediate")


@given(child=children)
def test_the_one_thing_the_advice_rests_on_is_named(child: dict):
    """Whatever could be dropped with an effect is named; two that carry the level carry it without either."""
    told, ticked = advice(child), {o["indicator"] for o in child["observed"]}
    for one in ticked:
        rest = advice(child | {"observed": [o for o in child["observed"] if o["indicator"] != one]})
        named = any(f"“{EDITION.indicator(one).words}”: " in way for way in told.would_change)
        acted_on = [(one.level, one.immediate, one.destination, one.also) for one in (rest, told)]
        assert named == (acted_on[0] != acted_on[1])


def test_the_age_that_would_change_it_is_named():
    told = advice(seen("substance-use-under-one"))
    assert any(way.startswith("If the child is 1 or older: the level would be Extensive") for way in told.would_change)


def test_an_immediate_contact_names_how_soon_a_social_worker_takes_it():
    assert "protection_start" in {must.limit for must in advice(seen("injury-unexplained")).must_happen}
    assert "protection_start" not in {must.limit for must in advice(seen("goes-missing")).must_happen}


def test_an_example_for_the_equality_review_says_so():
    told = advice(seen("victim-of-crime"))
    assert told.because[0].equality_flag is not None
    assert told.because[0].document_year == 2014


def test_a_contact_past_the_calendar_is_still_judged():
    late = datetime(2040, 1, 2, 10, 0, tzinfo=UTC)
    assert advice(seen("injury-unexplained"), at=late).destination == DUTY


def test_national_guidance_alone_names_no_team_and_leaves_it_to_a_person(exampleton: Edition):
    england = read_editions().resolve("england", date(2026, 12, 4))
    noted = contact(seen("fgm-risk")).model_copy(update={"authority": "england"})
    told = judge(england, noted).children[0]
    assert told.immediate
    assert "a person decides" in told.destination_name
