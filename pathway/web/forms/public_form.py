"""What do the pages open to families ask, and what was answered? Few questions, none of them in our words."""

import re
from collections.abc import Mapping

from pathway.acts.public import NO_NAME, NO_WAY
from pathway.acts.voice_heard import LONGEST, LONGEST_REACH, Spoken
from pathway.tables import VoiceKind
from pathway.web.forms.form import Form
from pathway.web.forms.typed import Fault
from workflows.referral_facts import LONGEST_TEXT, Caller, Take, TakenChild, YesNo

ASKING: Mapping[str, Caller] = {"one": Caller.child, "two": Caller.family}
TELLING: Mapping[str, VoiceKind] = {
    "three": VoiceKind.not_working,
    "four": VoiceKind.correct_fact,
    "five": VoiceKind.advocate,
    "six": VoiceKind.complaint,
}
"""The pages by their addresses, which say nothing: they stand in the browser's list of what was looked at."""

CODES = {Caller.child: "1C", Caller.family: "1A"}
SAFE = {"danger": YesNo.no, "no": YesNo.no, "unknown": YesNo.unknown, "yes": YesNo.yes}
DANGER = "danger"
NOTHING_SAID = "In danger now. Nothing else was said yet."
SHORT = 200
SHORT_WORDS = ("name", "reach", "about", "age", "language")
OLDEST, MOST_CHILDREN = 25, 12
AGES = re.compile(r"\d{1,2}(?:(?:\s*,\s*|\s*&\s*|\s+and\s+|\s+)\d{1,2})*")
"""Nothing but whole numbers, so that "8 months" is never taken for eight years."""


def in_danger(form: Form) -> bool:
    """Whether they told us that somebody is in danger now, on whichever page."""
    return form.one("safe") == DANGER or form.one("unsafe") == "yes"


def asked(form: Form, caller: Caller) -> tuple[Take | None, tuple[Fault, ...]]:
    """What somebody who asks for help told us, or what to put right. Danger needs nothing else."""
    danger = form.one("safe") == DANGER
    form = _fitted(form, LONGEST_TEXT) if danger else form
    faults = () if danger else (*_unanswered(form), *_too_long(form), *_age(form, caller))
    if faults:
        return None, faults
    said, name, ages = _words(form, "said"), _words(form, "name"), _words(form, "age")
    reach, how = _words(form, "reach"), _words(form, "how")
    children = _children(ages, name if caller is Caller.child else "")
    return Take(
        told_by=name or NO_NAME,
        worry=said or NOTHING_SAID,
        safe_tonight=SAFE[form.one("safe")],
        ring_back=reach or NO_WAY,
        caller=caller,
        source_code=CODES[caller],
        immediate_danger=danger,
        children=children,
        childs_words=said if caller is Caller.child else "",
        safe_contact=how,
        interpreter=_words(form, "language"),
        household="" if caller is Caller.child or children else _in_their_words(ages),
    ), ()


def told(form: Form, kind: VoiceKind) -> tuple[Spoken | None, tuple[Fault, ...]]:
    """What somebody told us about the help they have, or what to put right."""
    danger = form.one("unsafe") == "yes"
    form = _fitted(form, LONGEST) if danger else form
    faults = tuple(_too_long(form))
    if not _words(form, "said"):
        faults = (Fault("said", "Write what you want to say."), *faults)
    if faults:
        return None, faults
    how, reach = _words(form, "how"), _words(form, "reach")
    return Spoken(
        kind=kind,
        said=_words(form, "said"),
        name=_words(form, "name"),
        about=_words(form, "about"),
        reach="\n".join(one for one in (reach, how) if one),
        unsafe=danger,
    ), ()


def no_way_back(form: Form) -> bool:
    """True where they gave us no way to reach them."""
    return not _words(form, "reach") and not _words(form, "how")


def _words(form: Form, name: str) -> str:
    return form.one(name).strip()


def _fitted(form: Form, most: int) -> Form:
    """Danger waits for no form: what is too long for its place stands with what was said, as far as there is room."""
    longer = [name for name in SHORT_WORDS if len(_words(form, name)) > SHORT]
    if len(_words(form, "how")) > LONGEST_REACH - SHORT - 1:
        longer.append("how")
    said = "\n".join((_words(form, "said") or NOTHING_SAID, *(_words(form, name) for name in longer)))
    cut = {name: [_words(form, name)[:SHORT]] for name in longer}
    return Form({**form.fields, **cut, "said": [said[:most]]})


def _unanswered(form: Form) -> list[Fault]:
    faults = []
    if not _words(form, "said"):
        faults.append(Fault("said", "Tell us what is going on. A few words are enough."))
    if form.one("safe") not in SAFE:
        faults.append(Fault("safe", "Choose one. “I don’t know” is fine too."))
    return faults


def _too_long(form: Form) -> list[Fault]:
    longest = {"said": LONGEST, "how": LONGEST_REACH - SHORT - 1}
    return [
        Fault(name, f"This is too long. Use fewer than {most:,} letters.")
        for name, most in (longest | dict.fromkeys(SHORT_WORDS, SHORT)).items()
        if len(_words(form, name)) > most
    ]


def _age(form: Form, caller: Caller) -> list[Fault]:
    given = _words(form, "age")
    if caller is Caller.child and given and not (given.isdecimal() and int(given[:4]) <= OLDEST):
        return [Fault("age", "Write your age as a number, like 12. Or leave it empty.")]
    return []


def _children(ages: str, name: str) -> tuple[TakenChild, ...]:
    """A child for each age, where nothing but ages was written."""
    numbers = [int(one) for one in re.findall(r"\d+", ages)] if AGES.fullmatch(ages) else []
    if not numbers or max(numbers) > OLDEST or len(numbers) > MOST_CHILDREN:
        return (TakenChild(given_name=name),) if name else ()
    return tuple(TakenChild(given_name=name, age_years=one) for one in numbers)


def _in_their_words(ages: str) -> str:
    return f"Ages, as they wrote them: {ages}" if ages else ""
