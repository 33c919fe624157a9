"""Who may come in by which way? Every route of the API, declared; one that isn't here fails a test.

What a signed-in person may then do is for the acts to say: a move that names no role is open to nobody.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from workflows import PROCESSES, TABLES


class Open(StrEnum):
    """`by_reference` routes name a record: one that isn't the caller's to know looks like one that isn't there."""

    to_anyone = "to_anyone"
    signed_in = "signed_in"
    by_reference = "by_reference"


@dataclass(frozen=True, slots=True)
class Way:
    method: str
    path: str
    to: Open
    writes: bool = False
    """True where it changes a record, which an auditor never does."""


MOVES = tuple(dict.fromkeys(move.name for process in TABLES.values() for move in process.moves))
"""Every move of every process by name: the routes are made from the tables."""

BEGUN = tuple(process for process in PROCESSES if not process.taken_in)
"""Every process whose records begin on another."""

BASE = "/api/v1"
CASE = "/cases/{ref}"

WAYS: tuple[Way, ...] = (
    Way("GET", "/openapi.json", Open.to_anyone),
    Way("POST", "/sign-in", Open.to_anyone),
    Way("DELETE", "/sign-in", Open.signed_in),
    Way("POST", "/judgements", Open.signed_in),
    Way("GET", "/limits/{limit}/due", Open.signed_in),
    Way("GET", "/documents", Open.signed_in),
    Way("GET", "/documents/compare", Open.signed_in),
    Way("GET", "/documents/{authority}/{dated}", Open.signed_in),
    Way("GET", "/services", Open.signed_in),
    Way("GET", "/services/{ref}", Open.by_reference),
    Way("GET", "/cases", Open.signed_in),
    Way("POST", "/cases", Open.signed_in, writes=True),
    Way("GET", CASE, Open.by_reference),
    Way("GET", f"{CASE}/choices", Open.by_reference),
    *(Way("POST", f"{CASE}/moves/{name}", Open.by_reference, writes=True) for name in MOVES),
    *(Way("POST", f"{CASE}/begin/{process.name}", Open.by_reference, writes=True) for process in BEGUN),
    Way("POST", f"{CASE}/told", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/notes", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/corrections", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/verification", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/documents", Open.by_reference, writes=True),
    Way("GET", f"{CASE}/documents/{{document_ref}}", Open.by_reference),
    Way("POST", f"{CASE}/assignments", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/acceptance", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/refusal", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/cover", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/clocks/{{clock}}/pause", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/clocks/{{clock}}/resumption", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/clocks/{{clock}}/extension", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/agreements", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/agreements/{{agreement}}/withdrawal", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/agreements/{{agreement}}/judgement", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/sharing", Open.by_reference, writes=True),
    Way("GET", f"{CASE}/assessments", Open.by_reference),
    Way("POST", f"{CASE}/assessments", Open.by_reference, writes=True),
    Way("GET", f"{CASE}/assessments/{{assessment}}", Open.by_reference),
    Way("POST", f"{CASE}/assessments/{{assessment}}/answers", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/assessments/{{assessment}}/widening", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/assessments/{{assessment}}/completion", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/restriction", Open.by_reference, writes=True),
    Way("POST", f"{CASE}/break-glass", Open.signed_in),
    Way("GET", "/links", Open.signed_in),
    Way("GET", "/people/{ref}", Open.by_reference),
    Way("POST", "/links", Open.signed_in, writes=True),
    Way("POST", "/links/{ref}/agreement", Open.by_reference, writes=True),
    Way("POST", "/links/{ref}/undoing", Open.by_reference, writes=True),
    Way("GET", "/adoptions", Open.signed_in),
    Way("POST", "/adoptions", Open.signed_in, writes=True),
    Way("POST", "/adoptions/{ref}/agreement", Open.by_reference, writes=True),
    Way("POST", "/adoptions/{ref}/withdrawal", Open.by_reference, writes=True),
    Way("GET", "/asks", Open.signed_in),
    Way("POST", "/asks/{ref}/answer", Open.by_reference, writes=True),
    Way("GET", "/actions", Open.signed_in),
    Way("POST", "/actions/{ref}/over", Open.by_reference, writes=True),
    Way("GET", "/meetings", Open.signed_in),
    Way("POST", "/meetings/{ref}/reply", Open.by_reference, writes=True),
    Way("GET", "/tasks", Open.signed_in),
    Way("POST", "/tasks/{ref}/done", Open.by_reference, writes=True),
    Way("POST", "/tasks/{ref}/review", Open.by_reference, writes=True),
    Way("POST", "/tasks/{ref}/known-here", Open.by_reference, writes=True),
    Way("POST", "/tasks/{ref}/apart", Open.by_reference, writes=True),
)


def methods_at(path: str) -> tuple[str, ...]:
    """The methods that an address answers to, for the Allow header."""
    return tuple(way.method for way in WAYS if re.fullmatch(_pattern(way.path), path))


def _pattern(path: str) -> str:
    return re.escape(BASE) + re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))
