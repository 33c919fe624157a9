"""Is somebody answerable throughout, whatever happens to whoever holds it?"""

from datetime import timedelta

import kept
import made
import pytest

from pathway.access import answers_for
from pathway.acts import NotFound, Unacceptable, accept, assign, cover, decline, move, receive, restrict, staff
from pathway.store.lists.board import board
from pathway.store.lists.wanted import Wanted
from pathway.tables import Deadline, Message
from workflows import Refused
from workflows.referral_facts import Protect

REASON = "She knows the family"


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def who(house: made.House, case: str) -> str:
    """Who answers just now; nobody where the promise doesn't hold."""
    with house.desk.database.reading() as session:
        row = kept.the(session, case)
        found = answers_for(session, [row.id or 0], house.clock()).get(row.id or 0)
    assert (found is None) == any(case in one for one in kept.faults(house))
    return found.name if found else "nobody"


def hand(house: made.House, case: str, to: str, by: str = "ada") -> None:
    assign(house.desk, house.viewer(by), case=case, to=house.viewer(to).ref, reason=REASON)


def hold(house: made.House, case: str, name: str) -> None:
    hand(house, case, name)
    accept(house.desk, house.viewer(name), case=case)


def away(house: made.House, name: str, hours: int = 24) -> None:
    person, now = house.viewer(name), house.clock()
    staff.set_absence(house.desk, person, practitioner=person.ref, starts_at=now, ends_at=now + timedelta(hours=hours))


def clocks(house: made.House, case: str) -> int:
    running = [one for one in kept.rows(house, Deadline, case=case) if one.closed_at is None]
    return sum(1 for one in running if one.limit_id == "handover_acceptance")


def test_the_one_before_answers_until_the_next_accepts(house: made.House, case: str) -> None:
    hand(house, case, "sol")
    assert (who(house, case), clocks(house, case)) == ("Front Door", 1)
    accept(house.desk, house.viewer("sol"), case=case)
    assert (who(house, case), clocks(house, case)) == ("Sol Worker", 0)
    assert [one.kind for one in kept.rows(house, Message, case=case)][-2:] == ["handover_proposed", "handover_accepted"]


def test_declining_leaves_the_one_before(house: made.House, case: str) -> None:
    hand(house, case, "sol")
    decline(house.desk, house.viewer("sol"), case=case, reason="Twenty already")
    assert (who(house, case), clocks(house, case)) == ("Front Door", 0)


def test_only_the_one_who_was_asked_can_answer(house: made.House, case: str) -> None:
    hand(house, case, "sol")
    for act in (accept, lambda *them, **case: decline(*them, **case, reason="No")):
        with pytest.raises(NotFound):
            act(house.desk, house.viewer("ben"), case=case)


def test_a_second_proposal_takes_the_place_of_the_first_with_a_clock_of_its_own(house: made.House, case: str) -> None:
    hand(house, case, "sol")
    house.clock.forward(hours=1)
    hand(house, case, "may")
    (running,) = [
        one
        for one in kept.rows(house, Deadline, case=case)
        if one.limit_id == "handover_acceptance" and not one.closed_at
    ]
    assert running.started_at == house.clock()
    with pytest.raises(NotFound):
        accept(house.desk, house.viewer("sol"), case=case)


def test_taking_it_back_oneself_ends_the_proposal_and_its_clock(house: made.House, case: str) -> None:
    hand(house, case, "sol")
    hand(house, case, "ada")
    assert (who(house, case), clocks(house, case)) == ("Ada Adviser", 0)


def test_nobody_who_is_away_takes_it_on(house: made.House, case: str) -> None:
    hand(house, case, "sol")
    away(house, "sol")
    with pytest.raises(Refused, match="marked as away"):
        accept(house.desk, house.viewer("sol"), case=case)
    with pytest.raises(Unacceptable, match="away"):
        hand(house, case, "sol")
    assert who(house, case) == "Front Door"


def test_an_empty_team_cannot_be_handed_anything(house: made.House, case: str) -> None:
    away(house, "eve")
    emergency = kept.team(house, "emergency")
    with pytest.raises(Unacceptable, match="Nobody is in Emergency now"):
        assign(house.desk, house.viewer("ada"), case=case, to=emergency)


def test_a_holder_who_is_away_answers_only_through_live_cover(house: made.House, case: str) -> None:
    hold(house, case, "sol")
    away(house, "sol", hours=48)
    assert who(house, case) == "nobody"
    until = house.clock() + timedelta(hours=24)
    cover(house.desk, house.viewer("may"), case=case, by=house.viewer("ben").ref, until=until)
    assert who(house, case) == "Ben Adviser"
    house.clock.moment = until
    assert who(house, case) == "nobody"
    house.clock.forward(hours=24)
    assert who(house, case) == "Sol Worker"


def test_a_holder_who_has_left_does_not_answer(house: made.House, case: str) -> None:
    hold(house, case, "sol")
    staff.end_practitioner(house.desk, house.viewer("ann"), practitioner=house.viewer("sol").ref)
    assert who(house, case) == "nobody"
    hand(house, case, "may", by="may")
    assert who(house, case) == "May Manager"


def test_cover_that_has_ended_already_is_no_cover(house: made.House, case: str) -> None:
    with pytest.raises(Unacceptable, match="must end after now"):
        cover(house.desk, house.viewer("may"), case=case, by=house.viewer("ben").ref, until=house.clock())


@pytest.mark.parametrize("name", ["aud", "sid"])
def test_who_may_hand_over_is_said(house: made.House, case: str, name: str) -> None:
    if name == "sid":
        hand(house, case, "sol", by="sid")
        return
    with pytest.raises(Refused, match="Ask a team manager"):
        hand(house, case, "sol", by=name)


def test_a_record_that_has_ended_is_reopened_before_it_is_handed_over(house: made.House, case: str) -> None:
    hand(house, case, "sol")
    move(house.desk, house.viewer("may"), case=case, name="withdraw", facts=made.REASON)
    assert clocks(house, case) == 0
    for act in (lambda: hand(house, case, "ben"), lambda: accept(house.desk, house.viewer("sol"), case=case)):
        with pytest.raises(Refused, match="has ended"):
            act()


def live(house: made.House, case: str) -> set[tuple[str, str]]:
    """Who holds the record or covers for it, as kept."""
    names = {number: name for name, number in house.ids.items()}
    return {
        (one.kind, names.get(one.practitioner_id, "a team"))
        for one in kept.assignments(house, case)
        if one.status == "accepted"
    }


def covered(house: made.House, case: str, holder: str = "sol", by: str = "ben") -> None:
    """A record held by one person and covered by another for a day."""
    hold(house, case, holder)
    until = house.clock() + timedelta(hours=24)
    cover(house.desk, house.viewer("may"), case=case, by=house.viewer(by).ref, until=until)


def test_cover_is_told_as_cover_with_its_end(house: made.House, case: str) -> None:
    covered(house, case)
    last = kept.rows(house, Message, case=case)[-1]
    assert (last.kind, last.audience, last.due_at) == (
        "cover_named",
        f"practitioner:{house.ids['ben']}",
        house.clock() + timedelta(hours=24),
    )


@pytest.mark.parametrize("how", ["taken", "accepted", "protected"])
def test_cover_ends_with_whom_it_covers(house: made.House, case: str, how: str) -> None:
    covered(house, case)
    if how == "accepted":
        hold(house, case, "may")
    elif how == "taken":
        hand(house, case, "may", by="may")
    else:
        move(house.desk, house.viewer("ada"), case=case, name="protect", facts=Protect())
        move(house.desk, house.viewer("may"), case=case, name="take_protection", facts=made.NOTHING)
    assert live(house, case) == {("answerable", "may")}
    assert who(house, case) == "May Manager"


def test_cover_ends_when_the_record_is_restricted(house: made.House, case: str) -> None:
    covered(house, case)
    restrict(house.desk, house.viewer("may"), case=case, names=(), reason="A colleague's child")
    assert live(house, case) == {("answerable", "sol")}
    assert kept.faults(house) == []


def test_cover_that_has_run_out_is_on_nobodys_own_list(house: made.House, case: str) -> None:
    covered(house, case)
    for hours, wanted in ((0, [case]), (24, [])):
        house.clock.forward(hours=hours)
        with house.desk.database.reading() as session:
            rows = board(session, house.viewer("ben"), house.clock(), Wanted(whose="mine")).rows
        assert [row.ref for row in rows] == wanted
