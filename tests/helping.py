"""How does early help begin and go on in tests? On a worry that was taken in, by whoever leads."""

from typing import Any

import agreeing
import assessing
import kept
import made
import told

from pathway.acts import begin, move, receive
from pathway.acts.record import Done
from pathway.tables import Assessment
from workflows import PROCESSES
from workflows.begin_facts import Begin
from workflows.meeting_facts import Invite

MOTHER = {"given_name": "Una", "family_name": "Example", "relation": "mother", "lives_with": "yes"}
TO_SUPPORTING = ("start_assessing", "finish_assessment", "agree_plan")


def facts(process: str = "early_help", **more: Any) -> Begin:
    wanted = next(one for one in PROCESSES if one.name == process).opening.facts
    told_so = wanted.model_validate(told.BEGUN[process] | more)
    assert isinstance(told_so, Begin)
    return told_so


def begun(house: made.House, on: str, by: str = "sol", /, process: str = "early_help", **more: Any) -> Done:
    """A record of a process, begun on another."""
    return begin(house.desk, house.viewer(by), on=on, process=process, facts=facts(process, **more))


def met(house: made.House, on: str, by: str = "sol", /, *owners: str, **more: Any) -> str:
    """A meeting arranged on a record, to which somebody without an account is invited, then each of these."""
    case = begun(house, on, by, process="meeting", **more).case
    for name in ("", *owners):
        who = {"who": f"{name.title()}, with an account", "owner": house.viewer(name).ref} if name else {"who": "Una"}
        move(house.desk, house.viewer(by), case=case, name="invite", facts=Invite.model_validate(who))
    return case


def helped(house: made.House, by: str = "sol", **take: Any) -> str:
    """The reference of early help that has just begun for a child and their mother."""
    on = receive(house.desk, house.viewer("ada"), take=made.take(**{"adults": (MOTHER,)} | take)).case
    return begun(house, on, by).case


def moved(house: made.House, case: str, *names: str, by: str = "sol") -> None:
    """Move after move; before an assessment is finished, it is filled in."""
    for name in names:
        if name == "finish_assessment" and not kept.rows(house, Assessment, case=case):
            assessing.completed(house, case, by)
        move(
            house.desk,
            house.viewer(by),
            case=case,
            name=name,
            facts=told.facts(name, kept.children(house, case)),
        )


def supported(house: made.House, by: str = "sol") -> str:
    """Early help with a plan that was agreed."""
    case = helped(house, by)
    agreeing.agreed(house, case, by)
    moved(house, case, *TO_SUPPORTING, by=by)
    return case
