"""What does the contact form ask, and what was answered? The four facts first, then all that can follow."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from pathway.web.form import Form
from pathway.web.typed import Fault, Place, day, faults_of
from thresholds import Edition, Indicator
from workflows.referral_facts import Take, TakenChild

PLAIN = (
    "told_by", "worry", "safe_tonight", "ring_back", "kind", "caller", "how", "caller_role", "siblings",
    "other_children", "childs_words", "agreement", "agreement_reason", "safe_contact", "interpreter", "household",
    "strengths", "others_at_risk", "domestic_abuse",
)  # fmt: skip
DANGER: dict[str, object] = {
    "told_by": "Not asked yet",
    "worry": "A child is in danger now. The rest was not asked yet.",
    "safe_tonight": "no",
    "ring_back": "Not asked yet",
}
"""What stands where nothing was typed, so that danger waits for no form."""

CHOSEN = ("disability", "missing", "exploitation", "involvement", "services")
"""What is chosen from a list about a child; unknown is what stands where nobody chose."""

OF_CHILD = ("given_name", "family_name", "age_years", "same_as", *CHOSEN)
NOT_ONE_WE_KNOW = ("no", "unsure")
"""What was chosen where the child isn't one of those we know, or nobody is sure."""

MOST_CHILDREN = 30

TITLES = {
    "told_by": "Who is telling us?",
    "worry": "What is the worry?",
    "safe_tonight": "Is the child safe tonight?",
    "ring_back": "How do we ring back?",
    "kind": "What kind of contact is it?",
    "caller": "Who is it from?",
    "how": "How did it reach us?",
    "immediate_danger": "Is the child in danger now?",
    "childs_words": "The child’s own words",
    "agreement": "Has the family agreed?",
    "agreement_reason": "Why, or why not?",
    "safe_contact": "How is it safe to reach them?",
    "household": "Who lives there, and who matters?",
    "strengths": "What is going well?",
    "caller_role": "Their job or how they know the child",
    "disability": "Is the child disabled?",
    "missing": "Is the child missing, or was?",
    "exploitation": "Does somebody exploit the child, or may?",
    "involvement": "Who works with the child already?",
    "services": "What would it take to meet the need?",
    "others_at_risk": "Does the person causing harm see other children?",
    "domestic_abuse": "Is there domestic abuse?",
    "siblings": "How many brothers and sisters are there?",
    "given_name": "First name",
    "family_name": "Last name",
    "age_years": "Age in years",
    "born_on": "Date of birth",
    "expected_on": "Due date",
    "same_as": "Reference of a child we know already",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The document's examples on one side of a child's life."""

    id: str
    name: str
    indicators: tuple[Indicator, ...]


def how_many_children(form: Form) -> int:
    return min(max(form.number("_children") or 1, 1), MOST_CHILDREN)


def with_another_child(form: Form) -> Form:
    return Form({**form.fields, "_children": [str(min(how_many_children(form) + 1, MOST_CHILDREN))]})


def without_child(form: Form, gone: int) -> Form:
    """The form without one of its children; those after it move up."""
    count = how_many_children(form)
    fields = {name: values for name, values in form.fields.items() if not name.startswith(f"children-{gone}-")}
    for index in range(gone + 1, count):
        before, after = f"children-{index}-", f"children-{index - 1}-"
        moving = [name for name in fields if name.startswith(before)]
        for name in moving:
            fields[after + name.removeprefix(before)] = fields.pop(name)
    return Form({**fields, "_children": [str(max(count - 1, 1))]})


def take_of(form: Form) -> tuple[Take | None, tuple[Fault, ...]]:
    """The taking, or every fault beside its field."""
    body: dict[str, object] = {name: form.one(name).strip() for name in PLAIN if form.one(name).strip()}
    body["immediate_danger"] = bool(form.one("immediate_danger"))
    if body["immediate_danger"]:
        body = DANGER | body
    body["children"] = _children(form)
    try:
        return Take.model_validate(body), ()
    except ValidationError as wrong:
        return None, faults_of(wrong, _title)


def _children(form: Form) -> list[dict[str, object]]:
    count = how_many_children(form)
    children = [_child(form, f"children-{index}-") for index in range(count)]
    return [] if count == 1 and not children[0] else children


def _child(form: Form, start: str) -> dict[str, object]:
    child: dict[str, object] = {name: form.one(start + name).strip() for name in OF_CHILD}
    child |= {name: day(form, start + name) for name in ("born_on", "expected_on")}
    child["observed"] = [
        {"indicator": one, "seen": form.one(f"{start}seen-{one}")} for one in form.every(f"{start}observed")
    ]
    if child["same_as"] in NOT_ONE_WE_KNOW:
        child["same_as"] = ""
    return {name: value for name, value in child.items() if value and not (name in CHOSEN and value == "unknown")}


def _title(place: Place) -> str:
    name = str(place[-1])
    fact = Take.model_fields.get(name) or TakenChild.model_fields.get(name)
    title = TITLES.get(name) or (fact.title if fact and fact.title else name.replace("_", " ").capitalize())
    if place[0] == "children" and len(place) > 1:
        return f"Child {int(place[1]) + 1}: {title}"
    return title


def groups(edition: Edition) -> tuple[Group, ...]:
    """The document's examples: those that mean act now first, then side by side of a child's life."""
    first = Group("now", "Act now: these need social care without delay", _those(edition, None, immediate=True))
    rest = tuple(
        Group(f"{domain.id}-{side.id}", f"{domain.name}: {side.name}", _those(edition, side.id))
        for domain in edition.domains
        for side in domain.dimensions
    )
    other = Group("other", "Anything else", _those(edition, None))
    return tuple(group for group in (first, *rest, other) if group.indicators)


def _those(edition: Edition, dimension: str | None, *, immediate: bool = False) -> tuple[Indicator, ...]:
    fitting: Iterable[Indicator] = edition.indicators
    if immediate:
        return tuple(one for one in fitting if one.immediate)
    return tuple(one for one in fitting if not one.immediate and one.dimension == dimension)
