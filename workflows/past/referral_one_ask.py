"""The referral as it was until one record could ask several agencies at once: asking was a state, with one clock."""

from dataclasses import replace

from pydantic import Field

from workflows.paths import from_each
from workflows.process import Process
from workflows.referral import BEFORE_SCREENING, DANGER, ENDS, FIRST, REFERRAL, UNDECIDED
from workflows.referral_facts import Said, ShortSaid
from workflows.roles import FRONT_DOOR
from workflows.table import Facts, Move, State

ASKING = "awaiting_information"
INFORMATION = frozenset({"information"})
SINCE = frozenset({"ask", "answer", "stop_asking", "band", "huddle"})
STOPPED_IT = frozenset({"protect", "start_screening", "offer_to_worker", "offer_to_authority"})


class AskForInformation(Facts):
    asked_of: ShortSaid = Field(title="Who are you asking?", description="For example, the school and the GP")
    question: Said = Field(title="What do we need to know?")


class ReceiveInformation(Facts):
    learned: Said = Field(title="What did you learn, and from whom?")


ASKS = (
    Move(
        "ask_for_information",
        "Ask another agency for information",
        from_each(*UNDECIDED, ASKING, to=ASKING),
        FRONT_DOOR,
        AskForInformation,
        starts=INFORMATION,
    ),
    Move(
        "receive_information",
        "Record what came back",
        from_each(ASKING, to="under_screening"),
        FRONT_DOOR,
        ReceiveInformation,
        stops=INFORMATION,
    ),
)


def _then(move: Move) -> Move:
    """A move as it was: also from the state of asking, wherever it could be made before screening.

    By which way a referrer was told, no guard asked then; and a record that had ended was reopened to be protected.
    """
    paths = {start: to for start, to in move.paths.items() if move.name != "protect" or start not in ENDS}
    if move.name == "acknowledge" or set(UNDECIDED) <= set(paths):
        at = "taken" if move.name != "acknowledge" else ""
        paths[ASKING] = ASKING if not at or paths[at] == at else paths[at]
    elif set(BEFORE_SCREENING) <= set(paths):
        paths[ASKING] = paths["acknowledged"] if paths["acknowledged"] != "acknowledged" else ASKING
    checks = () if move.name == "tell_referrer" else move.facts_checks
    return replace(
        move,
        paths=paths,
        facts_checks=checks,
        stops=(move.stops - _stopped_since(move)) | (INFORMATION if move.name in STOPPED_IT else frozenset()),
    )


def _stopped_since(move: Move) -> frozenset[str]:
    """Danger had a clock only once somebody pressed protect, so that no decision stopped one."""
    return DANGER if move.name in ("decide", "agree_no_further_action") else frozenset()


def _moves() -> tuple[Move, ...]:
    then = [_then(move) for move in REFERRAL.moves if move.name not in SINCE]
    at = next(index for index, move in enumerate(then) if move.name == "start_screening")
    return (*then[:at], *ASKS, *then[at:])


def _states() -> tuple[State, ...]:
    asking = State(
        ASKING, "Waiting for information", "Chase what was asked for", FRONT_DOOR, FIRST, leads="receive_information"
    )
    first, *rest = REFERRAL.states
    return (first, asking, *rest)


REFERRAL_ONE_ASK = Process(
    name=REFERRAL.name,
    words=REFERRAL.words,
    settled=REFERRAL.settled,
    opening=REFERRAL.opening,
    states=_states(),
    moves=_moves(),
    superseded=True,
)
