"""Is somebody there for every part that a table or a document names? Who hears, who answers, who agrees."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pathway.access import InPost, posts_held
from thresholds import Edition
from workflows import PROCESSES, Audience, Role
from workflows.roles import listed

PLAYED_BY = {
    Audience.manager: Role.team_manager,
    Audience.service_manager: Role.service_manager,
    Audience.social_work: Role.social_worker,
}
"""Whose part it is to hear, where that is a role; the rest hear because of what they hold, proposed or told us."""


@dataclass(frozen=True, slots=True)
class Unplayed:
    """A part for which nobody is there now; `part` tells it from the others."""

    part: str
    sentence: str


def unplayed(session: Session, authority: str, edition: Edition, now: datetime) -> tuple[Unplayed, ...]:
    """Every part for which nobody of the authority is there, in one query."""
    posts = [one for one in posts_held(session, now) if one.authority == authority]
    return (*_hearing(edition, posts), *_answering(posts), *_agreeing(posts))


def _hearing(edition: Edition, posts: Iterable[InPost]) -> Iterator[Unplayed]:
    hears = {role for limit in edition.limits for rung in limit.rungs for role in rung.hears}
    hears |= {tell.to.value for process in PROCESSES for tell in process.tells}
    present = _present(posts)
    for audience, role in PLAYED_BY.items():
        if audience.value in hears and not present.get(role):
            away = [one.name for one in posts if one.role is role]
            who = f"{' and '.join(dict.fromkeys(away))} is away" if away else "Nobody is in post"
            yield Unplayed(role, f"{who}: nobody is there as {role.words} to hear when a time passes.")


def _answering(posts: Iterable[InPost]) -> Iterator[Unplayed]:
    present = _present(posts)
    for process in PROCESSES:
        states = {state.answers: state for state in reversed(process.open_states)}
        for roles, state in states.items():
            if not _anybody(present, roles):
                yield Unplayed(
                    f"{process.name} {state.name}",
                    f"Nobody is there who answers for {process.words} while it is '{state.words}': {listed(roles)}.",
                )


def _agreeing(posts: Iterable[InPost]) -> Iterator[Unplayed]:
    """Whoever proposes and whoever agrees must be two people."""
    present = _present(posts)
    for process in PROCESSES:
        for move in process.moves:
            first = process.move(move.seconds) if move.seconds else None
            if first is None:
                continue
            proposing, agreeing = _anybody(present, first.who), _anybody(present, move.who)
            if proposing and agreeing and len(proposing | agreeing) < 2:
                yield Unplayed(
                    f"{process.name} {move.name}",
                    f"Nobody is there to be the second person: '{move.words}' is for {listed(move.who)}.",
                )


def _present(posts: Iterable[InPost]) -> dict[Role, set[int]]:
    found: dict[Role, set[int]] = {}
    for one in posts:
        if not one.away:
            found.setdefault(one.role, set()).add(one.practitioner_id)
    return found


def _anybody(present: Mapping[Role, set[int]], roles: Iterable[Role]) -> set[int]:
    return set[int]().union(*(present.get(role, set()) for role in roles))
