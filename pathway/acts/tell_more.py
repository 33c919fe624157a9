"""What if more is told after the first save? The whole is recorded as it stands now and judged again, for each child.

Nothing that was known is dropped by leaving it out, and danger once raised stays: only a person takes it away. What a
person decided stands, but for a child in a danger that is told only now: that child is screened and decided again.
"""

from collections.abc import Iterator

from pathway.access import Viewer
from pathway.acts import clocks, outsiders, people
from pathway.acts.children import undecided
from pathway.acts.danger import ask_what_was_meant, takeable
from pathway.acts.desk import Desk, Work, work
from pathway.acts.drafts import used
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.judging import judged
from pathway.acts.link import taken_for
from pathway.acts.making import make
from pathway.acts.note import check_may_write
from pathway.acts.once import once
from pathway.acts.opened import check_version, opened
from pathway.acts.patch import Patch
from pathway.acts.receive import PROTECTS, check_receipt, received
from pathway.acts.recognise import tell_who_knows_them
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.retold import as_given, changed_facts, retied, together, written
from pathway.acts.tasks import finish_about
from pathway.acts.told_anew import newly_immediate, told_anew
from pathway.store.adopted.editions import edition_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts.told import adults_of, children_of, told_on
from pathway.store.parts.veil import veil_of
from pathway.tables import Case, CaseChild
from pathway.tables.timing import TaskKind
from thresholds import ChildJudgement, Judgement
from workflows import NoFacts, refuse
from workflows.referral import DANGER
from workflows.referral_facts import Kind, Protect, Take


def tell_more(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str,
    take: Take,
    version: int | None = None,
    key: str | None = None,
    draft: str | None = None,
) -> Done:
    """Record all that is told now, what stood before included; a child or adult is matched by `ref`, or is new.

    Raises `Refused`, `NotFound`, `Conflict` where `version` is stale, `Unacceptable` field by field.
    """
    with work(desk, viewer) as unit:
        asked, urgent = ("tell_more", case, take), take.immediate_danger
        done = once(unit, key, asked, lambda: _told(unit, case, take, version), urgent=urgent)
        used(unit, draft, done)
        return done


def check_open(case: Case) -> None:
    if case.closed_at is not None:
        raise refuse(
            "This record has ended, so nothing more can be added to what was told.",
            who_can="Take it as a new contact, or ask the front door to reopen this one.",
        )


def _told(unit: Work, reference: str, take: Take, version: int | None) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    told_before = told_on(unit.session, case)
    edition = edition_of(unit.session, case.authority, case.edition_hash)
    in_danger = take.immediate_danger and not (told_before and told_before.immediate_danger)
    if in_danger:
        take = takeable(unit, edition, take.model_copy(update={"kind": Kind(case.kind)}))
        if case.closed_at is not None and not case.restricted:
            return _as_new(unit, case, told_before, take)
    else:
        check_version(unit, case, version)
        check_open(case)
    if in_danger and told_before is None:
        return make(unit, case, "protect", Protect(danger=take.worry), Patch())
    before = _before(told_before)
    check_receipt(take)
    _check_kind(case, take)
    rows = {row.public_id: row for row in children_of(unit.session, case)}
    given, adults = take, [one.public_id for one in adults_of(unit.session, case)]
    take = together(before, take, veil_of(unit.session, case), rows, adults)
    try:
        judgement = judged(unit, edition, take)
    except Unacceptable as wrong:
        raise Unacceptable(*as_given(wrong.faults, given, take)) from None
    patch = Patch()
    differs = list(_differing(rows, take, judgement))
    worse = newly_immediate(unit, edition, before, take, judgement)
    take, newly = _people(unit, case, before, take, judgement, patch)
    newly = newly or worse
    again = newly and not in_danger and _is_decided(case)
    if again:
        _undecide(take, judgement, patch)
    patch.change("case", case.public_id, **_of_case(case, before, take, immediate=newly))
    if newly and not in_danger and not any(one.limit_id in DANGER for one in clocks.running(unit, case)):
        clocks.start(patch, edition, DANGER, unit.now)
    tells = [] if in_danger or not newly else [Telling(PROTECTS, "social_work"), Telling(PROTECTS, "manager")]
    tells += outsiders.later_receipts(unit, case, take)
    said = {
        "take": take.model_dump(mode="json"),
        "judgement": judgement.model_dump(mode="json"),
        "changed": changed_facts(before, take),
        "differs": differs,
    }
    done = record(unit, case, Line("told_more", patch, said=said, tells=tells))
    for row in rows.values():
        unit.session.expire(row)  # written past it: whatever moves next must read it anew
    _others_told_of(unit, case, take)
    known = {one.ref for one in before.adults}
    new_adults = [one for one in take.adults if one.ref not in known]
    tell_who_knows_them(unit, case, take, told_anew(unit.session, case, before, take), new_adults)
    if not in_danger:
        return make(unit, case, "take_on", NoFacts(), Patch()) if again else done
    ask_what_was_meant(unit, case, take)
    return make(unit, case, "protect", Protect(), Patch())


def _is_decided(case: Case) -> bool:
    return process_of(case).state(case.state).decided


def _undecide(take: Take, judgement: Judgement, patch: Patch) -> None:
    """A decision made before this danger was known doesn't answer it: screening goes on, and its clock runs."""
    for told, advice in zip(take.children, judgement.children, strict=True):
        if advice.immediate:
            patch.change("case_child", told.ref, decision=None, decided_at=None, decided_by_id=None, taken_up_at=None)


def _as_new(unit: Work, case: Case, before: Take | None, take: Take) -> Done:
    """Danger told on a record that has ended is a new contact, about the same people and with all that was told."""
    rows = {row.public_id: row for row in children_of(unit.session, case)}
    adults = [one.public_id for one in adults_of(unit.session, case)]
    every = together(before, take, veil_of(unit.session, case), rows, adults) if before else take
    anew: dict[str, object] = {"occurred_at": None}
    for name in ("children", "adults"):
        anew[name] = tuple(one.model_copy(update={"ref": "", "same_as": None}) for one in getattr(every, name))
    return received(unit, every.model_copy(update=anew))


def _of_case(case: Case, before: Take, take: Take, *, immediate: bool) -> dict[str, object]:
    """A danger that was decided and taken up doesn't come back by itself because a number was added."""
    now = {
        "immediate": case.immediate or immediate,
        "safe_tonight": take.safe_tonight,
        "source_code": case.source_code if take.source_code == before.source_code else take.source_code,
    }
    return {name: value for name, value in now.items() if getattr(case, name) != value}


def _before(before: Take | None) -> Take:
    if before is None:
        raise refuse("What was first told has been erased.", who_can="Add what you know now as a note.")
    return before


def _check_kind(case: Case, take: Take) -> None:
    """The clocks and steps of a record follow from what kind of contact it was first taken as."""
    if take.kind != case.kind:
        sentence = "What kind of contact it is can't be changed here. Take it as a new contact of the right kind."
        raise Unacceptable(FieldFault("kind", sentence))


def _people(unit: Work, case: Case, before: Take, take: Take, judgement: Judgement, patch: Patch) -> tuple[Take, bool]:
    """Rows for whoever is new, what changed onto the rows of the rest; the taking with everybody's reference, and
    whether any child is newly in danger.
    """
    rows = {row.public_id: row for row in children_of(unit.session, case)}
    newly, children, newborn = False, [], []
    for index, (told, advice) in enumerate(zip(take.children, judgement.children, strict=True)):
        row, ref = rows.get(told.ref), told.ref
        if row is None:
            newborn.append(person := people.child(unit, take, told))
            ref = undecided(unit, patch, person, advice.immediate, advice.level, advice.destination)
            taken_for(unit, person, told.same_as, f"children[{index}].same_as")
        else:
            _advised(row, advice, patch)
            written(unit, row.person_id, before, take, told)
        newly = newly or (advice.immediate and not (row and row.immediate))
        children.append(told.model_copy(update={"ref": ref}))
    known = {one.public_id: one.id or 0 for one in adults_of(unit.session, case)}
    every = [*(row.person_id for row in rows.values()), *newborn]
    adults = retied(unit, case, patch, before, take, known, every, newborn)
    return take.model_copy(update={"children": tuple(children), "adults": adults}), newly


def _advised(row: CaseChild, advice: ChildJudgement, patch: Patch) -> None:
    """What is advised now. Danger that was raised isn't taken away by what is told later: a caller may take back
    what they said, under pressure or by mistake, and only a person who has looked decides that it is over.
    """
    patch.change(
        "case_child",
        row.public_id,
        immediate=row.immediate or advice.immediate,
        advised_level=advice.level,
        advised_destination=advice.destination,
    )


def _differing(rows: dict[str, CaseChild], take: Take, judgement: Judgement) -> Iterator[str]:
    """The children decided already for whom something else is advised now: their decision stands, and it is said."""
    for told, advice in zip(take.children, judgement.children, strict=True):
        row = rows.get(told.ref)
        moved = row is not None and (advice.level, advice.immediate) != (row.advised_level, row.immediate)
        if row is not None and row.decision and moved and advice.level != row.level:
            yield row.public_id


def _others_told_of(unit: Work, case: Case, take: Take) -> None:
    """Once somebody has said who else there is, the task to ask is done."""
    if take.other_children or take.siblings is not None:
        finish_about(unit, TaskKind.children_to_ask_about, case.public_id)
