"""Who is who to whom? The ties of one record, and everybody around one person, over all records one may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from pathway.access import Viewer, about, persons_visible_to, seen_whole_by
from pathway.clock import day_of
from pathway.store.parts.details import age_in_words
from pathway.store.parts.same import shown_as_one
from pathway.store.parts.situations import NAME_NOT_KNOWN, called
from pathway.store.parts.veil import Veil, veil_over_persons
from pathway.store.parts.views import TieView
from pathway.store.people.family_views import Known
from pathway.store.people.keys import address_key
from pathway.tables import Case, CaseChild, Person, Tie
from pathway.tables.people import PersonKind
from workflows.referral_facts import Relation, YesNo

SIBLINGS = frozenset({Relation.sibling, Relation.half_sibling, Relation.step_sibling})


@dataclass(frozen=True, slots=True)
class Tied:
    """One tie between two people, each by the row that stands for all of theirs."""

    row: Tie
    case: str
    who: int
    of: int

    @property
    def now(self) -> bool:
        return self.row.until is None


@dataclass(frozen=True, slots=True)
class Kin:
    """People by the row that stands for each; `near` are the records that the person themselves is on."""

    me: int
    mine: frozenset[int]
    people: dict[int, Known]
    ties: tuple[Tied, ...]
    near: tuple[Case, ...]
    beside: frozenset[int]
    """Children of the same records."""

    stands_for: dict[int, int]
    """Every row behind the people, and the one that stands for it."""


def ties_of(session: Session, case: Case) -> tuple[TieView, ...]:
    """Who is who on one record."""
    who, of = aliased(Person), aliased(Person)
    rows = session.exec(
        select(Tie, who, of)
        .join(who, col(who.id) == col(Tie.person_id))
        .join(of, col(of.id) == col(Tie.of_id))
        .where(col(Tie.case_id) == case.id)
        .order_by(col(Tie.id))
    ).all()
    return tuple(
        TieView(
            ref=tie.public_id,
            person=one.public_id,
            name=called(one),
            relation=tie.relation,
            relation_words=tie.relation.words,
            of=other.public_id,
            of_name=called(other),
            lives_with=tie.lives_with,
            since=tie.since,
            until=tie.until,
        )
        for tie, one, other in rows
    )


def kin_of(session: Session, viewer: Viewer, own: Person, now: datetime) -> Kin:
    """Everybody around `own` whom the viewer may see: on the same records, and tied to the same people elsewhere."""
    mine = shown_as_one(session, [own.id or 0])[own.id or 0]
    near = _cases(session, viewer, mine, now)
    ties, beside = _ties(session, near), _children(session, near)
    touching = {one for tie in ties if {tie.person_id, tie.of_id} & mine for one in (tie.person_id, tie.of_id)}
    close = frozenset(shown_as_one(session, touching - mine))
    far = [one for one in _cases(session, viewer, close, now) if one.id not in {case.id for case in near}]
    ties += [tie for tie in _ties(session, far) if {tie.person_id, tie.of_id} & close]
    wanted = {one for tie in ties for one in (tie.person_id, tie.of_id)} | beside | mine
    groups = shown_as_one(session, wanted)
    rows = {row.id or 0: row for row in _rows(session, viewer, groups, now)}
    people, stands_for = _people(groups, rows, own, mine, now, veil_over_persons(session, rows))
    refs = {case.id: case.public_id for case in (*near, *far)}
    return Kin(
        me=own.id or 0,
        mine=mine & rows.keys(),
        people=people,
        ties=tuple(_tied(ties, stands_for, refs)),
        near=tuple(near),
        beside=frozenset(stands_for[one] for one in beside if one in stands_for) - {own.id or 0},
        stands_for=stands_for,
    )


def household(kin: Kin) -> frozenset[int]:
    """Those who live with the person: told so of a tie that stands, or known at the same unsealed address."""
    at_home, new = {kin.me}, {kin.me}
    together = [one for one in kin.ties if one.now and one.row.lives_with is YesNo.yes]
    while new:
        found = {one.of if one.who in new else one.who for one in together if {one.who, one.of} & new}
        new = found - at_home
        at_home |= new
    homes = {address_key(kin.people[one].address) for one in at_home} - {""}
    apart = {one.who for one in kin.ties if one.row.lives_with is YesNo.no and one.of in at_home}
    return frozenset(at_home | {one for one in kin.people if address_key(kin.people[one].address) in homes} - apart)


def _cases(session: Session, viewer: Viewer, persons: Iterable[int], now: datetime) -> Sequence[Case]:
    newest_first = (col(Case.closed_at).is_not(None), col(Case.received_at).desc(), col(Case.id).desc())
    return session.exec(seen_whole_by(viewer, now).where(about(persons)).order_by(*newest_first)).all()


def _ties(session: Session, cases: Sequence[Case]) -> list[Tie]:
    ids = [case.id for case in cases]
    return list(session.exec(select(Tie).where(col(Tie.case_id).in_(ids)).order_by(col(Tie.id))).all())


def _children(session: Session, cases: Sequence[Case]) -> set[int]:
    ids = [case.id for case in cases]
    return set(session.exec(select(CaseChild.person_id).where(col(CaseChild.case_id).in_(ids))).all())


def _rows(session: Session, viewer: Viewer, ids: Iterable[int], now: datetime) -> Sequence[Person]:
    return session.exec(persons_visible_to(viewer, now, ids).order_by(col(Person.id))).all()


def _people(
    groups: dict[int, frozenset[int]],
    rows: dict[int, Person],
    own: Person,
    mine: frozenset[int],
    now: datetime,
    veil: Veil,
) -> tuple[dict[int, Known], dict[int, int]]:
    """Each person once, the one whose page it is first, and which row stands for each."""
    people: dict[int, Known] = {}
    stands_for: dict[int, int] = {}
    for one in (own.id or 0, *rows):
        if one in stands_for:
            continue
        group = sorted((mine if one in mine else groups[one]) & rows.keys())
        stands_for |= dict.fromkeys(group, one)
        people[one] = known([rows[each] for each in group], now, veil, rows[one].public_id)
    return people, stands_for


def known(rows: Sequence[Person], now: datetime, veil: Veil, ref: str = "") -> Known:
    """One person from their rows, oldest first: what was told last stands, and nothing told before is lost."""
    newest_first = rows[::-1]
    newest = newest_first[0]
    named = next((row for row in newest_first if row.given_name or row.family_name), newest)
    born = next((row for row in newest_first if row.born_on), None)
    aged = born or next((row for row in newest_first if row.expected_on or row.age_told is not None), newest)
    sex = next((row.sex for row in newest_first if row.sex != "unknown"), newest.sex)
    address = _latest(row.address for row in newest_first)
    sealed = any(row.address_sealed for row in rows) or veil.on(address) != address
    return Known(
        ref=ref or newest.public_id,
        name=called(named),
        other_names=tuple(veil.on(_other_names(rows, called(named)))),
        kind=PersonKind.child if born and newest.kind is PersonKind.expected_child else newest.kind,
        sex=sex,
        sex_words=sex.words,
        age=age_in_words(aged, day_of(now)),
        born_on=aged.born_on,
        expected_on=aged.expected_on,
        school=veil.on(_latest(row.school for row in newest_first)),
        telephone=_latest(row.telephone for row in newest_first),
        address="" if sealed else address,
        address_sealed=sealed,
    )


def _latest(told: Iterable[str]) -> str:
    return next((one for one in told if one), "")


def _other_names(rows: Sequence[Person], name: str) -> list[str]:
    told = [one.strip() for row in rows for one in (called(row), *row.other_names.splitlines())]
    return [one for one in dict.fromkeys(told) if one not in ("", name, NAME_NOT_KNOWN)]


def _tied(ties: Sequence[Tie], stands_for: dict[int, int], refs: dict[int | None, str]) -> Iterable[Tied]:
    """Ties between two people who may both be seen; one told on several records once, as it was told last."""
    last: dict[tuple[int, int, str], Tied] = {}
    for tie in sorted(ties, key=lambda one: one.id or 0):
        who, of = stands_for.get(tie.person_id), stands_for.get(tie.of_id)
        if who is not None and of is not None and who != of:
            last[who, of, tie.relation] = Tied(tie, refs[tie.case_id], who, of)
    return last.values()
