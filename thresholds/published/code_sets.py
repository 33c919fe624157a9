"""Which codes does a national return use, and what does each stand for?"""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from thresholds.published.entries import Entry, Frozen, Words

CodeText = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+$", max_length=10)]


class Code(Frozen):
    """One code. `retired`: kept so that old records can be read, never offered. `alone`: excludes all others."""

    code: CodeText
    words: Words
    retired: bool = False
    alone: bool = False


class CodeSet(Entry):
    """A list of codes, in the order in which the return gives them."""

    name: Words
    codes: tuple[Code, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def check_once_each(self) -> Self:
        given = [one.code for one in self.codes]
        if twice := sorted({code for code in given if given.count(code) > 1}):
            raise ValueError(f"the code {', '.join(twice)} stands in it twice")
        return self

    def words(self, code: str) -> str | None:
        """What a code stands for; None where the set has no such code."""
        return next((one.words for one in self.codes if one.code == code), None)
