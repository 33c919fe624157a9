"""What was advised for each child, on what grounds, and what did a person decide? As it was given, for the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from pathway.store.adopted.editions import edition_of
from pathway.store.parts.views import CaseView, ChildView, DeadlineView, EntryView
from pathway.store.records import cases
from pathway.web.door.visit import Came, found
from pathway.web.door.wrong import PageRoute

pages = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's decision for one child, beside the advice: who and when, in which words, at which level, and why."""

    by: str
    entry: EntryView
    words: str
    level: str
    reason: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One child's part. `advice` is empty where the child came from another record, where its advice stands."""

    child: ChildView
    advice: Mapping[str, Any]
    times: tuple[tuple[Mapping[str, Any], DeadlineView | None], ...]
    decided: Decided | None


@pages.get("/cases/{reference}/judgement")
def judgement(visit: Came, reference: str) -> Response:
    with visit.desk.database.reading() as session:
        seen = cases.case(session, visit.viewer, reference, visit.now)
        view = seen if isinstance(seen, CaseView) else None
        edition = edition_of(session, visit.viewer.authority, view.edition_hash) if view else None
    visit.looked("judgement", *([reference] if view else []))
    view = found(view)
    return visit.page(
        "judgement.html", view=view, edition=edition, judged=tuple(judged(view)), given=view.judgement, now=visit.now
    )


def judged(view: CaseView) -> Iterator[Judged]:
    """Child by child: the advice that was given, its times as the record counts them, and the decision."""
    given: Any = view.judgement.get("children", [])
    clocks = {clock.limit: clock for clock in reversed(view.deadlines)}
    for index, child in enumerate(view.children):
        advice = given[index] if index < len(given) else {}
        times = tuple((one, clocks.get(one["limit"])) for one in advice.get("must_happen", ()))
        yield Judged(child, advice, times, _decided(view, child))


def _decided(view: CaseView, child: ChildView) -> Decided | None:
    """The decision that stands for a child, from the latest entry that made it."""
    if child.decision is None:
        return None
    for entry in view.timeline:
        for one in _decisions(entry):
            if (one.get("child"), one.get("decision")) == (child.ref, child.decision):
                differs = bool(child.advised_level) and one.get("level") != child.advised_level
                return Decided(
                    entry.who, entry, child.decision_words, child.level_name, str(one.get("reason", "")), differs
                )
    return None


def _decisions(entry: EntryView) -> list[Mapping[str, Any]]:
    decisions = entry.said.get("decisions", [])
    return [one for one in decisions if isinstance(one, dict)] if isinstance(decisions, list) else []
