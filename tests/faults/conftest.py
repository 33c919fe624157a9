"""A partnership that is really run: a service and workers of their own, and a mail server that counts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import made
import pytest
import structlog
from figures import FIGURES, SOAK
from providing import Provider, a_provider
from running import Place, Running, SharedClock, free_port, running

from pathway import logs


@pytest.fixture(autouse=True)
def _logged_as_the_service_logs() -> Iterator[None]:
    """A line for each fault: to picture it whole takes seconds."""
    logs.set_up("words")
    yield
    structlog.reset_defaults()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider() as one:
        yield one


@pytest.fixture
def place(house: made.House, tmp_path: Path, provider: Provider) -> Place:
    clock = SharedClock.at(tmp_path / "clock", made.MONDAY)
    return Place(house.desk.database.url, tmp_path, clock, free_port(), provider.port)


@pytest.fixture
def partnership(house: made.House, place: Place) -> made.House:
    """The same partnership seen from here, by the clock and the settings of its processes."""
    desk = replace(house.desk, settings=place.settings(), clock=place.clock)
    return replace(house, desk=desk, clock=place.clock)


@pytest.fixture
def it(place: Place) -> Iterator[Running]:
    with running(place) as one:
        yield one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker breaks things, so that no more real services run at once than there are."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("faults"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """A long run tells its figures, and writes them down where nothing was wrong."""
    if SOAK and FIGURES.of:
        terminalreporter.write_line(FIGURES.table())
        if exitstatus == 0:
            FIGURES.write()
