"""Must nobody learn where they live? One person seals an address at once; unsealing it takes two, one a manager."""

from collections.abc import Iterable, Sequence

from sqlalchemy import update
from sqlmodel import col

from pathway.access import Viewer, about, every_case, every_person, person_visible_to, seen_whole_by
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.keying import key_anew
from pathway.acts.note import check_may_write
from pathway.acts.once import once
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record
from pathway.acts.tasks import raise_task
from pathway.acts.worded import check_reason
from pathway.store.parts.same import shown_as_one
from pathway.store.parts.veil import persons_on
from pathway.store.people.whereabouts import question
from pathway.tables import Case, Person, Task
from pathway.tables.columns import table_of
from pathway.tables.timing import TaskKind
from workflows import refuse
from workflows.roles import MANAGERS

PERSON = table_of(Person)
ASKED = "unsealing_asked"
ASK_WHY = "Say why, in a sentence: who must not learn it, or what has changed."


def seal_address(desk: Desk, viewer: Viewer, *, person: str, reason: str, key: str | None = None) -> Done:
    """Seal where somebody lives, and of everybody on their records who lives there with them. One person may, at once.

    Also on rows that two people agreed are theirs, and on records that the viewer may not see.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("seal_address", person, reason), lambda: _sealed(unit, person, reason))


def ask_to_unseal(desk: Desk, viewer: Viewer, *, person: str, reason: str, key: str | None = None) -> Done:
    """Ask that an address be unsealed. It stays sealed until a manager who didn't ask agrees."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("ask_to_unseal", person, reason), lambda: _asked(unit, person, reason))


def answer_unsealing(
    desk: Desk, viewer: Viewer, *, person: str, agree: bool, reason: str, key: str | None = None
) -> Done:
    """Agree to what was asked, or leave it sealed: a manager, and never the one who asked."""
    with work(desk, viewer) as unit:
        asked = ("answer_unsealing", person, agree, reason)
        return once(unit, key, asked, lambda: _answered(unit, person, agree, reason))


def _sealed(unit: Work, ref: str, reason: str) -> Done:
    mine, case = _opened(unit, ref)
    check_may_write(unit.viewer)
    why = check_reason(reason, ASK_WHY)
    _set(unit, mine, sealed=True)
    return record(unit, case, Line("address_sealed", Patch(), said={"reason": why, "person": ref}, by_officer=False))


def _asked(unit: Work, ref: str, reason: str) -> Done:
    mine, case = _opened(unit, ref)
    check_may_write(unit.viewer)
    why = check_reason(reason, ASK_WHY)
    if _waiting(unit, mine) is not None:
        raise refuse("This has been asked already and waits for a manager.", who_can="A manager answers it.")
    done = record(unit, case, Line(ASKED, Patch(), said={"reason": why, "person": ref}, by_officer=False))
    words = f"{unit.viewer.name} asks that an address be unsealed. Agree, or leave it sealed."
    raise_task(unit, TaskKind.address_to_unseal, done.entry, words, case_id=case.id, besides=unit.viewer.id)
    return done


def _answered(unit: Work, ref: str, agree: bool, reason: str) -> Done:
    mine, case = _opened(unit, ref)
    asked = _waiting(unit, mine)
    if asked is None:
        raise NotFound("question about this address")
    task, asker_id = asked
    check_may_answer(unit.viewer, asker_id)
    why = check_reason(reason, ASK_WHY)
    if agree:
        _set(unit, mine, sealed=False)
    task.done_at, task.done_by_id = unit.now, unit.viewer.id
    unit.session.add(task)
    kind = "address_unsealed" if agree else "address_left_sealed"
    return record(unit, case, Line(kind, Patch(), said={"reason": why, "person": ref}, by_officer=False))


def check_may_answer(viewer: Viewer, asker_id: int) -> None:
    if not viewer.roles & MANAGERS:
        raise refuse("Unsealing an address is a manager's decision.", who_can="Ask a team manager.")
    if asker_id == viewer.id:
        raise refuse("You asked for this, so someone else must agree.", who_can="Ask another manager.")


def _waiting(unit: Work, mine: frozenset[int]) -> tuple[Task, int] | None:
    """The open question whether this person's address may be unsealed, and who asked."""
    refs = {row.public_id for row in _rows(unit, mine)}
    asked = question(unit.session, refs, mine)
    return (asked[0], asked[3]) if asked else None


def _opened(unit: Work, ref: str) -> tuple[frozenset[int], Case]:
    """Every row of this person, and their newest record that the viewer may see, locked."""
    own = unit.session.exec(person_visible_to(unit.viewer, unit.now, ref)).first()
    if own is None:
        raise NotFound("person")
    mine = shown_as_one(unit.session, [own.id or 0])[own.id or 0]
    seen = seen_whole_by(unit.viewer, unit.now).where(about(mine)).order_by(col(Case.id).desc()).limit(1)
    case = unit.session.exec(seen.with_for_update().execution_options(populate_existing=True)).first()
    if case is None:
        raise NotFound("person")
    return mine, case


def _set(unit: Work, mine: frozenset[int], *, sealed: bool) -> None:
    """On these rows, and on everybody's on the same records who was told to live at the same address. A sealed
    address finds nobody from this moment on.
    """
    theirs = _rows(unit, mine)
    homes = {_plain(one.address) for one in theirs} - {""}
    cases = every_case().with_only_columns(col(Case.id)).where(about(mine))
    beside = _rows(unit, persons_on(unit.session, unit.session.execute(cases).scalars()))
    ids = {one.id or 0 for one in beside if _plain(one.address) in homes} | {one.id or 0 for one in theirs}
    unit.session.execute(update(PERSON).where(PERSON.c.id.in_(ids)).values(address_sealed=sealed))
    key_anew(unit, ids)


def _rows(unit: Work, ids: Iterable[int]) -> Sequence[Person]:
    return unit.session.exec(every_person().where(col(Person.id).in_(tuple(ids)))).all()


def _plain(address: str) -> str:
    return "".join(address.lower().replace(",", " ").split())
