"""What stands around the fields of a contact, in either shape and when more is told? And what does a press change?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pathway.store.lists.drafts import any_draft, became
from pathway.web.contact.known import known_on
from pathway.web.door.visit import Visit
from pathway.web.door.words import london
from pathway.web.forms.contact_choices import CHOICES, sources
from pathway.web.forms.contact_form import called, is_ready, needs_no_names
from pathway.web.forms.contact_steps import CHECK, DANGER, Step, of_child, step
from pathway.web.forms.examples import examples
from pathway.web.forms.form import Form
from pathway.web.forms.several import ADULTS, CHILDREN, how_many, shown_blank, with_another, without
from pathway.web.forms.typed import Fault, as_typed
from thresholds import Edition


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody else did with the same contact: `record` where they saved it, `draft` where it goes on."""

    who: str
    at: datetime
    draft: str
    record: str | None
    used: bool

    @property
    def words(self) -> str:
        did = "saved" if self.record else "set aside" if self.used else "changed"
        return f"{self.who} {did} this contact too, {london(self.at)}."


def changed_by(visit: Visit, ref: str | None) -> Changed | None:
    """Who else was at the draft that this one was kept beside."""
    if not ref:
        return None
    with visit.desk.database.reading() as session:
        other = any_draft(session, visit.viewer, ref)
        record = became(session, visit.viewer, ref, visit.now)
    return Changed(other.saved_by, other.saved_at, other.ref, record, other.used) if other else None


def around_form(visit: Visit, form: Form, edition: Edition, faults: tuple[Fault, ...]) -> dict[str, Any]:
    """What the templates of the contact ask for."""
    with visit.desk.database.reading() as session:
        known = known_on(visit, session, edition, form)
    return as_typed(form, faults) | {
        "edition": edition,
        "words": CHOICES,
        "sources": _sources(edition, form.one("source_code")),
        "examples": examples(edition, form),
        "children": list(called(form)),
        "known": known,
        "adults": shown_blank(form, ADULTS),
        "no_names": needs_no_names(form),
        "ready": is_ready(form),
        "inside": bool(visit.viewer.contact_teams),
        "first": DANGER.id,
        "last": CHECK,
    }


def _sources(edition: Edition, chosen: str) -> tuple[tuple[str, str], ...]:
    """What may be chosen, and what was chosen before, though the return has dropped it since."""
    known = sources(edition)
    return known if not chosen or chosen in dict(known) else (*known, (chosen, chosen))


def pressed_on(form: Form) -> str:
    """The button that was pressed; "" for the enter key, unless it was pressed to look for an example."""
    return form.one("_press") or ("find" if form.one("_find") != form.one("_found") else "")


LOOKS = {"find": "examples", "look": "children", "look-adults": "adults"}
"""What is looked for by a press, and where on the page it is shown."""


def has_changed(form: Form, here: Step | None, pressed: str) -> tuple[Form, Step | str]:
    """The form as the pressed button changes it, and where it leads: another page, or a place on this one."""
    verb, _, rest = pressed.rpartition("-")
    number = int(rest) if rest.isdecimal() and len(rest) < 5 else None
    if pressed in ("add", "mother"):
        form = with_mother(form) if pressed == "mother" else with_another(form, CHILDREN)
        last = of_child(how_many(form, CHILDREN) - 1)
        return form, (here and step(form, last)) or last
    if verb == "remove" and number is not None:
        form = without(form, CHILDREN, number)
        last = of_child(max(number - 1, 0))
        return form, (here and step(form, last)) or "children"
    if pressed == "add-adult" or (verb == "remove-adult" and number is not None):
        form = without(form, ADULTS, number) if number is not None else form
        return form, here or "adults"
    if pressed in LOOKS:
        return form, here or LOOKS[pressed]
    return form, ""


def with_mother(form: Form) -> Form:
    """A mother under 18 is a child herself: she is added as one, with what was said of her as an adult."""
    form, mother = with_another(form, CHILDREN), _mother(form)
    start = CHILDREN.start(how_many(form, CHILDREN) - 1)
    told = {
        start + name.removeprefix(mother): values
        for name, values in form.fields.items()
        if mother and name.startswith(mother) and name.removeprefix(mother) in OF_BOTH
    }
    return Form({**form.fields, **told})


OF_BOTH = ("given_name", "family_name", "other_names", "sex", "born_on-day", "born_on-month", "born_on-year")


def _mother(form: Form) -> str | None:
    starts = (ADULTS.start(index) for index in range(how_many(form, ADULTS)))
    return next((start for start in starts if form.one(f"{start}relation") == "mother"), None)
