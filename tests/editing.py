"""How is one thing in a YAML file changed by hand, with everything else left as it stands?"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

Place = tuple[int | str, ...]
GONE = object()


@dataclass(frozen=True, order=True)
class Edit:
    """One stretch of text replaced; `about`: where in the old text the line lies that a fault should name."""

    start: int
    end: int
    new: str
    about: int
    further: int = 0  # lines that the new text puts before the one a fault should name


class Text:
    """A file's text, and where in it every key, value and entry stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[Place, yaml.Node] = {}
        self.keys: dict[Place, yaml.Node] = {}
        self._note(yaml.compose(text, Loader=yaml.CSafeLoader), ())

    def _note(self, node: yaml.Node, place: Place) -> None:
        self.values[place] = node
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self.keys[(*place, key.value)] = key
                self._note(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._note(value, (*place, index))

    def start(self, place: Place) -> int:
        return int((self.keys.get(place) or self.values[place]).start_mark.index)

    def end(self, place: Place) -> int:
        """Where a value ends, without the blanks and comments after it."""
        node = self.values[place]
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = list(self._within(place))[-1]
            return self.end(last)
        return int(node.end_mark.index)

    def _within(self, place: Place) -> Iterable[Place]:
        node = self.values[place]
        names = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else range(len(node.value))
        return ((*place, name) for name in names)

    def put(self, place: Place, value: Any) -> Edit:
        """Another value in place of the one that stands there."""
        new, start = json.dumps(value, ensure_ascii=False), self.start(place)
        if place in self.keys:
            return Edit(int(self.keys[place].end_mark.index), self.end(place), f": {new}", start)
        return Edit(start, self.end(place), new, start)

    def take_out(self, place: Place) -> Edit:
        """A key without which its entry is left."""
        siblings = list(self._within(place[:-1]))
        at, about = siblings.index(place), self.start(siblings[0])
        if len(siblings) == 1:
            return Edit(self.start(place), self.end(place), "{}" if not self._is_flow(place[:-1]) else "", about)
        if at + 1 < len(siblings):
            return Edit(self.start(place), self.start(siblings[at + 1]), "", about)
        return Edit(self.end(siblings[at - 1]), self.end(place), "", about)

    def give_twice(self, place: Place) -> Edit:
        """A key and its value, given once more before it; the second is the one too many."""
        start = self.start(place)
        copy = self.text[start : self.end(place)] + self._gap(place)
        return Edit(start, start, copy, start, copy.count("\n"))

    def add(self, place: Place, key: str) -> Edit:
        """A key nobody knows, first in an entry."""
        (first, *_) = self._within(place)
        start = self.start(first)
        return Edit(start, start, f"{key}: 1{self._gap(first)}", start)

    def _is_flow(self, place: Place) -> bool:
        return bool(self.values[place].flow_style)  # type: ignore[attr-defined]

    def _gap(self, place: Place) -> str:
        return ", " if self._is_flow(place[:-1]) else "\n" + " " * self.keys[place].start_mark.column


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, dict[Edit, int]]:
    """The text with edits that don't touch each other, and the line on which each should be said."""
    made, at, lines, shift = [], 0, dict[Edit, int](), 0
    for edit in sorted(edits):
        lines[edit] = text.count("\n", 0, edit.about) + 1 + shift + edit.further
        made += [text[at : edit.start], edit.new]
        shift += edit.new.count("\n") - text.count("\n", edit.start, edit.end)
        at = edit.end
    return "".join([*made, text[at:]]), lines
