"""Is this the very edition a case was pinned to?

One text for one edition, the same on every machine and in every release, and a hash of it. A text that
was stored keeps its hash for ever; one of an older shape is read forward when it is used.
"""

import json
from typing import Any

from thresholds.editions.edition import FORMAT, Edition

Content = dict[str, Any]


def canonical(edition: Edition) -> str:
    """The edition as one stable line of JSON; what is stored when an edition is adopted."""
    return edition.canonical_text


def edition_hash(edition: Edition) -> str:
    """SHA-256 of the canonical text, in hex."""
    return edition.hash


def from_canonical(text: str) -> Edition:
    """The edition a canonical text stands for; equal to the one it was made from, and of the same hash."""
    content = json.loads(text)
    given = content.pop("format", 1)
    for forward in _FORWARD[given - 1 : FORMAT - 1]:
        forward(content)
    edition = Edition.model_validate_json(json.dumps(content))
    edition.__dict__["canonical_text"] = text
    return edition


def _from_first(content: Content) -> None:
    """Format 1 named limits by word, gave single answers bare, and didn't say how sure its sources were."""
    for limit in content["limits"]:
        named = limit.pop("named_first", "no")
        limit["named_when"] = {"always": {}, "immediate": {"immediate": True}}.get(named)
    for rule in content["rules"]:
        for question in ("hours", "sibling_group"):
            answer = rule["when"].get(question)
            rule["when"][question] = [answer] if answer else []
    for source in content["sources"]:
        source["certainty"] = "read in part" if source["note"] else "read"


_FORWARD = (_from_first,)
