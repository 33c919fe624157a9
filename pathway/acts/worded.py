"""Was something said, and can it be kept? What is typed in free words, checked the same whatever door it came by."""

from pathway.acts.faults import FieldFault, Unacceptable
from workflows.referral_facts import LONGEST_TEXT

LONGEST_REASON = 2_000


def check_reason(reason: str, ask: str = "Say why, in a sentence.", *, shortest: int = 1) -> str:
    """The reason as it is kept. Raises `Unacceptable` with what to say instead."""
    words = check_length("reason", reason, LONGEST_REASON)
    if len(words) < shortest:
        raise Unacceptable(FieldFault("reason", ask))
    return words


def check_text(text: str) -> str:
    words = check_length("text", text, LONGEST_TEXT)
    if not words:
        raise Unacceptable(FieldFault("text", "Write something first."))
    return words


def check_length(field: str, words: str, most: int) -> str:
    words = words.strip()
    if len(words) > most:
        sentence = f"This is longer than {most:,} letters. Shorten it, or attach it as a document."
        raise Unacceptable(FieldFault(field, sentence))
    return words
