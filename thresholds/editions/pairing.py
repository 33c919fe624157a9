"""Which level, limit or rule of one edition stands beside which of another?

By id first, then by what it is about. Asking the other way round gives the same pairs, turned.
"""

from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise, zip_longest
from typing import TypeVar

from thresholds.editions.edition import Edition
from thresholds.published.entries import Entry
from thresholds.published.levels import Level
from thresholds.published.limits import Limit
from thresholds.published.routes import Rule

E = TypeVar("E", bound=Entry)
Pair = tuple[E | None, E | None]


def paired_limits(a: Edition, b: Edition) -> tuple[Pair[Limit], ...]:
    """By id, then by what starts the clock, who is obliged and in which unit it is counted."""
    return _paired(
        a.limits, b.limits, lambda one: (one.from_event, one.obliged, one.unit), lambda one: (one.amount, one.id)
    )


def paired_rules(a: Edition, b: Edition) -> tuple[Pair[Rule], ...]:
    """By id, then by when they apply."""
    return _paired(a.rules_in_order, b.rules_in_order, lambda one: one.when, lambda one: (one.order, one.id))


def paired_levels(a: Edition, b: Edition) -> tuple[Pair[Level], ...]:
    """Upwards. Levels of one name, the lowest and the highest stand side by side; those between in their order.

    That two stand in one row doesn't say that they are the same.
    """
    ours, theirs = a.levels_upward, b.levels_upward
    rows: list[Pair[Level]] = []
    for (i, j), (k, m) in pairwise([(-1, -1), *_anchors(ours, theirs), (len(ours), len(theirs))]):
        rows += zip_longest(ours[i + 1 : k], theirs[j + 1 : m])
        if k < len(ours) and m < len(theirs):
            rows.append((ours[k], theirs[m]))
    return tuple(rows)


def _anchors(ours: Sequence[Level], theirs: Sequence[Level]) -> list[tuple[int, int]]:
    """Places that belong side by side: same id or name where none cross, and both ends."""
    if not ours or not theirs:
        return []
    same = {
        (i, j)
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
        if one.id == other.id or one.name.casefold() == other.name.casefold()
    }
    same |= {ends for ends in ((0, 0), (len(ours) - 1, len(theirs) - 1)) if not any(_clash(ends, one) for one in same)}
    return sorted(one for one in same if not any(_clash(one, other) for other in same))


def _clash(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two pairs cross, or share a level."""
    return one != other and (one[0] - other[0]) * (one[1] - other[1]) <= 0


def _paired(
    ours: Sequence[E], theirs: Sequence[E], about: Callable[[E], Hashable], order: Callable[[E], tuple[int, str]]
) -> tuple[Pair[E], ...]:
    """Every entry of both exactly once."""
    by_id = {one.id: one for one in theirs}
    pairs: list[Pair[E]] = [(one, by_id[one.id]) for one in ours if one.id in by_id]
    done = {one.id for one, _ in pairs if one}
    left = sorted((one for one in ours if one.id not in done), key=order)
    right = sorted((one for one in theirs if one.id not in done), key=order)
    for key in dict.fromkeys(map(about, (*left, *right))):
        pairs += zip_longest((one for one in left if about(one) == key), (one for one in right if about(one) == key))
    return tuple(sorted(pairs, key=lambda pair: min(order(one) for one in pair if one)))
