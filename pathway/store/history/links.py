"""Is a chain whole? Each entry as it was written, resting on the one before, to its head; each text as it was said."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlmodel import Session

from pathway.store.history.chain import chained, committed, header_of
from pathway.tables import Entry, Payload
from pathway.tables.columns import table_of

ENTRY = table_of(Entry)
PAYLOAD = table_of(Payload)
ERASED = "erased"
"""The kind of the entry that says whose text was erased, why and by whom."""

Line = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that isn't as it was left. `kind` says of what; `about` is a record's or an authority's reference."""

    kind: Literal["entry", "head", "text", "anchor", "copy"]
    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends, as the row that heads it says. `of` is what the chain belongs to, in words."""

    about: str
    of: str
    sequence: int
    hash: str


def lines() -> Select[Any]:
    """Entries, each with its text; `text_of` is None where the text's row is gone."""
    texts = (PAYLOAD.c.entry_id.label("text_of"), PAYLOAD.c.salt, PAYLOAD.c.body)
    return select(*ENTRY.c, *texts).outerjoin(PAYLOAD, PAYLOAD.c.entry_id == ENTRY.c.id)


def streamed(session: Session, query: Select[Any], many: int) -> Iterator[Any]:
    """The rows of a query, so many at a time; let go of as soon as nobody asks for more."""
    with session.execute(query.execution_options(yield_per=many)) as rows:
        yield from rows


def chain_of(head: Head, written: Iterable[Line]) -> Iterator[Fault]:
    """What is wrong with one chain, from its entries in order."""
    at, last, texts = 0, "", _Texts(head)
    for line in written:
        yield from _link(head, line, at, last)
        yield from texts.of(line)
        at, last = line["sequence"], line["hash"]
    yield from _end(head, at, last)
    yield from texts.left()


def erasures(effects: str) -> Mapping[str, Mapping[str, Any]]:
    """Whose texts an entry erased, by the references of their entries."""
    erased: Mapping[str, Mapping[str, Any]] = json.loads(effects).get("changed", {}).get("payload", {})
    return erased


def _link(head: Head, line: Line, at: int, last: str) -> Iterator[Fault]:
    name, number = _named(head, line), line["sequence"]
    if number > at + 1:
        yield Fault("entry", head.about, f"{_missing(at + 1, number - 1)} missing from {head.of}.")
    elif number != at + 1:
        yield Fault("entry", head.about, f"{name} should be number {at + 1}.")
    elif line["previous"] != last:
        yield Fault("entry", head.about, f"{name} doesn't rest on the entry before it.")
    if line["hash"] != chained(line["previous"], header_of(line)):
        yield Fault("entry", head.about, f"{name} isn't as it was written.")


def _missing(first: int, last: int) -> str:
    return f"Number {first} is" if first == last else f"Numbers {first} to {last} are"


def _named(head: Head, line: Line) -> str:
    return f"Entry {line['public_id']}, number {line['sequence']} of {head.of},"


def _end(head: Head, at: int, last: str) -> Iterator[Fault]:
    if head.sequence > at:
        gone = "The last entry is" if head.sequence == at + 1 else f"The last {head.sequence - at} entries are"
        yield Fault("head", head.about, f"{gone} missing from {head.of}: its head counts {head.sequence}.")
    elif head.sequence < at:
        sentence = f"Entries stand after the head of {head.of}: it counts {head.sequence}, and {at} are numbered."
        yield Fault("head", head.about, sentence)
    elif head.hash != last:
        yield Fault("head", head.about, f"The head of {head.of} isn't its last entry.")


@dataclass
class _Texts:
    """The texts of one chain: each is as it was said, or an entry says that it was erased."""

    head: Head
    stand: set[str] = field(default_factory=set)
    gone: dict[str, Fault] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)

    def of(self, line: Line) -> Iterator[Fault]:
        ref, of = line["public_id"], f"The text of entry {line['public_id']}, number {line['sequence']}"
        if line["kind"] == ERASED:
            self.erased |= erasures(line["effects"]).keys()
        if line["text_of"] is None:
            yield self._fault(f"{of} of {self.head.of}, is lost.")
        elif line["body"] is None:
            self.gone[ref] = self._fault(f"{of} of {self.head.of}, is gone, and no entry says that it was erased.")
            if line["salt"] is not None:
                yield self._fault(f"{of} of {self.head.of}, was erased, and its salt still stands.")
        elif line["commitment"] != committed(line["salt"] or "", line["body"]):
            yield self._fault(f"{of} of {self.head.of}, isn't the text that was written.")
        if line["body"] is not None:
            self.stand.add(ref)

    def left(self) -> Iterator[Fault]:
        yield from (fault for ref, fault in self.gone.items() if ref not in self.erased)
        for ref in sorted(self.erased & self.stand):
            yield self._fault(f"The text of entry {ref} of {self.head.of} was erased, and stands there again.")

    def _fault(self, sentence: str) -> Fault:
        return Fault("text", self.head.about, sentence)
