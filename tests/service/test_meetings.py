"""Do people meet on the day, does everybody invited hear, and is the next day agreed before this one is closed?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import families
import helping
import kept
import made
import pytest
import told
from icalendar import Calendar

from notifications import Appointment, calendar_of
from pathway.acts import NotFound, Unacceptable, erase, move, receive, reply_to_meeting, restrict
from pathway.acts.compose import composed
from pathway.acts.deliver import resolve
from pathway.acts.desk import work
from pathway.acts.ring import due_rungs, ring
from pathway.store.parts.meetings import Mine, my_meetings
from pathway.store.parts.views import CaseView, MeetingView
from pathway.store.records.cases import case as read
from pathway.tables import Assignment, Case, Deadline, Delivery, Entry, Invitation, Message, Task
from workflows import Refused
from workflows.meeting_facts import Coming, Held, Invite, PutOff, Replied, Uninvite, in_london

HALF_PAST_THREE = datetime(2026, 12, 10, 15, 30, tzinfo=UTC)
HELD = {
    "others": "Una’s sister",
    "they_said": "“I like the pancakes”",
    "decided": "Breakfast club goes on",
    "no_next": "The needs are met",
}
SORRY = Replied(reply=Coming.apologies, word="Health has nothing new")


@pytest.fixture
def on(house: made.House) -> str:
    return helping.supported(house)


@pytest.fixture
def case(house: made.House, on: str) -> str:
    return helping.met(house, on, "sol", "pat", "may")


def refs(house: made.House, case: str) -> list[str]:
    return [one.public_id for one in kept.rows(house, Invitation, case=case)]


def hold(house: made.House, case: str, **more: Any) -> str:
    told = Held.model_validate(HELD | more)
    return move(house.desk, house.viewer("sol"), case=case, name="hold", facts=told).named.get("next", "")


def shown(house: made.House, case: str) -> MeetingView:
    with house.desk.database.reading() as session:
        view = read(session, house.viewer("sol"), case, house.clock())
    assert isinstance(view, CaseView)
    assert view.meeting is not None
    return view.meeting


def mine(house: made.House, name: str) -> list[Mine]:
    with house.desk.database.reading() as session:
        return list(my_meetings(session, house.viewer(name), house.clock()))


def told_of(house: made.House, kind: str) -> list[str]:
    """The audiences of every message of a kind."""
    return [one.audience for one in kept.rows(house, Message) if one.kind == kind]


def heard(house: made.House, kind: str) -> set[str]:
    """Who gets a message of a kind, by name, once it is on its way."""
    resolve(house.desk, house.system, channel="console", limit=1000)
    kinds = {one.id: one.kind for one in kept.rows(house, Message)}
    names = {number: name for name, number in house.ids.items()}
    return {names[one.practitioner_id] for one in kept.rows(house, Delivery) if kinds[one.message_id] == kind}


def sent(house: made.House, kind: str, name: str) -> Any:
    """What leaves for somebody, in its final words."""
    heard(house, kind)
    of = {one.id for one in kept.rows(house, Message) if one.kind == kind}
    mine = [one for one in kept.rows(house, Delivery) if one.practitioner_id == house.ids[name]]
    row = next(one for one in mine if one.message_id in of)
    with work(house.desk, house.system) as unit:
        return composed(unit, row)


def test_it_is_due_on_its_day_and_whoever_arranged_it_answers(house: made.House, case: str) -> None:
    (clock,) = [one for one in kept.rows(house, Deadline, case=case) if one.closed_at is None]
    assert (clock.limit_id, clock.due_at) == ("meeting", datetime(2026, 12, 10, 17, tzinfo=UTC))
    assert shown(house, case).starts_at == HALF_PAST_THREE
    assert kept.faults(house) == []


def test_each_who_is_invited_hears_and_reads_what_it_is_about_and_nothing_of_the_record(
    house: made.House, case: str
) -> None:
    assert heard(house, "meeting_invitation") == {"pat", "may"}
    (one,) = mine(house, "pat")
    assert (one.where, one.about, one.opens) == ("School", "Ava’s mornings", False)
    assert [one.opens for one in mine(house, "may")] == [True]
    assert mine(house, "zoe") == []


def test_an_invitation_says_when_and_where_to_read_and_never_whom_or_what(house: made.House, case: str) -> None:
    outgoing = sent(house, "meeting_invitation", "pat")
    entry = calendar_of(outgoing.appointment, "pathway@example.org", outgoing.to).decode()
    for words in (outgoing.subject, outgoing.body, entry):
        assert "Ava" not in words
        assert "School" not in words
    (event,) = Calendar.from_ical(entry).walk("VEVENT")
    assert event["DTSTART"].dt == HALF_PAST_THREE
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    assert str(event["SUMMARY"]) == f"Meeting {case}"
    assert "half past" not in outgoing.body
    assert "10 December" in outgoing.body


def test_whoever_cannot_come_says_so_and_the_one_who_arranged_it_hears(house: made.House, case: str) -> None:
    (one,) = mine(house, "pat")
    reply_to_meeting(house.desk, house.viewer("pat"), invitation=one.ref, told=SORRY)
    assert [(one.reply, one.word) for one in shown(house, case).invited][1] == (Coming.apologies, SORRY.word)
    assert heard(house, "meeting_apologies") == {"sol"}
    assert kept.faults(house) == []


def test_nobody_answers_for_somebody_else(house: made.House, case: str) -> None:
    (one,) = mine(house, "pat")
    with pytest.raises(NotFound):
        reply_to_meeting(house.desk, house.viewer("may"), invitation=one.ref, told=SORRY)


def test_once_it_is_over_no_answer_is_awaited(house: made.House, case: str) -> None:
    (one,) = mine(house, "pat")
    hold(house, case, came=refs(house, case))
    with pytest.raises(Refused, match="no answer is awaited"):
        reply_to_meeting(house.desk, house.viewer("pat"), invitation=one.ref, told=SORRY)


def test_a_meeting_that_is_moved_is_asked_about_again_and_moves_in_the_calendar(house: made.House, case: str) -> None:
    (one,) = mine(house, "pat")
    reply_to_meeting(house.desk, house.viewer("pat"), invitation=one.ref, told=Replied(reply=Coming.coming))
    told = {"on": "2026-12-14", "at": "9.30", "minutes": 45, "where": "Clinic", "reason": "Una works that day"}
    move(house.desk, house.viewer("sol"), case=case, name="put_off", facts=PutOff.model_validate(told))
    view = shown(house, case)
    assert (view.starts_at, view.where) == (datetime(2026, 12, 14, 9, 30, tzinfo=UTC), "Clinic")
    assert {one.reply for one in view.invited} == {None}
    assert heard(house, "meeting_moved") == {"pat", "may"}
    appointment = sent(house, "meeting_moved", "pat").appointment
    assert (appointment.changes, appointment.uid, appointment.starts_at) == (1, view.ref, view.starts_at)
    running = [one for one in kept.rows(house, Deadline, case=case) if one.closed_at is None]
    assert [one.due_at.date().isoformat() for one in running] == ["2026-12-14"]


def test_a_meeting_called_off_leaves_the_calendar_and_says_what_happens_instead(house: made.House, case: str) -> None:
    helping.moved(house, case, "call_off")
    assert heard(house, "meeting_called_off") == {"pat", "may"}
    assert sent(house, "meeting_called_off", "pat").appointment.cancelled
    (one,) = mine(house, "pat")
    assert (one.over, one.minuted) == ("Called off", "Lee rings each of them")


def test_whoever_neither_came_nor_sent_word_hears_that_they_were_missed(house: made.House, case: str) -> None:
    una, _, may = refs(house, case)
    hold(house, case, came=[una], apologies=[may])
    assert [one.attended for one in shown(house, case).invited] == ["came", "missing", "apologies"]
    assert heard(house, "meeting_missed") == {"pat"}


def test_where_nobody_was_missed_nobody_hears_so(house: made.House, case: str) -> None:
    hold(house, case, came=refs(house, case))
    assert heard(house, "meeting_missed") == set()
    assert [one.kind for one in kept.rows(house, Task) if one.kind == "message_unheard"] == []


def test_everybody_reads_the_minutes_and_what_was_said_first_stays_on_the_record(house: made.House, case: str) -> None:
    hold(house, case, came=refs(house, case))
    (clock,) = [one for one in kept.rows(house, Deadline, case=case) if one.closed_at is None]
    assert clock.limit_id == "meeting_minutes"
    helping.moved(house, case, "send_minutes")
    assert heard(house, "meeting_minutes") == {"pat", "may"}
    (one,) = mine(house, "pat")
    assert one.minuted == "It goes on as it is"
    house.clock.moment += timedelta(days=29)
    assert mine(house, "pat") == []


def test_the_next_meeting_is_arranged_while_everybody_is_there(house: made.House, on: str, case: str) -> None:
    again = hold(house, case, came=refs(house, case), next_on="2027-01-21", next_at="15:30", no_next="")
    view = shown(house, again)
    assert view.starts_at == datetime(2027, 1, 21, 15, 30, tzinfo=UTC)
    assert [one.who for one in view.invited] == [one.who for one in shown(house, case).invited]
    assert (view.where, view.about) == ("School", "Ava’s mornings")
    assert len(mine(house, "pat")) == 2
    assert kept.case(house, again).parent_id == kept.case(house, on).id
    assert kept.faults(house) == []
    helping.moved(house, case, "send_minutes")
    third = hold(house, again, came=refs(house, again), next_on="2027-03-04", next_at="15:30", no_next="")
    assert [one.who for one in shown(house, third).invited] == [one.who for one in view.invited]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"no_next": ""}, "when you meet next"),
        ({"no_next": "", "next_on": "2027-01-21"}, "no time"),
        ({"no_next": "", "next_on": "2026-11-16", "next_at": "09:00"}, "has passed"),
        ({"no_next": "", "next_on": "2028-01-21", "next_at": "09:00"}, "a year away"),
    ],
)
def test_no_meeting_is_closed_before_the_next_is_agreed_or_said_why_not(
    house: made.House, case: str, more: dict[str, str], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        hold(house, case, **more)
    assert kept.case(house, case).state == "arranged"


def test_nobody_is_ticked_twice_nor_unless_they_are_invited(house: made.House, case: str) -> None:
    una = refs(house, case)[0]
    with pytest.raises(Refused, match="ticked twice"):
        hold(house, case, came=[una], apologies=[una])
    with pytest.raises(Refused, match="isn’t invited"):
        hold(house, case, came=["0123456789"])


def test_nobody_meets_with_nobody(house: made.House, on: str) -> None:
    case = helping.begun(house, on, "sol", process="meeting").case
    with pytest.raises(Refused, match="Nobody is invited"):
        hold(house, case)


@pytest.mark.parametrize(("more", "why"), [({"on": "2026-11-13"}, "has passed"), ({"on": "2028-12-10"}, "a year away")])
def test_no_meeting_is_arranged_for_a_day_that_is_gone_or_far(
    house: made.House, on: str, more: dict[str, str], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        helping.begun(house, on, "sol", process="meeting", **more)


def test_two_meetings_at_once_on_a_record_are_one_too_many(house: made.House, on: str, case: str) -> None:
    with pytest.raises(Refused, match=f"arranged on this record already: {case}"):
        helping.begun(house, on, "sol", process="meeting")


def test_an_urgent_meeting_waits_neither_for_minutes_nor_for_others_who_meet(
    house: made.House, on: str, case: str
) -> None:
    elsewhere = kept.case(house, on).parent_id
    ref = next(one.public_id for one in kept.rows(house, Case) if one.id == elsewhere)
    assert helping.begun(house, ref, "sol", process="meeting").case
    hold(house, case)
    assert helping.begun(house, on, "sol", process="meeting").case


def test_nothing_is_arranged_on_a_record_that_has_ended(house: made.House, on: str) -> None:
    helping.moved(house, on, "end_early_help")
    with pytest.raises(Refused, match="has ended"):
        helping.begun(house, on, "sol", process="meeting")


def test_help_does_not_end_while_people_are_still_to_meet(house: made.House, on: str, case: str) -> None:
    with pytest.raises(Refused, match="A meeting is still to be held"):
        helping.moved(house, on, "end_early_help")
    helping.moved(house, case, "call_off")
    helping.moved(house, on, "end_early_help")


def test_somebody_who_left_is_told_no_more_and_is_not_invited(house: made.House, on: str, case: str) -> None:
    facts = Invite(who="Wren, school", owner="0123456789")
    with pytest.raises(Unacceptable, match="that account any more"):
        move(house.desk, house.viewer("sol"), case=case, name="invite", facts=facts)


def test_nobody_who_says_what_came_of_it_is_chased_by_its_day(house: made.House, case: str) -> None:
    house.clock.moment = datetime(2026, 12, 10, 17, 1, tzinfo=UTC)
    with house.desk.database.reading() as session:
        due = [deadline for _, deadline in due_rungs(session, house.clock(), limit=100)]
    (clock,) = [one.id for one in kept.rows(house, Deadline, case=case) if one.limit_id == "meeting"]
    assert clock in due
    ring(house.desk, house.system, deadline_id=clock)
    assert "holder" in told_of(house, "overdue")


def test_a_sealed_address_is_left_out_of_what_those_invited_read(house: made.House) -> None:
    on = families.fled(house, by="ada").case
    helping.met(house, on, "sol", "pat", where=f"At {families.REFUGE}")
    (one,) = mine(house, "pat")
    assert families.REFUGE not in one.where


@pytest.mark.parametrize(
    ("day", "said", "utc"),
    [("2026-12-10", "15:30", "15:30"), ("2026-07-10", "15:30", "14:30"), ("2026-07-10", "9.05", "08:05")],
)
def test_a_time_of_day_is_the_clock_on_the_wall(day: str, said: str, utc: str) -> None:
    told = PutOff.model_validate({"on": day, "at": said, "minutes": 30, "where": "School", "reason": "Rain"})
    assert f"{told.starts_at:%H:%M}" == utc
    assert told.starts_at == in_london(told.on, told.at)


@pytest.mark.parametrize("said", ["", "half three", "25:00", "15:60", "15", "15:3", "15:3²"])
def test_what_is_no_time_of_day_is_said_so(said: str) -> None:
    with pytest.raises(ValueError, match="at"):
        PutOff.model_validate({"on": "2026-12-10", "at": said, "minutes": 30, "where": "School", "reason": "Rain"})


def test_an_entry_for_the_calendar_is_the_same_whenever_it_is_written() -> None:
    until = HALF_PAST_THREE + timedelta(hours=1)
    one = Appointment("M1", "K7Q2041", HALF_PAST_THREE, until, "https://example.org/m", HALF_PAST_THREE)
    assert calendar_of(one, "a@example.org", "b@example.org") == calendar_of(one, "a@example.org", "b@example.org")


def test_somebody_chosen_by_mistake_reads_nothing_from_then_on(house: made.House, case: str) -> None:
    sent(house, "meeting_invitation", "pat")
    (one,) = mine(house, "pat")
    facts = Uninvite(invited=one.ref, reason="Another Pat was meant")
    move(house.desk, house.viewer("sol"), case=case, name="uninvite", facts=facts)
    assert mine(house, "pat") == []
    assert [one.account for one in shown(house, case).invited] == ["", "May Manager"]
    outgoing = sent(house, "meeting_without_you", "pat")
    assert outgoing.appointment.cancelled
    assert outgoing.body.count("/meetings/") == 0
    with pytest.raises(NotFound):
        reply_to_meeting(house.desk, house.viewer("pat"), invitation=one.ref, told=SORRY)
    again = hold(house, case, next_on="2027-01-21", next_at="15:30", no_next="")
    assert [one.account for one in shown(house, again).invited] == ["", "May Manager"]
    helping.moved(house, case, "send_minutes")
    assert heard(house, "meeting_minutes") == {"may"}
    assert kept.faults(house) == []


def test_nobody_is_invited_twice(house: made.House, case: str) -> None:
    facts = Invite(who="Pat again", owner=house.viewer("pat").ref)
    with pytest.raises(Unacceptable, match="invited already"):
        move(house.desk, house.viewer("sol"), case=case, name="invite", facts=facts)


def test_restricting_a_record_restricts_its_meetings_and_whoever_is_not_named_reads_no_more(
    house: made.House, on: str, case: str
) -> None:
    restrict(house.desk, house.viewer("may"), case=on, names=(house.viewer("sol").ref,), reason="A colleague's family")
    assert kept.case(house, case).restricted
    assert mine(house, "pat") == []
    assert [one.case for one in mine(house, "may")] == [case]
    facts = Invite(who="Eve", owner=house.viewer("eve").ref)
    with pytest.raises(Unacceptable, match="aren’t named on it"):
        move(house.desk, house.viewer("sol"), case=case, name="invite", facts=facts)
    ref = refs(house, case)[1]
    with pytest.raises(NotFound):
        reply_to_meeting(house.desk, house.viewer("pat"), invitation=ref, told=SORRY)
    helping.moved(house, case, "put_off")
    assert heard(house, "meeting_moved") == {"may"}
    again = hold(house, case, next_on="2027-01-21", next_at="15:30", no_next="")
    assert [one.account for one in shown(house, again).invited] == ["", "May Manager"]
    assert kept.case(house, again).restricted
    assert kept.faults(house) == []


def test_whoever_sent_word_is_never_told_that_none_came(house: made.House, case: str) -> None:
    (one,) = mine(house, "pat")
    reply_to_meeting(house.desk, house.viewer("pat"), invitation=one.ref, told=SORRY)
    hold(house, case)
    assert [one.attended for one in shown(house, case).invited] == ["missing", "apologies", "missing"]
    assert heard(house, "meeting_missed") == {"may"}


def test_a_meeting_to_which_nobody_came_was_not_held(house: made.House, case: str) -> None:
    with pytest.raises(Refused, match="Nobody came"):
        hold(house, case, others="")


def test_whoever_moves_a_meeting_they_are_invited_to_has_it_in_their_own_calendar(house: made.House, on: str) -> None:
    case = helping.met(house, on, "sol", "sol")
    helping.moved(house, case, "put_off")
    assert heard(house, "meeting_moved") == {"sol"}


def test_a_stand_in_who_says_what_came_of_it_does_not_take_the_next_one_on(house: made.House, case: str) -> None:
    told = Held.model_validate(HELD | {"next_on": "2027-01-21", "next_at": "15:30", "no_next": ""})
    again = move(house.desk, house.viewer("may"), case=case, name="hold", facts=told).named["next"]
    (holder,) = [one.practitioner_id for one in kept.rows(house, Assignment, case=again)]
    assert holder == house.ids["sol"]


def test_what_was_erased_is_not_said_again_by_itself(house: made.House, case: str) -> None:
    entry = next(one for one in kept.rows(house, Entry, case=case) if one.kind == "begun")
    erase(house.desk, house.viewer("ann"), entry=entry.public_id, reason="Named somebody else")
    more = {"next_on": "2027-01-21", "next_at": "15:30", "no_next": ""}
    with pytest.raises(Refused, match="was erased"):
        hold(house, case, **more)
    again = hold(house, case, **more, next_where="Clinic", next_about="Ava")
    assert (shown(house, again).where, shown(house, again).about) == ("Clinic", "Ava")


def test_an_invitation_that_goes_late_puts_no_meeting_back_that_was_called_off(house: made.House, case: str) -> None:
    helping.moved(house, case, "call_off")
    assert sent(house, "meeting_invitation", "pat").appointment is None
    appointment = sent(house, "meeting_called_off", "pat").appointment
    assert (appointment.cancelled, appointment.changes) == (True, 1)


def test_a_worry_is_never_offered_to_a_meeting(house: made.House, case: str) -> None:
    other = receive(house.desk, house.viewer("ada"), take=made.take()).case
    helping.moved(house, other, "start_screening", by="ada")
    facts = told.facts("offer_to_worker", kept.children(house, other), open_case=case)
    with pytest.raises(Unacceptable, match="no other open record"):
        move(house.desk, house.viewer("ada"), case=other, name="offer_to_worker", facts=facts)
