"""What have children and parents told us, who answers it, and by when? As the viewer may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from pathway.access import Viewer, seen_whole_by
from pathway.access.voices import voices_visible_to
from pathway.store.parts.details import minutes_left
from pathway.store.parts.seen import cases_seen
from pathway.store.parts.words import VOICES, WAYS
from pathway.tables import Case, Practitioner, Task, Team, Voice, VoiceKind
from pathway.tables.timing import TaskKind

MOST = 200
LATELY = timedelta(days=30)
"""How long an answer stays on the list after it was given."""


@dataclass(frozen=True, slots=True)
class VoiceView:
    """`case` is the record it is about, `claimed` the one whose reference they gave and nobody has checked."""

    ref: str
    kind: str
    kind_words: str
    case: str | None
    claimed: str | None
    about: str
    name: str
    reach: str
    said: str
    heard_at: datetime
    heard_by: str
    """Empty where they wrote it themselves."""

    due_at: datetime
    left_minutes: int
    owner: str
    asked_of: str
    asked_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    answer: str
    way_words: str

    @property
    def waits(self) -> bool:
        return self.answered_at is None

    @property
    def overdue(self) -> bool:
        return self.waits and self.left_minutes < 0

    @property
    def wants_advocate(self) -> bool:
        return self.kind == VoiceKind.advocate


def voices(session: Session, viewer: Viewer, now: datetime) -> tuple[VoiceView, ...]:
    """What waits, soonest due first, and then what was answered lately."""
    query = voices_visible_to(viewer, now)
    waiting = query.where(col(Voice.answered_at).is_(None)).order_by(col(Voice.due_at)).limit(MOST)
    lately = query.where(col(Voice.answered_at) > now - LATELY).order_by(col(Voice.answered_at).desc()).limit(MOST)
    return _views(session, viewer, (*session.exec(waiting).all(), *session.exec(lately).all()), now)


def voice(session: Session, viewer: Viewer, ref: str, now: datetime) -> VoiceView | None:
    """One of them; None where it isn't the viewer's to read."""
    rows = session.exec(voices_visible_to(viewer, now).where(col(Voice.public_id) == ref)).all()
    return next(iter(_views(session, viewer, rows, now)), None)


def voices_of(session: Session, viewer: Viewer, reference: str, now: datetime) -> tuple[VoiceView, ...]:
    """What the family of one record told us, newest first."""
    case = seen_whole_by(viewer, now).where(col(Case.public_id) == reference).with_only_columns(col(Case.id))
    query = voices_visible_to(viewer, now).where(col(Voice.case_id).in_(case)).order_by(col(Voice.id).desc())
    return _views(session, viewer, session.exec(query).all(), now)


def _views(session: Session, viewer: Viewer, rows: Sequence[Voice], now: datetime) -> tuple[VoiceView, ...]:
    people = {row.heard_by_id for row in rows} | {row.answered_by_id for row in rows}
    names = _names(session, people)
    owners = _owners(session, {row.public_id for row in rows})
    refs = cases_seen(session, viewer, (one for row in rows for one in (row.case_id, row.claims_id)), now)
    return tuple(_view(row, names, owners, refs, now) for row in rows)


def _view(
    row: Voice,
    names: dict[int | None, str],
    owners: dict[str, str],
    refs: dict[int | None, str],
    now: datetime,
) -> VoiceView:
    return VoiceView(
        ref=row.public_id,
        kind=row.kind,
        kind_words=VOICES[row.kind],
        case=refs.get(row.case_id),
        claimed=refs.get(row.claims_id),
        about=row.about,
        name=row.name,
        reach=row.reach,
        said=row.said,
        heard_at=row.heard_at,
        heard_by=names.get(row.heard_by_id, ""),
        due_at=row.due_at,
        left_minutes=minutes_left(row.due_at, now),
        owner=owners.get(row.public_id, ""),
        asked_of=row.asked_of,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answered_by=names.get(row.answered_by_id, ""),
        answer=row.answer,
        way_words=WAYS[row.way].partition(":")[0] if row.way else "",
    )


def _names(session: Session, people: set[int | None]) -> dict[int | None, str]:
    """Names of people; the system has none, for then nobody but the family wrote it."""
    found = select(Practitioner.id, Practitioner.name).where(
        col(Practitioner.id).in_(people), col(Practitioner.is_system).is_(False)
    )
    return dict(session.exec(found).all())


def _owners(session: Session, refs: set[str]) -> dict[str, str]:
    """Whose task each is."""
    rows = session.exec(
        select(Task.about, Practitioner.name, Team.name)
        .join(Practitioner, col(Practitioner.id) == col(Task.practitioner_id), isouter=True)
        .join(Team, col(Team.id) == col(Task.team_id), isouter=True)
        .where(col(Task.kind) == TaskKind.family_says, col(Task.about).in_(refs), col(Task.done_at).is_(None))
    ).all()
    return {about: person or team or "" for about, person, team in rows}
