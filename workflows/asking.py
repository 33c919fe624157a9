"""How is another agency asked something on a record? The same three moves wherever questions are put."""

from workflows import referral_guards as guard
from workflows.paths import staying
from workflows.referral_facts import Answer, Ask, StopAsking
from workflows.roles import Role
from workflows.table import Move


def asking(*states: str, who: frozenset[Role]) -> tuple[Move, ...]:
    return (
        Move(
            "ask",
            "Ask another agency for information",
            staying(*states),
            who,
            Ask,
            may_start=frozenset({"information"}),
            effect=guard.asked,
        ),
        Move(
            "answer",
            "Record what they answered",
            staying(*states),
            who,
            Answer,
            checks=(guard.check_asks_waiting,),
            facts_checks=(guard.check_ask_waits,),
            effect=guard.answered,
        ),
        Move(
            "stop_asking",
            "Stop waiting for an answer",
            staying(*states),
            who,
            StopAsking,
            checks=(guard.check_asks_waiting,),
            facts_checks=(guard.check_ask_waits,),
            effect=guard.asking_stopped,
        ),
    )
