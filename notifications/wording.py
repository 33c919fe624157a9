"""Which kinds of message are there, for whom, by which media, and in what words?

One file a kind: `words/<kind>.md.j2`, with front matter above the body.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError

from notifications.outgoing import MEDIA
from notifications.safe_fields import SAFE_FIELDS, Unwritable

WORDS = files("notifications") / "words"
_ENDING = ".md.j2"


def _listed(allowed: Mapping[str, object] | frozenset[str]) -> AfterValidator:
    def check_listed(names: tuple[str, ...]) -> tuple[str, ...]:
        strange = sorted(set(names) - set(allowed))
        if strange or len(set(names)) != len(names):
            raise ValueError(f"each once, and only from {', '.join(sorted(allowed))}; not {strange or names}")
        return names

    return AfterValidator(check_listed)


class Words(BaseModel):
    """One kind of message. `subject` and `body` are Jinja sources; the rest is what `words/` declares."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    title: str = Field(min_length=1)
    audience: Literal["staff", "referrer", "outside", "family"]
    channels: Annotated[tuple[str, ...], Field(min_length=1), _listed(MEDIA)]
    fields: Annotated[tuple[str, ...], _listed(SAFE_FIELDS)]
    urgent: StrictBool
    calendar: Literal["request", "cancel"] | None = None
    """Whether an entry for the calendar goes with it: a meeting to come, or one that isn't any more."""

    subject: str = Field(min_length=1)
    body: str = Field(min_length=1)


class _EachKeyOnce(yaml.SafeLoader):
    """YAML keeps the last of two equal keys in silence; we would rather hear of it."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def word_files(folder: Traversable = WORDS) -> Iterator[Traversable]:
    """Every file of words in the folder, in order of name."""
    return iter(sorted((f for f in folder.iterdir() if f.name.endswith(_ENDING)), key=lambda f: f.name))


def read_words(file: Traversable) -> Words:
    """One file's words; raises `Unwritable` with the file and what to mend."""
    try:
        opening, front, body = file.read_text("utf-8").split("---\n", 2)
        words = Words.model_validate({**yaml.load(front, _EachKeyOnce), "body": body.strip()})
    except ValidationError as faults:
        told = "; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in faults.errors())
        raise Unwritable(f"{file.name}: {told}.") from faults
    except yaml.YAMLError as fault:
        raise Unwritable(f"{file.name}: the front matter is not YAML: {' '.join(str(fault).split())}") from fault
    except (ValueError, TypeError) as fault:
        raise Unwritable(f"{file.name}: begin with front matter between two lines of three hyphens.") from fault
    if opening or f"{words.kind}{_ENDING}" != file.name:
        raise Unwritable(f"{file.name}: the file is named after its kind, and begins with its front matter.")
    return words


@cache
def kinds() -> Mapping[str, Words]:
    """Every kind of message this package can write, by kind."""
    return MappingProxyType({words.kind: words for words in map(read_words, word_files())})
