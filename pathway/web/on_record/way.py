"""By which way did a record come to where it stands, and where can it go? As a picture and a table both say it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pathway.store.parts.views import CaseView, EntryView
from pathway.store.parts.words import OPENING
from workflows import Process


@dataclass(frozen=True, slots=True)
class Step:
    """One state that it came to: by what was done, by whom, and when. `at` is None where the history doesn't tell."""

    number: int
    state: str
    words: str
    did: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """One move that the viewer may make now and that leads to another state."""

    words: str
    state: str
    state_words: str
    protective: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class Way:
    """`now` is the step at which it stands; `others` are the states that it neither came to nor can go to at once."""

    steps: tuple[Step, ...]
    onward: tuple[Onward, ...]
    others: tuple[str, ...]

    @property
    def now(self) -> Step:
        return self.steps[-1]


def way_of(process: Process, view: CaseView) -> Way:
    """Read from the timeline that the record's page holds already."""
    steps = tuple(_steps(process, view))
    onward = tuple(_onward(process, view))
    shown = {step.state for step in steps} | {one.state for one in onward}
    return Way(steps, onward, tuple(state.words for state in process.states if state.name not in shown))


def _steps(process: Process, view: CaseView) -> Iterator[Step]:
    """What stayed where it was is no step. Where the history ends elsewhere than the record stands, that is added."""
    state, number = process.opening.state, 0
    for entry in reversed(view.timeline):
        to = state if entry.kind in OPENING else _led_to(process, state, entry)
        if to is None:
            continue
        state, number = to, number + 1
        yield Step(number, state, process.state(state).words, entry.words, entry.who, entry.occurred_at)
    if state != view.state or not number:
        yield Step(number + 1, view.state, view.state_words)


def _led_to(process: Process, state: str, entry: EntryView) -> str | None:
    move = process.move(entry.kind)
    to = move.paths.get(state) if move else None
    return None if to == state else to


def _onward(process: Process, view: CaseView) -> Iterator[Onward]:
    for choice in view.choices:
        move = process.move(choice.move)
        if choice.may and not choice.stays and move is not None:
            to = process.state(move.paths[view.state])
            yield Onward(choice.words, to.name, to.words, choice.protective, choice.leads)
