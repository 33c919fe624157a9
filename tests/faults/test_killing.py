"""Is anything lost or done twice when the service and its workers are killed at any moment, under load?"""

import random
import threading

import made
import pytest
from crowding import Crowd, a_crowd
from figures import FIGURES, SOAK
from providing import Provider, nothing
from running import PATIENCE, Running, until
from tallying import answered_otherwise, answered_wrongly, breaches, caught_up, counted, delivered_wrongly

KILLS = 25 if SOAK else 3
STORMS = max(1, SOAK // KILLS // 2)
HOURS = (1, 5, 30)


@pytest.mark.parametrize("seed", range(STORMS))
def test_nothing_is_lost_or_done_twice_whatever_is_killed(
    partnership: made.House, it: Running, provider: Provider, seed: int
) -> None:
    dice, first = random.Random(seed), seed if partnership.desk.database.is_sqlite else seed + KILLS
    it.start("service", *workers(partnership))
    with a_crowd(it.place.address, seed) as crowd:
        for kill in range(KILLS):
            strike(it, provider, crowd, dice, way=first + kill)
    assert crowd.refused == []
    assert answered_otherwise(it.place, crowd.answered) == []
    it.kill(*it.processes)
    it.place.clock.forward(days=2)
    caught_up(partnership, it.place)
    assert answered_wrongly(partnership, crowd.answered) == []
    assert delivered_wrongly(partnership, provider, cut_off=it.killed.total()) == []
    broken = breaches(partnership)
    FIGURES.add(partnership, **killed(it), **counted(partnership, crowd, provider), breaches=len(broken))
    assert broken == []


def killed(it: Running) -> dict[str, int]:
    service = it.killed["service"]
    return {"times killed": KILLS, "services killed": service, "workers killed": it.killed.total() - service}


def workers(house: made.House) -> tuple[str, ...]:
    """On SQLite one more works inside the service."""
    return ("worker",) if house.desk.database.is_sqlite else ("worker", "other worker")


def strike(it: Running, provider: Provider, crowd: Crowd, dice: random.Random, way: int) -> None:
    """Kill something, at no moment in particular, and have it back."""
    wanted = len(crowd.answered) + dice.randint(1, 6)
    until(lambda: len(crowd.answered) >= wanted, "the clients are answered")
    threading.Event().wait(dice.random() * 0.05)
    it.start(*WAYS[way % len(WAYS)](it, provider))


def the_service(it: Running, provider: Provider) -> tuple[str, ...]:
    return it.kill("service")


def the_workers(it: Running, provider: Provider) -> tuple[str, ...]:
    return it.kill(*(name for name in it.processes if name != "service"))


def everything_before_a_message_is_taken(it: Running, provider: Provider) -> tuple[str, ...]:
    """What counted as sent already would never go."""
    return at_the_moment(it, provider, "when_offered")


def everything_once_a_message_is_taken(it: Running, provider: Provider) -> tuple[str, ...]:
    """The worst moment: it has gone, and whoever would have written that down is no more."""
    return at_the_moment(it, provider, "when_taken")


def at_the_moment(it: Running, provider: Provider, moment: str) -> tuple[str, ...]:
    killed = threading.Event()

    def kill() -> None:
        if not killed.is_set():
            for process in it.processes.values():
                process.kill()
        killed.set()

    setattr(provider, moment, kill)
    assert killed.wait(PATIENCE), "No message went."
    setattr(provider, moment, nothing)
    return it.kill(*it.processes)


def everything(it: Running, provider: Provider) -> tuple[str, ...]:
    """For more than a day, so that times come meanwhile."""
    killed = it.kill(*it.processes)
    it.place.clock.forward(hours=30)
    return killed


WAYS = (
    everything,
    the_service,
    everything_once_a_message_is_taken,
    everything_before_a_message_is_taken,
    the_workers,
)
"""A short run has the first three on SQLite and the rest on PostgreSQL."""
