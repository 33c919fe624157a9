"""How is a child protected from a record that began on another? One press, taken in at the front door."""

from workflows import referral_guards
from workflows.paths import staying
from workflows.referral_facts import Protect
from workflows.roles import EVERYONE_WHO_WORKS_WITH_CHILDREN
from workflows.table import Audience, Move, Tell


def protecting(*states: str) -> Move:
    return Move(
        "protect",
        "Protect now",
        staying(*states),
        EVERYONE_WHO_WORKS_WITH_CHILDREN,
        Protect,
        facts_checks=(referral_guards.check_known_children,),
        tells=(Tell("protection_needed", Audience.holder), Tell("protection_needed", Audience.manager)),
        protective=True,
        refers=True,
    )
