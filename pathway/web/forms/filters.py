"""How is a list narrowed? Each choice is a link that carries the others along, with the count of what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pathway.store.lists.board import Board
from pathway.store.lists.wanted import NO_BAND, Stage, Wanted
from pathway.web.forms.form import Form

WHOSE = {"all": "Everyone’s I may see", "team": "My team’s", "mine": "Mine"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One link; `current` while it is chosen."""

    text: str
    href: str
    count: int
    current: bool
    kind: str = ""


def wanted_of(asked: Form) -> Wanted:
    """What the address asks for; what isn't a choice of ours narrows nothing."""
    whose, stage, band = asked.one("whose"), asked.one("stage"), asked.one("band")
    return Wanted(
        whose=whose if whose in WHOSE else "all",
        stage=stage if stage in tuple(Stage) else "",
        band=band[:40],
        overdue=asked.has("overdue", "yes"),
        overnight=asked.has("overnight", "yes"),
    )


def address(wanted: Wanted, page: int = 1) -> str:
    parts = {"whose": wanted.whose, "stage": wanted.stage, "band": wanted.band}
    parts |= {name: "yes" for name in ("overdue", "overnight") if getattr(wanted, name)}
    parts |= {"page": str(page)} if page > 1 else {}
    said = {name: value for name, value in parts.items() if value and (name, value) != ("whose", "all")}
    return f"/board?{urlencode(said)}" if said else "/board"


def whose(board: Board) -> Iterator[Choice]:
    for value, words in WHOSE.items():
        yield _choice(board, words, replace(board.wanted, whose=value), board.wanted.whose == value)


def stages(board: Board) -> Iterator[Choice]:
    yield _choice(board, "Every stage", replace(board.wanted, stage=""), not board.wanted.stage)
    for stage in Stage:
        yield _choice(board, stage.words, replace(board.wanted, stage=stage), board.wanted.stage == stage)


def narrowed(board: Board) -> Iterator[Choice]:
    """What may be looked at alone; one that is chosen already leads back to all."""
    late, night = board.wanted.overdue, board.wanted.overnight
    yield _toggled(board, "Overdue", [replace(board.wanted, overdue=one) for one in (True, False)], late, "overdue")
    if board.night:
        yield _toggled(board, "Came overnight", [replace(board.wanted, overnight=one) for one in (True, False)], night)
    for band, name in board.bands:
        chosen = board.wanted.band == band
        one = _choice(board, name, replace(board.wanted, band=band), chosen, "band")
        if band != NO_BAND or one.count or chosen:
            yield replace(one, href=address(replace(board.wanted, band=""))) if chosen else one


def _toggled(board: Board, words: str, ways: list[Wanted], chosen: bool, kind: str = "") -> Choice:
    on, off = ways
    return Choice(words, address(off if chosen else on), board.count(on), chosen, kind)


def _choice(board: Board, words: str, to: Wanted, current: bool, kind: str = "") -> Choice:
    return Choice(words, address(to), board.count(to), current, kind)
