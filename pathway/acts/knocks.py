"""How often may one network send something through the door that is open to everybody?"""

import ipaddress
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert
from sqlmodel import col, select

from pathway.acts.desk import Work
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
    """Count one sending. Raises `TooOften`. What is an hour old is forgotten: it could say where a family was."""
    network, since = network_of(address), unit.now - WITHIN
    unit.session.execute(delete(KNOCK).where(KNOCK.c.at <= since))
    most = unit.settings.public_an_hour * (DANGER_COUNTS if danger else 1)
    count, oldest = _since(unit, network, since)
    if count >= most:
        raise TooOften((oldest or unit.now) + WITHIN - unit.now)
    unit.session.execute(insert(KNOCK).values(network=network, at=unit.now))


def network_of(address: str) -> str:
    """Where it comes from: a home has one IPv4 address, and a whole /64 of IPv6 ones."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    return str(ipaddress.ip_network((one, 64), strict=False)) if one.version == 6 else str(one)


def _since(unit: Work, network: str, since: datetime) -> tuple[int, datetime | None]:
    found = select(func.count(), func.min(col(Knock.at))).where(col(Knock.network) == network, col(Knock.at) > since)
    count, oldest = unit.session.exec(found).one()
    return count, oldest
