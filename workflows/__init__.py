"""What may happen, by whom, by when? Processes, their guards, and the machine that fires them."""

from workflows.early_help import EARLY_HELP
from workflows.machine import Choice, Fired, choices, fire, next_step
from workflows.meeting import MEETINGS
from workflows.past import PAST
from workflows.process import BrokenProcess, Process
from workflows.referral import REFERRAL
from workflows.refusals import Refusal, Refused, refuse
from workflows.roles import Role
from workflows.service_request import SERVICE_REQUEST
from workflows.situation import Actor, Child, Situation
from workflows.table import (
    Asking,
    Attendance,
    Audience,
    ChildDecided,
    Facts,
    Move,
    NoFacts,
    Opening,
    Outcome,
    Sitting,
    State,
    Table,
    Tell,
    ToBeDone,
    ToDo,
)

PROCESSES: tuple[Process, ...] = (REFERRAL, EARLY_HELP, MEETINGS, SERVICE_REQUEST)
"""Every process. A new one is one file beside `referral.py` and its name here."""


TABLES: dict[str, Process] = {process.hash: process for process in (*PAST, *PROCESSES)}
"""Every table that a case may run on, current or superseded, by the hash that each case pins."""


def process_pinned(name: str, pinned: str) -> Process:
    """The table of that hash. Where it is gone, the process's current one: `serve` refuses to start with such cases
    open, so that only a record which has ended is ever read by a table it didn't run on.
    """
    return TABLES.get(pinned) or next(process for process in PROCESSES if process.name == name)


__all__ = [
    "EARLY_HELP",
    "MEETINGS",
    "PROCESSES",
    "REFERRAL",
    "SERVICE_REQUEST",
    "TABLES",
    "Actor",
    "Asking",
    "Attendance",
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
    "Sitting",
    "Situation",
    "State",
    "Table",
    "Tell",
    "ToBeDone",
    "ToDo",
    "choices",
    "fire",
    "next_step",
    "process_pinned",
    "refuse",
]
