"""The least that each move can be told, so that every move can be tried on any record."""

from collections.abc import Sequence

from workflows import PROCESSES, Facts
from workflows.referral_facts import Decision

WORDS = {"reason": "Because it fits"}
TOLD: dict[str, dict[str, object]] = {
    "acknowledge": {"how": "telephone"},
    "ask": {"asked_of": "the school", "question": "How is attendance?"},
    "band": {"urgency": "red", **WORDS},
    "huddle": {"present": "Health and police", "shared": "What each knows", "agreed": "Health visits today"},
    "agree_no_further_action": WORDS,
    "return_to_screening": WORDS,
    "offer_to_authority": {"their_authority": "Elsewhere", "spoke_to": "Their duty desk", **WORDS},
    "decline_join": WORDS,
    "pass_on": {"accepted_by": "Their duty manager"},
    "take_back": WORDS,
    "tell_referrer": {"how": "voice", "said": "What was decided and why"},
    "close": WORDS,
    "review_again": WORDS,
    "give_advice": {"advice": "Ring again if it goes on"},
    "withdraw": WORDS,
    "reopen": WORDS,
    "confirm_in_writing": {"written": "As told by telephone"},
    "finish_assessment": {"comes_to": "School helps with reading; mornings are hard"},
    "agree_plan": {"agreed_with": "Una and school", "hopes": "Calmer mornings", "actions": "Lee: breakfast club"},
    "add_action": {"what": "A place at breakfast club", "who": "Wren, school", "by": "2026-12-11"},
    "share_plan": {"with_whom": "Una, and school"},
    "review": {"there": "Una and school", "result": "better", "changed": "On time", "next": "Lee rings on Friday"},
    "assess_again": WORDS,
    "invite": {"who": "Wren, school"},
    "put_off": {"on": "2026-12-14", "at": "9:30", "minutes": 45, "where": "School", "reason": "Una works that day"},
    "hold": {"others": "Una", "they_said": "I like the pancakes", "decided": "It goes on", "no_next": "Needs are met"},
    "send_minutes": {"minutes": "It goes on as it is"},
    "call_off": {"reason": "Nobody could come", "instead": "Lee rings each of them"},
    "service_accepts": {"who": "Wren, on 01", "begins": "Monday"},
    "service_waits": {"until": "Eight weeks", "meanwhile": "Lee goes on"},
    "service_declines": {"reason": "Too young", "instead": "Lee asks another"},
    "end_service": {"how": "helped", "they_say": "I sleep again", "next": "Nothing more"},
    "take_request_back": {"reason": "They moved", "instead": "Another there"},
    "end_early_help": {"how": "needs_met", "why": "On time each day", "they_say": "It helped"},
}
"""What a move is told where it names no child and no other record; the rest need nothing."""


BEGUN: dict[str, dict[str, object]] = {
    "early_help": {"safe_tonight": "yes", "why": "Mornings are hard"},
    "service_request": {"asked_of": "Sleep clinic", "agreed": "yes", "question": "Can you see Ava about her sleep?"},
    "meeting": {
        "on": "2026-12-10", "at": "15:30", "minutes": 60, "where": "School", "why": "plan", "about": "Ava’s mornings",
    },
}  # fmt: skip
"""What a record that begins on another is told."""


def facts(
    move: str, children: Sequence[str], open_case: str = "0123456789", decision: str = "", ask: str = "ASK"
) -> Facts:
    """Valid facts for `move`; `decision` is what is decided for each child, `ask` a question that waits."""
    wanted = next(found for process in PROCESSES if (found := process.move(move)) is not None)
    told = dict(TOLD.get(move, {}))
    if move in ("decide", "propose_no_further_action"):
        chosen = decision or (Decision.early_help_assessment if move == "decide" else Decision.no_further_action)
        told["decisions"] = [{"child": ref, "decision": chosen, "level": "additional", **WORDS} for ref in children]
    if move == "confirm_taken_up":
        told |= {"child": children[0], "by": "Their new worker"}
    if move == "answer":
        told |= {"ask": ask, "learned": "Attendance is fine"}
    if move == "uninvite":
        told |= {"invited": ask, **WORDS}
    if move == "write_page":
        told |= {"child": children[0], "why": "Mornings are hard", "happens": "Breakfast club", "ask": "Lee"}
    if move == "end_action":
        told |= {"action": ask, "how": "done", "came_of": "She comes each day"}
    if move == "stop_asking":
        told |= {"ask": ask, **WORDS}
    if move == "offer_to_worker":
        told |= {"open_case": open_case, **WORDS}
    return wanted.facts.model_validate(told)
