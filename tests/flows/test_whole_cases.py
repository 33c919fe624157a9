"""Does the promise hold whatever anybody does? Referrals and early help walked at random, checked after every act.

The walks are the same each time; `make soak`, or PATHWAY_WALKS with a number, takes that many new ones.
"""

import itertools
import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import agreeing
import assessing
import helping
import hypothesis.strategies as st
import kept
import made
import pytest
import told
from conftest import Template, copied
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from pathway import acts
from pathway.access import Viewer, depth, every_case
from pathway.acts import Conflict, Desk, NotFound, Unacceptable, staff
from pathway.acts.ring import due_rungs, ring
from pathway.acts.sweep import sweep
from pathway.clock import SetClock
from pathway.database import Database
from pathway.settings import Settings
from pathway.store.adopted.processes import process_of
from pathway.store.adopted.promise import broken_promises
from pathway.store.history.rebuilt import chain_faults, differences
from pathway.store.parts.situations import agreed_on, asks_waiting, situation_of
from pathway.tables import Assignment, Case, CaseChild, Person, Task
from pathway.tables.cases import AssignmentKind, AssignmentStatus
from pathway.tables.timing import TaskKind
from workflows import PROCESSES, Facts, Refused, choices
from workflows.agreement_facts import Withdrawn
from workflows.begin_facts import Begin
from workflows.meeting_facts import Invite
from workflows.referral_facts import Decision

REFUSALS = (Refused, NotFound, Unacceptable, Conflict)
NAMES = tuple(name for name, _, _, _ in made.STAFF)
COUNCIL = ("ada", "ben", "sol", "may", "eve", "dot", "sid", "hal")
MOVES = tuple(dict.fromkeys(move.name for process in PROCESSES for move in process.moves))
COUNTS = " UNION ALL ".join(
    f"SELECT '{name}', count(*) FROM \"{name}\"" for name in sorted(SQLModel.metadata.tables) if name != "viewing"
)

who = st.sampled_from(NAMES)
council = st.sampled_from(COUNCIL)
which = st.integers(0, 30)
ALL = {state.name for process in PROCESSES for state in process.states}
MOST_DAYS = 40
SOAK = int(os.environ.get("PATHWAY_WALKS", "0"))


class Walks(RuleBasedStateMachine):
    """One partnership and its referrals; a small model of who is away or has left stands beside the rows."""

    copy: Callable[[], Database]
    folder: Path
    ids: dict[str, int]
    team_ids: dict[str, int]
    viewers: dict[str, Viewer]

    @initialize()
    def found(self) -> None:
        self.clock = SetClock(made.MONDAY)
        self.desk = Desk(Walks.copy(), Settings(files=self.folder / "files"), self.clock)
        self.house = made.House(self.desk, self.clock, self.ids, {})
        if not self.viewers:
            self.viewers |= {name: self.house.viewer(name) for name in self.ids}
            self.viewers["system"] = self.house.system
        self.refs = {name: viewer.ref for name, viewer in self.viewers.items()}
        self.away: dict[str, list[tuple[datetime, datetime]]] = {name: [] for name in self.ids}
        self.left: set[str] = set()
        self.cases: list[str] = []
        self.versions: dict[str, int] = {}
        self.alone: set[str] = set()
        self.states: dict[str, str] = {}
        self.reached: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.check(everything=True)
            self.desk.database.dispose()

    @rule(
        name=who, children=st.integers(0, 4), kind=st.sampled_from(["contact", "contact", "advice"]), hurt=st.booleans()
    )
    def take(self, name: str, children: int, kind: str, hurt: bool) -> None:
        named = tuple(made.child(given_name=f"Child {n}", age_years=n * 3) for n in range(children))
        taking = made.take(children=named, kind=kind, safe_tonight="no" if hurt else "yes")
        before = len(self.cases)
        self.act(name, None, lambda viewer: self.cases.append(acts.receive(self.desk, viewer, take=taking).case))
        if len(self.cases) > before and any(self.here(one) for one in self.ids):
            assert self.cases[-1] not in self.alone

    @precondition(lambda self: self.cases)
    @rule(name=who, at=which, move=st.sampled_from(MOVES), decision=st.sampled_from(list(Decision)), other=which)
    def try_any_move(self, name: str, at: int, move: str, decision: Decision, other: int) -> None:
        self.step(name, self.case(at), move, decision, other)

    @precondition(lambda self: self.cases)
    @rule(name=council, at=which, nth=which, decision=st.sampled_from(list(Decision)), other=which)
    def make_a_lawful_move(self, name: str, at: int, nth: int, decision: Decision, other: int) -> None:
        """Only what the page would offer; it may still be refused for what was typed."""
        case = self.case(at)
        if name in self.left:
            return
        with self.desk.database.reading() as session:
            row, viewer = self.row(session, case), self.viewers[name]
            process = process_of(row)
            lawful = [
                one.move.name
                for one in choices(
                    process,
                    situation_of(session, row, viewer, self.clock(), depth(session, viewer, row, self.clock())),
                )
                if one.may
            ]
        if len(lawful) > 1 and nth % 5:
            lawful.remove("protect")  # it stands first everywhere, and would be all that ever happens
        new = [one for one in lawful if process.move(one).paths[self.states[case]] not in self.reached]
        lawful = new if new and nth % 5 else lawful
        if lawful:
            self.step(name, case, lawful[nth % len(lawful)], decision, other)

    def live_through(self, day: random.Random, acts: int) -> None:
        """Many acts in a row, mostly lawful moves: they reach the far states that single steps seldom do."""
        for _ in range(acts):
            if not self.cases or day.random() < 0.07:
                self.take(day.choice(NAMES), day.randint(1, 4), day.choice(["contact", "advice"]), day.random() < 0.2)
            elif day.random() < 0.7:
                name = day.choice(("ada", "sol", "may", "sid", "eve", "zoe"))
                decision, other = day.choice(list(Decision)), day.randint(0, 30)
                self.make_a_lawful_move(name, day.randint(0, 30), day.randint(0, 30), decision, other)
            else:
                self.something_else(day)
            if day.random() < 0.4:
                self.join(day.randint(0, 30))

    def help_on(self, lead: str, day: random.Random, begun: int) -> None:
        """Whoever has begun help goes on with it a while."""
        at = len(self.cases) - 1
        for _ in range(begun * day.randint(0, 9)):
            self.ask_to_agree(lead, at, day.random() < 0.9)
            self.assess(lead, self.case(at), day.random() < 0.5)
            self.make_a_lawful_move(lead, at, day.randint(0, 30), day.choice(list(Decision)), 0)

    def assess(self, lead: str, case: str, wanted: bool) -> None:
        """With the family, by the document's form: several acts in a row."""
        if wanted and self.states[case] == "assessing":
            with suppress(*REFUSALS):
                assessing.completed(self.house, case, lead)
            self.check(touched=case)

    def something_else(self, day: random.Random) -> None:
        name, at, other = day.choice(COUNCIL), day.randint(0, 30), day.choice(NAMES)
        match day.randint(0, 15):
            case 14 | 15:
                lead, before = day.choice(("sol", "may")), len(self.cases)
                self.begin_beside(lead, at, day.choice(("meeting", "service_request")), other)
                self.help_on(lead, day, len(self.cases) - before)
            case 10 | 11:
                lead, before = day.choice(("sol", "may", "eve")), len(self.cases)
                self.begin_early_help(lead, at, day.random() < 0.9)
                self.help_on(lead, day, len(self.cases) - before)
            case 12 | 13:
                self.ask_to_agree(name, at, day.random() < 0.7)
            case 0 | 1:
                self.hand_over(name, at, other)
            case 2 | 3:
                self.answer_handover(at, day.random() < 0.7, name)
            case 4:
                self.cover(name, at, other, day.randint(1, 60))
            case 5:
                self.go_away(other, day.randint(1, 30))
            case 6:
                self.leave(name, day.randint(0, 9))
            case 7:
                self.time_passes(day.choice([5, 60, 420]))
            case 8:
                self.write(other, at, day.choice(["note", "glass", "restrict"]))
            case _:
                self.try_any_move(name, at, day.choice(MOVES), day.choice(list(Decision)), day.randint(0, 30))

    def step(self, name: str, case: str, move: str, decision: Decision, other: int) -> None:
        said = self.facts(move, case, decision, self.case(other))
        self.act(name, case, lambda viewer: self.moved(viewer, case, move, said))

    def moved(self, viewer: Viewer, case: str, move: str, said: Facts) -> None:
        done = acts.move(self.desk, viewer, case=case, name=move, facts=said)
        self.cases.extend(
            one for one in (done.named.get("contact"), done.named.get("next")) if one not in (None, *self.cases)
        )

    @precondition(lambda self: self.cases)
    @rule(name=council, at=which, safe=st.booleans())
    def begin_early_help(self, name: str, at: int, safe: bool) -> None:
        on, facts = self.case(at), helping.facts(safe_tonight="yes" if safe else "no")
        self.act(name, on, lambda viewer: self.cases.append(self.begun(viewer, on, facts)))

    @precondition(lambda self: self.cases)
    @rule(name=council, at=which, process=st.sampled_from(("meeting", "service_request")), owner=st.sampled_from(NAMES))
    def begin_beside(self, name: str, at: int, process: str, owner: str) -> None:
        """People meet about them, or one service is asked; somebody is invited who may go away, or leave."""
        on = self.case(at)
        self.act(name, on, lambda viewer: self.cases.append(self.begun(viewer, on, helping.facts(process), process)))
        if process == "meeting" and kept.case(self.house, self.cases[-1]).process == process:
            invited = Invite(who=owner, owner=self.house.viewer(owner).ref)
            self.act(name, self.cases[-1], lambda viewer: self.moved(viewer, self.cases[-1], "invite", invited))

    def begun(self, viewer: Viewer, on: str, facts: Begin, process: str = "early_help") -> str:
        return acts.begin(self.desk, viewer, on=on, process=process, facts=facts).case

    @precondition(lambda self: self.cases)
    @rule(name=council, at=which, agrees=st.booleans())
    def ask_to_agree(self, name: str, at: int, agrees: bool) -> None:
        """Somebody in the family agrees to help, or withdraws what they agreed to."""
        case = self.case(at)
        standing = self.standing(case)
        if agrees or not standing:
            said = agreeing.told(self.house, case, who=self.a_child(case))
            self.act(name, case, lambda viewer: acts.ask_to_agree(self.desk, viewer, case=case, told=said))
            return
        told_us = Withdrawn(how="By telephone")
        self.act(
            name,
            case,
            lambda viewer: acts.withdraw_agreement(self.desk, viewer, case=case, agreement=standing[0], told=told_us),
        )

    def a_child(self, case: str) -> str:
        with self.desk.database.reading() as session:
            on = select(CaseChild.person_id).where(col(CaseChild.case_id) == self.row(session, case).id)
            return session.exec(select(Person.public_id).where(col(Person.id).in_(on))).first() or "NOBODY"

    def standing(self, case: str) -> list[str]:
        with self.desk.database.reading() as session:
            row = self.row(session, case)
            return [*agreed_on(session, [row.id or 0]).get(row.id or 0, ())]

    @precondition(lambda self: self.cases)
    @rule(at=which)
    def join(self, at: int) -> None:
        """Everybody says of a record offered to a worker that it is theirs: only that worker is believed."""
        offered = [case for case in self.cases if self.states[case] == "awaiting_worker"]
        for name in NAMES if offered else ():
            self.step(name, offered[at % len(offered)], "accept_join", Decision.no_further_action, 0)

    @precondition(lambda self: self.cases)
    @rule(name=council, at=which, to=who)
    def hand_over(self, name: str, at: int, to: str) -> None:
        case = self.case(at)
        self.act(name, case, lambda viewer: acts.assign(self.desk, viewer, case=case, to=self.refs[to]))

    @precondition(lambda self: self.cases)
    @rule(at=which, yes=st.booleans(), name=who)
    def answer_handover(self, at: int, yes: bool, name: str) -> None:
        case = self.case(at)
        name = self.proposed(case) or name
        if yes:
            self.act(name, case, lambda viewer: acts.accept(self.desk, viewer, case=case))
        else:
            self.act(name, case, lambda viewer: acts.decline(self.desk, viewer, case=case, reason="Full"))

    @precondition(lambda self: self.cases)
    @rule(name=council, at=which, by=who, hours=st.integers(-1, 60))
    def cover(self, name: str, at: int, by: str, hours: int) -> None:
        case, until = self.case(at), self.clock() + timedelta(hours=hours)
        self.act(name, case, lambda viewer: acts.cover(self.desk, viewer, case=case, by=self.refs[by], until=until))

    @precondition(lambda self: self.cases)
    @rule(name=who, at=which, how=st.sampled_from(["note", "glass", "restrict"]))
    def write(self, name: str, at: int, how: str) -> None:
        case = self.case(at)
        reason = "A child may need me tonight"
        todo = {
            "note": lambda viewer: acts.note(self.desk, viewer, case=case, text="Rang: no answer"),
            "glass": lambda viewer: acts.break_glass(self.desk, viewer, case=case, reason=reason),
            "restrict": lambda viewer: acts.restrict(self.desk, viewer, case=case, names=(), reason=reason),
        }
        self.act(name, case, todo[how])

    @rule(name=who, hours=st.integers(1, 48))
    def go_away(self, name: str, hours: int) -> None:
        if name in self.left:
            return
        now = self.clock()
        until = now + timedelta(hours=hours)
        staff.set_absence(self.desk, self.viewers[name], practitioner=self.refs[name], starts_at=now, ends_at=until)
        self.away[name].append((now, until))
        self.check(may_add=True)

    @rule(name=council, sure=st.integers(0, 3))
    def leave(self, name: str, sure: int) -> None:
        if sure or name in self.left:
            return
        staff.end_practitioner(self.desk, self.viewers["system"], practitioner=self.refs[name])
        self.left.add(name)
        self.check(may_add=True)

    @rule(minutes=st.sampled_from([5, 60, 7 * 60, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        """The worker wakes: every rung that has come is rung, and whoever is alone becomes somebody's task."""
        self.clock.forward(minutes=minutes)
        with self.desk.database.reading() as session:
            waiting = due_rungs(session, self.clock(), limit=1000)
        for _, deadline in waiting:
            assert ring(self.desk, self.viewers["system"], deadline_id=deadline) is not None
        with self.desk.database.reading() as session:
            assert due_rungs(session, self.clock()) == ()
        self.check(may_add=True, everything=True)
        assert sweep(self.desk, self.viewers["system"]) == len(self.alone)
        with self.desk.database.reading() as session:
            told_of = select(Task.about).where(
                col(Task.kind) == TaskKind.nobody_answerable, col(Task.done_at).is_(None)
            )
            assert self.alone <= set(session.exec(told_of).all())

    def act(self, name, case, do) -> None:
        """Do it, or have it refused: a refusal is a sentence with a way out, and changes nothing at all."""
        if name in self.left:
            return
        before, refused = self.all_rows(), None
        try:
            do(self.viewers[name])
        except REFUSALS as why:
            refused = str(why)
        if refused is not None:
            assert refused
            assert self.all_rows() == before
        self.check(touched=case)

    def check(self, *, may_add: bool = False, everything: bool = False, touched: str | None = None) -> None:
        with self.desk.database.reading() as session:
            broken = broken_promises(session, self.clock())
            alone = {one.case for one in broken}
            assert {one.sentence for one in broken} <= {"nobody answers for it."}, broken
            assert alone == self.left_alone(session)
            if not may_add:
                assert not (alone - self.alone) & set(self.versions)
            self.alone = alone
            for row in session.exec(every_case()).all():
                assert row.version >= self.versions.get(row.public_id, 1)
                self.versions[row.public_id] = row.version
                self.states[row.public_id] = row.state
                self.reached.add(row.state)
                if everything or row.public_id in (touched, self.cases[-1]):
                    assert differences(session, row) == ()
                    assert chain_faults(session, row) == ()

    def left_alone(self, session: Session) -> set[str]:
        """The model's own answer: cases whose holder isn't here and has no live cover who is."""
        names = {self.ids[name]: name for name in self.ids}
        teams = {team: [n for n, _, _, t in made.STAFF if t == team] for team in made.TEAMS}
        by_team = {self.team_ids[team]: members for team, members in teams.items()}
        hears: dict[int, list[str]] = {}
        for one in session.exec(select(Assignment).where(col(Assignment.status) == AssignmentStatus.accepted)).all():
            if one.kind is AssignmentKind.answerable or (one.ends_at and one.ends_at > self.clock()):
                held_by = by_team[one.team_id] if one.team_id else [names[one.practitioner_id or 0]]
                hears.setdefault(one.case_id, []).extend(held_by)
        still_open = session.exec(every_case().where(col(Case.closed_at).is_(None))).all()
        return {row.public_id for row in still_open if not any(map(self.here, hears.get(row.id or 0, [])))}

    def here(self, name: str) -> bool:
        now = self.clock()
        return name not in self.left and not any(start <= now < end for start, end in self.away[name])

    def case(self, at: int) -> str:
        return self.cases[at % len(self.cases)]

    def row(self, session: Session, case: str) -> Case:
        return session.exec(every_case().where(col(Case.public_id) == case)).one()

    def proposed(self, case: str) -> str | None:
        with self.desk.database.reading() as session:
            found = session.exec(
                select(Assignment.practitioner_id).where(
                    col(Assignment.case_id) == self.row(session, case).id,
                    col(Assignment.status) == AssignmentStatus.proposed,
                )
            ).first()
        return next((name for name, one in self.ids.items() if one == found), None)

    def facts(self, move: str, case: str, decision: Decision, other: str) -> Facts:
        with self.desk.database.reading() as session:
            row = self.row(session, case)
            refs = session.exec(
                select(CaseChild.public_id)
                .where(col(CaseChild.case_id) == row.id)
                .order_by(col(CaseChild.taken_up_at).is_not(None), col(CaseChild.id))
            ).all()
        waiting = self.asks(case)
        ask = waiting[len(other) % len(waiting)] if waiting else "ASK"
        return told.facts(move, refs, open_case=other, decision=decision, ask=ask)

    def asks(self, case: str) -> tuple[str, ...]:
        """Questions to other agencies that wait for an answer."""
        with self.desk.database.reading() as session:
            return asks_waiting(session, self.row(session, case))

    def all_rows(self) -> str:
        """Everything a refused act might have touched: how many rows stand in each table, and each case's head."""
        with self.desk.database.reading() as session:
            counts = session.execute(text(COUNTS)).all()
            heads = session.execute(text('SELECT public_id, state, version, sequence, head FROM "case"')).all()
        return json.dumps([[list(row) for row in counts], [list(row) for row in heads]])


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A partnership on each database, of which every walk has a copy of its own."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    count = itertools.count()
    Walks.copy = staticmethod(lambda: copied(template, tmp_path, request, f"walk-{next(count)}"))
    Walks.folder, Walks.ids, Walks.team_ids, Walks.viewers = tmp_path, template.ids, template.team_ids, {}
    return request.param


def test_no_child_is_without_a_next_step_whatever_anybody_does(kind: str) -> None:
    few = 8 if kind == "sqlite" else 2
    chosen = settings(
        max_examples=SOAK or few,
        stateful_step_count=25,
        derandomize=not SOAK,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    run_state_machine_as_test(Walks, settings=chosen)


def test_every_state_is_reached_in_days_on_end_and_the_promise_holds(kind: str) -> None:
    reached: set[str] = set()
    for seed in range(SOAK or MOST_DAYS):
        walk = Walks()
        walk.found()
        walk.reached = reached
        walk.live_through(random.Random(random.random() if SOAK else seed), acts=40)
        walk.teardown()
        if not SOAK and (reached == ALL or kind == "postgresql"):
            break
    assert reached == ALL or kind == "postgresql"
