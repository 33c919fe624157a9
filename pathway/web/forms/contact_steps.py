"""In which order is a contact asked, one thing a page? Safety first; each page knows which fields are its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from pathway.web.forms.form import Form
from pathway.web.forms.several import CHILDREN, how_many

ADDRESS = "/contacts/new"
WORRY, CHECK = "worry", "check"


@dataclass(frozen=True, slots=True)
class Step:
    """One page. `starts` are how the names of its numbered fields begin, `ends` how those of others end."""

    id: str
    title: str
    fields: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    about: int | None = None

    @property
    def part(self) -> str:
        """The template that asks it."""
        return "child" if self.about is not None else self.id

    def owns(self, name: str) -> bool:
        if _is_example(name):
            return self.id == "examples"
        return name in self.fields or (bool(self.starts) and name.startswith(self.starts))


DANGER = Step("danger", "Is a child in danger now?", ("immediate_danger", "safe_tonight"))
FIRST = (DANGER, Step(WORRY, "What is the worry?", ("told_by", "worry", "ring_back")))
AFTER = (
    Step("examples", "What was seen or told?", ("_find",)),
    Step(
        "household",
        "The family and household",
        ("address", "address_sealed", "household", "strengths"),
        ("adults-", "_adults"),
    ),
    Step("others", "Other children", ("siblings", "other_children", "others_at_risk", "domestic_abuse")),
    Step("agreement", "Agreement and safe contact", ("agreement", "agreement_reason", "safe_contact", "interpreter")),
    Step("words", "What the child says", ("childs_words",)),
    Step(
        "caller",
        "Who it is from",
        ("kind", "caller", "caller_role", "how", "source_code", "told_by_email"),
    ),
    Step(CHECK, "Check your answers"),
)


def steps(form: Form) -> tuple[Step, ...]:
    """Every page in its order, one for each child of this form."""
    return (*FIRST, *_children(form), *AFTER)


def step(form: Form, name: str) -> Step | None:
    return next((one for one in steps(form) if one.id == name), None)


def of_child(index: int) -> str:
    return f"child-{index + 1}"


def after(form: Form, here: Step) -> Step:
    every = steps(form)
    return every[min(every.index(here) + 1, len(every) - 1)]


def before(form: Form, here: Step) -> Step | None:
    every = steps(form)
    place = every.index(here)
    return every[place - 1] if place else None


def laid_over(kept: Form, typed: Form, here: Step) -> Form:
    """What was kept, with what this page asked as it was answered now: what was unticked is gone, the rest stands."""
    rest = {name: values for name, values in kept.fields.items() if not here.owns(name)}
    own = {name: values for name, values in typed.fields.items() if here.owns(name)}
    key = {} if "_key" in rest else {"_key": typed.every("_key")}
    return Form({**rest, **own, **key, "_step": [here.id]})


def whose(form: Form, field: str) -> Step:
    """The page on which a field, or a fault at it, stands; the last page for what stands on none."""
    every = steps(form)
    return next((one for one in every if one.owns(field)), every[-1])


def _children(form: Form) -> Iterator[Step]:
    for index in range(how_many(form, CHILDREN)):
        yield Step(of_child(index), f"Child {index + 1}", starts=(CHILDREN.start(index),), about=index)


def _is_example(name: str) -> bool:
    rest = name.split("-", 2)[-1] if name.startswith("children-") else ""
    return rest == "observed" or rest.startswith(("seen-", "observed-"))
