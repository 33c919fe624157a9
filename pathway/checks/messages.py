"""Does every message have words, somebody they are for, and a channel? Does every task have a kind?"""

from collections.abc import Iterator

from notifications import check_words, kinds, may_carry
from pathway.acts.ring import ASKS_AGAIN, DUE_SOON, OVERDUE, REMINDS
from pathway.settings import Settings
from pathway.tables.timing import TaskKind
from workflows import Audience, Move, Process, Tell, ToDo
from workflows.exploring import ways
from workflows.properties import Flaw, Path, Property, counted

Flaws = Iterator[Flaw]

RUNG = (DUE_SOON, OVERDUE, ASKS_AGAIN, *REMINDS.values())
"""What is said when a time comes, whichever clock it is of."""


def wordless(process: Process) -> Flaws:
    for tell, path in _told(process):
        if tell.message not in kinds():
            yield Flaw(f"no words are written for '{tell.message}'.", path)
    for message in RUNG:
        if message not in kinds():
            yield Flaw(f"no words are written for '{message}', which is told when a time comes.")


def misdirected(process: Process) -> Flaws:
    """A referrer reads nothing that is written for staff, nor staff what is written for a referrer."""
    for tell, path in _told(process):
        words = kinds().get(tell.message)
        wanted = "referrer" if tell.to is Audience.referrer else "staff"
        if words is not None and words.audience != wanted:
            yield Flaw(f"'{tell.message}' goes to {tell.to.words}, and its words are for {words.audience}.", path)


def kindless(process: Process) -> Flaws:
    for move, todo in _given(process):
        if todo.kind not in {kind.value for kind in TaskKind}:
            yield Flaw(f"'{move.name}' gives a task of the kind '{todo.kind}', and there is none.")


def _given(process: Process) -> Iterator[tuple[Move, ToDo]]:
    """Every task that a move gives, always or sometimes."""
    for move in process.moves:
        yield from ((move, todo) for todo in (move.gives, *move.may_give) if todo is not None)


def unsafe(settings: Settings) -> Flaws:
    yield from (Flaw(sentence) for sentence in check_words())


def uncarried(settings: Settings) -> Flaws:
    from pathway.jobs.worker import channel_of

    try:
        channel = channel_of(settings)
    except ValueError as wrong:
        yield Flaw(f"PATHWAY_CHANNEL or PATHWAY_SMTP_…: {wrong}")
        return
    for kind, words in kinds().items():
        if not may_carry(channel, words):
            yield Flaw(f"'{kind}' goes by {' or '.join(words.channels)}, and '{channel.name}' doesn't carry that.")


def _told(process: Process) -> Iterator[tuple[Tell, Path]]:
    """Every message of a process, with the shortest way to where it is told."""
    reached = ways(process)
    yield from ((tell, (process.opening.state,)) for tell in process.opening.may_tell)
    for move in process.moves:
        path = next(((*path, move.name) for state, path in reached.items() if state in move.paths), ())
        yield from ((tell, path) for tell in move.tells)


def _messages(process: Process) -> str:
    return counted(len({tell.message for tell in process.tells}.union(RUNG)), "kind")


PROPERTIES: tuple[Property[[Process]], ...] = (
    Property("every message has words", wordless, _messages),
    Property("every message is worded for whoever hears it", misdirected, _messages),
    Property(
        "every task that is given is of a kind we know",
        kindless,
        lambda process: counted(sum(1 for _ in _given(process)), "task"),
    ),
)

OF_EVERY_KIND: tuple[Property[[Settings]], ...] = (
    Property("each renders, and none can carry personal text", unsafe, lambda settings: counted(len(kinds()), "kind")),
    Property("the channel in use carries each", uncarried, lambda settings: counted(len(kinds()), "kind")),
)
