"""What may a message carry? Only these fields, and each only in its own shape.

A message may be read on a shared screen, forwarded, or sent on unencrypted. So no field takes free text:
a name, an address, a school, a level or a worry has nowhere to go. A refusal never repeats the value it
refused, because refusals are logged.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from notifications.safe_words import THINGS
from notifications.when import SAID, moment_in_words

_REFERENCE = re.compile(r"(?!\d{4}-\d\d-\d\d$)[A-Z0-9]+(-[A-Z0-9]+)*")  # and no date of birth
_PHONE = re.compile(r"[+0](?:[ ()]*[0-9]){9,14}(?: ext [0-9]{1,6})?")  # too long for a date of birth
_PATH = re.compile(r"[A-Za-z0-9/_~.-]*")
_CODE = re.compile(r"[2-9BCDFGHJKMNPQRSTVWXZ]{4}-[2-9BCDFGHJKMNPQRSTVWXZ]{4}")
"""No vowel, so that it spells no name, and neither nought nor one, so that it is no date of birth."""

_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1", "testserver"})

NUMBER_NOT_SET = "the number your partnership publishes"
"""What `ring` says until a number is configured: a message must not fail for want of one."""


class Unwritable(ValueError):
    """The message may not, or cannot, be put into words; says why, without the value."""


@dataclass(frozen=True)
class SafeField:
    """One field a message may carry; `say` gives its words or raises `Unwritable`."""

    name: str
    meaning: str
    longest: object
    say: Callable[[object], str]


def _reference(value: object) -> str:
    """Capitals, so that a name handed in by mistake does not pass for a reference."""
    if isinstance(value, str) and len(value) <= 20 and _REFERENCE.fullmatch(value):
        return value
    raise Unwritable("reference must be the short reference: capitals, digits and hyphens, at most 20.")


def _due(value: object) -> str:
    """An aware moment, the same in ISO 8601 (as rows keep it), or words already made by `moment_in_words`."""
    if isinstance(value, str) and SAID.fullmatch(value):
        return value
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment_in_words(moment)
    raise Unwritable("due must be a moment with its time zone.")


def _link(value: object) -> str:
    """A page of ours, behind sign-in or a code. No query and no fragment: details travel in those unnoticed."""
    if not isinstance(value, str) or len(value) > 200 or not value.isascii() or not value.isprintable():
        raise Unwritable("link must be a web address of at most 200 plain characters.")
    try:
        address = urlsplit(value)
        host = address.hostname
    except ValueError:
        host = None
    if not host or "@" in address.netloc or not _PATH.fullmatch(address.path):
        raise Unwritable("link must lead to a page, with nothing in it but the page's own address.")
    if "?" in value or "#" in value:
        raise Unwritable("link must carry no query and no fragment: put a token in the path.")
    if address.scheme == "https" or (address.scheme == "http" and host in _OWN_MACHINE):
        return value
    raise Unwritable("link must begin https:// (http:// only on one's own machine).")


def _what(value: object) -> str:
    if isinstance(value, str) and value in THINGS:
        return THINGS[value]
    raise Unwritable("what must be one of the kinds of thing listed in notifications/words/safe_words.yaml.")


def _ring(value: object) -> str:
    if isinstance(value, str) and (value == NUMBER_NOT_SET or _PHONE.fullmatch(value)):
        return value
    raise Unwritable("ring must be a telephone number, or exactly the words for none being set.")


def _code(value: object) -> str:
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise Unwritable("code must be a one-time code: two groups of four letters and digits.")


_LISTED = (
    SafeField("reference", "the short reference staff recognise on every screen", "W" * 20, _reference),
    SafeField("due", "by when, in London time", datetime(2026, 9, 30, 11, 59, tzinfo=UTC), _due),
    SafeField(
        "link", "the page, behind sign-in or a one-time code", "https://pathway.example.gov.uk/" + "w" * 169, _link
    ),
    SafeField("what", "the kind of thing, from a closed list", max(THINGS, key=lambda t: len(THINGS[t])), _what),
    SafeField("ring", "whom to ring: the configured number", NUMBER_NOT_SET, _ring),
    SafeField("code", "a one-time code, good for some minutes", "WWWW-WWWW", _code),
)

SAFE_FIELDS: Mapping[str, SafeField] = MappingProxyType({field.name: field for field in _LISTED})
