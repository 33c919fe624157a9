"""What has happened about this child? Every entry of every record of theirs that the viewer may see, as one history."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pathway.access import Viewer, about, seen_whole_by
from pathway.clock import day_of
from pathway.store.adopted.editions import edition_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts.actions import actions_named
from pathway.store.parts.meetings import invited_by_case
from pathway.store.parts.own_words import for_history
from pathway.store.parts.same import shown_as_one
from pathway.store.parts.situations import called
from pathway.store.parts.veil import Veil, veil_over
from pathway.store.parts.views import EntryView
from pathway.store.parts.words import facts_of, what_happened
from pathway.store.people.persons import row_of
from pathway.tables import Agency, Ask, Case, CaseChild, Entry, Level, Payload, Person, Practitioner
from workflows import Facts

PAGE = 50
KINDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "contact": ("Contacts taken in", frozenset({"received", "told_more"})),
    "decision": ("Decisions", frozenset({
        "decide", "protect", "propose_no_further_action", "agree_no_further_action", "give_advice",
    })),
    "level": ("Changes of level", frozenset({"level"})),
    "note": ("Notes and corrections", frozenset({
        "noted", "corrected", "huddle", "recognised", "not_recognised", "said_by_who_knows",
    })),
    "asked": ("Asked of other agencies", frozenset({
        "ask", "answer", "stop_asking", "ask_for_information", "receive_information",
    })),
    "early_help": ("Early help", frozenset({
        "begun", "begun_here", "start_assessing", "finish_assessment", "agree_plan", "share_plan", "review",
        "write_page", "assess_again", "end_early_help", "add_action", "end_action", "action_over",
    })),
    "meeting": ("Meetings", frozenset({
        "invite", "uninvite", "replied", "put_off", "hold", "send_minutes", "call_off",
    })),
    "service": ("Requests to services", frozenset({
        "service_accepts", "service_waits", "service_declines", "end_service", "take_request_back",
    })),
    "document": ("Documents", frozenset({"attached"})),
    "who": ("Who answers", frozenset({"assigned", "accepted", "declined", "covered"})),
    "family": ("Family and address", frozenset({
        "tied", "tie_corrected", "tie_ended",
        "address_sealed", "unsealing_asked", "address_unsealed", "address_left_sealed",
    })),
    "agreement": ("Agreement and sharing", frozenset({
        "asked_to_agree", "agreement_withdrawn", "refusal_weighed", "sharing_decided",
    })),
    "assessment": ("Assessments", frozenset({
        "assessment_begun", "assessment_answered", "assessment_confirmed", "assessment_widened", "assessment_completed",
    })),
    "voice": ("What the family told us", frozenset({
        "family_said", "family_said_elsewhere", "family_answered", "advocate_asked",
    })),
    "time": ("Times that came or passed", frozenset({
        "time_passed", "clock_paused", "clock_resumed", "clock_extended",
    })),
    "access": ("Who may see it", frozenset({"restricted", "glass_broken", "glass_reviewed"})),
}  # fmt: skip
OTHER = "move"
OTHER_WORDS = "Other steps"
OTHER_CHILDREN = ("decisions", "children")
"""Parts of an entry with one item for each child: another child's isn't this one's history."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the history: nothing chosen is all of it. Both days are included."""

    kinds: frozenset[str] = frozenset()
    record: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened. `names` says what the references in `entry` stand for; `facts` is the move's form."""

    case: str
    kind: str
    entry: EntryView
    names: Mapping[str, str] = field(repr=False)
    facts: type[Facts] | None = None


@dataclass(frozen=True, slots=True)
class Chronology:
    person: str
    name: str
    happened: tuple[Happened, ...]
    total: int
    page: int
    pages: int
    records: tuple[str, ...]


def kind_words() -> tuple[tuple[str, str], ...]:
    """The kinds one may choose, in words."""
    return (*((kind, words) for kind, (words, _) in KINDS.items()), (OTHER, OTHER_WORDS))


def chronology(
    session: Session, viewer: Viewer, ref: str, wanted: Wanted, now: datetime, *, page: int | None = 1
) -> Chronology | None:
    """A person's history, or a page of it; all of it where `page` is None. None where they aren't the viewer's.

    A number of queries that doesn't grow with what has happened.
    """
    own = row_of(session, viewer, ref, now)
    if own is None:
        return None
    mine = shown_as_one(session, [own.id or 0])[own.id or 0]
    cases = session.exec(seen_whole_by(viewer, now).where(about(mine)).order_by(col(Case.received_at).desc())).all()
    found = [one for one in _all(session, cases, mine) if _is_wanted(one, wanted)]
    found.sort(key=lambda one: (one.entry.occurred_at, one.entry.recorded_at, one.entry.sequence))
    if not wanted.oldest_first:
        found.reverse()
    pages = max(1, -(-len(found) // PAGE))
    at = 1 if page is None else min(max(page, 1), pages)
    shown = found if page is None else found[(at - 1) * PAGE : at * PAGE]
    records = tuple(case.public_id for case in cases)
    return Chronology(ref, called(own), tuple(shown), len(found), at, 1 if page is None else pages, records)


def _all(session: Session, cases: Sequence[Case], mine: frozenset[int]) -> Iterator[Happened]:
    by_id = {case.id or 0: case for case in cases}
    veil = veil_over(session, by_id)
    names = _names(session, by_id, veil)
    own, others = _children(session, by_id, mine, names)
    rows = session.exec(
        select(Entry, Payload, Practitioner.name)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id).in_(by_id))
    ).all()
    refs = {entry.id: entry.public_id for entry, _, _ in rows}
    corrected = {entry.corrects_id: entry.public_id for entry, _, _ in rows if entry.corrects_id is not None}
    levels = _levels(session, by_id, mine)
    for entry, payload, who in rows:
        case = by_id[entry.case_id or 0]
        process = process_of(case)
        view = EntryView(
            ref=entry.public_id,
            sequence=entry.sequence,
            kind=entry.kind,
            words=what_happened(process, entry.kind),
            who=who,
            occurred_at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            said=_own_part(veil, payload, own, others),
            erased=payload.erased_at is not None,
            corrects=refs.get(entry.corrects_id) if entry.corrects_id else None,
            corrected_by=corrected.get(entry.id or 0),
        )
        facts = facts_of(process, entry.kind)
        yield Happened(case.public_id, _kind(entry.kind), view, names[case.id or 0], facts)
        if entry.id in levels:
            yield Happened(case.public_id, "level", _level(case, levels[entry.id], view, session), {})


def _own_part(veil: Veil, payload: Payload, own: frozenset[str], others: frozenset[str]) -> dict[str, Any]:
    """What was said, without what is another child's alone."""
    said: dict[str, Any] = for_history(veil.on(json.loads(payload.body))) if payload.body else {}
    for name in OTHER_CHILDREN:
        listed = said.get(name)
        if isinstance(listed, list) and listed:
            said[name] = [one for one in listed if _whose(one) not in others]
    if _whose(said) in others and _whose(said) not in own:
        return {"child": said["child"]}
    return said


def _whose(one: object) -> str:
    return str(one.get("child", "")) if isinstance(one, dict) else str(one)


def _kind(entry_kind: str) -> str:
    return next((kind for kind, (_, kinds) in KINDS.items() if entry_kind in kinds), OTHER)


def _children(
    session: Session, by_id: Mapping[int, Case], mine: frozenset[int], names: Mapping[int, dict[str, str]]
) -> tuple[frozenset[str], frozenset[str]]:
    """The references by which this child, and the others, stand on their records; their names go to `names`."""
    rows = session.exec(
        select(CaseChild, Person)
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(CaseChild.case_id).in_(by_id))
    ).all()
    for row, child in rows:
        names[row.case_id][row.public_id] = called(child)
    own = frozenset(row.public_id for row, _ in rows if row.person_id in mine)
    return own, frozenset(row.public_id for row, _ in rows) - own


def _names(session: Session, by_id: Mapping[int, Case], veil: Veil) -> dict[int, dict[str, str]]:
    """What the references on each record stand for."""
    authorities = {case.authority for case in by_id.values()}
    agencies = dict(
        session.exec(select(Agency.public_id, Agency.name).where(col(Agency.authority).in_(authorities))).all()
    )
    found: dict[int, dict[str, str]] = {}
    for case_id, case in by_id.items():
        edition = edition_of(session, case.authority, case.edition_hash)
        named = {one.id: one.name for one in edition.levels} | {one.id: one.name for one in edition.destinations}
        found[case_id] = agencies | named | {one.id: one.name for one in edition.urgencies}
    asked = session.exec(
        select(Ask, Payload.body)
        .join(Payload, col(Payload.entry_id) == col(Ask.entry_id))
        .where(col(Ask.case_id).in_(by_id))
    ).all()
    for ask, body in asked:
        found[ask.case_id][ask.public_id] = veil.on(json.loads(body)).get("question", "") if body else ""
    for case_id, called_here in (*actions_named(session, by_id, veil), *invited_by_case(session, by_id, veil)):
        found[case_id].update(called_here)
    return found


def _levels(session: Session, case_ids: Iterable[int], mine: frozenset[int]) -> dict[int | None, Level]:
    rows = select(Level).where(col(Level.case_id).in_(tuple(case_ids)), col(Level.person_id).in_(mine))
    return {row.entry_id: row for row in session.exec(rows).all()}


def _level(case: Case, row: Level, entry: EntryView, session: Session) -> EntryView:
    names = {one.id: one.name for one in edition_of(session, case.authority, row.edition_hash).levels}
    return EntryView(
        ref=f"{entry.ref}L",
        sequence=entry.sequence,
        kind="level",
        words=f"Level of need: {names.get(row.level, row.level)}",
        who=entry.who,
        occurred_at=row.since,
        recorded_at=entry.recorded_at,
        said={},
        erased=False,
        corrects=None,
        corrected_by=None,
    )


def _is_wanted(one: Happened, wanted: Wanted) -> bool:
    on = day_of(one.entry.occurred_at)
    return (
        (not wanted.kinds or one.kind in wanted.kinds)
        and (not wanted.record or one.case == wanted.record)
        and (wanted.since is None or on >= wanted.since)
        and (wanted.until is None or on <= wanted.until)
        and all(word in _text(one) for word in wanted.words.casefold().split())
    )


def _text(one: Happened) -> str:
    told = " ".join(_strings(one.entry.said, one.names))
    return f"{one.entry.words} {one.entry.who} {one.case} {told}".casefold()


def _strings(said: object, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(said, Mapping):
        for name, value in said.items():
            if name not in ("judgement", "sha256", "media_type"):
                yield from _strings(value, names)
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _strings(value, names)
    elif isinstance(said, str):
        yield names.get(said, said)
