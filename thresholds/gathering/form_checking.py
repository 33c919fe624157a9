"""Can every question of a form be reached and answered, and does every condition name something?"""

from collections.abc import Iterator, Mapping, Sequence

from thresholds.published.faults import Fault
from thresholds.published.forms import Answered, Form, Question
from thresholds.reading.document import Written
from thresholds.reading.named import place_named
from thresholds.reading.page import Page, Place

Placed = tuple[Place, Question]
TAKE_OUT = "Correct the name, or take the condition out."


def form_faults(written: Written) -> Iterator[Fault]:
    """What is wrong within the forms of one document."""
    for index, form in enumerate(written.document.forms):
        placed = tuple(_placed(form, ("forms", index)))
        yield from _twice(written.page, placed)
        yield from _circles(written.page, placed)
        for place, question in placed:
            yield from _question_faults(written.page, place, question, form)


def _placed(form: Form, place: Place) -> Iterator[Placed]:
    for at, part in enumerate(form.parts):
        for number, question in enumerate(part.questions):
            yield (*place, "parts", at, "questions", number), question


def _twice(page: Page, placed: Sequence[Placed]) -> Iterator[Fault]:
    """Questions are named without their part, so no two of a form may share an id; nor two options of a question."""
    seen: dict[str, int] = {}
    for place, question in placed:
        if question.id in seen:
            sentence = f"{place_named(page, place)[0]} stands twice; it is on line {seen[question.id]} already."
            yield page.fault(place, sentence, "Give one of the two another id.")
        seen.setdefault(question.id, page.line(place))
        options = [option.id for option in question.options]
        for at, option in enumerate(options):
            if option in options[:at]:
                sentence = f"{place_named(page, place)[0]} has the option “{option}” twice."
                yield page.fault((*place, "options", at), sentence, "Give one of the two another id.")


def _question_faults(page: Page, place: Place, question: Question, form: Form) -> Iterator[Fault]:
    for at, condition in enumerate(question.opens_when):
        yield from _condition_faults(page, (*place, "opens_when", at), question, condition, form)
    for at, suggestion in enumerate(question.suggests):
        here = (*place, "suggests", at)
        if suggestion.rating not in question.answers:
            sentence = f"{place_named(page, place)[0]} suggests “{suggestion.rating}”, which isn't one of its options."
            yield page.fault((*here, "rating"), sentence, f"Use one of: {', '.join(question.answers)}.")
        for number, condition in enumerate(suggestion.when):
            yield from _condition_faults(page, (*here, "when", number), question, condition, form)


def _condition_faults(page: Page, place: Place, question: Question, condition: Answered, form: Form) -> Iterator[Fault]:
    where, named = place_named(page, place)[0], form.by_id.get(condition.question)
    if named is None:
        sentence = f"{where} waits for “{condition.question}”, and the form has no such question."
        yield page.fault((*place, "question"), sentence, TAKE_OUT)
        return
    if named.id == question.id:
        yield page.fault((*place, "question"), f"{where} waits for an answer to itself.", TAKE_OUT)
        return
    if not named.answers:
        sentence = f"{where} waits for an answer to {named.id}, which takes any {_taken(named)}, so none can be named."
        yield page.fault((*place, "question"), sentence, "Wait for a question with answers to choose from.")
    for answer in (one for one in condition.any_of if named.answers and one not in named.answers):
        sentence = f"{where} waits for “{answer}”, which {named.id} can't be answered with."
        yield page.fault((*place, "any_of"), sentence, f"Use one of: {', '.join(named.answers)}.")
    if question.light and not named.light:
        sentence = f"{where} is in the light-touch form, and waits for {named.id}, which isn't."
        yield page.fault(place, sentence, "Make both light, or neither.")
    if {question.of, named.of} == {"each_child", "each_adult"}:
        sentence = f"{where} is asked of {_each(question)}, and waits for {named.id}, which is asked of {_each(named)}."
        yield page.fault(place, sentence, "Wait for a question about the same people, or about the family.")


def _taken(question: Question) -> str:
    return question.kind if question.kind in ("date", "number") else "words"


def _each(question: Question) -> str:
    return question.of.replace("_", " ")


def _circles(page: Page, placed: Sequence[Placed]) -> Iterator[Fault]:
    """Questions that wait for one another, so that none of them is ever asked; each circle once."""
    waits = {question.id: tuple(one.question for one in question.opens_when) for _, question in placed}
    said = set[frozenset[str]]()
    for place, question in placed:
        circle = _back_to(question.id, question.id, waits, ())
        if len(circle) > 1 and frozenset(circle) not in said:
            said.add(frozenset(circle))
            sentence = f"These questions wait for one another: {' → '.join((*circle, circle[0]))}."
            yield page.fault((*place, "opens_when"), sentence, "Let one of them be asked always.")


def _back_to(start: str, here: str, waits: Mapping[str, tuple[str, ...]], way: tuple[str, ...]) -> tuple[str, ...]:
    """The way from a question back to itself; empty where there is none."""
    for following in waits.get(here, ()):
        if following == start:
            return (*way, here)
        if following not in (*way, here) and (found := _back_to(start, following, waits, (*way, here))):
            return found
    return ()
