"""Is work given out by who is there and how much they hold, and covered without handing on what is restricted?"""

from datetime import datetime, timedelta

import kept
import made
import pytest

from pathway.access import answers_for, depth
from pathway.acts import Conflict, Unacceptable, accept, assign, cover_for, give, receive, restrict, staff
from pathway.store.lists.load import Load, Loads, loads
from workflows import Refused


def case_of(house: made.House, holder: str = "") -> str:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    if holder:
        assign(house.desk, house.viewer(holder), case=case, to=house.viewer(holder).ref)
    return case


def hidden(house: made.House, holder: str) -> str:
    case = case_of(house, holder)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer(holder).ref,), reason="A colleague's")
    return case


def seen(house: made.House, name: str = "may") -> Loads:
    with house.desk.database.reading() as session:
        return loads(session, house.viewer(name), house.clock())


def load(house: made.House, called: str, name: str = "may") -> Load:
    (found,) = (one for one in seen(house, name).staff if one.name.startswith(called))
    return found


def until(house: made.House) -> datetime:
    return house.clock() + timedelta(days=2)


def who(house: made.House, case: str) -> str:
    with house.desk.database.reading() as session:
        row = kept.the(session, case)
        found = answers_for(session, [row.id or 0], house.clock()).get(row.id or 0)
    return found.name if found else "nobody"


def away(house: made.House, name: str, days: int = 3) -> None:
    now, one = house.clock(), house.viewer(name)
    staff.set_absence(house.desk, one, practitioner=one.ref, starts_at=now, ends_at=now + timedelta(days=days))


def test_a_manager_sees_what_each_of_their_staff_holds_and_who_is_away(house: made.House) -> None:
    case_of(house, "ben")
    late = case_of(house, "ben")
    house.clock.forward(days=6)
    case_of(house, "ben")
    away(house, "sol")
    ben, sol = load(house, "Ben"), load(house, "Sol")
    assert (ben.records, ben.overdue, ben.here) == (3, 2, True)
    assert (sol.records, sol.here, sol.away_until) == (0, False, house.clock() + timedelta(days=3))
    assert late


def test_a_front_door_manager_sees_the_other_teams_that_take_contacts(house: made.House) -> None:
    names = {one.name.split()[0] for one in seen(house).staff}
    assert names == {"Ada", "Ben", "Sol", "May", "Eve"}
    assert {"Dot", "Hal", "Lee"} <= {one.name.split()[0] for one in seen(house, "sid").staff}


def test_a_restricted_record_is_counted_for_nobody_who_may_not_see_it(house: made.House) -> None:
    hidden(house, "sol")
    assert load(house, "Sol", "may").records == 1
    assert load(house, "Sol", "sid").records == 0


def test_what_a_team_holds_waits_to_be_given_and_is_given_at_one_press(house: made.House) -> None:
    one, two = case_of(house), case_of(house)
    assert {row.ref for row in seen(house).unallocated} == {one, two}
    done = give(house.desk, house.viewer("may"), cases=(one, two), to=house.viewer("sol").ref, reason="She has room")
    assert set(done.named) == {one, two}
    assert who(house, one) == "Front Door", "until she accepts"
    for case in (one, two):
        accept(house.desk, house.viewer("sol"), case=case)
    assert load(house, "Sol").records == 2
    assert seen(house).unallocated == ()


def test_what_somebody_took_a_moment_ago_is_not_given_and_says_who_has_it(house: made.House) -> None:
    one, two = case_of(house), case_of(house)
    assign(house.desk, house.viewer("ben"), case=one, to=house.viewer("ben").ref)
    before = kept.everything(house)
    with pytest.raises(Unacceptable, match=f"Ben Adviser has {one} by now"):
        give(house.desk, house.viewer("may"), cases=(one, two), to=house.viewer("sol").ref)
    assert kept.everything(house) == before


@pytest.mark.parametrize(("cases", "to"), [((), "x"), (("one",), "")])
def test_nothing_chosen_is_nothing_given(house: made.House, cases: tuple[str, ...], to: str) -> None:
    with pytest.raises(Unacceptable, match="Choose"):
        give(house.desk, house.viewer("may"), cases=cases, to=to)


def test_only_a_manager_gives_out_work(house: made.House) -> None:
    with pytest.raises(Refused, match="manager"):
        give(house.desk, house.viewer("ada"), cases=(case_of(house),), to=house.viewer("ada").ref)


def test_two_who_take_the_same_record_hear_who_has_it(house: made.House) -> None:
    case = case_of(house)
    version = kept.case(house, case).version
    for name in ("ada", "ben"):
        one = house.viewer(name)
        if name == "ada":
            assign(house.desk, one, case=case, to=one.ref, version=version)
            continue
        with pytest.raises(Conflict, match="Ada Adviser has it now") as late:
            assign(house.desk, one, case=case, to=one.ref, version=version)
        assert late.value.now_with == "Ada Adviser"
    assert who(house, case) == "Ada Adviser"


def test_cover_for_a_colleague_covers_everything_but_what_is_restricted(house: made.House) -> None:
    """Holder on leave, left, or off duty: not answerable without live cover in post."""
    plain, other, secret = case_of(house, "sol"), case_of(house, "sol"), hidden(house, "sol")
    args = {"colleague": house.viewer("sol").ref, "by": house.viewer("ben").ref, "until": until(house)}
    done = cover_for(house.desk, house.viewer("may"), **args)
    assert {ref for ref, what in done.named.items() if what == "covered"} == {plain, other}
    assert {ref for ref, what in done.named.items() if what != "covered"} == {secret}
    away(house, "sol")
    assert [who(house, case) for case in (plain, other, secret)] == ["Ben Adviser", "Ben Adviser", "nobody"]
    assert [row.ref for row in seen(house).restricted] == [secret]
    with house.desk.database.reading() as session:
        assert depth(session, house.viewer("ben"), kept.the(session, secret), house.clock()) is None
    house.clock.forward(days=2, minutes=1)
    assert who(house, plain) == "nobody", "cover ends by itself"


def test_a_restricted_record_that_i_may_not_see_is_not_named_to_me(house: made.House) -> None:
    plain, secret = case_of(house, "sol"), hidden(house, "sol")
    args = {"colleague": house.viewer("sol").ref, "by": house.viewer("ben").ref, "until": until(house)}
    assert secret not in (done := cover_for(house.desk, house.viewer("sid"), **args)).named
    assert set(done.named) == {plain}


@pytest.mark.parametrize(
    ("by", "sentence"), [("sol", "somebody else"), ("pat", "role that doesn't hold"), ("", "Name")]
)
def test_cover_is_somebody_else_who_is_there_to_answer(house: made.House, by: str, sentence: str) -> None:
    case_of(house, "sol")
    ref = house.viewer(by).ref if by else ""
    with pytest.raises(Unacceptable, match=sentence) as wrong:
        cover_for(house.desk, house.viewer("may"), colleague=house.viewer("sol").ref, by=ref, until=until(house))
    assert wrong.value.faults[0].field == "by"


def test_cover_for_one_who_holds_nothing_is_said(house: made.House) -> None:
    args = {"colleague": house.viewer("sol").ref, "by": house.viewer("ben").ref, "until": until(house)}
    with pytest.raises(Unacceptable, match="no open record"):
        cover_for(house.desk, house.viewer("may"), **args)
    with pytest.raises(Refused):
        cover_for(house.desk, house.viewer("ada"), **args)
