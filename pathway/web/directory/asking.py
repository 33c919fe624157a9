"""What was asked of the directory? Read from the address, so that a search can be kept, sent on and come back to."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from pathway.store.directory.finding import NOW, Found, Wanted
from pathway.store.directory.opening import DAY_WORDS, DAYS
from pathway.web.forms.filters import Choice
from pathway.web.forms.form import Form
from pathway.web.forms.typed import Fault

LONGEST = 200
OLDEST = 25
MILES = (2, 5, 10, 25)
WITHIN = [(str(one), f"Within {one} miles of there") for one in MILES]
WHEN = [(NOW, "Open now"), *zip(DAYS, (f"On a {one}" for one in DAY_WORDS), strict=True)]
NOT_AN_AGE = f"Write the child’s age in whole years, from 0 to {OLDEST}."


def wanted_of(asked: Form) -> tuple[Wanted, tuple[Fault, ...]]:
    """What is looked for; what isn't a choice of ours narrows nothing."""
    typed, within, day = asked.one("age").strip(), asked.number("within"), asked.one("day")
    age = asked.number("age") if typed else None
    wrong = bool(typed) and (age is None or age > OLDEST)
    wanted = Wanted(
        need=asked.one("q").strip()[:LONGEST],
        age=None if wrong else age,
        place=asked.one("place").strip()[:LONGEST],
        within=within if within in MILES else None,
        day=day if day == NOW or day in DAYS else "",
        ended=asked.has("ended", "yes"),
        anywhere=asked.has("anywhere", "yes"),
    )
    return wanted, (Fault("age", NOT_AN_AGE),) if wrong else ()


def address(wanted: Wanted, page: int = 1) -> str:
    parts = {"q": wanted.need, "age": wanted.age, "place": wanted.place, "within": wanted.within, "day": wanted.day}
    parts |= {name: "yes" for name in ("anywhere", "ended") if getattr(wanted, name)}
    parts |= {"page": page} if page > 1 else {}
    said = {name: value for name, value in parts.items() if value not in (None, "")}
    return f"/services?{urlencode(said)}" if said else "/services"


def beside(wanted: Wanted, found: Found) -> Iterator[Choice]:
    """What stands beside the list, with how much it is; one that is chosen leads back."""
    if found.elsewhere or wanted.anywhere:
        words, other = "Also without a place of their own", replace(wanted, anywhere=not wanted.anywhere)
        yield Choice(words, address(other), found.elsewhere, wanted.anywhere)
    if found.ended or wanted.ended:
        words, other = "Also not offered any more", replace(wanted, ended=not wanted.ended)
        yield Choice(words, address(other), found.ended, wanted.ended)
