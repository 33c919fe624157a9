"""What exactly does this message say?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, StrictUndefined, Template, TemplateError

from notifications.safe_fields import SAFE_FIELDS, Unwritable
from notifications.wording import WORDS, Words, kinds

FOOT = (WORDS / "foot.txt").read_text("utf-8").strip()

ENVIRONMENT = Environment(undefined=StrictUndefined, autoescape=False)  # plain text, nothing to escape
ENVIRONMENT.globals.clear()  # a template knows its fields and nothing else


@dataclass(frozen=True)
class Written:
    """A message in its final words: one subject line, and a body of plain text."""

    subject: str
    body: str


def render(kind: str, fields: Mapping[str, object]) -> Written:
    """The message of this kind. Takes exactly the fields the kind declares; raises `Unwritable` otherwise."""
    if kind not in kinds():
        raise Unwritable(f"There are no words for {kind}: add notifications/words/{kind}.md.j2.")
    return write(kinds()[kind], fields)


def write(words: Words, fields: Mapping[str, object]) -> Written:
    """The same from any words, such as a partnership's own."""
    check_fields(words, fields)
    said = {name: SAFE_FIELDS[name].say(value) for name, value in fields.items()}
    try:
        subject = " ".join(_template(words.subject).render(said).split())
        body = _template(words.body).render(said).strip()
    except TemplateError as fault:
        raise Unwritable(f"{words.kind}: {fault}") from fault
    return Written(subject=subject, body=f"{body}\n\n{FOOT}\n")


def check_fields(words: Words, fields: Mapping[str, object]) -> None:
    """Raises `Unwritable` unless the fields are exactly the declared ones: none undeclared, none missing."""
    undeclared, missing = set(fields) - set(words.fields), set(words.fields) - set(fields)
    if undeclared:
        raise Unwritable(f"{words.kind} may not carry {', '.join(sorted(undeclared))}.")
    if missing:
        raise Unwritable(f"{words.kind} also needs {', '.join(sorted(missing))}.")


@cache
def _template(source: str) -> Template:
    return ENVIRONMENT.from_string(source)
