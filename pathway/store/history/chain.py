"""How is history kept from being quietly changed? Canonical text, hashes that rest on one another, commitments."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces, moments in UTC to the microsecond."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't stand in an entry")


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def chained(previous: str, header: Mapping[str, Any]) -> str:
    """The hash of an entry over the one before it and its own canonical text."""
    return hashlib.sha256(f"{previous}\n{canonical_json(header)}".encode()).hexdigest()


def committed(salt: str, body: str) -> str:
    """The commitment to a payload; without the salt it tells nothing about the text."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def header_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an entry that its hash covers."""
    names = (
        "public_id", "authority", "case_id", "sequence", "version", "kind", "schema_version", "actor_id",
        "corrects_id", "effects", "commitment",
    )  # fmt: skip
    moments = {name: moment(values[name]) for name in ("occurred_at", "recorded_at")}
    return {name: values[name] for name in names} | moments


def rooted(previous: str, hashes: Iterable[str]) -> str:
    """The root of an anchor over the one before it and the hashes it covers, which may be very many."""
    root = hashlib.sha256(f"[{json.dumps(previous)},[".encode())
    for place, one in enumerate(hashes):
        root.update(f"{',' if place else ''}{json.dumps(one)}".encode())
    root.update(b"]]")
    return root.hexdigest()
