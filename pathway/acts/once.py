"""Was this asked before? The same request with the same key acts once and answers the same twice."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict

from pydantic import BaseModel
from sqlalchemy import bindparam, func, insert, select

from pathway.acts.desk import Work
from pathway.acts.faults import KeyReused
from pathway.acts.record import Done
from pathway.store.history.chain import canonical_json
from pathway.tables import IdempotentResult
from pathway.tables.columns import table_of

RESULT = table_of(IdempotentResult)
ADD_RESULT = insert(RESULT)
ASKED_BEFORE = select(RESULT.c.fingerprint, RESULT.c.result).where(
    RESULT.c.practitioner_id == bindparam("practitioner"), RESULT.c.key == bindparam("key")
)
QUEUE = select(func.pg_advisory_xact_lock(func.hashtext(bindparam("asked"))))
ROOM_BEFORE_FINGERPRINT = 35


def once(
    unit: Work, key: str | None, asked: tuple[object, ...], act: Callable[[], Done], *, urgent: bool = False
) -> Done:
    """Do `act`, or answer as it answered before under `key`. Raises `KeyReused` where something else was asked.

    What is `urgent` goes by all that was asked, so that a key used before never keeps it out.
    """
    if key is None:
        return act()
    if urgent:
        key = f"{key[:ROOM_BEFORE_FINGERPRINT]}:{fingerprint_of(asked)}"
    _queue(unit, key)
    fingerprint = fingerprint_of(asked)
    before = unit.session.execute(ASKED_BEFORE, {"practitioner": unit.viewer.id, "key": key}).first()
    if before is not None:
        if before.fingerprint != fingerprint:
            raise KeyReused
        return Done(**json.loads(before.result))
    done = act()
    answered = {
        "authority": unit.viewer.authority,
        "practitioner_id": unit.viewer.id,
        "key": key,
        "fingerprint": fingerprint,
        "result": canonical_json(asdict(done)),
        "created_at": unit.now,
    }
    unit.session.execute(ADD_RESULT, answered)
    return done


def _queue(unit: Work, key: str) -> None:
    """On PostgreSQL two requests with one key wait for each other; SQLite has one writer anyway."""
    if unit.session.get_bind().dialect.name == "postgresql":
        unit.session.execute(QUEUE, {"asked": f"{unit.viewer.id}:{key}"})


def fingerprint_of(asked: tuple[object, ...]) -> str:
    """What was asked, in short, to tell whether it is the same as before."""
    plain = [part.model_dump(mode="json") if isinstance(part, BaseModel) else part for part in asked]
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()
