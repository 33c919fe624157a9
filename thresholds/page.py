"""What does this YAML file say, and on which line does it say it?

Stricter than YAML: a key given twice, an anchor or an alias is a fault, only `true`, `false`, whole
numbers and `null` are anything but text, and dates and times stay text until a model reads them (so
`no` is a word and 08:30 isn't 510).
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml import CSafeLoader

from thresholds.faults import Fault

Place = tuple[int | str, ...]


class _Plain(CSafeLoader):
    """A safe loader with almost no guessing."""


_Plain.yaml_implicit_resolvers = {}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Plain.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|)$"), ["n", ""])


class _Shorthand(yaml.YAMLError):
    """An anchor or alias on a line. What somebody reads must stand where they read it."""

    problem = "an anchor or alias stands here; write the entry out in full"

    def __init__(self, line: int) -> None:
        self.line = line


@dataclass(frozen=True)
class Page:
    """One file read: its plain content, the line of each place in it, and what was wrong already."""

    file: str
    content: object
    lines: dict[Place, int]
    faults: tuple[Fault, ...]

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it that stands in the file."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, sentence: str, mend: str) -> Fault:
        return Fault(self.file, self.line(place), sentence, mend)


def read_page(path: Path, name: str) -> Page:
    """Read one file. `name` is what people call it in a fault. Never raises for what the file says."""
    try:
        root = _composed(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        sentence = f"This file can't be opened: {wrong.strerror}."
        return Page(name, None, {}, (Fault(name, 1, sentence, "Let whoever runs Pathway read it."),))
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        return Page(name, None, {}, (_unreadable(name, wrong),))
    reader = _Reader(name)
    content = reader.read(root, ()) if root is not None else None
    return Page(name, content, reader.lines, tuple(reader.faults))


def _composed(text: str) -> yaml.Node | None:
    for event in yaml.parse(text, Loader=_Plain):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Shorthand(event.start_mark.line + 1 if event.start_mark else 1)
    return yaml.compose(text, Loader=_Plain)


def _unreadable(name: str, wrong: Exception) -> Fault:
    mark = getattr(wrong, "problem_mark", None)
    line = mark.line + 1 if mark else getattr(wrong, "line", 1)
    problem = getattr(wrong, "problem", None) or "it isn't UTF-8 text"
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
            key, line = str(key_node.value), key_node.start_mark.line + 1
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
        case "int":
            return int(node.value)
        case "null":
            return None
    return str(node.value)
