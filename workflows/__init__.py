"""What may happen, by whom, by when? Processes, their guards, and the machine that fires them."""

from workflows.machine import Choice, Fired, choices, fire
from workflows.process import BrokenProcess, Process
from workflows.referral import REFERRAL
from workflows.refusals import Refusal, Refused, refuse
from workflows.roles import Role
from workflows.situation import Actor, Child, Situation
from workflows.table import (
    Audience,
    ChildDecided,
    Facts,
    Move,
    NoFacts,
    Opening,
    Outcome,
    State,
    Table,
    Tell,
    ToDo,
)

PROCESSES: tuple[Process, ...] = (REFERRAL,)
"""Every process. A new one is one file beside `referral.py` and its name here."""


def process_named(name: str) -> Process:
    return next(process for process in PROCESSES if process.name == name)


__all__ = [
    "PROCESSES",
    "REFERRAL",
    "Actor",
    "Audience",
    "BrokenProcess",
    "Child",
    "ChildDecided",
    "Choice",
    "Facts",
    "Fired",
    "Move",
    "NoFacts",
    "Opening",
    "Outcome",
    "Process",
    "Refusal",
    "Refused",
    "Role",
    "Situation",
    "State",
    "Table",
    "Tell",
    "ToDo",
    "choices",
    "fire",
    "process_named",
    "refuse",
]
