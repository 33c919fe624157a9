"""How do people agree, decline and withdraw in tests? One child, one answer, in as few words as will do."""

from typing import Any

import kept
import made

from pathway.acts import ask_to_agree
from pathway.acts.record import Done
from pathway.tables import Agreement, CaseChild, Person
from workflows.agreement_facts import AskedToAgree

DECLINED = {
    "reply": "refused",
    "offered": "A course on Tuesday evenings",
    "barrier": "He works in the evenings",
    "reason": "We can manage, thank you",
}


def somebody(house: made.House, case: str) -> str:
    """The first child on a record, by reference."""
    first = kept.rows(house, CaseChild, case=case)[0].person_id
    return next(one.public_id for one in kept.rows(house, Person) if one.id == first)


def told(house: made.House, case: str, **more: Any) -> AskedToAgree:
    who = more.get("who") or somebody(house, case)
    plain = {"who": who, "to": "support", "what": "A parenting course", "reply": "given"}
    return AskedToAgree.model_validate(plain | more)


def agreed(house: made.House, case: str, name: str = "ada", **more: Any) -> Done:
    return ask_to_agree(house.desk, house.viewer(name), case=case, told=told(house, case, **more))


def row(house: made.House, done: Done) -> Any:
    return next(one for one in kept.rows(house, Agreement) if one.public_id == done.named["agreement"])
