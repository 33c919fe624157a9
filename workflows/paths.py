"""From which states to which does a move lead?"""

from collections.abc import Mapping


def from_each(*states: str, to: str) -> Mapping[str, str]:
    return dict.fromkeys(states, to)


def staying(*states: str) -> Mapping[str, str]:
    return {state: state for state in states}
