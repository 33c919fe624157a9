"""What must be true before one service is asked?"""

from datetime import datetime

from workflows.referral_facts import YesNo
from workflows.refusals import refuse
from workflows.service_request_facts import AskService
from workflows.table import Asking, Outcome


def check_agreed_to_ask(facts: AskService, now: datetime) -> None:
    """A service is asked with the family, and told what they agreed that it is told."""
    if facts.agreed is not YesNo.yes:
        raise refuse(
            "Nobody has agreed that this service is asked.",
            who_can="Ask a parent, or a young person who understands it. Where there may be danger, protect first.",
        )


def puts_question(facts: AskService) -> Outcome:
    """Put to the service at once, where it can answer here; else whoever asks rings them."""
    if not (facts.agency or facts.email):
        return Outcome()
    return Outcome(asks=Asking(facts.asked_of, facts.agency, facts.email))
