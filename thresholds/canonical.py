"""Is this the very edition a case was pinned to?

One text for one edition, the same on every machine and in every release, and a hash of it.
"""

import hashlib

from thresholds.edition import Edition


def canonical(edition: Edition) -> str:
    """The edition as one stable line of JSON; what is stored when an edition is adopted."""
    return edition.canonical_text


def edition_hash(edition: Edition) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(edition.canonical_text.encode()).hexdigest()


def from_canonical(text: str) -> Edition:
    """The edition a canonical text stands for; equal to the one it was made from."""
    return Edition.model_validate_json(text)
