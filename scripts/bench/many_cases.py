"""How does the board stand among a great many cases? Rows written straight into the tables, one in a hundred open."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from sqlite3 import connect
from typing import Any

from sqlalchemy import BigInteger, String, cast, create_engine, func, insert, literal, make_url, select, text
from sqlmodel import Session, SQLModel, col

from bench.naming import name_children
from pathway.acts import Desk
from pathway.tables import Assignment, Case, CaseChild, Deadline, Person, Team
from pathway.tables.columns import table_of

STATES = (
    "taken",
    "acknowledged",
    "under_screening",
    "awaiting_second_person",
    "protecting",
    "decided",
    "referrer_told",
)
OPEN_IN = 100
PARTS = 25
FIRST = 1_000_000
"""Above every row that stands there already."""


def fill(desk: Desk, cases: int, now: datetime, *, opened: int | None = None, named: bool = False) -> None:
    """So many cases with a child each, held by the front door; the open ones are due at different times.

    `opened`: how many of them are open, where it isn't one in a hundred. `named`: the children have names of their own,
    and are found by them.
    """
    each = cases // PARTS
    live = max(1, (cases // OPEN_IN if opened is None else opened) // PARTS)
    with quickly(desk) as session:
        like = session.exec(select(Case)).scalars().first()  # type: ignore[call-overload]
        team = session.exec(select(Team.id).where(col(Team.takes_contacts)).order_by(col(Team.id))).scalars().first()  # type: ignore[call-overload]
        for part in range(PARTS):
            first = FIRST + part * each
            _part(session, like, team, first, live, part, now, closed=False)
            if each > live:
                _part(session, like, team, first + live, each - live, part, now, closed=True)
        if named:
            name_children(session, FIRST)
    settle(desk)


@contextmanager
def quickly(desk: Desk) -> Iterator[Session]:
    """One transaction in which no row is asked whether those it names are there: all are, and they are very many."""
    engine = create_engine(desk.database.url)
    with Session(engine) as session, session.begin():
        if not desk.database.is_sqlite:  # where it is asked of every connection that doesn't say otherwise
            session.execute(text("SET session_replication_role = replica"))
        else:
            session.execute(text("PRAGMA cache_size = -400000"))
        yield session
    engine.dispose()


def _part(
    session: Session, like: Case, team: int, first: int, many: int, part: int, now: datetime, *, closed: bool
) -> None:
    """Rows alike but for their number; what tells parts apart is when they came and where they stand."""
    received = now - (timedelta(days=40 + 40 * part) if closed else timedelta(hours=3 * part))
    due = now + timedelta(hours=5 * part - 20)
    same = {"authority": like.authority}
    _rows(session, Person, first, many, kind="child", given_name="Child", family_name="Example", **same)
    _rows(
        session,
        Case,
        first,
        many,
        **same,
        process=like.process,
        process_hash=like.process_hash,
        edition_hash=like.edition_hash,
        kind=like.kind,
        state="closed" if closed else STATES[part % len(STATES)],
        occurred_at=received,
        received_at=received,
        received_by_id=like.received_by_id,
        source_code=like.source_code,
        safe_tonight="yes",
        immediate=not closed and part % 12 == 4,
        restricted=part == 7,
        urgency=(None, "red", "amber", "green")[part % 4],
        next_due_at=None if closed else due,
        closed_at=received if closed else None,
    )
    given = {"starts_at": received, "proposed_at": received, "accepted_at": received}
    by = {"proposed_by_id": like.received_by_id, "accepted_by_id": like.received_by_id}
    held = {"team_id": team, "kind": "answerable", "status": "accepted"}
    _rows(session, CaseChild, first, many, of=("case_id", "person_id"), since=received, **same)
    _rows(session, Assignment, first, many, of=("case_id",), **same, **held, **given, **by)
    if not closed:
        clock = {"limit_id": "decision", "name": "Decision", "obliged": "us", "explanation": "[]", "rungs": "[]"}
        _rows(session, Deadline, first, many, of=("case_id",), **same, **clock, started_at=received, due_at=due)


def _rows(
    session: Session, rows: type[SQLModel], first: int, many: int, of: tuple[str, ...] = (), **values: Any
) -> None:
    """One statement for all of them, with their own numbers as keys."""
    table = table_of(rows)
    numbers = select(literal(first, BigInteger).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < first + many - 1))
    ref = func.substr(cast(numbers.c.n + literal(10**12, BigInteger), String), 4)
    own = {"id": numbers.c.n, **dict.fromkeys(of, numbers.c.n)} | ({"public_id": ref} if "public_id" in table.c else {})
    default = {c.name: c.default.arg for c in table.c if c.default is not None and c.default.is_scalar}
    plain = {name: literal(value, table.c[name].type) for name, value in (default | values).items()}
    chosen = {name: value for name, value in (plain | own).items() if name in table.c}
    session.execute(insert(table).from_select(list(chosen), select(*chosen.values())))


def settle(desk: Desk) -> None:
    """PostgreSQL looks at its tables by itself after a while; here it is asked to now. SQLite's log is put away."""
    if desk.database.is_sqlite:
        with closing(connect(make_url(desk.database.url).database or "")) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with desk.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
