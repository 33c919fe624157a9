"""How does one service come to help? Asked, it accepts, lets wait or declines, and somebody hears what came of it."""

from workflows import service_request_facts as told
from workflows import service_request_guards as guard
from workflows.asking import asking
from workflows.paths import from_each
from workflows.process import Process
from workflows.protecting import protecting
from workflows.referral_facts import Decision
from workflows.roles import FRONT_DOOR, LEADS
from workflows.table import Move, Opening, State

ANSWER, WAIT = frozenset({"service_answer"}), frozenset({"service_wait"})
OUTCOME = frozenset({"service_outcome"})
OPEN = ("asked_of_service", "on_waiting_list", "taking_part")
ENDS = ("service_over", "service_declined", "taken_back")
WHO = LEADS | FRONT_DOOR
"""Whoever decides on one service asks it, or whoever leads."""


def answer_awaited(asked: told.AskService) -> frozenset[str]:
    return ANSWER


SERVICE_REQUEST = Process(
    name="service_request",
    words="a request to one service",
    opening=Opening(
        state="asked_of_service",
        facts=told.AskService,
        who=WHO,
        starts=answer_awaited,
        tells=lambda asked: (),
        always_starts=ANSWER,
        words="Ask one service",
        begins_on=frozenset({"referral", "early_help"}),
        takes_up=frozenset({Decision.direct_to_one_service}),
        checks=(guard.check_agreed_to_ask,),
        one_at_a_time=False,
        after_end=True,
        sets=guard.puts_question,
    ),
    states=(
        State(
            "asked_of_service",
            "A service is asked",
            "Hear from the service, or ring them",
            WHO,
            ANSWER,
            leads="service_accepts",
        ),
        State(
            "on_waiting_list",
            "On a waiting list",
            "Ask how long it still takes, and tell the family",
            WHO,
            WAIT,
            leads="service_accepts",
        ),
        State(
            "taking_part",
            "The service helps",
            "Ask the family how it goes",
            WHO,
            OUTCOME,
            leads="end_service",
        ),
        State("service_over", "The service has helped", end=True),
        State("service_declined", "The service declined", end=True),
        State("taken_back", "Taken back", end=True),
    ),
    moves=(
        protecting(*OPEN, *ENDS),
        *asking(*OPEN, who=WHO),
        Move(
            "service_accepts",
            "They accept",
            from_each("asked_of_service", "on_waiting_list", to="taking_part"),
            WHO,
            told.ServiceAccepts,
            starts=OUTCOME,
            stops=ANSWER | WAIT,
        ),
        Move(
            "service_waits",
            "They have a waiting list",
            from_each("asked_of_service", "on_waiting_list", to="on_waiting_list"),
            WHO,
            told.ServiceWaits,
            starts=WAIT,
            stops=ANSWER | WAIT,
        ),
        Move(
            "service_declines",
            "They decline",
            from_each("asked_of_service", "on_waiting_list", to="service_declined"),
            WHO,
            told.ServiceDeclines,
        ),
        Move(
            "end_service",
            "Say what came of it",
            from_each("taking_part", to="service_over"),
            WHO,
            told.ServiceOver,
        ),
        Move("take_request_back", "Take it back", from_each(*OPEN, to="taken_back"), WHO, told.TakeBack),
    ),
)
