"""What has changed since the assessment that this one follows? For whoever reviews, and whoever reads the review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pathway.access import Viewer
from pathway.store.records.assessments import field_of, in_words, seen_filling
from pathway.store.records.filled import Filling, Said, filling_of
from thresholds.filling.compared import Compared, How, compared
from thresholds.published.forms import Form

WITHHELD = "Only whoever wrote it down and their manager may read it."


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One question about one person: what stood and what stands, and who wrote or confirmed it when."""

    field: str
    part: str
    question: str
    who: str
    how: How
    before: str
    after: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangesView:
    """`changed` side by side, `unchanged` as it was confirmed; `left` is how many haven't been looked at again."""

    case: str
    ref: str
    name: str
    follows: str
    followed_at: datetime | None
    changed: tuple[ChangeView, ...]
    unchanged: tuple[ChangeView, ...]
    left: int


def changes(session: Session, viewer: Viewer, reference: str, ref: str, now: datetime) -> ChangesView | None:
    """None where the record isn't the viewer's to see whole, or this assessment follows none."""
    seen = seen_filling(session, viewer, reference, ref, now)
    if seen is None:
        return None
    case, after = seen
    before = filling_of(session, viewer, case, after.row.follows or "", now)
    if before is None:
        return None
    found = tuple(_looked_at(before, after))
    return ChangesView(
        case=case.public_id,
        ref=ref,
        name=after.form.name,
        follows=before.row.public_id,
        followed_at=before.row.completed_at,
        changed=tuple(one for one in found if one.how != "unchanged"),
        unchanged=tuple(one for one in found if one.how == "unchanged"),
        left=sum(1 for spot in before.values if spot not in after.current),
    )


def _looked_at(before: Filling, after: Filling) -> Iterator[ChangeView]:
    """What nobody has answered again yet is neither changed nor taken out."""
    for one in compared(after.form, before.values, after.values):
        said = after.current.get(one.spot)
        if said is not None and one.spot[0] in after.form.by_id:
            yield _change(one, before.current.get(one.spot), said, after)


def _change(one: Compared, was: Said | None, said: Said, after: Filling) -> ChangeView:
    question = after.form.by_id[one.spot[0]]
    return ChangeView(
        field=field_of(one.spot),
        part=_part_of(after.form, question.id),
        question=question.asks,
        who=after.called(one.spot[1]),
        how=one.how,
        before=_told(after, was),
        after=_told(after, said),
        by=said.by,
        at=said.at,
    )


def _told(filling: Filling, said: Said | None) -> str:
    if said is None or not said.value:
        return ""
    return in_words(filling.form.by_id[said.spot[0]], said.value) if said.may_read else WITHHELD


def _part_of(form: Form, question: str) -> str:
    return next(part.name for part in form.parts if any(one.id == question for one in part.questions))
