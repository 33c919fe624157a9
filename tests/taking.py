"""Taking a contact in either shape without scripts, as a person would: read the page, fill it in, press a button."""

from collections.abc import Mapping
from datetime import date

from browsing import Page
from hypothesis import strategies as some
from starlette.testclient import TestClient

from workflows.referral_facts import (
    Agreement,
    Caller,
    Kind,
    Missing,
    Observed,
    Relation,
    Sex,
    Take,
    TakenAdult,
    TakenChild,
    YesNo,
)

NEW = "/contacts/new"
SHAPES = ("whole", "one thing at a time")
PLACE = {
    "immediate_danger": "danger",
    "safe_tonight": "danger",
    "told_by": "worry",
    "worry": "worry",
    "ring_back": "worry",
    "strengths": "household",
    "address": "household",
    "address_sealed": "household",
    "childs_words": "words",
    "kind": "caller",
    "caller": "caller",
    "agreement": "agreement",
}


EXAMPLES = ("injury-not-independently-mobile", "distorted-self-image", "needs-met-and-protected")
LETTERS = some.text(some.characters(exclude_categories=("Cs", "Cc", "Z")), max_size=30)
SAID = LETTERS.filter(bool)
DAYS = some.none() | some.dates(date(1900, 1, 1), date(2100, 1, 1))
SEEN = some.builds(Observed, indicator=some.sampled_from(EXAMPLES), seen=LETTERS)
CHILD = some.builds(
    TakenChild,
    ref=LETTERS,
    given_name=LETTERS,
    other_names=LETTERS,
    sex=some.sampled_from(Sex),
    school=LETTERS,
    born_on=DAYS,
    expected_on=DAYS,
    age_years=some.none() | some.integers(0, 30),
    missing=some.sampled_from(Missing),
    observed=some.lists(SEEN, max_size=3, unique_by=lambda one: one.indicator).map(tuple),
)
ADULT = some.builds(
    TakenAdult,
    given_name=SAID,
    telephone=LETTERS,
    born_on=DAYS,
    relation=some.sampled_from(Relation),
    lives_with=some.sampled_from(YesNo),
)
TAKE = some.builds(
    Take,
    told_by=SAID,
    worry=SAID,
    safe_tonight=some.sampled_from(YesNo),
    ring_back=SAID,
    kind=some.sampled_from(Kind),
    caller=some.none() | some.sampled_from(Caller),
    source_code=some.sampled_from(("10", "2A", "9")),
    immediate_danger=some.booleans(),
    told_by_email=LETTERS,
    address=LETTERS,
    address_sealed=some.booleans(),
    siblings=some.none() | some.integers(0, 30),
    agreement=some.sampled_from(Agreement),
    strengths=LETTERS,
    children=some.lists(CHILD, min_size=2, max_size=4).map(tuple),
    adults=some.lists(ADULT, max_size=3).map(tuple),
)
"""Anything that may be told of a contact."""


def action(at: str) -> str:
    return at.partition("?")[0].partition("#")[0]


def shown(client: TestClient, at: str) -> dict[str, object]:
    """The form of a page as it stands."""
    return Page(client.get(at).text).form(action(at))


def press(client: TestClient, at: str, button: str = "on", **typed: object) -> str:
    """Fill in a page and press a button; where it leads."""
    answer = client.post(action(at), data=shown(client, at) | typed | {"_press": button})
    assert answer.status_code == 303, answer.text[:3000]
    return str(answer.headers["location"])


def begun(client: TestClient, shape: str, typed: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """A contact half taken in a shape: the page that stands open, and the form on it with what was typed last."""
    if shape == "whole":
        return NEW, shown(client, f"{NEW}?shape=whole") | dict(typed)
    at = f"{NEW}/danger"
    for page in ("danger", "worry"):
        here = {name: value for name, value in typed.items() if PLACE.get(name) == page}
        if page == "worry":
            return at, shown(client, at) | here
        at = press(client, at, **here)
    raise AssertionError("There is no such page.")
