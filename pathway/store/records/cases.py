"""What does one record hold? The whole of it, or what its referrer hears."""

from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Depth, Viewer, answers_for, reached, visible_to
from pathway.store.adopted.editions import edition_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts import details
from pathway.store.parts.actions import actions_of
from pathway.store.parts.agreements import agreements_on
from pathway.store.parts.asks import asks_of
from pathway.store.parts.beginnings import beginnings, related
from pathway.store.parts.glance import glance
from pathway.store.parts.heard import heard
from pathway.store.parts.meetings import meeting_of
from pathway.store.parts.rows import answerable_view
from pathway.store.parts.same import same_as
from pathway.store.parts.situations import situation_of
from pathway.store.parts.tasks import tasks_of_case
from pathway.store.parts.told import TELLING, in_order_of
from pathway.store.parts.veil import veil_of
from pathway.store.parts.views import CaseView, ChildView, Earlier, EntryView, ReferrerView
from pathway.store.parts.words import OPENING, kind_words
from pathway.store.people.earlier import earlier_of
from pathway.store.people.kin import ties_of
from pathway.store.records.outside import referrers_outside
from pathway.store.staffing.staff import partners
from pathway.tables import Case, CaseChild, Practitioner
from thresholds import Edition
from workflows import Process, Situation, choices


def case(session: Session, viewer: Viewer, reference: str, now: datetime) -> CaseView | ReferrerView | None:
    """The record as this viewer may see it; None where it isn't theirs to know or doesn't exist."""
    found = reached(session, viewer, reference, now)
    if found is None:
        return None
    row, seen = found
    situation = situation_of(session, row, viewer, now, seen)
    if seen is Depth.whole:
        return _whole(session, row, viewer, situation, now)
    return _for_referrer(session, row, situation, now)


def process_for(session: Session, viewer: Viewer, reference: str, now: datetime) -> Process | None:
    """By which table a record runs; None where it isn't the viewer's to know."""
    query = visible_to(viewer, now).where(col(Case.public_id) == reference)
    row = session.exec(query).first()
    return process_of(row) if row else None


def _whole(session: Session, row: Case, viewer: Viewer, situation: Situation, now: datetime) -> CaseView:
    edition = edition_of(session, row.authority, row.edition_hash)
    veil = veil_of(session, row)
    timeline = details.timeline_of(session, row, veil)
    taken, latest = _taken(timeline), _latest(timeline)
    children = details.children_of(session, row, edition, now)
    process = process_of(row)
    state = process.state(row.state)
    judgement = _judged(latest, children)
    undecided = process.taken_in and not state.end and any(child.decision is None for child in children)
    advice, asks = judgement.get("children", []), asks_of(session, row, veil, now)
    actions = actions_of(session, row, veil, now) if process.plans else ()
    about = {one.ref: one.asked_of for one in asks} | {one.ref: one.who for one in actions}
    return CaseView(
        ref=row.public_id,
        version=row.version,
        process=row.process,
        process_hash=row.process_hash,
        taken_in=process.taken_in,
        plans=process.plans,
        kind=row.kind,
        kind_words=kind_words(row.kind),
        state=row.state,
        state_words=state.words,
        next_step=state.next_step,
        ended=state.end,
        immediate=row.immediate,
        restricted=row.restricted,
        safe_tonight=row.safe_tonight,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        received_by=taken.who,
        referrer=_referrer(session, row, taken),
        edition=f"{edition.authority_name}, in force from {edition.in_force_from:%-d %B %Y}",
        edition_hash=row.edition_hash,
        told_at=latest.recorded_at,
        take=_told(latest, children),
        earlier=_earlier(session, row, viewer, edition, now) if undecided else None,
        glance=glance(edition, children, advice if isinstance(advice, list) else [], now) if undecided else (),
        judgement=judgement,
        children=children,
        answerable=answerable_view(answers_for(session, [row.id or 0], now).get(row.id or 0)),
        assignments=details.assignments_of(session, row, viewer, now),
        deadlines=details.deadlines_of(session, row, now, about),
        choices=tuple(details.choice_view(one, row.state) for one in choices(process, situation)),
        timeline=timeline,
        documents=details.documents_of(session, row, veil),
        tasks=tasks_of_case(session, row, viewer, now),
        joins=_joins(session, row, viewer, now),
        related=related(session, viewer, row, now),
        beginnings=beginnings(session, viewer, row, now),
        ties=ties_of(session, row),
        agreements=agreements_on(session, row, veil),
        actions=actions,
        meeting=meeting_of(session, row, veil) if process.meets else None,
        asks=asks,
        referrers_outside=referrers_outside(session, row),
        closed_ways=dict(situation.closed_ways),
        urgency=row.urgency,
        urgency_name=situation.urgencies.get(row.urgency or "", ""),
        urgencies=tuple((band.id, f"{band.name}: {band.words}") for band in edition.urgencies),
        agencies=partners(session, viewer),
        levels=tuple((level.id, level.name) for level in edition.levels_upward),
        destinations=tuple((place.id, place.name) for place in edition.destinations),
    )


def _earlier(session: Session, row: Case, viewer: Viewer, edition: Edition, now: datetime) -> Earlier | None:
    """Contacts before this one about any child on it, or about others of the household."""
    children = session.exec(select(CaseChild.person_id).where(col(CaseChild.case_id) == row.id)).all()
    same = same_as(session, children)
    return earlier_of(session, viewer, edition, {row.id: same}, now, before=row).get(row.id)


def _for_referrer(session: Session, row: Case, situation: Situation, now: datetime) -> ReferrerView:
    """Their own words, whether we have answered, and what they were told: nothing that anybody else wrote."""
    timeline = details.timeline_of(session, row, veil_of(session, row))
    clocks = details.deadlines_of(session, row, now)
    process, hears = process_of(row), heard(row, timeline, clocks)
    return ReferrerView(
        ref=row.public_id,
        version=row.version,
        process=row.process,
        process_hash=row.process_hash,
        state="ended" if row.closed_at else "open",
        state_words=hears.state_words,
        received_at=hears.received_at,
        acknowledged=hears.acknowledged,
        told=hears.told,
        told_at=hears.told_at,
        expected_by=hears.expected_by,
        take=_part(_taken(timeline), "take"),
        deadlines=tuple(one for one in clocks if one.obliged == "referrer"),
        choices=tuple(details.choice_view(one, row.state) for one in choices(process, situation)),
    )


def _taken(timeline: tuple[EntryView, ...]) -> EntryView:
    return next(entry for entry in reversed(timeline) if entry.kind in OPENING)


def _latest(timeline: tuple[EntryView, ...]) -> EntryView:
    """The latest telling, of the first taking and those after it; the timeline is newest first."""
    return next(entry for entry in timeline if entry.kind in (*TELLING, *OPENING))


def _told(entry: EntryView, children: tuple[ChildView, ...]) -> dict[str, object]:
    """What was told, its children in the record's order."""
    take = _part(entry, "take")
    return take | ({"children": _in_order(entry, take, children)} if entry.kind not in OPENING else {})


def _judged(entry: EntryView, children: tuple[ChildView, ...]) -> dict[str, object]:
    judgement = _part(entry, "judgement")
    if entry.kind in OPENING:
        return judgement
    return judgement | {"children": _in_order(entry, judgement, children)}


def _in_order(entry: EntryView, of: dict[str, object], children: tuple[ChildView, ...]) -> list[object]:
    return in_order_of([child.ref for child in children], _part(entry, "take"), of)


def _part(entry: EntryView, name: str) -> dict[str, object]:
    part = entry.said.get(name, {})
    return dict(part) if isinstance(part, dict) else {}


def _referrer(session: Session, row: Case, taken: EntryView) -> str:
    told_by = str(_part(taken, "take").get("told_by", ""))
    account = session.get(Practitioner, row.referrer_id) if row.referrer_id else None
    return f"{told_by} ({account.name}, signed in)" if account and account.name != told_by else told_by


def _joins(session: Session, row: Case, viewer: Viewer, now: datetime) -> str | None:
    if row.offered_to_id is None:
        return None
    target = session.exec(visible_to(viewer, now).where(col(Case.id) == row.offered_to_id)).first()
    return target.public_id if target else None
