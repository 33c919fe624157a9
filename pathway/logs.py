"""What may stand in the log? What happened, when and how long it took: never who it was about.

A fault is written as its kind and where it arose. Its own words may hold what somebody typed, so they are left out.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def set_up(lines: str) -> None:
    """Write the log as `lines` says: `json`, every request, or `words`, what went wrong. Raises `ValueError`."""
    if lines not in ("json", "words"):
        raise ValueError(f"{lines!r} is no way to write a log: say json or words.")
    written = structlog.processors.JSONRenderer() if lines == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            fault_without_words,
            written,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO if lines == "json" else logging.WARNING),
        logger_factory=lambda *about: structlog.PrintLogger(sys.stderr),
    )
    logging.getLogger("uvicorn.error").addFilter(_without_words)


def _without_words(record: logging.LogRecord) -> bool:
    """The server's own line of a fault goes without its words too; ours says where it arose."""
    record.exc_info = None
    return True


def fault_without_words(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where a fault is logged: its kind, and the places it passed through."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    fault = told[1] if isinstance(told, tuple) else told
    if isinstance(fault, BaseException):
        places = traceback.extract_tb(fault.__traceback__)
        event["fault"] = type(fault).__name__
        event["at"] = [f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}" for one in places[-8:]]
    return event
