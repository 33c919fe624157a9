"""What was answered so far, page by page, to be read back before it is sent?"""

from collections.abc import Iterator
from dataclasses import dataclass

from pathway.web.forms.contact_choices import chosen, sources
from pathway.web.forms.contact_form import DAYS, FOUR_FACTS, OF_ADULT, OF_CHILD, TICKS, called
from pathway.web.forms.contact_steps import CHECK, Step, steps
from pathway.web.forms.contact_titles import TITLES
from pathway.web.forms.form import Form
from pathway.web.forms.several import ADULTS, CHILDREN, held
from pathway.web.forms.typed import day
from thresholds import Edition
from thresholds.editions.terms import said_today

Answer = tuple[str, str]
MISSING = "Still needed"
NOTHING_TICKED = "Nothing ticked: the level stays not yet known. It doesn’t mean that nothing is wrong."


@dataclass(frozen=True, slots=True)
class Answered:
    """One page's answers; `step` is where they are changed."""

    step: Step
    title: str
    answers: tuple[Answer, ...]


def answers(form: Form, edition: Edition) -> tuple[Answered, ...]:
    """Every page with what was answered on it; what nobody knows yet isn't listed, but what is still needed is."""
    names = list(called(form))
    return tuple(
        Answered(one, names[one.about] if one.about is not None else one.title, tuple(_of(form, edition, one, names)))
        for one in steps(form)
        if one.id != CHECK
    )


def _of(form: Form, edition: Edition, step: Step, names: list[str]) -> Iterator[Answer]:
    if step.id == "examples":
        yield from _examples(form, edition, names)
        return
    if step.about is not None:
        yield from _facts(form, CHILDREN.start(step.about), (*OF_CHILD, *DAYS[CHILDREN]))
        return
    for name in step.fields:
        if name == "source_code" and form.one(name):
            yield TITLES[name], dict(sources(edition)).get(form.one(name), form.one(name))
        else:
            yield from _facts(form, "", (name,))
    if step.id == "household":
        for index, start in enumerate(held(form, ADULTS)):
            told = [answer for _, answer in _facts(form, start, (*OF_ADULT, *DAYS[ADULTS]))]
            yield f"{ADULTS.one} {index + 1}", ", ".join(told)


def _facts(form: Form, start: str, names: tuple[str, ...]) -> Iterator[Answer]:
    days = {name for named in DAYS.values() for name in named}
    for name in (one for one in names if one != "ref" and not one.startswith("_")):
        said = day(form, start + name) if name in days else chosen(name, form.one(start + name).strip())
        if name in TICKS and said:
            said = "Yes"
        if said:
            yield TITLES[name], said
        elif name in FOUR_FACTS:
            yield TITLES[name], MISSING


def _examples(form: Form, edition: Edition, names: list[str]) -> Iterator[Answer]:
    words = {one.id: said_today(edition, one.words) for one in edition.indicators}
    none = True
    for name, start in zip(names, held(form, CHILDREN, blank=True), strict=True):
        for one in form.every(start + "observed"):
            none = False
            seen = form.one(f"{start}seen-{one}").strip()
            yield name, words.get(one, one) + (f". Seen: {seen}" if seen else "")
    if none:
        yield "The document’s examples", NOTHING_TICKED
