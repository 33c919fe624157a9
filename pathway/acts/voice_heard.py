"""What did a child or parent tell us? Written down with its clock and its owner, by whichever door it came."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy import insert
from sqlmodel import col

from pathway.access import by_reference
from pathway.acts.desk import Work
from pathway.acts.record import Done, Line, record
from pathway.acts.tasks import raise_task
from pathway.acts.voice_owners import complained_of, owner_of
from pathway.store.adopted.editions import in_force
from pathway.store.parts.words import VOICES
from pathway.tables import Case, Voice, VoiceKind
from pathway.tables.columns import public_id, table_of
from pathway.tables.timing import TaskKind
from thresholds import Edition, PastTheCalendar, Unpublished

VOICE = table_of(Voice)
LONGEST = 10_000
LONGEST_REACH = 2_000
LIMIT_OF = {VoiceKind.complaint: "complaint"}
USUAL_LIMIT = "family_voice"
OUR_OWN = {VoiceKind.complaint: timedelta(days=14)}
OUR_OWN_USUAL = timedelta(days=5)
"""For when the document publishes no time: a proposed default, no source sets it. It is promised to nobody."""

WORDS = "Someone has told us about the help they have, and waits for an answer."
"""What the task says: it may stand where people see it who may not read what was said."""

Short = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]


class Spoken(BaseModel):
    """What somebody says to us. `unsafe` where they say that somebody isn't safe now."""

    model_config = ConfigDict(frozen=True)

    kind: VoiceKind
    said: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, strip_whitespace=True)]
    name: Short = ""
    about: Short = ""
    reach: Annotated[str, StringConstraints(max_length=LONGEST_REACH, strip_whitespace=True)] = ""
    unsafe: bool = False


def heard(unit: Work, spoken: Spoken, case: Case | None = None) -> Done:
    """What was told, with its clock and its owner, inside a transaction that another act owns.

    A reference they give sends it to whoever answers for that record. Nothing answered here depends on it.
    """
    _, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    by = published_time(edition, spoken.kind, unit.now)
    ref, claims = public_id(), None if case else _claimed(unit, spoken.about)
    about = spoken.model_dump(include={"kind", "said", "name", "about", "reach"})
    values = about | {
        "public_id": ref,
        "authority": unit.viewer.authority,
        "case_id": case.id if case else None,
        "claims_id": claims,
        "heard_at": unit.now,
        "heard_by_id": unit.viewer.id,
        "due_at": by or unit.now + OUR_OWN.get(spoken.kind, OUR_OWN_USUAL),
        "asked_of": "",
        "answer": "",
    }
    unit.session.execute(insert(VOICE).values(**values))
    named = {"voice": ref, "by": by.isoformat() if by else ""}
    done = on_record(unit, case, "family_said", spoken.kind) if case else Done("", 0, "", 0)
    _give(unit, ref, spoken.kind, case.id if case else claims, values["due_at"], case)
    return Done(done.case, done.version, done.entry, done.sequence, named)


def published_time(edition: Edition, kind: VoiceKind, now: datetime) -> datetime | None:
    """By when the document has it answered; None where it publishes no time."""
    try:
        return edition.due(LIMIT_OF.get(kind, USUAL_LIMIT), now).due_at
    except (Unpublished, PastTheCalendar):
        return None


def on_record(unit: Work, case: Case, kind: str, what: VoiceKind, **more: str) -> Done:
    """A line on the record: that they told us. Their words stand apart, and move along if the record was wrong.

    Of a complaint not even that it is one: whoever it may be about reads the record too.
    """
    about = {} if what is VoiceKind.complaint else {"about": VOICES[what], **more}
    return record(unit, case, Line(kind, said=about))


def _give(unit: Work, ref: str, kind: VoiceKind, about: int | None, due_at: datetime, case: Case | None) -> None:
    owner = owner_of(unit, kind, about)
    raise_task(
        unit,
        TaskKind.family_says,
        ref,
        WORDS,
        case_id=shown_on(kind, case),
        team_id=owner.team_id,
        practitioner_id=owner.practitioner_id,
        besides=complained_of(unit, ref),
        due_at=due_at,
    )


def shown_on(kind: VoiceKind, case: Case | None) -> int | None:
    """A complaint's task doesn't stand on the record, where whoever it is about would see it."""
    return case.id if case and kind is not VoiceKind.complaint else None


def _claimed(unit: Work, about: str) -> int | None:
    """The open record whose reference they gave, if there is one: for the system alone, which tells nobody."""
    reference = plain_reference(about)
    query = by_reference(unit.viewer, reference).where(col(Case.closed_at).is_(None))
    found = unit.session.exec(query).first() if reference else None
    return found.id if found else None


def plain_reference(typed: str) -> str:
    """A reference as it was meant: capitals, no spaces, and the letters that are never in one read as digits."""
    return "".join(typed.upper().split()).translate(str.maketrans("OIL", "011"))[:20]
