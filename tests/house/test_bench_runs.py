"""Does the bench still run, whatever has changed under it? Its figures are nobody's promise here."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "bench.py"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPT.parent)
    spec = importlib.util.spec_from_file_location("bench", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROUNDS", 30)
    return module


def test_a_transition_and_a_judgement_are_timed(bench: ModuleType) -> None:
    assert all(timed.median > 0 for timed in (*bench.fires(), bench.judging()))


def test_a_move_is_timed_beside_the_same_rows_by_hand(bench: ModuleType, tmp_path: Path) -> None:
    desk, viewer = bench.founded(f"sqlite:///{tmp_path}/bench.db", tmp_path)
    assert all(timed.median > 0 for timed in bench.moves(desk, viewer))
    desk.database.dispose()


def test_the_board_is_timed_beside_its_bare_query_among_many_cases(bench: ModuleType, tmp_path: Path) -> None:
    desk, viewer = bench.founded(f"sqlite:///{tmp_path}/bench.db", tmp_path)
    ours, hand, ratio = bench.boards_at(2_500, desk, viewer, "SQLite")
    assert "2,500 cases" in ours
    assert "by hand" in hand
    assert "ratio" in ratio
    desk.database.dispose()
