"""What does a form ask, of whom, and when? An assessment, a review, or what a family says of itself."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from thresholds.published.entries import Entry, Frozen, Id, Words

Purpose = Literal["assessment", "self_assessment"]
FilledBy = Literal["practitioner", "child", "young_person", "parent"]
Of = Literal["family", "each_child", "each_adult"]
Kind = Literal["words", "own_words", "choice", "choices", "yes_no", "date", "number", "rating"]
"""`own_words` are somebody's own, who says who may read them; `rating` is a choice that may be suggested."""

CHOSEN: frozenset[Kind] = frozenset({"choice", "choices", "rating"})
"""Kinds that choose from options of their own."""


class Option(Frozen):
    id: Id
    words: Words


YES_NO = (Option(id="yes", words="Yes"), Option(id="no", words="No"), Option(id="not_known", words="Not known"))


class Answered(Frozen):
    """A condition: that a question of the same form has one of these answers."""

    question: Id
    any_of: tuple[Id, ...] = Field(min_length=1)


class Suggestion(Frozen):
    """A rating that answers point to, and why. A person decides, and says why where they decide otherwise."""

    when: tuple[Answered, ...] = Field(min_length=1)
    rating: Id
    because: Words


class Question(Entry):
    """One question. What `asks` has the words of whoever is asked; `light` ones make up the light-touch form.

    `opens_when` holds all that must have been answered before it is asked; nothing: it always is. Questions of one
    `concept`, in whatever form, ask for the same thing: an answer to one is brought along to the others. A `strength`
    asks what goes well. `may_skip` where a section is complete without it.
    """

    asks: Words
    hint: str = ""
    kind: Kind
    of: Of = "family"
    options: tuple[Option, ...] = ()
    light: bool = False
    strength: bool = False
    may_skip: bool = False
    concept: Id | None = None
    opens_when: tuple[Answered, ...] = ()
    suggests: tuple[Suggestion, ...] = ()

    @model_validator(mode="after")
    def check_options(self) -> Self:
        if self.kind in CHOSEN and len(self.options) < 2:
            raise ValueError(f"it is a {self.kind} with fewer than two options, so nothing can be chosen")
        if self.kind not in CHOSEN and self.options:
            raise ValueError(f"it has options, and {self.kind} takes none")
        if self.suggests and self.kind != "rating":
            raise ValueError(f"it suggests a rating, and it is {self.kind}")
        return self

    @cached_property
    def choices(self) -> tuple[Option, ...]:
        """What can be chosen from; nothing where any words, day or number will do."""
        return YES_NO if self.kind == "yes_no" else self.options

    @cached_property
    def answers(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.choices)

    def said(self, answer: str) -> str:
        """An answer as people read it: an option's words, or what was written."""
        return next((option.words for option in self.choices if option.id == answer), answer)


class FormPart(Entry):
    """A section of a form, about one side of a family's life where it names one."""

    name: Words
    hint: str = ""
    dimension: Id | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Form(Entry):
    """One form, in its order. Never a score: nothing is added up, and no answer decides by itself.

    One that is `not_in_care` is never put to a child in care, whose home life isn't what it asks about.
    """

    name: Words
    words: Words
    purpose: Purpose
    filled_by: FilledBy
    not_in_care: bool = False
    parts: tuple[FormPart, ...] = Field(min_length=1)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question, in the form's order."""
        return {question.id: question for part in self.parts for question in part.questions}
