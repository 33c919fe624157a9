"""How far is a form? Section by section: what is complete, begun, newly opened, or not needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from thresholds.filling.opened import Answers, People, Spot, asked_in
from thresholds.published.forms import Form, FormPart

Stand = Literal["complete", "started", "newly opened", "not started", "not needed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One section. `left` are the questions without which it isn't complete, `opened` those that an answer opened."""

    part: FormPart
    stand: Stand
    left: tuple[Spot, ...]
    opened: tuple[Spot, ...]
    answered: int


def progress(
    form: Form, people: People, answers: Answers, *, light: bool = False, seen: frozenset[Spot] = frozenset()
) -> Iterator[Progress]:
    """Every section in order. `seen` are the questions that whoever filled it in has been shown already."""
    for part in form.parts:
        open_now = tuple(asked_in(part, form, people, answers, light=light))
        yield _progress(part, form, open_now, answers, seen)


def _progress(
    part: FormPart, form: Form, open_now: tuple[Spot, ...], answers: Answers, seen: frozenset[Spot]
) -> Progress:
    left = tuple(spot for spot in open_now if not answers.get(spot) and not form.by_id[spot[0]].may_skip)
    opened = tuple(spot for spot in left if spot not in seen and form.by_id[spot[0]].opens_when)
    answered = sum(1 for spot in open_now if answers.get(spot))
    return Progress(part, _stand(open_now, left, opened, answered), left, opened, answered)


def _stand(open_now: tuple[Spot, ...], left: tuple[Spot, ...], opened: tuple[Spot, ...], answered: int) -> Stand:
    if not open_now:
        return "not needed"
    if not left:
        return "complete" if answered else "not started"
    if opened and len(opened) == len(left):
        return "newly opened"
    return "started" if answered else "not started"


def is_complete(form: Form, people: People, answers: Answers, *, light: bool = False) -> bool:
    return all(not part.left for part in progress(form, people, answers, light=light))
