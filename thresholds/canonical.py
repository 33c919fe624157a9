"""Is this the very edition a case was pinned to?

One text for one edition, the same on every machine and release, and a hash of it.
"""

import hashlib
import json

from thresholds.edition import Edition


def canonical(edition: Edition) -> str:
    """The edition as one line of JSON with sorted keys. Order within lists is part of the content."""
    content = edition.model_dump(mode="json")
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def edition_hash(edition: Edition) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(canonical(edition).encode()).hexdigest()


def from_canonical(text: str) -> Edition:
    """The edition a canonical text stands for; equal to the one it was made from."""
    return Edition.model_validate_json(text)
