"""How does a record begin on another? For children who are there, by whoever goes on with them, in one step."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import col, select

from pathway.access import Viewer, answers_for, every_case, every_person
from pathway.acts import asks, clocks, meetings
from pathway.acts.children import undecided
from pathway.acts.coming_along import family_along
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.holding import NOT_THERE, answers, is_there
from pathway.acts.named import grant, who_may_know
from pathway.acts.new_case import new_case
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.recognise import ask_whether_known
from pathway.acts.record import Done, Line, Telling, record
from pathway.store.adopted.editions import in_force
from pathway.store.parts.beginnings import begins_on, why_not_begin
from pathway.store.parts.same import same_as_each
from pathway.store.parts.seen import cases_seen
from pathway.store.parts.situations import called, children_on
from pathway.tables import Case, CaseChild, Person
from pathway.tables.cases import GrantWhy
from thresholds import Edition
from workflows import Facts, Process, Refusal, Refused
from workflows.begin_facts import Begin
from workflows.referral import TAKE_UP
from workflows.referral_facts import Decision, YesNo

On = Sequence[tuple[CaseChild, Person]]


def begin(desk: Desk, viewer: Viewer, *, on: str, process: str, facts: Facts, key: str | None = None) -> Done:
    """Begin a record of `process` on the record `on`. The viewer answers for it; `Done` is of the new record.

    Raises `Refused` with every reason, `NotFound`, `Unacceptable` where a child isn't on the record.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("begin", on, process, facts), lambda: _begun(unit, on, process, facts))


def _begun(unit: Work, reference: str, name: str, facts: Facts) -> Done:
    parent = opened(unit, reference, None, whole=True)
    process = next((one for one in begins_on(parent.process) if one.name == name), None)
    if process is None:
        raise NotFound("step")
    if not isinstance(facts, Begin):
        raise TypeError(f"{process.name} takes {process.opening.facts.__name__}, not {type(facts).__name__}")
    chosen = _chosen(unit, parent, facts)
    edition_hash, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    elsewhere = _open_elsewhere(unit, process, chosen)
    reasons = tuple(why_not(unit, parent, process, edition, facts, chosen, elsewhere))
    if reasons:
        raise Refused(*reasons)
    case, patch = begun_on(
        unit,
        parent,
        process,
        edition_hash,
        chosen,
        answered_by=unit.viewer.id,
        safe_tonight=getattr(facts, "safe_tonight", YesNo.unknown),
    )
    tells = sets(unit, case, patch, process, edition, facts)
    done = record(unit, case, Line("begun", patch, said=said_of(parent, facts), tells=tells))
    for hidden in {one.public_id: one for one in elsewhere.values()}.values():
        ask_whether_known(unit, case, hidden)
    say_where_it_began(unit, parent, process, chosen, case)
    return done


def begun_on(
    unit: Work,
    parent: Case,
    process: Process,
    edition_hash: str,
    chosen: On,
    *,
    answered_by: int,
    safe_tonight: YesNo = YesNo.unknown,
) -> tuple[Case, Patch]:
    """The new record with everybody on it, for which that practitioner answers; nothing is recorded of it yet."""
    case, patch = new_case(
        unit,
        process,
        edition_hash=edition_hash,
        kind=process.name,
        occurred_at=unit.now,
        source_code=parent.source_code,
        safe_tonight=safe_tonight,
        restricted=parent.restricted,
        parent_id=parent.id,
    )
    _come_along(unit, parent, patch, chosen)
    answers(unit, case, patch, practitioner_id=answered_by)
    return case, patch


def sets(unit: Work, case: Case, patch: Patch, process: Process, edition: Edition, facts: Begin) -> tuple[Telling, ...]:
    """The clocks that start with it, and what else its facts say; everybody who hears."""
    opening = process.opening
    outcome, told = opening.sets(facts), (Telling(tell.message, tell.to) for tell in opening.tells(facts))
    clocks.start_of(patch, edition, process, opening.starts(facts), unit.now, outcome.due_on)
    return (*told, *asks.follow(unit, case, outcome, patch), *meetings.follow(unit, case, outcome, patch))


def said_of(parent: Case, facts: Begin) -> dict[str, Any]:
    return facts.model_dump(mode="json", exclude={"children"}) | {"began_on": parent.public_id}


def _chosen(unit: Work, parent: Case, facts: Begin) -> On:
    rows = children_on(unit.session, parent)
    if set(facts.children) - {row.public_id for row, _ in rows}:
        raise Unacceptable(FieldFault("children", "Tick from the children who are on this record, or tick none."))
    return [(row, person) for row, person in rows if not facts.children or row.public_id in facts.children]


def why_not(
    unit: Work,
    parent: Case,
    process: Process,
    edition: Edition,
    facts: Begin,
    chosen: On,
    elsewhere: dict[int, Case],
) -> Iterator[Refusal]:
    """Every reason why it can't begin now."""
    yield from why_not_begin(unit.viewer, process, edition)
    if not is_there(unit):
        yield NOT_THERE
    if not chosen:
        yield Refusal("Nobody is named on this record yet.", "Add the child to what was told first.")
    if parent.immediate:
        sentence = "A child here may be in danger, and that isn’t settled yet."
        yield Refusal(sentence, f"Protect or decide first; {process.words} can begin beside it afterwards.")
    if parent.closed_at is not None and not process.opening.after_end:
        sentence = "This record has ended, so nothing more is arranged on it."
        yield Refusal(sentence, "What is needed now begins on the record that goes on with them, or on a new one.")
    if process.opening.one_here:
        yield from _one_here(unit, parent, process)
    for check in process.opening.checks:
        try:
            check(facts, unit.now)
        except Refused as refused:
            yield from refused.refusals
    if process.opening.one_at_a_time:
        yield from _helped_already(unit, process, chosen, elsewhere)


def _open_elsewhere(unit: Work, process: Process, chosen: On) -> dict[int, Case]:
    """The open records of this process about these children, by child: nobody begins another meanwhile."""
    if not process.opening.one_at_a_time:
        return {}
    same = same_as_each(unit.session, [person.id or 0 for _, person in chosen], proposed=False)
    everybody = {row: start for start, rows in same.items() for row in rows}
    held = every_person().where(col(Person.id).in_(everybody)).order_by(col(Person.id)).with_for_update()
    unit.session.exec(held).all()
    standing = unit.session.execute(
        every_case()
        .add_columns(col(CaseChild.person_id))
        .join(CaseChild, col(CaseChild.case_id) == col(Case.id))
        .where(
            col(CaseChild.person_id).in_(everybody),
            col(CaseChild.until).is_(None),
            col(Case.process) == process.name,
            col(Case.closed_at).is_(None),
        )
        .order_by(col(Case.id))
    ).all()
    return {everybody[person]: case for case, person in standing}


def _one_here(unit: Work, parent: Case, process: Process) -> Iterator[Refusal]:
    """Whoever would begin a second on the same record goes on with the first."""
    standing = every_case().where(
        col(Case.parent_id) == parent.id,
        col(Case.process) == process.name,
        col(Case.state) == process.opening.one_here,
    )
    first = unit.session.exec(standing.order_by(col(Case.id))).first()
    if first is not None:
        state = process.state(first.state).words.lower()
        yield Refusal(
            f"{process.words.capitalize()} is {state} on this record already: {first.public_id}.",
            "Move that one to another time, or call it off first.",
        )


def _helped_already(unit: Work, process: Process, chosen: On, elsewhere: dict[int, Case]) -> Iterator[Refusal]:
    """A family is helped once: who helps a child already is gone on with. Of what few may know of, nothing is said."""
    ids = [case.id or 0 for case in elsewhere.values()]
    seen = cases_seen(unit.session, unit.viewer, ids, unit.now)
    answering = answers_for(unit.session, ids, unit.now)
    for _, person in chosen:
        case = elsewhere.get(person.id or 0)
        if case is None or (case.restricted and case.id not in seen):
            continue
        who = answering.get(case.id or 0)
        named = f" {who.name} answers for it." if who else ""
        where = f"Go on together in record {seen[case.id]}." if case.id in seen else "Ring them, and go on together."
        yield Refusal(f"{process.words.capitalize()} is open already for {called(person)}.{named}", where)


def _come_along(unit: Work, parent: Case, patch: Patch, chosen: On) -> None:
    """The children with the level that was decided, the family around them, and whoever may know of them."""
    for row, person in chosen:
        undecided(unit, patch, person.id or 0, False, row.advised_level, None, stands=row.level)
    family_along(unit, patch, parent, [person.id or 0 for _, person in chosen])
    if parent.restricted:
        for one in who_may_know(unit, parent.id or 0):
            grant(unit, patch, one, GrantWhy.named)


def say_where_it_began(unit: Work, parent: Case, process: Process, chosen: On, case: Case) -> None:
    """The record where it began says so; who was sent on to this is taken up, and the clock stops with the last."""
    waiting, mine = _waiting(unit, parent), {row.public_id for row, _ in chosen}
    taken = [row for row in waiting if row.public_id in mine and row.decision in process.opening.takes_up]
    patch = Patch()
    for row in taken:
        patch.change("case_child", row.public_id, taken_up_at=unit.now)
    if taken and len(taken) == len(waiting):
        clocks.stop(patch, [one for one in clocks.running(unit, parent) if one.limit_id in TAKE_UP], unit.now)
    said = {"by": unit.viewer.name, "goes_on": case.public_id, "children": sorted(mine)}
    record(unit, parent, Line("begun_here", patch, said=said))


def _waiting(unit: Work, parent: Case) -> list[CaseChild]:
    rows = unit.session.exec(
        select(CaseChild).where(col(CaseChild.case_id) == parent.id, col(CaseChild.taken_up_at).is_(None))
    ).all()
    return [row for row in rows if row.decision and Decision(row.decision).hands_on]
