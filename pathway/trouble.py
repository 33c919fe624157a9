"""Why can nothing be kept just now? The database is away or busy, or a disk is full: nobody's fault who works here."""

import errno
import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as TurnNeverCame


class Trouble(StrEnum):
    away = "database-away"
    busy = "database-busy"
    full = "disk-full"


FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
BY_CODE = {
    sqlite3.SQLITE_FULL: Trouble.full,
    sqlite3.SQLITE_BUSY: Trouble.busy,
    sqlite3.SQLITE_LOCKED: Trouble.busy,
    sqlite3.SQLITE_READONLY: Trouble.away,
    sqlite3.SQLITE_IOERR: Trouble.away,
    sqlite3.SQLITE_CANTOPEN: Trouble.away,
}
BY_STATE = {
    "53100": Trouble.full,
    "53300": Trouble.busy,  # too many connections
    "55P03": Trouble.busy,  # a lock not to be had
    "25006": Trouble.away,  # read only, as a standby is
    "58030": Trouble.away,  # a disk that can't be read or written
    "57P01": Trouble.away,  # it is being stopped,
    "57P02": Trouble.away,  # or has crashed,
    "57P03": Trouble.away,  # or is just starting
}
BY_CLASS = {"08": Trouble.away, "40": Trouble.busy}
"""PostgreSQL's codes by how they begin: a connection that broke; a transaction undone for another's sake."""


def trouble_in(fault: BaseException) -> Trouble | None:
    """What is wrong with where things are kept, if that is behind a fault; None where the fault is another."""
    behind: BaseException | None = fault
    while behind is not None:
        if found := _told_by(behind):
            return found
        behind = behind.__cause__ or behind.__context__
    return None


def _told_by(fault: BaseException) -> Trouble | None:
    if isinstance(fault, TurnNeverCame):
        return Trouble.busy
    if isinstance(fault, DBAPIError):
        code = getattr(fault.orig, "sqlite_errorcode", 0) & 0xFF  # what stands above says more exactly how
        state = getattr(fault.orig, "sqlstate", None) or ""
        return BY_CODE.get(code) or BY_STATE.get(state) or BY_CLASS.get(state[:2]) or _lost(fault)
    return Trouble.full if isinstance(fault, OSError) and fault.errno in FULL_DISK else None


def _lost(fault: DBAPIError) -> Trouble | None:
    """Away where a connection broke, or none was to be had: PostgreSQL's client gives such a fault no state."""
    unstated = isinstance(fault, OperationalError | InterfaceError) and getattr(fault.orig, "sqlstate", "") is None
    return Trouble.away if fault.connection_invalidated or unstated else None
