"""What would a move cost that asked no questions? The rows of `acknowledge`, written by hand in SQLAlchemy Core."""

import json
import secrets
from datetime import datetime

from sqlalchemy import insert, select, update

from pathway.access import Viewer
from pathway.acts import Desk
from pathway.store.chain import canonical_json, chained, committed, header_of
from pathway.tables import Case, Deadline, Entry, IdempotentResult, Message, Payload
from pathway.tables.columns import public_id, table_of

CASE, DEADLINE, ENTRY = table_of(Case), table_of(Deadline), table_of(Entry)
STOPS = ("acknowledgement", "referrer_chase")


def by_hand(desk: Desk, viewer: Viewer, reference: str, key: str, now: datetime) -> None:
    with desk.database.writing() as session:
        case = session.execute(select(CASE).where(CASE.c.public_id == reference).with_for_update()).one()
        salt, body = secrets.token_hex(16), canonical_json({"how": "telephone"})
        values = {
            "public_id": public_id(), "authority": case.authority, "case_id": case.id, "sequence": case.sequence + 1,
            "version": case.version + 1, "kind": "acknowledge", "schema_version": 1, "occurred_at": now,
            "recorded_at": now, "actor_id": viewer.id, "corrects_id": None,
            "effects": canonical_json({"changed": {"case": {reference: {"state": "acknowledged"}}}, "new": {}}),
            "commitment": committed(salt, body),
        }  # fmt: skip
        values |= {"previous": case.head, "hash": chained(case.head, header_of(values))}
        entry_id = session.execute(insert(ENTRY).values(**values).returning(ENTRY.c.id)).scalar_one()
        session.execute(insert(table_of(Payload)).values(entry_id=entry_id, salt=salt, body=body))
        clocks = session.execute(
            select(DEADLINE.c.id, DEADLINE.c.due_at, DEADLINE.c.limit_id).where(
                DEADLINE.c.case_id == case.id, DEADLINE.c.closed_at.is_(None)
            )
        ).all()
        for clock in clocks:
            if clock.limit_id in STOPS:
                stopped = {"closed_at": now, "closed_how": "met", "next_rung": None, "next_rung_at": None}
                session.execute(update(DEADLINE).where(DEADLINE.c.id == clock.id).values(**stopped))
        session.execute(
            insert(table_of(Message)).values(
                public_id=public_id(), authority=case.authority, case_id=case.id, entry_id=entry_id,
                kind="referral_acknowledged", audience="referrer", about="", written_at=now,
            )
        )  # fmt: skip
        changed = session.execute(
            update(CASE)
            .where(CASE.c.id == case.id, CASE.c.version == case.version)
            .values(
                state="acknowledged", version=case.version + 1, sequence=case.sequence + 1, head=values["hash"],
                next_due_at=min(clock.due_at for clock in clocks if clock.limit_id not in STOPS),
            )
        )  # fmt: skip
        assert changed.rowcount == 1
        session.execute(
            insert(table_of(IdempotentResult)).values(
                authority=case.authority, practitioner_id=viewer.id, key=key, fingerprint="by hand",
                result=json.dumps({"case": reference}), created_at=now,
            )
        )  # fmt: skip
