"""How does one form ask about several people? Their fields are numbered, added, taken out and moved up."""

from collections.abc import Iterator
from dataclasses import dataclass

from pathway.web.forms.form import Form


@dataclass(frozen=True, slots=True)
class Several:
    """Several of one kind: `counted` is the field that says how many stand on the form."""

    name: str
    one: str
    counted: str
    fewest: int
    most: int = 30

    def start(self, index: int) -> str:
        return f"{self.name}-{index}-"


CHILDREN = Several("children", "Child", "_children", 1)
ADULTS = Several("adults", "Adult", "_adults", 0)


def how_many(form: Form, of: Several) -> int:
    return min(max(form.number(of.counted) or of.fewest, of.fewest), of.most)


def shown_blank(form: Form, of: Several) -> int:
    """How many stand on the page: those told of, and a blank one."""
    return min(how_many(form, of) + 1, of.most)


def numbered(of: Several, count: int) -> dict[str, list[str]]:
    return {of.counted: [str(max(count, of.fewest))]}


def with_another(form: Form, of: Several) -> Form:
    return Form({**form.fields, of.counted: [str(min(how_many(form, of) + 1, of.most))]})


def without(form: Form, of: Several, gone: int) -> Form:
    """The form without one of them; those after it move up."""
    count = how_many(form, of)
    if gone >= count:
        return form
    fields = {name: values for name, values in form.fields.items() if not name.startswith(of.start(gone))}
    for index in range(gone + 1, count):
        before, after = of.start(index), of.start(index - 1)
        for name in [name for name in fields if name.startswith(before)]:
            fields[after + name.removeprefix(before)] = fields.pop(name)
    return Form({**fields, **numbered(of, count - 1)})


def held(form: Form, of: Several, *, blank: bool = False) -> Iterator[str]:
    """Where the fields of each begin; those of whom nothing was told only where `blank` is asked for."""
    for index in range(how_many(form, of)):
        if blank or _typed(form, of.start(index)):
            yield of.start(index)


def without_blanks(form: Form, of: Several) -> Form:
    """The form without those of whom nothing was told, so that each stands at the place it will be saved in."""
    for index in reversed(range(how_many(form, of))):
        if not _typed(form, of.start(index)):
            form = without(form, of, index)
    return form


def _typed(form: Form, start: str) -> bool:
    return any(
        name.startswith(start) and any(one.strip() not in ("", "unknown") for one in values)
        for name, values in form.fields.items()
    )
