"""Are the words safe to send? What `pathway check` asks of every file of words."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from jinja2 import TemplateError, meta

from notifications.safe_fields import SAFE_FIELDS, Unwritable
from notifications.safe_words import THINGS, unsafe_in_body, unsafe_in_subject
from notifications.wording import WORDS, Words, read_words, word_files
from notifications.writing import ENVIRONMENT, FOOT, Written, write

LONGEST_SUBJECT = 60
"""More is cut off on a telephone, and the reference with it."""
LONGEST_BODY = 1200


def check_words(folder: Traversable = WORDS) -> list[str]:
    """Every fault in the folder's words, a sentence each; none when they are safe."""
    return [*_faults_of_lists(), *(fault for file in word_files(folder) for fault in _faults_of_file(file))]


def _faults_of_file(file: Traversable) -> Iterator[str]:
    try:
        words = read_words(file)
        written = write(words, {name: SAFE_FIELDS[name].longest for name in words.fields})
        used = _names(words.subject) | _names(words.body)
    except (Unwritable, TemplateError) as fault:
        yield f"{file.name}: {fault}" if file.name not in str(fault) else str(fault)
        return
    found = (*_faults_of_fields(words, used), *_faults_of_length(written), *_faults_of_safety(words))
    yield from (f"{file.name}: {sentence}" for sentence in found)


def _names(source: str) -> set[str]:
    return meta.find_undeclared_variables(ENVIRONMENT.parse(source))


def _faults_of_fields(words: Words, used: set[str]) -> Iterator[str]:
    if undeclared := used - set(words.fields):
        yield f"uses {', '.join(sorted(undeclared))} without declaring it."
    if idle := set(words.fields) - used:
        yield f"declares {', '.join(sorted(idle))} and never says it."
    if "reference" not in _names(words.subject):
        yield "the subject must carry the reference: an alert that identifies nothing is missed."
    if words.urgent and "link" not in words.fields:
        yield "an urgent message must carry the link by which it is acknowledged."


def _faults_of_length(written: Written) -> Iterator[str]:
    if len(written.subject) > LONGEST_SUBJECT:
        yield f"the subject can grow to {len(written.subject)} characters; {LONGEST_SUBJECT} at most."
    if len(written.body) > LONGEST_BODY:
        yield f"the body can grow to {len(written.body)} characters; {LONGEST_BODY} at most."


def _faults_of_safety(words: Words) -> Iterator[str]:
    """Over the sources, not one rendering: a branch not taken today is taken tomorrow."""
    if unsafe := unsafe_in_subject(words.subject):
        yield f"the subject says {', '.join(unsafe)}."
    if unsafe := unsafe_in_body(words.body):
        yield f"the body says {', '.join(unsafe)}."


def _faults_of_lists() -> Iterator[str]:
    for where, text in (*THINGS.items(), ("the foot", FOOT)):
        if unsafe := unsafe_in_body(text):
            yield f"safe_words.yaml or foot.txt, {where}: says {', '.join(unsafe)}."
