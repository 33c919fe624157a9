"""Which words may stand for a thing, and which may never leave by mail or text?"""

import re
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import yaml

_LISTS = yaml.safe_load((files("notifications") / "words" / "safe_words.yaml").read_text("utf-8"))

THINGS: Mapping[str, str] = MappingProxyType(dict(_LISTS["what"]))
"""The kinds of thing the field `what` may name, and the words for each."""


def thing(name: str) -> str:
    """The kind of thing to name for this limit: itself where listed, otherwise `next_step`. A document may
    name limits we have never heard of; their messages must go all the same, and give nothing away."""
    return name if name in THINGS else "next_step"


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_NEVER = _any_of(_LISTS["never"])
_NEVER_IN_SUBJECT = _any_of([*_LISTS["never"], *_LISTS["never_in_subject"]])


def unsafe_in_body(text: str) -> list[str]:
    """The words that say whom or what it is about."""
    return _NEVER.findall(text)


def unsafe_in_subject(text: str) -> list[str]:
    """A subject line also shows on locked and shared screens: no venue, role or service either."""
    return _NEVER_IN_SUBJECT.findall(text)
