"""What changed between two fillings of a form? For whoever reviews, and whoever countersigns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from thresholds.filling.opened import Answers, Spot, Value
from thresholds.published.forms import Form

How = Literal["new", "changed", "taken out", "unchanged"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One question about one person: what stood, and what stands."""

    spot: Spot
    how: How
    before: Value | None
    after: Value | None


def compared(form: Form, before: Answers, after: Answers) -> Iterator[Compared]:
    """Every question that either answers, in the form's order. What only an older form asked comes last."""
    order = {id_: at for at, id_ in enumerate(form.by_id)}
    spots = {spot for answers in (before, after) for spot, value in answers.items() if value}
    for spot in sorted(spots, key=lambda spot: (order.get(spot[0], len(order)), spot)):
        was, now = before.get(spot) or None, after.get(spot) or None
        yield Compared(spot, _how(was, now), was, now)


def _how(was: Value | None, now: Value | None) -> How:
    if was == now:
        return "unchanged"
    if was is None:
        return "new"
    return "changed" if now is not None else "taken out"
