"""What would it cost to ask no questions? The rows of `acknowledge`, and a page of the board, by hand in Core."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from pathway.access import Viewer
from pathway.acts import Desk
from pathway.store.history.chain import canonical_json, chained, committed, header_of
from pathway.store.lists.board import PAGE
from pathway.tables import (
    Assignment,
    Case,
    CaseChild,
    Deadline,
    Entry,
    IdempotentResult,
    Message,
    Payload,
    Person,
    Team,
)
from pathway.tables.columns import public_id, table_of

CASE, DEADLINE, ENTRY = table_of(Case), table_of(Deadline), table_of(Entry)
STOPS = ("acknowledgement", "referrer_chase")


def by_hand(desk: Desk, viewer: Viewer, reference: str, key: str, now: datetime) -> None:
    """Everything that the act writes, written as somebody would who knows that nothing need be asked."""
    with desk.database.writing() as session:
        case = session.execute(select(CASE).where(CASE.c.public_id == reference).with_for_update()).one()
        clocks = session.execute(
            select(DEADLINE.c.public_id, DEADLINE.c.due_at, DEADLINE.c.limit_id, DEADLINE.c.obliged).where(
                DEADLINE.c.case_id == case.id, DEADLINE.c.closed_at.is_(None)
            )
        ).all()
        stopped = {"closed_at": now, "closed_how": "met", "next_rung": None, "next_rung_at": None}
        stops = {clock.public_id: stopped for clock in clocks if clock.limit_id in STOPS}
        changed = {"case": {reference: {"state": "acknowledged"}}, "deadline": stops}
        salt, body = secrets.token_hex(16), canonical_json({"how": "telephone"})
        values = {
            "public_id": public_id(), "authority": case.authority, "case_id": case.id, "sequence": case.sequence + 1,
            "version": case.version + 1, "kind": "acknowledge", "schema_version": 1, "occurred_at": now,
            "recorded_at": now, "actor_id": viewer.id, "corrects_id": None,
            "effects": canonical_json({"changed": changed, "new": {}}), "commitment": committed(salt, body),
        }  # fmt: skip
        values |= {"previous": case.head, "hash": chained(case.head, header_of(values))}
        entry_id = session.execute(insert(ENTRY).values(**values).returning(ENTRY.c.id)).scalar_one()
        session.execute(insert(table_of(Payload)).values(entry_id=entry_id, salt=salt, body=body))
        session.execute(update(DEADLINE).where(DEADLINE.c.public_id.in_(stops)).values(**stopped))
        session.execute(
            insert(table_of(Message)).values(
                public_id=public_id(), authority=case.authority, case_id=case.id, entry_id=entry_id,
                kind="referral_acknowledged", audience="referrer", about="", written_at=now,
            )
        )  # fmt: skip
        left = [clock.due_at for clock in clocks if clock.limit_id not in STOPS and clock.obliged == "us"]
        done = session.execute(
            update(CASE)
            .where(CASE.c.id == case.id, CASE.c.version == case.version)
            .values(
                state="acknowledged", version=case.version + 1, sequence=case.sequence + 1, head=values["hash"],
                next_due_at=min(left),
            )
        )  # fmt: skip
        assert done.rowcount == 1
        answer = {"case": reference, "version": case.version + 1, "entry": values["public_id"], "named": {}}
        asked = canonical_json(["move", reference, "acknowledge", {"how": "telephone"}])
        session.execute(
            insert(table_of(IdempotentResult)).values(
                authority=case.authority, practitioner_id=viewer.id, key=key, created_at=now,
                fingerprint=hashlib.sha256(asked.encode()).hexdigest(),
                result=canonical_json(answer | {"sequence": case.sequence + 1}),
            )
        )  # fmt: skip


def board_by_hand(session: Session, viewer: Viewer, now: datetime) -> int:
    """The first page of what is open at the front door, how many there are and how many are late, for anybody."""
    held, child, person, team = table_of(Assignment), table_of(CaseChild), table_of(Person), table_of(Team)
    open_now = (CASE.c.authority == viewer.authority, CASE.c.closed_at.is_(None), CASE.c.restricted.is_(False))
    late = func.coalesce(CASE.c.next_due_at < now, False).label("late")
    counts = session.execute(select(CASE.c.state, late, func.count()).where(*open_now).group_by(CASE.c.state, late))
    worst_first = (CASE.c.immediate.desc(), CASE.c.next_due_at, CASE.c.public_id)
    rows = session.execute(select(CASE).where(*open_now).order_by(*worst_first).limit(PAGE)).all()
    ids = [row.id for row in rows]
    asked = (
        select(child.c.case_id, child.c.level, person.c.given_name, person.c.family_name)
        .join(person, person.c.id == child.c.person_id)
        .where(child.c.case_id.in_(ids)),
        select(DEADLINE.c.case_id, func.min(DEADLINE.c.due_at))
        .where(DEADLINE.c.case_id.in_(ids), DEADLINE.c.closed_at.is_(None))
        .group_by(DEADLINE.c.case_id),
        select(held.c.case_id, team.c.name)
        .join(team, team.c.id == held.c.team_id)
        .where(held.c.case_id.in_(ids), held.c.status == "accepted"),
    )
    beside = [session.execute(one).all() for one in asked]
    return sum(number for _, _, number in counts) + sum(len(one) for one in beside)
