"""How do people meet about a family? From the day that is arranged to minutes that everybody has read."""

from workflows import meeting_facts as told
from workflows import meeting_guards as guard
from workflows.meeting_guards import ARRANGED, MEETING
from workflows.paths import from_each, staying
from workflows.process import Process
from workflows.protecting import protecting
from workflows.roles import LEADS
from workflows.table import Audience, Move, Opening, State, Tell

DAY, MINUTES = frozenset({MEETING}), frozenset({"meeting_minutes"})
OPEN = (ARRANGED, "held")
ENDS = ("minuted", "called_off")


def the_day(arranged: told.ArrangeMeeting) -> frozenset[str]:
    return DAY


MEETINGS = Process(
    name="meeting",
    words="a meeting",
    opening=Opening(
        state=ARRANGED,
        facts=told.ArrangeMeeting,
        who=LEADS,
        starts=the_day,
        tells=lambda arranged: (),
        always_starts=DAY,
        words="Arrange a meeting",
        begins_on=frozenset({"referral", "early_help"}),
        checks=(guard.check_to_come,),
        one_at_a_time=False,
        one_here=ARRANGED,
        sets=guard.sets_meeting,
    ),
    states=(
        State(ARRANGED, "Arranged", "Meet, and say what came of it", LEADS, DAY, leads="hold"),
        State("held", "Held", "Write the minutes for everybody", LEADS, MINUTES, leads="send_minutes"),
        State("minuted", "Held, with its minutes", end=True),
        State("called_off", "Called off", end=True),
    ),
    moves=(
        protecting(*OPEN, *ENDS),
        Move("invite", "Invite somebody", staying(ARRANGED), LEADS, told.Invite, effect=guard.invited),
        Move(
            "uninvite",
            "Invite somebody no more",
            staying(*OPEN),
            LEADS,
            told.Uninvite,
            checks=(guard.check_invited,),
            facts_checks=(guard.check_invited_here,),
            effect=guard.uninvited,
        ),
        Move(
            "put_off",
            "Move it to another time",
            staying(ARRANGED),
            LEADS,
            told.PutOff,
            facts_checks=(guard.check_moves_on,),
            starts=DAY,
            stops=DAY,
            tells=(Tell("meeting_moved", Audience.invited),),
            effect=guard.put_off,
        ),
        Move(
            "hold",
            "Say what came of it",
            from_each(ARRANGED, to="held"),
            LEADS,
            told.Held,
            checks=(guard.check_invited,),
            facts_checks=(guard.check_somebody_came, guard.check_each_once, guard.check_next_agreed),
            starts=MINUTES,
            stops=DAY,
            tells=(Tell("meeting_missed", Audience.missing),),
            effect=guard.held,
            renews=True,
        ),
        Move(
            "send_minutes",
            "Give everybody the minutes",
            from_each("held", to="minuted"),
            LEADS,
            told.SendMinutes,
            stops=MINUTES,
            tells=(Tell("meeting_minutes", Audience.invited),),
        ),
        Move(
            "call_off",
            "Call it off",
            from_each(ARRANGED, to="called_off"),
            LEADS,
            told.CallOff,
            tells=(Tell("meeting_called_off", Audience.invited),),
        ),
    ),
)
