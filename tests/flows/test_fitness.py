"""Is it found when a process can't run on an edition, by the property that it breaks, with the path to there?"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small import small

from thresholds import Edition, read_editions
from workflows import PROCESSES, REFERRAL, Process
from workflows.fitness import PARTNERSHIP, PROPERTIES, misfits
from workflows.properties import Path

CATALOGUE = read_editions()
EXAMPLETON = CATALOGUE.resolve("exampleton", date(2026, 12, 4))
DECIDED = ("taken", "start_screening", "under_screening", "decide")
CLOSING = (*DECIDED, "decided", "tell_referrer")


def edition(**otherwise: Any) -> Edition:
    return Edition.model_validate({name: getattr(EXAMPLETON, name) for name in Edition.model_fields} | otherwise)


def limits(name: str, **otherwise: Any) -> Edition:
    """The invented document with one limit that is otherwise."""
    return edition(limits=changed(EXAMPLETON.limits, name, **otherwise))


def changed(entries: tuple[Any, ...], name: str, **otherwise: Any) -> tuple[Any, ...]:
    return tuple(one.model_copy(update=otherwise) if one.id == name else one for one in entries)


def without(section: str, name: str) -> Edition:
    return edition(**{section: tuple(one for one in getattr(EXAMPLETON, section) if one.id != name)})


def heard(*roles: str, limit: str = "closing", when: str = "after") -> Edition:
    """One limit, at whose last moment these hear."""
    rungs = EXAMPLETON.limit(limit).rungs
    last = rungs[-1].model_copy(update={"hears": roles, "when": when})
    return limits(limit, rungs=(*(rung for rung in rungs[:-1] if when == "after" or rung.when == "before"), last))


def kinds(kind: str, other: str) -> Edition:
    places = (one.model_copy(update={"kind": other}) if one.kind == kind else one for one in EXAMPLETON.destinations)
    return edition(destinations=tuple(places))


def allowed(section: str, **otherwise: Any) -> Edition:
    """The first pause or extension of the invented document, otherwise than anybody could write it."""
    first, *rest = getattr(EXAMPLETON, section)
    return EXAMPLETON.model_copy(update={section: (first.model_copy(update=otherwise), *rest)})


def taken_over(by: str) -> Edition:
    rungs = EXAMPLETON.limit("closing").rungs
    return limits("closing", rungs=(*rungs[:-1], rungs[-1].model_copy(update={"takes_over": by})))


EXAMPLES: dict[str, tuple[tuple[Edition, str, Path], ...]] = {
    "every clock has a limit that is published or decided": (
        (without("limits", "closing"), "How soon the record is closed", CLOSING),
        (edition(limits=without("limits", "feedback").limits, gaps=()), "No limit 'feedback'", DECIDED),
        (limits("decision", basis="proposed default"), "proposed default", ("taken",)),
        (without("limits", "handover_acceptance"), "How soon somebody proposed", ()),
        (without("limits", "screening_red"), "'screening_red'", ()),
    ),
    "all else that a live case needs is decided": (
        (edition(status="draft"), "is a draft", ()),
        (without("countings", "working-day"), "when a working day's limit ends", ()),
    ),
    "every clock can be counted": (
        (limits("closing", office_hours="night"), "“night”", ()),
        (edition(bank_holidays=None), "no bank holidays", ()),
    ),
    "every clock that a state rests on is ours": ((limits("closing", obliged="partner"), "isn't ours", CLOSING),),
    "whoever is to hear of a time is known here": ((heard("manager", "the-boss"), "'the-boss'", CLOSING),),
    "the last that is heard of every clock reaches a person": (
        (limits("closing", rungs=()), "nobody here would hear", CLOSING),
        (heard("referrer"), "nobody here would hear", CLOSING),
        (heard("manager", when="before"), "nobody here would hear", CLOSING),
    ),
    "whoever takes over is known here": ((taken_over("referrer"), "'referrer' is to take over from", CLOSING),),
    "no time waits or grows without an end": (
        (allowed("pauses", times=0), "says no end", ()),
        (allowed("extensions", amount=0), "says no end", ()),
        (allowed("extensions", who=("mayor",)), "may be used by mayor", ()),
    ),
    "every destination and level that is named exists": (
        (without("destinations", "universal-information"), "'universal-information'", ()),
        (without("levels", "additional"), "'additional'", ()),
    ),
    "protection has a door by day and by night": (
        (kinds("emergency", "specialist"), "by night", ()),
        (kinds("social_care", "specialist"), "by day", ()),
    ),
    "what needs two people is a decision of ours": (
        (
            edition(second_person=changed(EXAMPLETON.second_person, "advice-alone", decisions=("adoption",))),
            "'adoption'",
            (),
        ),
    ),
}
BROKEN = [(name, *example) for name, examples in EXAMPLES.items() for example in examples]


@pytest.mark.parametrize(("name", "on", "said", "path"), BROKEN, ids=[f"{name}: {said}" for name, _, said, _ in BROKEN])
def test_what_is_missing_or_wrong_is_found_by_the_property_it_breaks(
    name: str, on: Edition, said: str, path: Path
) -> None:
    found = list(misfits(REFERRAL, on))
    assert {one.name for one, _ in found} == {name}
    assert found[0][1].path == path
    assert said in found[0][1].sentence


def test_every_property_has_a_broken_example() -> None:
    assert {one.name for one in PROPERTIES} == set(EXAMPLES)


@pytest.mark.parametrize("process", PROCESSES, ids=lambda one: one.name)
def test_the_invented_document_runs_every_process(process: Process) -> None:
    assert list(misfits(process, EXAMPLETON)) == []


@pytest.mark.parametrize("authority", CATALOGUE.authorities)
@pytest.mark.parametrize("process", PROCESSES, ids=lambda one: one.name)
def test_no_document_that_comes_with_us_is_worse_than_undecided(process: Process, authority: str) -> None:
    on = CATALOGUE.resolve(authority, date(2026, 12, 4))
    assert [flaw for _, flaw in misfits(process, on) if not flaw.decide] == []


def test_what_is_left_silent_says_who_decides_it() -> None:
    (flaw,) = (flaw for _, flaw in misfits(REFERRAL, without("limits", "closing")))
    assert flaw.decide == PARTNERSHIP


def test_a_new_process_asks_for_the_limits_of_its_own() -> None:
    named = {flaw.sentence for _, flaw in misfits(small(), EXAMPLETON)}
    assert {f"No limit '{one}' is published." for one in ("clock", "chase", "look")} <= named


def test_the_way_to_a_clock_is_the_shortest() -> None:
    further = replace(small(), name="further")
    paths = {flaw.sentence: flaw.path for _, flaw in misfits(further, EXAMPLETON)}
    assert paths["No limit 'chase' is published."] == ("open", "offer")
