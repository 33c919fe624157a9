"""What does a later telling change of an earlier one? Facts are laid together; only what changed is written."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlmodel import col, select

from pathway.acts import people
from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.link import taken_for
from pathway.acts.patch import Patch
from pathway.store.parts.veil import SEALED, Veil
from pathway.tables import Case, Tie
from pathway.tables.columns import public_id
from workflows.referral_facts import Take, TakenAdult, TakenChild

T = TypeVar("T", TakenChild, TakenAdult)

OF_PERSON = (
    "given_name", "family_name", "other_names", "sex", "school", "born_on", "expected_on", "age_years", "telephone",
)  # fmt: skip


def together(before: Take, take: Take, veil: Veil, children: Collection[str], adults: Collection[str]) -> Take:
    """What is told now with all that stood before: whoever wasn't named this time stays, and a sealed address stays
    sealed, since unsealing it by leaving a box empty could tell somebody where a parent has fled to. What `veil` left
    out of the form comes back as it was.

    Raises `Unacceptable` where a reference isn't of this record, or names one person twice.
    """
    _check(take.children, children, "children", "child")
    _check(take.adults, adults, "adults", "person")
    return take.model_copy(
        update={
            **_left_out(before, take, veil),
            "children": _all(before.children, take.children),
            "adults": _all(before.adults, take.adults),
            "address_sealed": take.address_sealed or before.address_sealed or bool(veil.over),
            "occurred_at": take.occurred_at or before.occurred_at,
        }
    )


def _left_out(before: Take, take: Take, veil: Veil) -> dict[str, object]:
    """What was sealed on the form and came back untouched, as it was told; an emptied address too."""
    shown = veil.over_told(before)
    untouched = {name for name in Take.model_fields if getattr(take, name) == getattr(shown, name)}
    if shown.address != before.address and take.address in ("", SEALED):
        untouched.add("address")
    return {name: getattr(before, name) for name in untouched if getattr(shown, name) != getattr(before, name)}


def written(unit: Work, person_id: int, before: Take, take: Take, told: TakenChild | TakenAdult) -> None:
    """Write what was told otherwise than before onto a person's row; what others have put right since stays."""
    was = _was(before, told)
    changed = {
        name: getattr(told, name)
        for name in OF_PERSON
        if hasattr(told, name) and getattr(told, name) != getattr(was, name)
    }
    if "age_years" in changed:
        age = changed.pop("age_years")
        changed |= {"age_told": age, "age_told_on": unit.now.date() if age is not None else None}
    if "expected_on" in changed:
        changed["kind"] = people.kind_of(told)
    moved = (before.address, before.address_sealed) != (take.address, take.address_sealed)
    if people.lives_there(told) and (moved or not people.lives_there(was)):
        changed |= {"address": take.address, "address_sealed": take.address_sealed}
    if changed:
        people.change(unit, person_id, changed)


def retied(
    unit: Work,
    case: Case,
    patch: Patch,
    before: Take,
    take: Take,
    known: Mapping[str, int],
    children: Sequence[int],
    newborn: Sequence[int],
) -> tuple[TakenAdult, ...]:
    """Each adult onto a row and tied to every child; `newborn` are the children, of all, who are new on the record."""
    told: list[TakenAdult] = []
    for index, one in enumerate(take.adults):
        person = known.get(one.ref)
        if person is None:
            ref = public_id()
            person = people.adult(unit, take, one, ref)
            people.ties(patch, [(person, one)], children)
            taken_for(unit, person, one.same_as, f"adults[{index}].same_as")
            told.append(one.model_copy(update={"ref": ref}))
            continue
        written(unit, person, before, take, one)
        _tied_otherwise(unit, case, patch, person, before, one)
        people.ties(patch, [(person, one)], newborn)
        told.append(one)
    return tuple(told)


def _tied_otherwise(unit: Work, case: Case, patch: Patch, person: int, before: Take, told: TakenAdult) -> None:
    """Ties follow what is told now, but for those that somebody has put right for one child since."""
    was = next((one for one in before.adults if one.ref == told.ref), TakenAdult())
    query = select(Tie).where(col(Tie.case_id) == case.id, col(Tie.person_id) == person)
    for tie in unit.session.exec(query).all():
        if (was.relation, was.lives_with) != (told.relation, told.lives_with) and tie.relation == was.relation:
            patch.change("tie", tie.public_id, relation=told.relation, lives_with=told.lives_with)


def changed_facts(before: Take, take: Take) -> list[str]:
    """The names of the facts that were told otherwise than before."""
    return [name for name in Take.model_fields if getattr(before, name) != getattr(take, name)]


def as_given(faults: Iterable[FieldFault], given: Take, every: Take) -> Iterator[FieldFault]:
    """Each fault at the place of the child as it was given: those who weren't named again stand before the rest."""
    places = {index: place for index, one in enumerate(every.children) for place in _places(one, given)}
    for fault in faults:
        at = re.match(r"children\[(\d+)\]", fault.field)
        place = places.get(int(at[1])) if at else None
        moved = f"children[{place}]{fault.field[at.end() :]}" if at and place is not None else fault.field
        yield FieldFault(moved, fault.sentence)


def _places(child: TakenChild, given: Take) -> list[int]:
    return [place for place, one in enumerate(given.children) if one is child]


def _was(before: Take, told: TakenChild | TakenAdult) -> TakenChild | TakenAdult:
    """The same person as they were told of before; somebody of whom nothing was known where they weren't."""
    told_of: Sequence[TakenChild | TakenAdult] = before.children if isinstance(told, TakenChild) else before.adults
    return next((one for one in told_of if one.ref == told.ref), type(told)())


def _all(before: Sequence[T], now: Sequence[T]) -> tuple[T, ...]:
    """Those of before in their order, as they are told now where they are; then those who are new."""
    retold: dict[str, T] = {one.ref: one for one in now if one.ref}
    every: list[T] = [retold.pop(one.ref, one) for one in before]
    every.extend(retold.values())
    every.extend(one for one in now if not one.ref)
    return tuple(every)


def _check(told: Sequence[TakenChild | TakenAdult], known: Collection[str], field: str, what: str) -> None:
    given = [one.ref for one in told]
    faults = [
        FieldFault(f"{field}[{index}].ref", f"There is no such {what} on this record, or they are named twice.")
        for index, ref in enumerate(given)
        if ref and (ref not in known or given.count(ref) > 1)
    ]
    if faults:
        raise Unacceptable(*faults)
