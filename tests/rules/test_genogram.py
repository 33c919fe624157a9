"""Does the relationship picture show everybody once, apart, and joined only to those they belong to?"""

from collections.abc import Iterator
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as some

from pathway.store.people.family_views import Known, PersonView, RelationView
from pathway.web.family.genogram import SIDE, Genogram, Symbol, genogram
from workflows.referral_facts import Relation

LETTERS = "ABCDEFGHIJKL"


def somebody(ref: str, kind: str = "child", sex: str = "unknown") -> Known:
    return Known(ref, f"{ref} Example", (), kind, sex, sex, "7", None, None, "", "", "", address_sealed=False)


def tie(who: str, relation: Relation, of: str) -> RelationView:
    return RelationView(
        f"{who}{of}", "CASE", who, who, of, of, relation.value, relation.words, "unknown", "We don't know", None, None
    )


def family(*relations: RelationView, people: str = "AB", home: str = "", **kinds: Known) -> PersonView:
    everybody = tuple(kinds.get(ref, somebody(ref)) for ref in people)
    return PersonView(everybody[0], (), "", (), (), everybody, tuple(home), relations, (), ())


@some.composite
def families(draw: some.DrawFn) -> PersonView:
    people = LETTERS[: draw(some.integers(1, len(LETTERS)))]
    kinds = some.sampled_from(["child", "adult", "expected_child"])
    sexes = some.sampled_from(["male", "female", "unknown", "another"])
    known = {ref: somebody(ref, draw(kinds), draw(sexes)) for ref in people}
    pairs = [(one, other) for one in people for other in people if one != other]
    told = draw(some.lists(some.tuples(some.sampled_from(pairs), some.sampled_from(Relation)))) if pairs else []
    home = people[0] + "".join(ref for ref in people[1:] if draw(some.booleans()))
    return family(*(tie(one, relation, other) for (one, other), relation in told), people=people, home=home, **known)


def stretches(picture: Genogram) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for line in picture.lines:
        yield from pairwise(line.points)


def crosses(symbol: Symbol, start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a level or upright stretch runs through the square that a symbol and its words stand in."""
    half = SIDE // 2
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(start, end, strict=True))
    return left < symbol.x + half and right > symbol.x - half and top < symbol.y + half and bottom > symbol.y - half


@given(families())
def test_everybody_stands_once_apart_from_everybody_else_and_within_the_picture(view: PersonView) -> None:
    picture = genogram(view)
    assert sorted(one.person.ref for one in picture.symbols) == sorted(one.ref for one in view.people)
    for one, other in combinations(picture.symbols, 2):
        assert abs(one.x - other.x) >= 200 or abs(one.y - other.y) >= 100
    assert all(
        SIDE <= one.x <= picture.width - SIDE and SIDE <= one.y <= picture.height - SIDE for one in picture.symbols
    )
    assert [one.person.ref for one in picture.symbols if one.me] == [view.person.ref]


@given(families())
def test_no_line_runs_through_somebody_it_does_not_belong_to(view: PersonView) -> None:
    picture = genogram(view)
    for start, end in stretches(picture):
        assert start[0] == end[0] or start[1] == end[1]
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in (start, end))
        for symbol in picture.symbols:
            ends_there = any(abs(x - symbol.x) < SIDE // 2 and y == symbol.y for x, y in (start, end))
            assert ends_there or not crosses(symbol, start, end)


@given(families())
def test_the_outline_holds_those_at_home_and_nobody_else(view: PersonView) -> None:
    picture = genogram(view)
    if len(view.household) < 2:
        assert picture.home == ""
        return
    corners = [tuple(map(int, one.split())) for one in picture.home[1:-1].split("L")]
    for one in picture.symbols:
        edges = [(a, b) for a, b in pairwise([*corners, corners[0]]) if a[0] == b[0] and a[0] > one.x]
        inside = sum(min(a[1], b[1]) < one.y < max(a[1], b[1]) for a, b in edges) % 2 == 1
        assert inside == (one.person.ref in view.household)


def test_shapes_are_the_usual_ones_and_nobody_is_given_a_sex_that_nobody_told() -> None:
    kinds = {
        "A": somebody("A", sex="male"),
        "B": somebody("B", "adult", "female"),
        "C": somebody("C", "adult", "another"),
        "D": somebody("D", "expected_child", "female"),
        "E": somebody("E"),
    }
    picture = genogram(family(people="ABCDE", **kinds))
    assert [one.shape for one in picture.symbols] == ["square", "circle", "diamond", "triangle", "diamond"]


def test_generations_stand_above_each_other() -> None:
    told = (tie("B", Relation.mother, "A"), tie("C", Relation.grandparent, "A"), tie("D", Relation.half_sibling, "A"))
    height = {one.person.ref: one.y for one in genogram(family(*told, people="ABCD")).symbols}
    assert height["C"] < height["B"] < height["A"] == height["D"]


def test_parents_are_joined_by_a_whole_line_and_a_foster_carer_by_a_broken_one() -> None:
    told = (tie("B", Relation.mother, "A"), tie("C", Relation.father, "A"), tie("D", Relation.foster_carer, "A"))
    lines = genogram(family(*told, people="ABCD")).lines
    assert [sum(one.broken is broken for one in lines) for broken in (False, True)] == [4, 3]


def test_two_who_contradict_each_other_are_both_shown_and_no_line_leads_upwards() -> None:
    told = (tie("B", Relation.mother, "A"), tie("A", Relation.mother, "B"))
    assert len(genogram(family(*told)).symbols) == 2
