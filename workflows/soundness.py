"""Can this table keep the promise? Faults in a process's structure, as sentences."""

from collections import Counter
from collections.abc import Iterator

from workflows.table import Move, State, Table


def faults(process: Table) -> Iterator[str]:
    """Every structural fault of `process`; none means that no case in it can be left without a next step."""
    yield from _named_twice(process)
    unknown = tuple(_undeclared(process))
    yield from unknown
    if unknown:
        return
    yield from _unreachable(process)
    yield from _open_to_nobody(process)
    for state in process.open_states:
        yield from _open_state(process, state)
    yield from _clockless_ways_in(process)


def _named_twice(process: Table) -> Iterator[str]:
    for what, names in (("state", [s.name for s in process.states]), ("move", [m.name for m in process.moves])):
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{process.name}: the {what} '{name}' stands {times} times; keep one."


def _undeclared(process: Table) -> Iterator[str]:
    declared = {state.name for state in process.states}
    if process.opening.state not in declared:
        yield f"{process.name}: it opens in '{process.opening.state}', which is not declared as a state."
    for move in process.moves:
        for state in sorted({*move.paths, *move.paths.values()} - declared):
            yield f"{process.name}: the move '{move.name}' names '{state}', which is not declared as a state."


def _unreachable(process: Table) -> Iterator[str]:
    reached = {process.opening.state}
    while True:
        further = {to for move in process.moves for start, to in move.paths.items() if start in reached} - reached
        if not further:
            break
        reached |= further
    for state in process.states:
        if state.name not in reached:
            yield f"{process.name}: no path leads to the state '{state.name}'."


def _open_to_nobody(process: Table) -> Iterator[str]:
    for move in process.moves:
        if not move.who:
            yield f"{process.name}: the move '{move.name}' names no role, so nobody could make it."


def _open_state(process: Table, state: State) -> Iterator[str]:
    if not state.answers:
        yield f"{process.name}: nobody is answerable in the open state '{state.name}'."
    if not state.clocks:
        yield f"{process.name}: no clock runs in the open state '{state.name}'."
    if not state.next_step:
        yield f"{process.name}: the open state '{state.name}' doesn't say what the next step is."
    if state.leads not in {move.name for move in process.moves_from(state.name)}:
        yield f"{process.name}: the open state '{state.name}' doesn't name which of its moves is the next step."
    ways = [move for move in process.moves_from(state.name) if move.paths[state.name] != state.name]
    if not any(not move.checks and not move.protective for move in ways):
        yield f"{process.name}: every way on from '{state.name}' waits for a guard; give it one that doesn't."
    if not any(move.protective and not move.checks for move in process.moves_from(state.name)):
        yield f"{process.name}: protection is not one act away from the open state '{state.name}'."


def _clockless_ways_in(process: Table) -> Iterator[str]:
    """Every way into an open state must leave one of that state's clocks running."""
    opening = process.opening
    if not process.state(opening.state).clocks & opening.always_starts:
        yield f"{process.name}: a new case in '{opening.state}' would have no clock running."
    for move in process.moves:
        for start, to in move.paths.items():
            if not process.state(to).end and not _clock_runs(process, move, start, to):
                yield f"{process.name}: '{move.name}' from '{start}' leaves '{to}' without a running clock."


def _clock_runs(process: Table, move: Move, start: str, to: str) -> bool:
    wanted = process.state(to).clocks
    certain = move.starts | (_certain_in(process, start) - move.stops)
    return bool(wanted & certain)


def _certain_in(process: Table, state: str) -> frozenset[str]:
    """The clocks that run in `state` however it was reached: a fixed point over every path from the opening."""
    running: dict[str, frozenset[str]] = {process.opening.state: process.opening.always_starts}
    changed = True
    while changed:
        changed = False
        for move in process.moves:
            for start, to in move.paths.items():
                if start not in running:
                    continue
                after = (running[start] - move.stops) | move.starts
                known = running.get(to)
                joined = after if known is None else known & after
                if joined != known:
                    running[to] = joined
                    changed = True
    return running.get(state, frozenset())
