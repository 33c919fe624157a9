"""What does the contact form ask, and what was answered? The four facts first, then all that can follow."""

import re
from collections.abc import Iterator

from pydantic import ValidationError

from pathway.acts.danger import NOT_ASKED, as_far_as_it_goes
from pathway.web.forms.contact_titles import TITLES
from pathway.web.forms.form import Form
from pathway.web.forms.several import ADULTS, CHILDREN, Several, held, how_many, numbered
from pathway.web.forms.typed import Fault, Place, day, faults_of
from workflows.referral_facts import Take, TakenAdult, TakenChild

FOUR_FACTS = ("told_by", "worry", "safe_tonight", "ring_back")
PLAIN = (
    *FOUR_FACTS, "kind", "caller", "how", "caller_role", "source_code", "told_by_email", "siblings", "other_children",
    "childs_words", "agreement", "agreement_reason", "safe_contact", "interpreter", "household", "strengths",
    "others_at_risk", "domestic_abuse", "address",
)  # fmt: skip
TICKS = ("immediate_danger", "address_sealed")
CHOSEN = ("sex", "disability", "missing", "exploitation", "involvement", "services")
"""What is chosen from a list about a child; unknown is what stands where nobody chose."""

OF_CHILD = ("ref", "given_name", "family_name", "other_names", "school", "age_years", "same_as", *CHOSEN)
OF_ADULT = (
    "ref", "given_name", "family_name", "other_names", "telephone", "relation", "lives_with", "sex", "same_as",
)  # fmt: skip
DAYS = {CHILDREN: ("born_on", "expected_on"), ADULTS: ("born_on",)}
NOT_ONE_WE_KNOW = ("no", "unsure")
"""What was chosen where the child isn't one of those we know, or nobody is sure."""

NAMES_SOMEBODY = re.compile(
    r"address|address_sealed|(children|adults)-\d+-(given_name|family_name|other_names|school|telephone)"
    r"|adults-\d+-born_on-\w+"
).fullmatch


def take_of(form: Form, *, protected: bool = False) -> tuple[Take | None, tuple[Fault, ...]]:
    """The taking, or every fault beside its field.

    Danger waits for no form, and is taken as far as it can be read, but where it is `protected` already.
    """
    body: dict[str, object] = {name: form.one(name).strip() for name in PLAIN if form.one(name).strip()}
    body |= {name: bool(form.one(name)) for name in TICKS}
    body["children"] = _children(form)
    body["adults"] = [_told(form, start, OF_ADULT, DAYS[ADULTS]) for start in held(form, ADULTS)]
    if body["immediate_danger"]:
        body = {**NOT_ASKED, **body}
        if not protected:
            return as_far_as_it_goes(body), ()
    try:
        return Take.model_validate(body), ()
    except ValidationError as wrong:
        return None, faults_of(wrong, _title)


def form_of(take: Take) -> Form:
    """The form that comes to this taking: what was told, to be shown again and added to."""
    plain = take.model_dump(mode="json")
    fields = {name: [_text(plain[name])] for name in PLAIN}
    fields["source_code"] = [] if take.source_code == Take.model_fields["source_code"].default else [take.source_code]
    fields |= {name: ["yes"] if plain[name] else [] for name in TICKS}
    fields |= numbered(CHILDREN, len(take.children)) | numbered(ADULTS, len(take.adults))
    for index, child in enumerate(take.children):
        fields |= _shown(CHILDREN.start(index), child, OF_CHILD, DAYS[CHILDREN])
        fields[CHILDREN.start(index) + "observed"] = [one.indicator for one in child.observed]
        fields |= {f"{CHILDREN.start(index)}seen-{one.indicator}": [one.seen] for one in child.observed}
    for index, adult in enumerate(take.adults):
        fields |= _shown(ADULTS.start(index), adult, OF_ADULT, DAYS[ADULTS])
    return Form({name: values for name, values in fields.items() if any(values)})


def is_ready(form: Form) -> bool:
    """Whether it can be saved as it stands: the four facts are there, or a child is in danger now."""
    return bool(form.one("immediate_danger")) or all(form.one(name).strip() for name in FOUR_FACTS)


def needs_no_names(form: Form) -> bool:
    """Advice asks for no names; where one was typed already it is shown still, so that nothing disappears unseen."""
    typed = {name for name, values in form.fields.items() if any(map(str.strip, values))}
    return form.one("kind") == "advice" and not any(map(NAMES_SOMEBODY, typed))


def _children(form: Form) -> list[dict[str, object]]:
    count = how_many(form, CHILDREN)
    children = [_child(form, CHILDREN.start(index)) for index in range(count)]
    return [] if count == 1 and not children[0] else children


def _child(form: Form, start: str) -> dict[str, object]:
    child = _told(form, start, OF_CHILD, DAYS[CHILDREN])
    observed = [{"indicator": one, "seen": form.one(f"{start}seen-{one}")} for one in form.every(f"{start}observed")]
    return child | ({"observed": observed} if observed else {})


def _told(form: Form, start: str, names: tuple[str, ...], days: tuple[str, ...]) -> dict[str, object]:
    """What was told of one person; what was left empty, or isn't known, is left out."""
    told: dict[str, object] = {name: form.one(start + name).strip() for name in names}
    told |= {name: day(form, start + name) for name in days}
    if told["same_as"] in NOT_ONE_WE_KNOW:
        told["same_as"] = ""
    return {name: value for name, value in told.items() if value not in ("", "unknown")}


def _shown(
    start: str, told: TakenChild | TakenAdult, names: tuple[str, ...], days: tuple[str, ...]
) -> dict[str, list[str]]:
    plain = told.model_dump(mode="json")
    fields = {start + name: [_text(plain[name])] for name in names if plain[name] != "unknown"}
    for name in (one for one in days if plain[one]):
        parts = zip(("year", "month", "day"), str(plain[name]).split("-"), strict=True)
        fields |= {f"{start}{name}-{part}": [number.lstrip("0")] for part, number in parts}
    return fields


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _title(place: Place) -> str:
    name = str(place[-1])
    fact = next((facts.model_fields[name] for facts in (Take, TakenChild) if name in facts.model_fields), None)
    title = TITLES.get(name) or (fact.title if fact and fact.title else name.replace("_", " ").capitalize())
    one = next((one for one in (CHILDREN, ADULTS) if one.name == place[0] and len(place) > 1), None)
    return f"{_called(one, int(place[1]))}: {title}" if one else title


def _called(several: Several, index: int) -> str:
    return f"{several.one} {index + 1}"


def called(form: Form) -> Iterator[str]:
    """What each child is called on the form: by name where there is one."""
    for index, start in enumerate(held(form, CHILDREN, blank=True)):
        name = " ".join(filter(None, (form.one(start + part).strip() for part in ("given_name", "family_name"))))
        yield name or _called(CHILDREN, index)
