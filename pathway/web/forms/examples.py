"""Which of the document's examples may be ticked? Each stands once, however many children there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from pathway.web.forms.form import Form
from pathway.web.forms.several import CHILDREN, held
from thresholds import Edition, Indicator
from thresholds.editions.searching import search


@dataclass(frozen=True, slots=True)
class Group:
    """The document's examples on one side of a child's life."""

    id: str
    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """`ticked` first and always in sight, then what was `found`, then the rest by side of a child's life."""

    ticked: tuple[Indicator, ...]
    looked_for: str
    found: tuple[Indicator, ...]
    groups: tuple[Group, ...]


def examples(edition: Edition, form: Form) -> Examples:
    """Every example of the edition, each in one place."""
    chosen = {one for start in held(form, CHILDREN, blank=True) for one in form.every(start + "observed")}
    looked_for = form.one("_find").strip()[:200]
    named = {one.id: one for one in edition.indicators}
    ticked = tuple(one for one in edition.indicators if one.id in chosen)
    found = tuple(named[one] for one in found_by(edition, looked_for) if one not in chosen)
    apart = chosen | {one.id for one in found}
    rest = (Group(one.id, one.name, _besides(one.indicators, apart)) for one in _groups(edition))
    return Examples(ticked, looked_for, found, tuple(one for one in rest if one.indicators))


def found_by(edition: Edition, words: str) -> tuple[str, ...]:
    """The examples that everyday words find, the best first."""
    return tuple(one.id for one in search(edition, words) if one.section == "indicators") if words else ()


def _groups(edition: Edition) -> tuple[Group, ...]:
    """Those that mean act now first, then side by side of a child's life."""
    first = Group("now", "Act now: these need social care without delay", _those(edition, None, immediate=True))
    rest = tuple(
        Group(f"{domain.id}-{side.id}", f"{domain.name}: {side.name}", _those(edition, side.id))
        for domain in edition.domains
        for side in domain.dimensions
    )
    return (first, *rest, Group("other", "Anything else", _those(edition, None)))


def _those(edition: Edition, dimension: str | None, *, immediate: bool = False) -> tuple[Indicator, ...]:
    if immediate:
        return tuple(one for one in edition.indicators if one.immediate)
    return tuple(one for one in edition.indicators if not one.immediate and one.dimension == dimension)


def _besides(those: Iterable[Indicator], apart: set[str]) -> tuple[Indicator, ...]:
    return tuple(one for one in those if one.id not in apart)
