"""Plain functions for tests about people without an account: asking them, and coming in as they would."""

import kept
import made

from pathway.acts import Visitor, assign, move, open_visit, receive, restrict, send_code, visiting
from pathway.tables import Agency, Ask, OneTimeCode, Outsider
from workflows.referral_facts import Ask as AskFacts

NURSE = "nurse@surgery.invalid"
TEACHER = "a.teacher@elsewhere.invalid"
HERE = "10.0.0.1"
QUESTION = "When did you last see them?"


def ask(house: made.House, case: str, *, by: str = "ada", **more: str) -> str:
    """Ask about a case; the question's reference."""
    facts = AskFacts.model_validate({"asked_of": "The school nurse", "question": QUESTION} | more)
    move(house.desk, house.viewer(by), case=case, name="ask", facts=facts)
    return str(kept.rows(house, Ask, case=case)[-1].public_id)


def agency(house: made.House, words: str) -> str:
    return next(one.public_id for one in kept.rows(house, Agency) if words in one.name)


def last(house: made.House) -> Outsider:
    return kept.rows(house, Outsider)[-1]


def asked_nurse(house: made.House, case: str) -> Outsider:
    """A nurse without an account who was asked about a case."""
    ask(house, case, email=NURSE)
    return last(house)


def told_by_mail(house: made.House, **told: object) -> Outsider:
    """Whoever told us by telephone and gave an address."""
    receive(house.desk, house.viewer("ada"), take=made.take(told_by_email=TEACHER, **told))
    return last(house)


def code(house: made.House, outsider: Outsider) -> str:
    """The code that stands, sent anew."""
    send_code(house.desk, outsider=outsider.public_id, address=HERE)
    return str(kept.rows(house, OneTimeCode)[-1].code)


def visitor(house: made.House, outsider: Outsider) -> Visitor:
    """The outsider, come in by a code."""
    token = open_visit(house.desk, outsider=outsider.public_id, code=code(house, outsider), address=HERE)
    found = visiting(house.desk, token or "")
    assert found is not None
    return found


def restricted(house: made.House, case: str) -> str:
    assign(house.desk, house.viewer("may"), case=case, to=house.viewer("may").ref)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("ada").ref,), reason="Known to staff")
    return case
