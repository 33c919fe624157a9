"""Was something said, and can it be kept? What is typed in free words, checked the same whatever door it came by."""

import re

from pathway.acts.faults import FieldFault, Unacceptable
from workflows.referral_facts import LONGEST_TEXT

LONGEST_REASON = 2_000
EMAIL = re.compile(r"[^@\s,;:<>()\"\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])?\.[A-Za-z]{2,24}")


def check_reason(reason: str, ask: str = "Say why, in a sentence.", *, shortest: int = 1) -> str:
    """The reason as it is kept. Raises `Unacceptable` with what to say instead."""
    words = check_length("reason", reason, LONGEST_REASON)
    if len(words) < shortest:
        raise Unacceptable(FieldFault("reason", ask))
    return words


def check_text(text: str, field: str = "text", ask: str = "Write something first.") -> str:
    words = check_length(field, text, LONGEST_TEXT)
    if not words:
        raise Unacceptable(FieldFault(field, ask))
    return words


def is_email(email: str) -> bool:
    """Whether a message can go to it."""
    return email.isascii() and EMAIL.fullmatch(email) is not None


def check_email(field: str, email: str) -> None:
    """An address that a message can go to, or none at all."""
    if email and not is_email(email):
        raise Unacceptable(FieldFault(field, "This isn't an email address. Write one such as name@school.uk."))


def check_length(field: str, words: str, most: int) -> str:
    words = words.strip()
    if len(words) > most:
        sentence = f"This is longer than {most:,} letters. Shorten it, or attach it as a document."
        raise Unacceptable(FieldFault(field, sentence))
    return words
