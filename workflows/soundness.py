"""Can this table keep the promise? What is asked of every process, whatever is published: no case without a next step.

Each property is proven over every state, and over every way in which its clocks may stand when a record gets there.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from workflows.exploring import ending, places, ways
from workflows.properties import Flaw, Path, Property, counted
from workflows.roles import Role
from workflows.table import Audience, Move, State, Table

Flaws = Iterator[Flaw]


def named_twice(process: Table) -> Flaws:
    for what, names in (("state", [s.name for s in process.states]), ("move", [m.name for m in process.moves])):
        for name, times in Counter(names).items():
            if times > 1:
                yield Flaw(f"the {what} '{name}' stands {times} times; keep one.")


def undeclared(process: Table) -> Flaws:
    declared = {state.name for state in process.states}
    if process.opening.state not in declared:
        yield Flaw(f"it opens in '{process.opening.state}', which is not declared as a state.")
    for move in process.moves:
        for state in sorted({*move.paths, *move.paths.values()} - declared):
            yield Flaw(f"the move '{move.name}' names '{state}', which is not declared as a state.")


def unreachable(process: Table) -> Flaws:
    reached = ways(process)
    for state in process.states:
        if state.name not in reached:
            yield Flaw(f"no path leads to the state '{state.name}'.")


def endless(process: Table) -> Flaws:
    ends = ending(process)
    for state, path in _open(process):
        if state.name not in ends:
            yield Flaw(f"no end can be reached from '{state.name}' any more.", path)


def unanswered(process: Table) -> Flaws:
    for state, path in _open(process):
        if not _people(state.answers):
            yield Flaw(f"nobody is answerable in '{state.name}'.", path)
        elif (move := _leading(process, state)) and not _open_to(move, state):
            yield Flaw(f"whoever answers in '{state.name}' may not take the next step, '{move.name}'.", path)


def without_next_step(process: Table) -> Flaws:
    for state, path in _open(process):
        if not state.next_step:
            yield Flaw(f"'{state.name}' doesn't say what the next step is.", path)
        if _leading(process, state) is None:
            yield Flaw(f"'{state.name}' doesn't name which of its moves is the next step.", path)


def guarded(process: Table) -> Flaws:
    for state, path in _open(process):
        if not any(_free(move, state) for move in process.moves_from(state.name)):
            yield Flaw(f"every way on from '{state.name}' waits for a guard, or for somebody else.", path)


def _free(move: Move, state: State) -> bool:
    """A way on that whoever answers may choose, and that waits for nothing."""
    moves_on = move.paths[state.name] != state.name and not move.follows
    return moves_on and not move.protective and not move.checks and _open_to(move, state)


def _open_to(move: Move, state: State) -> bool:
    """Whether one of those who answer here may make it; that somebody answers, and may make it, is asked elsewhere."""
    who, answers = _people(move.who), _people(state.answers)
    return not who or not answers or bool(who & answers)


def _people(roles: frozenset[Role]) -> frozenset[Role]:
    return roles - {Role.system}


def clockless(process: Table) -> Flaws:
    told = set[str]()
    for place, path in places(process).items():
        state = process.state(place.state)
        if not state.end and not (state.clocks - process.if_published) & place.running and state.name not in told:
            told.add(state.name)
            yield Flaw(f"no clock of ours runs in '{state.name}'.", path)


def stopped_and_never_started(process: Table) -> Flaws:
    started = process.opening.always_starts | process.opening.may_start
    started = started.union(*(move.starts | move.may_start for move in process.moves))
    for move in process.moves:
        for limit in sorted(move.stops - started):
            yield Flaw(f"'{move.name}' stops the clock '{limit}', and nothing starts it.")
    for state, path in _open(process):
        for limit in sorted(state.clocks - started):
            yield Flaw(f"'{state.name}' rests on the clock '{limit}', and nothing starts it.", path)


def unprotected(process: Table) -> Flaws:
    """From every state, ended ones too; but a superseded table is left as it was, and reopened to protect."""
    reached = ways(process)
    for state in process.open_states if process.superseded else process.states:
        if state.name in reached and not any(_protects(move, state) for move in process.moves_from(state.name)):
            yield Flaw(f"protection is not one act away from '{state.name}'.", reached[state.name])


def _protects(move: Move, state: State) -> bool:
    """Waits for no guard, nothing to be told, and no other role than those who answer here."""
    told = any(field.is_required() for field in move.facts.model_fields.values())
    others = _people(state.answers) - move.who if _people(move.who) else frozenset()
    return move.protective and not (move.checks or move.follows or told or others)


def closed_to_everybody(process: Table) -> Flaws:
    if not _people(process.opening.who):
        yield Flaw("the opening names no role, so nobody could begin a record.")
    for move in process.moves:
        if not _people(move.who):
            yield Flaw(f"the move '{move.name}' names no role, so nobody could make it.")
        if not move.paths:
            yield Flaw(f"the move '{move.name}' starts from no state, so nobody could make it.")


def unknown_by_then(process: Table) -> Flaws:
    """Who a record is offered to, or who proposed, is known only after a move that says so."""
    proposing = {move.seconds for move in process.moves if move.seconds}
    given: dict[Audience, Callable[[Move], bool]] = {
        Audience.target_holder: lambda move: move.offers,
        Audience.proposer: lambda move: move.name in proposing,
    }
    for audience, gives in given.items():
        known_without = ways(process, gives)
        for tell in process.opening.may_tell:
            if tell.to is audience:
                yield Flaw(f"there is no {audience.words} yet to hear '{tell.message}'.", (process.opening.state,))
        for move in process.moves:
            wants = [f"to hear '{tell.message}'" for tell in move.tells if tell.to is audience]
            wants += [f"to make '{move.name}'"] if move.joins and audience is Audience.target_holder else []
            start = next((one for one in known_without if one in move.paths), None)
            if wants and start is not None and not gives(move):
                yield Flaw(f"there is no {audience.words} yet {wants[0]}.", (*known_without[start], move.name))


def decided_by_one(process: Table) -> Flaws:
    for move in (one for one in process.moves if one.seconds):
        first, path = process.move(move.seconds), _start(process, move)
        if first is None:
            yield Flaw(f"'{move.name}' agrees what '{move.seconds}' proposes, and there is no such move.", path)
        elif not set(first.paths.values()) & set(move.paths):
            yield Flaw(f"'{move.name}' can't be made where '{move.seconds}' leads.", path)
        if not move.checks:
            yield Flaw(f"no guard keeps whoever made '{move.seconds}' from making '{move.name}' too.", path)
        if len(_people(move.who)) == 1:
            yield Flaw(f"only one role may make '{move.name}', and whoever proposed may be the one who has it.", path)


def _open(process: Table) -> Iterator[tuple[State, Path]]:
    """Every open state that a path leads to, with the shortest."""
    reached = ways(process)
    return ((state, reached[state.name]) for state in process.open_states if state.name in reached)


def _leading(process: Table, state: State) -> Move | None:
    return next((move for move in process.moves_from(state.name) if move.name == state.leads), None)


def _start(process: Table, move: Move) -> Path:
    reached = ways(process)
    return next(((*path, move.name) for state, path in reached.items() if state in move.paths), ())


def _states(process: Table) -> str:
    return counted(len(process.states), "state")


def _opened(process: Table) -> str:
    return counted(len(process.open_states), "open state")


def _moves(process: Table) -> str:
    return counted(len(process.moves), "move")


def _ways_to_stand(process: Table) -> str:
    return counted(len(places(process)), "way in which a record may stand", "ways in which a record may stand")


def _told(process: Table) -> str:
    return counted(len(process.tells), "message")


NAMES: tuple[Property[[Table]], ...] = (
    Property("every name stands once", named_twice, lambda process: f"{_states(process)}, {_moves(process)}"),
    Property("every state that is named is declared", undeclared, _states),
)
"""Without these nothing else can be asked."""

PROPERTIES: tuple[Property[[Table]], ...] = (
    *NAMES,
    Property("every state can be reached", unreachable, _states),
    Property("an end can be reached from every state", endless, _opened),
    Property("somebody answers in every open state, and may take the next step", unanswered, _opened),
    Property("every open state says what the next step is", without_next_step, _opened),
    Property("every open state has a way on that waits for no guard", guarded, _opened),
    Property("a clock runs in every open state, whichever way a record came there", clockless, _ways_to_stand),
    Property(
        "every clock that is stopped is one that something starts",
        stopped_and_never_started,
        lambda process: counted(len(process.limits), "clock"),
    ),
    Property("protection is one act away from everywhere", unprotected, _states),
    Property("every move is open to somebody", closed_to_everybody, _moves),
    Property("whoever is to hear is known by then", unknown_by_then, _told),
    Property(
        "what needs two people can't be done by one",
        decided_by_one,
        lambda process: counted(sum(1 for move in process.moves if move.seconds), "move"),
    ),
)


def faults(process: Table) -> Iterator[tuple[Property[[Table]], Flaw]]:
    """Every flaw in the structure, beside the property that it breaks; none means that no case is left alone."""
    found = [(one, flaw) for one in NAMES for flaw in one.flaws(process)]
    yield from found or ((one, flaw) for one in PROPERTIES for flaw in one.flaws(process))
