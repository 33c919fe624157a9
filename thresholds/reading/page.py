"""What does this YAML file say, and on which line does it say it?

Stricter than YAML: a key given twice, an anchor or an alias is a fault, only `true`, `false`, whole
numbers and `null` are anything but text, and dates and times stay text until a model reads them (so
`no` is a word and 08:30 isn't 510).
"""

import re
from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from yaml import CSafeLoader

from thresholds.published.faults import Fault
from thresholds.reading.unreadable import problem_of

Place = tuple[int | str, ...]
DEEPEST = 20
LONGEST_NUMBER = 18
"""Lists in lists, and digits, beyond which nobody meant it: longer numbers stay text."""


class _Plain(CSafeLoader):
    """A safe loader with almost no guessing."""


_Plain.yaml_implicit_resolvers = {}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Plain.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|)$"), ["n", ""])


class _Refused(yaml.YAMLError):
    """Something YAML allows and a document doesn't: what somebody reads must stand where they read it."""

    def __init__(self, problem: str, line: int) -> None:
        self.problem, self.line = problem, line


@dataclass(frozen=True)
class Page:
    """One file read: its plain content, the line of each place in it, and what was wrong already."""

    file: str
    content: object
    lines: dict[Place, int]
    faults: tuple[Fault, ...]
    beside: Mapping[Place, str] = field(default_factory=dict)
    """Which file an entry stands in, where it has one of its own."""

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it that stands in the file."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, sentence: str, mend: str) -> Fault:
        return Fault(self.beside.get(place[:2], self.file), self.line(place), sentence, mend)

    def joined(self, section: str, pages: Sequence["Page"]) -> "Page":
        """The page with other files each as one more entry of a section; every line stays that of its own file."""
        content = self.content if isinstance(self.content, dict) else {}
        listed = content.get(section, [])
        if not pages or not content or not isinstance(listed, list):
            return self
        lines, beside = dict(self.lines), dict(self.beside)
        for at, page in enumerate(pages, len(listed)):
            lines |= {(section, at, *place): line for place, line in page.lines.items()}
            beside[section, at] = page.file
        joined = {**content, section: [*listed, *(page.content for page in pages)]}
        return replace(self, content=joined, lines=lines, beside=beside)

    def without(self, dropped: set[Place]) -> "Page":
        """The page without some of the things in its lists; everything else keeps its line."""
        gone: dict[Place, list[int]] = defaultdict(list)
        for *around, index in sorted(dropped, key=str):
            insort(gone[tuple(around)], int(index))

        def moved(place: Place) -> Place:
            steps = (step - bisect(gone.get(place[:at], ()), step) if isinstance(step, int) else step
                     for at, step in enumerate(place))  # fmt: skip
            return tuple(steps)

        left = {place: line for place, line in self.lines.items() if not _is_within(place, dropped)}
        lines = {moved(place): line for place, line in left.items()}
        beside = {moved(place): file for place, file in self.beside.items() if place not in dropped}
        return Page(self.file, _left(self.content, (), dropped), lines, self.faults, beside)


def read_page(path: Path, name: str) -> Page:
    """Read one file. `name` is what people call it in a fault. Never raises for what the file says."""
    try:
        return page_of(path.read_bytes().decode("utf-8"), name)
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        return Page(name, None, {}, (_unreadable(name, line, "a character here isn't UTF-8 text"),))
    except OSError as wrong:
        sentence = f"This file can't be opened: {wrong.strerror}."
        return Page(name, None, {}, (Fault(name, 1, sentence, "Let whoever runs Pathway read it."),))


def page_of(text: str, name: str) -> Page:
    """What one text says. `name` is what people call it in a fault."""
    try:
        root = _composed(text)
    except yaml.YAMLError as wrong:
        return Page(name, None, {}, (_unreadable(name, *problem_of(wrong, text)),))
    reader = _Reader(name)
    content = reader.read(root, ()) if root is not None else None
    return Page(name, content, reader.lines, tuple(reader.faults))


def _is_within(place: Place, dropped: set[Place]) -> bool:
    return any(place[:depth] in dropped for depth in range(1, len(place) + 1))


def _left(content: object, place: Place, dropped: set[Place]) -> object:
    if isinstance(content, dict):
        return {key: _left(value, (*place, key), dropped) for key, value in content.items()}
    if isinstance(content, list):
        here = ((at, (*place, at)) for at in range(len(content)))
        return [_left(content[at], within, dropped) for at, within in here if within not in dropped]
    return content


def _composed(text: str) -> yaml.Node | None:
    depth = 0
    for event in yaml.parse(text, Loader=_Plain):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("an anchor or alias stands here; write the entry out in full", line)
        if getattr(event, "tag", None):
            raise _Refused("a tag (a word after !) stands here; write the value alone", line)
        if depth > DEEPEST:
            raise _Refused("lists and entries stand in one another deeper than any document goes", line)
    return yaml.compose(text, Loader=_Plain)


def _unreadable(name: str, line: int, problem: str) -> Fault:
    return Fault(name, line, f"This file can't be read as YAML: {problem}.", "Put that line right.")


class _Reader:
    """Turns nodes into plain content, noting lines and keys given twice."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []

    def read(self, node: yaml.Node, place: Place) -> object:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*place, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        content: dict[str, object] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                sentence = "A list or an entry stands here in place of a key, and a key is a word."
                self.faults.append(Fault(self.file, line, sentence, "Write a word before the colon."))
                continue
            key = str(key_node.value)
            if key in content:
                first = self.lines[(*place, key)]
                sentence = f"“{key}” is given twice here; it stands on line {first} already."
                self.faults.append(Fault(self.file, line, sentence, "Keep one of the two."))
                continue
            self.lines[(*place, key)] = line
            content[key] = self.read(value, (*place, key))
        return content


def _scalar(node: yaml.Node) -> object:
    match node.tag.rpartition(":")[2]:
        case "bool":
            return node.value == "true"
        case "int" if len(node.value) <= LONGEST_NUMBER:
            return int(node.value)
        case "null":
            return None
    return str(node.value)
