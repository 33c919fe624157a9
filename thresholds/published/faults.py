"""What can be wrong with what is published, or with what is asked of it, and how is it said?

Every refusal of this package is one of these. Each is a sentence a manager can act on; none blames.
"""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a document: where, what, and how to mend it."""

    file: str
    line: int
    sentence: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence} {self.mend}"


class BrokenDocument(Exception):
    """The documents can't be used as they stand. Carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Unpublished(LookupError):
    """Nothing in the edition answers this. A gap is for the partnership to decide, never for the code."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else "Nothing is published on this."


class PastTheCalendar(Unpublished):
    """The day lies outside the years whose bank holidays are known or predicted."""


@dataclass(frozen=True, order=True)
class Misfit:
    """One thing in a presenting that can't be judged: the field, and the sentence to show beside it."""

    field: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.field}: {self.sentence}"


class Unjudgeable(ValueError):
    """A first judgement can't be given until these are put right. Carries all of them."""

    def __init__(self, misfits: tuple[Misfit, ...]) -> None:
        self.misfits = misfits
        super().__init__("\n".join(str(misfit) for misfit in misfits))
