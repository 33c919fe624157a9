"""What has happened in the invented partnership? Stories, read from `told/`: a worry taken in, and what followed."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = files("pathway.sample") / "told"


class Step(BaseModel):
    """`does` is a move's name or another act's; `after` counts office minutes since the step before.

    Nobody in particular tells us something at the open door, so `who` is only said there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    after: int
    who: str
    does: str
    told: dict[str, Any] = Field(default={}, alias="with")
    each: dict[str, Any] = {}
    """The decision for every child who has none yet."""

    by_name: dict[str, dict[str, Any]] = Field(default={}, alias="for")
    """A decision of their own for each child, by given name."""

    joins: str = ""
    """The story whose open record it is offered to."""

    at: str = ""
    """Which of the records that began on the story's own, as the step called it that began it."""

    to: str = ""
    names: tuple[str, ...] = ()
    """Who may see what is restricted; or the child of the record who is tied to another."""

    reason: str = "Best placed."
    days: int = 0
    text: str = ""
    of: str = ""
    """The kind of the entry that is corrected, the latest; the child to whom somebody is tied; what is told of."""

    file: dict[str, str] = {}
    picture: str = ""


class Story(BaseModel):
    """Begins so many office hours, or so many minutes of any kind, before the sample's present."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    story: str
    office_hours_ago: int = 0
    minutes_ago: int = 0
    by: str
    take: dict[str, Any]
    then: tuple[Step, ...] = ()


def stories() -> tuple[Story, ...]:
    """Every story, file by file."""
    pages = sorted((page for page in FOLDER.iterdir() if page.name.endswith(".yaml")), key=lambda page: page.name)
    return tuple(Story.model_validate(one) for page in pages for one in yaml.safe_load(page.read_text("utf-8")))


def observed(seen: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"indicator": indicator, "seen": words} for indicator, words in seen.items()]
