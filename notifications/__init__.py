"""Who is told, in what words, by which channel, and has it gone?"""

from notifications.checking import check_words
from notifications.outgoing import MEDIA, Channel, Outcome, Outgoing, Result
from notifications.safe_fields import SAFE_FIELDS, SafeField, Unwritable
from notifications.safe_words import THINGS
from notifications.when import moment_in_words
from notifications.wording import Words, kinds, read_words
from notifications.writing import Written, render, write

__all__ = [
    "MEDIA",
    "SAFE_FIELDS",
    "THINGS",
    "Channel",
    "Outcome",
    "Outgoing",
    "Result",
    "SafeField",
    "Unwritable",
    "Words",
    "Written",
    "check_words",
    "kinds",
    "moment_in_words",
    "read_words",
    "render",
    "write",
]
