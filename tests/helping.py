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
from workflows.early_help_facts import BeginEarlyHelp

MOTHER = {"given_name": "Una", "family_name": "Example", "relation": "mother", "lives_with": "yes"}
TO_SUPPORTING = ("start_assessing", "finish_assessment", "agree_plan")


def facts(**more: Any) -> BeginEarlyHelp:
    return BeginEarlyHelp.model_validate({"safe_tonight": "yes", "why": "Mornings are hard"} | more)


def begun(house: made.House, on: str, by: str = "sol", **more: Any) -> Done:
    return begin(house.desk, house.viewer(by), on=on, process="early_help", facts=facts(**more))


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
