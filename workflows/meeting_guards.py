"""What must be true before a meeting is arranged, moved, held or minuted? And what each of them brings about."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from thresholds.timing.calendar import london
from workflows.meeting_facts import ArrangeMeeting, Coming, Held, Invite, PutOff, Uninvite, When, in_london
from workflows.refusals import Refusal, Refused, refuse
from workflows.situation import Situation
from workflows.table import Attendance, Outcome, Sitting

FURTHEST = timedelta(days=366)
ARRANGED = "arranged"
"""The state in which a meeting is still to come."""

MEETING = "meeting"
"""The limit that says who is chased where a meeting's day passes and nobody says what came of it."""


def check_to_come(facts: When, now: datetime) -> None:
    if reasons := tuple(_not_to_come(facts.starts_at, facts.on, now)):
        raise Refused(*reasons)


def _not_to_come(starts_at: datetime, on: date, now: datetime) -> Iterator[Refusal]:
    if starts_at <= now:
        yield Refusal("That time has passed.", "Check the day, the year and the time.")
    if on > london(now).date() + FURTHEST:
        yield Refusal("That is more than a year away.", "Meet sooner, or check the year.")


def check_moves_on(situation: Situation, facts: PutOff) -> None:
    check_to_come(facts, situation.now)


def check_invited(situation: Situation) -> None:
    """Nobody meets alone, and nobody is missed who was never asked."""
    if not situation.invited:
        raise refuse("Nobody is invited yet.", who_can="Invite each of those who should be there, the family first.")


def check_invited_here(situation: Situation, facts: Uninvite) -> None:
    if facts.invited not in situation.invited:
        raise refuse("They aren’t invited here.", who_can="Choose from those who are.")


def check_somebody_came(situation: Situation, facts: Held) -> None:
    if not facts.came and not facts.others.strip():
        raise refuse("Nobody came, so it wasn’t held.", who_can="Move it to another time, or call it off.")


def check_each_once(situation: Situation, facts: Held) -> None:
    if set(facts.came) & set(facts.apologies):
        raise refuse("Somebody is ticked twice.", who_can="Each either came or sent apologies.")
    if (set(facts.came) | set(facts.apologies)) - set(situation.invited):
        raise refuse("Somebody who is ticked isn’t invited here.", who_can="Tick from those who are invited.")


def check_next_agreed(situation: Situation, facts: Held) -> None:
    """The next date is agreed before this one is closed, while everybody is there."""
    if facts.next_on is None:
        if not facts.no_next.strip():
            raise refuse(
                "Nobody has said when you meet next.", who_can="Say the day and time, or why you don’t meet again."
            )
        return
    if not facts.next_at:
        raise refuse("The next meeting has a day and no time.", who_can="Say at what time, such as 15:30.")
    if reasons := tuple(_not_to_come(in_london(facts.next_on, facts.next_at), facts.next_on, situation.now)):
        raise Refused(*reasons)


def sets_meeting(facts: ArrangeMeeting) -> Outcome:
    return Outcome(meets=Sitting(facts.starts_at, facts.minutes), due_on={MEETING: facts.on})


def put_off(situation: Situation, facts: PutOff) -> Outcome:
    return Outcome(meets=Sitting(facts.starts_at, facts.minutes), due_on={MEETING: facts.on})


def invited(situation: Situation, facts: Invite) -> Outcome:
    return Outcome(invites=facts.owner)


def held(situation: Situation, facts: Held) -> Outcome:
    return Outcome(attended={ref: _attendance(facts, ref, said) for ref, said in situation.invited.items()})


def uninvited(situation: Situation, facts: Uninvite) -> Outcome:
    return Outcome(uninvites=facts.invited)


def _attendance(facts: Held, ref: str, said: str) -> Attendance:
    """Whoever sent word is never told that none came."""
    if ref in facts.came:
        return Attendance.came
    sorry = ref in facts.apologies or said == Coming.apologies
    return Attendance.apologies if sorry else Attendance.missing
