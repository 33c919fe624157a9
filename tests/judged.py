"""Contacts to judge by any edition: hand-made ones, and strategies that draw every question's answers."""

from datetime import UTC, date, datetime
from typing import Any, get_args

from hypothesis import strategies as st

from thresholds import ChildJudgement, Edition, Presenting, judge, read_editions, read_presenting
from thresholds.published.answers import Agreement, Disability, How, Involvement, Missing, RaisedBy, Services, YesNo

TODAY = date(2026, 12, 4)
FRIDAY, SATURDAY = datetime(2026, 12, 4, 16, 50, tzinfo=UTC), datetime(2026, 12, 5, 10, 0, tzinfo=UTC)
CATALOGUE = read_editions()
EDITIONS = [CATALOGUE.resolve(name, max(TODAY, day)) for name in CATALOGUE.authorities for day in CATALOGUE.dates(name)]

OF_CHILD: dict[str, tuple[Any, ...]] = {
    "disability": get_args(Disability),
    "involvement": get_args(Involvement),
    "missing": get_args(Missing),
    "exploitation": get_args(YesNo),
    "services": get_args(Services),
    "earlier_contacts": (0, 1, 2, 9),
}
OF_CONTACT: dict[str, tuple[Any, ...]] = {
    "others_at_risk": get_args(YesNo),
    "domestic_abuse": get_args(YesNo),
    "agreement": get_args(Agreement),
    "raised_by": get_args(RaisedBy),
    "how": get_args(How),
    "safe_tonight": get_args(YesNo),
    "siblings": (1, 3, 9),
    "household_told": (False, True),
    "at": (FRIDAY, SATURDAY),
}


def answers(questions: dict[str, tuple[Any, ...]]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the questions answered in any way, the rest left open."""
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in questions.items()})


def indicators(edition: Edition) -> st.SearchStrategy[str]:
    return st.sampled_from([indicator.id for indicator in edition.indicators])


@st.composite
def children(draw: st.DrawFn, edition: Edition) -> dict[str, Any]:
    noted = draw(st.lists(indicators(edition), max_size=5)) if edition.indicators else []
    age = draw(st.none() | st.integers(0, 17))
    told = {"observed": [{"indicator": one} for one in noted], **draw(answers(OF_CHILD))}
    return told if age is None else told | {"age_years": age}


contacts = answers(OF_CONTACT)


def presenting(edition: Edition, *noted: dict[str, Any], **more: Any) -> Presenting:
    named = [{"ref": f"child {number}"} | child for number, child in enumerate(noted)]
    return read_presenting({"authority": edition.authority, "at": FRIDAY, "children": named} | more)


def advice(edition: Edition, child: dict[str, Any], **more: Any) -> ChildJudgement:
    return judge(edition, presenting(edition, child, **more)).children[0]


def seen(*ids: str, **more: Any) -> dict[str, Any]:
    return {"observed": [{"indicator": one} for one in ids]} | more


def rank(edition: Edition, judged: ChildJudgement) -> tuple[bool, int]:
    """How urgent and how high; no level is lower than any."""
    return judged.immediate, edition.level(judged.level).order if judged.level else -1


def named(edition: Edition) -> str:
    return f"{edition.authority} {edition.in_force_from}"
