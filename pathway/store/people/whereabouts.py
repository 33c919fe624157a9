"""Where does somebody live, for the one page that may show a sealed address? And is it asked to be unsealed?"""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, about, every_case, may_see_address, persons_visible_to, seen_whole_by
from pathway.store.parts.same import shown_as_one
from pathway.store.parts.veil import veil_over_persons
from pathway.store.people.family_views import AddressView
from pathway.store.people.kin import known
from pathway.store.people.persons import row_of
from pathway.tables import Case, Entry, Payload, Person, Practitioner, Task
from pathway.tables.timing import TaskKind


def address_of(session: Session, viewer: Viewer, ref: str, now: datetime) -> AddressView | None:
    """Somebody's address as told last; None where the person isn't the viewer's to know."""
    own = row_of(session, viewer, ref, now)
    if own is None:
        return None
    mine = shown_as_one(session, [own.id or 0])[own.id or 0]
    rows = session.exec(persons_visible_to(viewer, now, mine).order_by(col(Person.id))).all()
    one = known(rows, now, veil_over_persons(session, mine))
    told = next((row.address for row in reversed(rows) if row.address), "")
    shown = not one.address_sealed or may_see_address(session, viewer, mine, now)
    asked = question(session, {row.public_id for row in rows}, mine)
    cases = session.exec(seen_whole_by(viewer, now).where(about(mine))).all()
    return AddressView(
        ref=ref,
        name=one.name,
        address=told if shown else None,
        sealed=one.address_sealed,
        asked_by=asked[1] if asked else "",
        asked_why=asked[2] if asked else "",
        own_question=asked is not None and asked[3] == viewer.id,
        cases=tuple(case.public_id for case in cases),
    )


def question(session: Session, refs: Iterable[str], mine: Iterable[int]) -> tuple[Task, str, str, int] | None:
    """The open question whether this person's address may be unsealed: its task, who asked, why, and their id."""
    wanted = frozenset(refs)
    cases = every_case().with_only_columns(col(Case.id)).where(about(mine))
    rows = session.exec(
        select(Task, Payload.body, Practitioner)
        .join(Entry, col(Entry.public_id) == col(Task.about))
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Task.kind) == TaskKind.address_to_unseal, col(Task.case_id).in_(cases), col(Task.done_at).is_(None))
    ).all()
    for task, body, asker in rows:
        said = json.loads(body) if body else {}
        if said.get("person") in wanted:
            return task, asker.name, str(said.get("reason", "")), asker.id or 0
    return None
