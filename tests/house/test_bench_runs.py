"""Does every figure still run, whatever has changed under it? What it prints is nobody's promise here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.copies import copied
from bench.figure import Figure, Line, Size
from bench.figures import FIGURES
from bench.ground import NOW, Ground, Grounds, taken
from bench.many_cases import fill
from bench.moves import by_act, in_core
from bench.naming import name_of
from bench.printed import keep, kept, printed
from sqlmodel import col, select

from pathway.acts import Desk
from pathway.store.people.finding import people
from pathway.tables import Assignment, Case, CaseChild, Deadline, Entry, IdempotentResult, Message, Payload

TINY = Size(
    rounds=3, warm=0, moves=2, bursts=1, callers=(1, 2), cases=(100, 200), clocks=1_200, messages=3, seconds=0.5,
    contacts=8, starts=1, databases=("SQLite",),
)  # fmt: skip
BESIDE = (CaseChild, Assignment, Deadline, Entry, Message)
HASHES = {"head", "previous", "hash", "salt", "commitment", "fingerprint"}
ITS_OWN = {"id", "public_id", "case_id", "entry_id", "key", *HASHES}
"""Columns in which two rows differ that say the same of two referrals."""


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grounds]:
    found = Grounds(tmp_path_factory.mktemp("bench"))
    yield found
    found.close()


@pytest.fixture
def ground(grounds: Grounds) -> Iterator[Ground]:
    with grounds.new("SQLite") as one:
        yield one


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_every_figure_runs(figure: Figure, grounds: Grounds) -> None:
    lines = list(figure.measure(grounds, TINY))
    assert lines
    assert all(line.what and line.median for line in lines)


def test_by_hand_the_same_rows_are_written(ground: Ground) -> None:
    with ground.opened() as desk:
        one, other = copied(desk, taken(desk, ground.viewer), 2)
        by_act(desk, ground, one)
        in_core(desk, ground, other)
        assert _written(desk, one) == _written(desk, other)


def test_a_child_among_the_million_is_found_by_both_names_alone(ground: Ground) -> None:
    with ground.opened() as desk:
        taken(desk, ground.viewer)
        fill(desk, 3_000, NOW, named=True)
        with desk.database.reading() as session:
            found = people(session, ground.viewer, " ".join(name_of(1_234)), NOW).people
    assert [one.person.name for one in found] == [" ".join(name_of(1_234))]


def test_one_figure_is_printed_anew_and_the_rest_stays(tmp_path: Path) -> None:
    where, page = tmp_path / "kept.json", tmp_path / "page.md"
    for name, ratio in (("fire", 1.8), ("due", 1.7), ("fire", 1.9)):
        lines = (Line(f"{name} ÷ bare", "1 ms", "p95 2 ms", ratio, ratio <= 2.0),)
        keep(kept(where) | {name: printed(lines, load=0.1, minutes=0.2)}, where, page)
    said = page.read_text()
    assert "| fire ÷ bare | 1 ms | p95 2 ms | 1.90 | met |" in said
    assert "| due ÷ bare | 1 ms | p95 2 ms | 1.70 | met |" in said
    assert "1.80" not in said


def _written(desk: Desk, reference: str) -> dict[str, list[dict[str, object]]]:
    """All that stands of a referral, but for what no two have in common."""
    with desk.database.reading() as session:
        case = session.exec(select(Case).where(col(Case.public_id) == reference)).one()
        entries = select(Entry.id).where(col(Entry.case_id) == case.id)
        rows = [
            case,
            *(row for of in BESIDE for row in session.exec(select(of).where(col(of.case_id) == case.id)).all()),
            *session.exec(select(Payload).where(col(Payload.entry_id).in_(entries))).all(),
            *session.exec(select(IdempotentResult).where(col(IdempotentResult.key) == f"key-{reference}")).all(),
        ]
        refs = {row.public_id: "" for row in rows if hasattr(row, "public_id")}
        found: dict[str, list[dict[str, object]]] = {}
        for row in rows:
            plain = {name: _plain(value, refs) for name, value in row.model_dump().items() if name not in ITS_OWN}
            found.setdefault(type(row).__name__, []).append(plain)
    return found


def _plain(value: object, refs: dict[str, str]) -> object:
    """What is said, whichever case, clock and entry are named in it."""
    for ref in refs if isinstance(value, str) else ():
        value = str(value).replace(ref, "")
    return value
