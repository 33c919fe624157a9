"""What stands in the way of danger? Nothing: what can't be taken is left out, and stands in the worry as told."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import partial, reduce
from operator import getitem
from typing import Any

from pydantic import ValidationError

from pathway.access import answers_for
from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.judging import judged
from pathway.acts.link import check_seen
from pathway.acts.tasks import raise_task
from pathway.tables import Case
from pathway.tables.timing import TaskKind
from thresholds import Edition
from workflows.referral_facts import LONGEST_TEXT, Take

Place = tuple[int | str, ...]
UNREAD = "Told like this, and not read:"
NOT_ASKED: Mapping[str, object] = {
    "told_by": "Not asked yet",
    "worry": "A child is in danger now. The rest was not asked yet.",
    "safe_tonight": "no",
    "ring_back": "Not asked yet",
}
"""What stands where nothing was told, or nothing that can be read."""

MOST_TRIES = 5
CHILD, AGES = r"children\[\d+\]", ("born_on", "expected_on", "age_years")
NAMES = ("ref", "given_name", "family_name")


def as_far_as_it_goes(told: Mapping[str, Any], places: Iterable[Place] = ()) -> Take:
    """What was told, without what stands at `places` and whatever else can't be read."""
    body = deepcopy(dict(told))
    unread = [one for place in places for one in _left_out(body, place)]
    for _ in range(MOST_TRIES):
        try:
            return _noted(Take.model_validate({**NOT_ASKED, **body}), unread)
        except ValidationError as wrong:
            for error in reversed(wrong.errors()):
                missing = error["type"] == "missing"
                unread += _left_out(body, error["loc"][:-1] if missing else error["loc"])
    every = [*unread, *(f"{name}: {value}" for name, value in body.items())]
    return _noted(Take.model_validate({**NOT_ASKED, "immediate_danger": True}), every)


def takeable(unit: Work, edition: Edition, take: Take) -> Take:
    """What was told of a child in danger, without what an act can't take: a date that hasn't come, or a person whom
    the taker can't see.
    """
    for _ in range(MOST_TRIES):
        places = [place for one in _faults(unit, edition, take) for place in _places(one.field)]
        if not places:
            return take
        take = as_far_as_it_goes(take.model_dump(mode="json"), places[::-1])
    plain = take.model_dump(mode="json")
    plain["children"] = [{name: one[name] for name in NAMES} for one in plain["children"]]
    return as_far_as_it_goes(plain)


def ask_what_was_meant(unit: Work, case: Case, take: Take) -> None:
    """What couldn't be read is put right afterwards, by whoever answers for the record."""
    if UNREAD in take.worry:
        words = "Something that was told couldn’t be read. It stands at the end of the worry: add it, put right."
        holder = answers_for(unit.session, [case.id or 0], unit.now).get(case.id or 0)
        raise_task(
            unit,
            TaskKind.data_to_put_right,
            case.public_id,
            words,
            case_id=case.id,
            team_id=holder.team_id if holder and holder.is_team else None,
            practitioner_id=min(holder.practitioner_ids) if holder and not holder.is_team else None,
        )


def _faults(unit: Work, edition: Edition, take: Take) -> Iterator[FieldFault]:
    told = [(f"{name}[{at}].same_as", one.same_as) for name in ("children", "adults")
            for at, one in enumerate(getattr(take, name))]  # fmt: skip
    checks: list[Callable[[], object]] = [partial(check_seen, unit, ref, field) for field, ref in told if ref]
    checks.append(partial(judged, unit, edition, take))
    for check in checks:
        try:
            check()
        except Unacceptable as wrong:
            yield from wrong.faults


def _places(field: str) -> list[Place]:
    """`children[0].born_on` as the steps that lead there; a child as a whole is one whose ages can't be."""
    place = tuple(int(one) if one.isdecimal() else one for one in re.findall(r"\w+", field))
    return [(*place, age) for age in AGES] if re.fullmatch(CHILD, field) else [place]


def _left_out(body: Any, place: Place) -> list[str]:
    """Take out what stands there, in words."""
    try:
        *way, last = place
        value = reduce(getitem, way, body).pop(last)
    except (LookupError, TypeError, ValueError):
        return []
    return [] if value in ("", None) else [f"{str(last).replace('_', ' ').capitalize()}: {value}"]


def _noted(take: Take, unread: Iterable[str]) -> Take:
    words = "\n".join((UNREAD, *unread))
    if words == UNREAD:
        return take
    return take.model_copy(update={"worry": f"{take.worry}\n\n{words}"[:LONGEST_TEXT]})
