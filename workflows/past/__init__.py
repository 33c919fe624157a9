"""Which superseded tables do open cases still run on? One file for each, kept until the last of its cases has ended."""

from workflows.past.referral_one_ask import REFERRAL_ONE_ASK
from workflows.process import Process

PAST: tuple[Process, ...] = (REFERRAL_ONE_ASK,)
"""Every superseded table that still carries open cases: its file here, and its name in this line."""

__all__ = ["PAST"]
