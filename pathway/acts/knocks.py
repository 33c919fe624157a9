"""How often may one network send something through the door that is open to everybody?"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert
from sqlmodel import col, select

from pathway.acts.desk import Work
from pathway.acts.networks import network_of
from pathway.tables import Knock
from pathway.tables.columns import table_of

KNOCK = table_of(Knock)
WITHIN = timedelta(hours=1)
DANGER_COUNTS = 5
"""How many times as often danger is taken: a school, a library or a refuge shares one network."""


class TooOften(Exception):
    """This network has sent as much as is taken in an hour."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too much came from this network within the hour.")
        self.wait = wait


def knock(unit: Work, address: str, *, danger: bool) -> None:
    """Count one sending; danger is counted for itself, so that nothing else from the same network shuts it out.

    Raises `TooOften`. What is an hour old is forgotten: it could say where a family was.
    """
    network, since = network_of(address), unit.now - WITHIN
    unit.session.execute(delete(KNOCK).where(KNOCK.c.at <= since))
    most = unit.settings.public_an_hour * (DANGER_COUNTS if danger else 1)
    count, oldest = _since(unit, network, since, danger)
    if count >= most:
        raise TooOften((oldest or unit.now) + WITHIN - unit.now)
    unit.session.execute(insert(KNOCK).values(network=network, at=unit.now, danger=danger))


def _since(unit: Work, network: str, since: datetime, danger: bool) -> tuple[int, datetime | None]:
    found = select(func.count(), func.min(col(Knock.at))).where(
        col(Knock.network) == network, col(Knock.at) > since, col(Knock.danger).is_(danger)
    )
    count, oldest = unit.session.exec(found).one()
    return count, oldest
