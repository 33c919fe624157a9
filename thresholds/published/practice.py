"""What does the document ask people to weigh, to do, and to use at each level?"""

from typing import Literal

from pydantic import Field

from thresholds.published.entries import Entry, Id, Words

ChecklistKind = Literal["reasons for", "reasons against", "agreement", "sharing", "steps", "practices", "values"]
OfferKind = Literal["assessment", "provider", "guidance", "next step"]


class Item(Entry):
    """One line of a checklist. `must_record` says what has to be written down about it, if anything."""

    words: Words
    must_record: str = ""


class Checklist(Entry):
    """Lines to weigh or to do together, such as the reasons to start an early help assessment.

    Never a score: how many lines fit decides nothing. `about` is what the list is for.
    """

    name: Words
    kind: ChecklistKind
    about: Id
    items: tuple[Item, ...] = Field(min_length=1)


class Offer(Entry):
    """An assessment, a provider or a next step that the document names for a level, as an example."""

    level: Id
    kind: OfferKind
    name: Words
    within: str = ""
