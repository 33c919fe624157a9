"""Who is who, as a picture? Each person at a place of their own, generations in rows, and lines between them.

Squares are male, circles female, diamonds where the sex isn't known or has another word, triangles not born yet.
Columns of all rows stand under each other, so the gaps between them are free for lines from one row to any other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pathway.store.people.family_views import Known, PersonView, RelationView
from workflows.referral_facts import Relation

COLUMN, ROW, SIDE, EDGE, LANE = 210, 144, 44, 24, 9
GAP = 14
"""How far into a column its symbol begins: what lies before it is free for lines."""

UP = {Relation.grandparent: 2} | dict.fromkeys(
    (
        Relation.mother,
        Relation.father,
        Relation.parent,
        Relation.step_parent,
        Relation.carer,
        Relation.foster_carer,
        Relation.partner_of_parent,
    ),
    1,
)
LEVEL = {Relation.sibling: 0, Relation.half_sibling: 0, Relation.step_sibling: 0}
GENERATIONS = UP | LEVEL
WHOLE = frozenset({Relation.mother, Relation.father, Relation.parent, Relation.grandparent, Relation.sibling})
"""Drawn with a whole line; the rest, and whatever has ended, with a broken one."""

LETTERS = 17


@dataclass(frozen=True, slots=True)
class Symbol:
    """One person. `x` and `y` are the middle of the symbol; what is said of them stands to its right."""

    person: Known
    shape: str
    me: bool
    at_home: bool
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[tuple[int, int], ...]
    broken: bool

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Genogram:
    width: int
    height: int
    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]
    home: str
    """The outline around those who live together, as a path; empty where nobody is known to live with the child."""


@dataclass(frozen=True, slots=True)
class Place:
    row: int
    column: int

    @property
    def x(self) -> int:
        return EDGE + self.column * COLUMN + GAP + SIDE // 2

    @property
    def y(self) -> int:
        return EDGE + self.row * ROW + ROW // 2


def genogram(view: PersonView) -> Genogram:
    """The picture of a family; a table beside it must say the same."""
    rows = _rows(view)
    at_home = frozenset(view.household)
    places = {ref: Place(row, column) for row, refs in enumerate(rows) for column, ref in enumerate(refs)}
    about = {one.who: one.relation_words for one in view.relations if one.of == view.person.ref}
    symbols = tuple(
        _symbol(one, places[one.ref], one.ref == view.person.ref, one.ref in at_home, about.get(one.ref, ""))
        for one in view.people
    )
    widest = max(len(refs) for refs in rows)
    return Genogram(
        width=widest * COLUMN + 2 * EDGE,
        height=len(rows) * ROW + 2 * EDGE,
        symbols=symbols,
        lines=tuple(_lines(view.relations, places)),
        home=_home(rows, at_home) if len(at_home) > 1 else "",
    )


def _rows(view: PersonView) -> list[list[str]]:
    """Everybody by generation, the oldest first; in each row those who live together come first."""
    generation = {view.person.ref: 0}
    while found := dict(_next(view.relations, generation)):
        generation |= found
    for one in view.people:
        generation.setdefault(one.ref, 0 if one.is_child else -1)
    order = {one.ref: place for place, one in enumerate(view.people)}
    home = frozenset(view.household)
    rows: list[list[str]] = []
    for number in sorted(set(generation.values())):
        here = [ref for ref in order if generation.get(ref) == number]
        rows.append(sorted(here, key=lambda ref: (ref not in home, order[ref])))
    return rows


def _next(relations: Iterable[RelationView], known: dict[str, int]) -> Iterator[tuple[str, int]]:
    for one in relations:
        up = GENERATIONS.get(Relation(one.relation))
        if up is None:
            continue
        if one.of in known and one.who not in known:
            yield one.who, known[one.of] - up
        elif one.who in known and one.of not in known:
            yield one.of, known[one.who] + up


def _symbol(person: Known, place: Place, me: bool, at_home: bool, relation: str) -> Symbol:
    shape = "triangle" if person.kind == "expected_child" else {"male": "square", "female": "circle"}.get(person.sex)
    said = (*_short(person.name), _cut(person.age), _cut(relation))
    return Symbol(person, shape or "diamond", me, at_home, place.x, place.y, tuple(one for one in said if one))


def _short(name: str) -> tuple[str, ...]:
    """A name on at most two lines: in full it stands in the table."""
    first, _, rest = name.partition(" ")
    return (name,) if len(name) <= LETTERS else (_cut(first), _cut(rest))


def _cut(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"


def _lines(relations: Sequence[RelationView], places: dict[str, Place]) -> Iterator[Line]:
    """One line for each group of children with the same parents, and one for each tie between two of a generation."""
    lane = 0
    for lane, ((parents, broken), children) in enumerate(_unions(relations, places).items(), start=1):
        yield from _hanging([places[one] for one in parents], [places[one] for one in children], lane, broken)
    for one in relations:
        if Relation(one.relation) in LEVEL and places[one.who].row == places[one.of].row:
            lane += 1
            broken = one.ended or Relation(one.relation) not in WHOLE
            yield Line(_bracket(places[one.who], places[one.of], lane), broken)


def _unions(
    relations: Sequence[RelationView], places: dict[str, Place]
) -> dict[tuple[tuple[str, ...], bool], list[str]]:
    """Children by those who bring them up, whole lines apart from broken ones."""
    above: dict[tuple[str, bool], list[str]] = {}
    for one in relations:
        relation = Relation(one.relation)
        if relation in UP and places[one.who].row < places[one.of].row:
            above.setdefault((one.of, one.ended or relation not in WHOLE), []).append(one.who)
    unions: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for (child, broken), parents in above.items():
        by_row: dict[int, list[str]] = {}
        for parent in dict.fromkeys(parents):
            by_row.setdefault(places[parent].row, []).append(parent)
        for together in by_row.values():
            unions.setdefault((tuple(sorted(together)), broken), []).append(child)
    return unions


def _hanging(parents: Sequence[Place], children: Sequence[Place], lane: int, broken: bool) -> Iterator[Line]:
    """From each parent down to a bar beneath them, and on down to each child. The symbols are drawn over the ends."""
    top = parents[0].row
    shift = (lane % 5 - 2) * 4
    bar = _bar(top + 1, lane)
    feet = [one.x + shift for one in parents]
    for x, one in zip(feet, parents, strict=True):
        yield Line(((x, one.y), (x, bar)), broken)
    for one in children:
        yield Line(_down(one, top, bar, lane), broken)
    ends = [_down(one, top, bar, lane)[0][0] for one in children] + feet
    yield Line(((min(ends), bar), (max(ends), bar)), broken)


def _down(child: Place, top: int, bar: int, lane: int) -> tuple[tuple[int, int], ...]:
    """Straight down to a child of the next row; past rows between through the gap before the child's column."""
    x = child.x + (lane % 5 - 2) * 4
    if child.row == top + 1:
        return (x, bar), (x, child.y)
    gap = child.x - SIDE // 2 - GAP + 2 + lane % 5
    return (gap, bar), (gap, _bar(child.row, lane)), (x, _bar(child.row, lane)), (x, child.y)


def _bracket(one: Place, other: Place, lane: int) -> tuple[tuple[int, int], ...]:
    """From top to top of two in one row."""
    y, shift = _bar(one.row, lane), (lane % 5 - 2) * 4
    return (one.x + shift, one.y), (one.x + shift, y), (other.x + shift, y), (other.x + shift, other.y)


def _bar(row: int, lane: int) -> int:
    """How high a line runs above a row: lines of different families run at different heights."""
    free = ROW - SIDE - 6 * LANE
    return EDGE + row * ROW + ROW // 2 - SIDE // 2 - 2 * LANE - (lane - 1) * LANE % free


def _home(rows: Sequence[Sequence[str]], at_home: frozenset[str]) -> str:
    """Around the first columns of each row from the first to the last that has somebody at home in it."""
    counts = [sum(one in at_home for one in refs) for refs in rows]
    first = next(row for row, count in enumerate(counts) if count)
    last = next(row for row in reversed(range(len(counts))) if counts[row])
    left = EDGE - 8
    points = [(left, EDGE + first * ROW + 4)]
    for row in range(first, last + 1):
        right = EDGE + counts[row] * COLUMN - 8 if counts[row] else EDGE + 2
        points += [(right, EDGE + row * ROW + 4), (right, EDGE + (row + 1) * ROW + 4)]
    points.append((left, EDGE + (last + 1) * ROW + 4))
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"
