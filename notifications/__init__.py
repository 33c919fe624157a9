"""Who is told, in what words, by which channel, and has it gone?"""

from notifications.appointment import Appointment, calendar_of
from notifications.channels import CHANNELS, may_carry, open_channel
from notifications.checking import check_words
from notifications.console import ConsoleChannel
from notifications.outgoing import MEDIA, Channel, Outcome, Outgoing, Result
from notifications.retry import next_attempt_at
from notifications.safe_fields import NUMBER_NOT_SET, SAFE_FIELDS, SafeField, Unwritable
from notifications.safe_words import THINGS, thing
from notifications.smtp import SmtpChannel
from notifications.when import moment_in_words
from notifications.wording import Words, kinds, read_words
from notifications.writing import Written, render, write

__all__ = [
    "CHANNELS",
    "MEDIA",
    "NUMBER_NOT_SET",
    "SAFE_FIELDS",
    "THINGS",
    "Appointment",
    "Channel",
    "ConsoleChannel",
    "Outcome",
    "Outgoing",
    "Result",
    "SafeField",
    "SmtpChannel",
    "Unwritable",
    "Words",
    "Written",
    "calendar_of",
    "check_words",
    "kinds",
    "may_carry",
    "moment_in_words",
    "next_attempt_at",
    "open_channel",
    "read_words",
    "render",
    "thing",
    "write",
]
