"""Who is this child, what is open, who is around them, and who is their family? One person, as the viewer may see."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from pathway.access import HOLDS, Viewer, person_visible_to, persons_visible_to, seen_whole_by
from pathway.clock import day_of
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.details import age_in_words
from pathway.store.parts.rows import rows_of
from pathway.store.parts.seen import people_on
from pathway.store.parts.situations import called
from pathway.store.parts.veil import veil_over, veil_over_persons
from pathway.store.parts.words import decision_words
from pathway.store.people.family_views import (
    AroundView,
    InvolvedView,
    Known,
    LevelView,
    OtherChild,
    PersonView,
    RelationView,
    SameView,
)
from pathway.store.people.kin import SIBLINGS, Kin, Tied, household, kin_of, known
from pathway.tables import (
    Agency,
    Ask,
    Assignment,
    Case,
    CaseChild,
    Level,
    Payload,
    Person,
    PersonLink,
    Practitioner,
    Team,
)
from pathway.tables.cases import AssignmentKind, AssignmentStatus
from workflows.referral_facts import BRINGS_UP, PARENTS


def row_of(session: Session, viewer: Viewer, ref: str, now: datetime) -> Person | None:
    """One person by reference; None where they aren't the viewer's to know or don't exist."""
    return session.exec(person_visible_to(viewer, now, ref)).first()


def person(session: Session, viewer: Viewer, ref: str, now: datetime) -> PersonView | None:
    """Everything about one person that the viewer may see; some thirty queries, however much that is."""
    own = row_of(session, viewer, ref, now)
    if own is None:
        return None
    kin = kin_of(session, viewer, own, now)
    at_home = household(kin)
    levels = _levels(session, viewer, kin, now)
    return PersonView(
        person=kin.people[kin.me],
        levels=tuple(levels.get(kin.me, ())),
        family_level=_family_level(kin, levels),
        records=tuple(_records(session, viewer, kin, now)),
        around=tuple(_around(session, [case for case in kin.near if case.closed_at is None], now)),
        people=tuple(kin.people.values()),
        household=tuple(kin.people[one].ref for one in kin.people if one in at_home),
        relations=tuple(_relation(kin, one) for one in kin.ties),
        other_children=tuple(_other_children(kin)),
        same=tuple(_same(session, viewer, kin, now)),
    )


def on_record(session: Session, viewer: Viewer, reference: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """Everybody on a record that the viewer may see whole, as reference and name."""
    case = session.exec(seen_whole_by(viewer, now).where(col(Case.public_id) == reference)).first()
    rows = people_on(session, viewer, case, now) if case else ()
    today = day_of(now)
    return tuple((row.public_id, f"{called(row)}, {age_in_words(row, today)}") for row in rows)


def _levels(session: Session, viewer: Viewer, kin: Kin, now: datetime) -> dict[int, list[LevelView]]:
    """Each child's own levels, newest first, as decided on records that the viewer may see."""
    seen = seen_whole_by(viewer, now).subquery()
    rows = session.exec(
        select(Level, seen.c.public_id)
        .join(seen, seen.c.id == col(Level.case_id))
        .where(col(Level.person_id).in_(kin.stands_for))
        .order_by(col(Level.since).desc(), col(Level.id).desc())
    ).all()
    found: dict[int, list[LevelView]] = {}
    for row, case in rows:
        edition = edition_of(session, row.authority, row.edition_hash)
        upward = [level.id for level in edition.levels_upward]
        names = {level.id: level.name for level in edition.levels}
        view = LevelView(
            name=names.get(row.level, row.level),
            since=row.since,
            until=row.until,
            case=case,
            rank=upward.index(row.level) if row.level in upward else -1,
        )
        found.setdefault(kin.stands_for[row.person_id], []).append(view)
    return found


def _family_level(kin: Kin, levels: dict[int, list[LevelView]]) -> str:
    now = [
        (one.rank, one.name, kin.people[who].name) for who, all_of in levels.items() for one in all_of if not one.until
    ]
    highest = max(now, default=None, key=lambda one: one[0])
    return f"{highest[1]} ({highest[2]})" if highest else ""


def _records(session: Session, viewer: Viewer, kin: Kin, now: datetime) -> Iterator[InvolvedView]:
    rows = {row.ref: row for row in rows_of(session, viewer, kin.near, now)}
    own = session.exec(
        select(CaseChild).where(
            col(CaseChild.case_id).in_([case.id for case in kin.near]), col(CaseChild.person_id).in_(kin.mine)
        )
    ).all()
    by_case = {row.case_id: row for row in own}
    for case in kin.near:
        here = by_case.get(case.id or 0)
        levels = {level.id: level.name for level in edition_of(session, case.authority, case.edition_hash).levels}
        yield InvolvedView(
            record=rows[case.public_id],
            ended=case.closed_at is not None,
            as_child=here is not None,
            decision_words=decision_words(here.decision) if here else "",
            level_name=levels.get(here.level or "", "") if here else "",
        )


def _around(session: Session, cases: Sequence[Case], now: datetime) -> Iterator[AroundView]:
    refs = {case.id: case.public_id for case in cases}
    yield from _holders(session, refs, now)
    yield from _agencies(session, cases, refs)
    yield from _sent_to(session, cases)


def _holders(session: Session, refs: dict[int | None, str], now: datetime) -> Iterator[AroundView]:
    rows = session.exec(
        select(Assignment, Practitioner.name, Team.name)
        .join(Practitioner, col(Practitioner.id) == col(Assignment.practitioner_id), isouter=True)
        .join(Team, col(Team.id) == col(Assignment.team_id), isouter=True)
        .where(
            col(Assignment.case_id).in_(refs),
            col(Assignment.status).in_(HOLDS),
            or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > now),
        )
        .order_by(col(Assignment.id))
    ).all()
    for row, name, team in rows:
        what = "Covers" if row.kind is AssignmentKind.cover else "Answers for it"
        asked = "Asked to take it on" if row.status is AssignmentStatus.proposed else what
        yield AroundView(name or f"{team} (team)", asked, refs[row.case_id])


def _agencies(session: Session, cases: Sequence[Case], refs: dict[int | None, str]) -> Iterator[AroundView]:
    """Who referred and who was asked; what they were asked and said stands on the record."""
    wanted = {case.referrer_agency_id for case in cases}
    names = dict(session.exec(select(Agency.id, Agency.name).where(col(Agency.id).in_(wanted))).all())
    for case in cases:
        if case.referrer_agency_id in names:
            yield AroundView(names[case.referrer_agency_id], "Referred", case.public_id)
    asks = session.exec(
        select(Ask, Payload.body, Agency.name)
        .join(Payload, col(Payload.entry_id) == col(Ask.entry_id))
        .join(Agency, col(Agency.id) == col(Ask.agency_id), isouter=True)
        .where(col(Ask.case_id).in_(refs))
        .order_by(col(Ask.id))
    ).all()
    veil = veil_over(session, [one or 0 for one in refs])
    for ask, body, agency in asks:
        asked_of = veil.on(json.loads(body)).get("asked_of", "") if body else ""
        who = ", ".join(one for one in (asked_of, agency) if one)
        yield AroundView(who, "Asked, and hasn't answered yet" if ask.ended_at is None else "Asked", refs[ask.case_id])


def _sent_to(session: Session, cases: Sequence[Case]) -> Iterator[AroundView]:
    rows = session.exec(
        select(CaseChild.case_id, CaseChild.destination, func.max(CaseChild.taken_up_at))
        .where(col(CaseChild.case_id).in_([case.id for case in cases]), col(CaseChild.destination).is_not(None))
        .group_by(col(CaseChild.case_id), col(CaseChild.destination))
    ).all()
    by_id = {case.id: case for case in cases}
    for case_id, destination, taken_up in rows:
        case = by_id[case_id]
        places = {one.id: one.name for one in edition_of(session, case.authority, case.edition_hash).destinations}
        what = "Sent there, and taken up" if taken_up else "Sent there, and not taken up yet"
        yield AroundView(places.get(destination or "", destination or ""), what, case.public_id)


def _relation(kin: Kin, one: Tied) -> RelationView:
    who, of = kin.people[one.who], kin.people[one.of]
    return RelationView(
        tie=one.row.public_id,
        case=one.case,
        who=who.ref,
        who_name=who.name,
        of=of.ref,
        of_name=of.name,
        relation=one.row.relation,
        relation_words=one.row.relation.words,
        lives_with=one.row.lives_with,
        lives_with_words=one.row.lives_with.words,
        since=one.row.since,
        until=one.row.until,
    )


def _other_children(kin: Kin) -> Iterator[OtherChild]:
    """Brothers and sisters first; then children of the adults they share, and of the same records."""
    found = [_as_child(kin, one, person) for one, person in kin.people.items() if one != kin.me and person.is_child]
    yield from sorted((one for one in found if one is not None), key=lambda one: not one.sibling)


def _as_child(kin: Kin, one: int, child: Known) -> OtherChild | None:
    for tie in kin.ties:
        if {tie.who, tie.of} == {one, kin.me} and tie.row.relation in SIBLINGS:
            return OtherChild(child, tie.row.relation.words, sibling=True)
    mine = {tie.who for tie in kin.ties if tie.of == kin.me and tie.row.relation in BRINGS_UP}
    shared = [tie for tie in kin.ties if tie.of == one and tie.who in mine and tie.row.relation in BRINGS_UP]
    parents = {tie.who for tie in kin.ties if tie.of == kin.me and tie.row.relation in PARENTS}
    both = [kin.people[tie.who].name for tie in shared if tie.row.relation in PARENTS and tie.who in parents]
    if both:
        return OtherChild(child, f"Also the child of {' and '.join(dict.fromkeys(both))}", sibling=True)
    if shared:
        return OtherChild(child, f"{kin.people[shared[0].who].name} is in their life too", sibling=False)
    return OtherChild(child, "On the same record", sibling=False) if one in kin.beside else None


def _same(session: Session, viewer: Viewer, kin: Kin, now: datetime) -> Iterator[SameView]:
    """Rows linked to this person's, agreed or only proposed, where both may be seen."""
    rows = session.exec(
        select(PersonLink, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(PersonLink.proposed_by_id))
        .where(
            or_(col(PersonLink.person_id).in_(kin.mine), col(PersonLink.same_as_id).in_(kin.mine)),
            col(PersonLink.undone_at).is_(None),
        )
        .order_by(col(PersonLink.id))
    ).all()
    other = {row.id: (row.same_as_id if row.person_id in kin.mine else row.person_id) for row, _ in rows}
    seen = persons_visible_to(viewer, now, other.values()).order_by(col(Person.id))
    veil = veil_over_persons(session, other.values())
    people = {row.id: known([row], now, veil) for row in session.exec(seen).all()}
    for row, name in rows:
        if (one := people.get(other[row.id])) is not None:
            yield SameView(
                link=row.public_id,
                person=one.ref,
                name=one.name,
                age=one.age,
                agreed=row.agreed_at is not None,
                proposed_by=name,
                proposed_at=row.proposed_at,
            )
