"""Do the floors hold? Who may import whom, read the clock, select a child, or write."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("pathway", "workflows", "thresholds", "notifications")
MODULES = tuple(sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")))
WITHIN = tuple(str(path.relative_to(ROOT)) for path in MODULES)
GUARDED = {"Case", "Person", "Family"}
READS_CLOCK = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"},
}
WRITES = {"insert", "update", "delete"}
SESSION_WRITES = {"add", "add_all", "delete", "merge", "flush", "commit", "begin", "begin_nested", "bulk_save_objects"}
WAITS_FOR_DATABASE = {"execute", "exec", "scalar", "scalars", "commit", "flush", "reading", "writing", "begin"}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(), module)


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Call))


def named(node: ast.expr) -> str:
    """The last name of an expression: `session` for `unit.session`, `Case` for `Case`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def entity(argument: ast.expr) -> str:
    """The row class a select starts from: `Case` for `Case`, for `Case.id` and for `col(Case.id)`."""
    if isinstance(argument, ast.Call) and argument.args:
        return entity(argument.args[0])
    return named(argument.value) if isinstance(argument, ast.Attribute) else named(argument)


def reads_the_clock(module: str) -> list[int]:
    found = [one for one in ast.walk(tree(module)) if isinstance(one, ast.Attribute)]
    return [one.lineno for one in found if one.attr in READS_CLOCK.get(named(one.value), set())]


def selects_the_guarded(module: str) -> list[int]:
    def guarded(call: ast.Call) -> bool:
        name, first = named(call.func), call.args[0] if call.args else None
        return first is not None and name in {"select", "query", "get"} and entity(first) in GUARDED

    return [call.lineno for call in calls(tree(module)) if guarded(call)]


def writes(module: str) -> list[int]:
    def writing(call: ast.Call) -> bool:
        if isinstance(call.func, ast.Name):
            return call.func.id in WRITES
        on = named(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        return named(call.func) == "writing" or (on == "session" and named(call.func) in SESSION_WRITES)

    return [call.lineno for call in calls(tree(module)) if writing(call)]


def in_its_own_body(function: ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """What an async function does itself: functions and classes inside it run elsewhere."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))


def imported_from(module: str, *packages: str) -> set[str]:
    froms = [one for one in ast.walk(tree(module)) if isinstance(one, ast.ImportFrom) and one.module]
    return {name.asname or name.name for one in froms if str(one.module).startswith(packages) for name in one.names}


def blocks_while_others_wait(module: str) -> list[int]:
    ours = {name for name in imported_from(module, "pathway.acts", "pathway.store") if name[0].islower()}
    found = []
    for function in (one for one in ast.walk(tree(module)) if isinstance(one, ast.AsyncFunctionDef)):
        for node in in_its_own_body(function):
            if isinstance(node, ast.Call) and (
                (isinstance(node.func, ast.Attribute) and node.func.attr in WAITS_FOR_DATABASE)
                or (isinstance(node.func, ast.Name) and node.func.id in ours)
            ):
                found.append(node.lineno)
    return found


def test_the_import_contracts_are_kept() -> None:
    """The contracts are sentences in `pyproject.toml`; a broken one is printed with the chain that breaks it."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("module", [one for one in WITHIN if one != "pathway/clock.py"])
def test_one_module_reads_the_clock(module: str) -> None:
    assert reads_the_clock(module) == []


@pytest.mark.parametrize("module", [one for one in WITHIN if not one.startswith("pathway/access/")])
def test_only_access_selects_cases_persons_and_families(module: str) -> None:
    """A select may join a child's person from within a case already opened; none may start from one."""
    assert selects_the_guarded(module) == []


@pytest.mark.parametrize(
    "module", [one for one in WITHIN if not one.startswith(("pathway/acts/", "pathway/migrations/"))]
)
def test_only_acts_write(module: str) -> None:
    allowed = {"pathway/database.py", "pathway/tables/columns.py"}
    assert module in allowed or writes(module) == []


@pytest.mark.parametrize("module", [one for one in WITHIN if one.startswith("pathway/")])
def test_nothing_async_waits_for_the_database(module: str) -> None:
    assert blocks_while_others_wait(module) == []


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (reads_the_clock, "from datetime import datetime\nx = datetime.now()"),
        (reads_the_clock, "import time\nx = time.time()"),
        (selects_the_guarded, "select(Case).where(True)"),
        (selects_the_guarded, "select(col(Person.id), CaseChild)"),
        (selects_the_guarded, "session.get(Family, 1)"),
        (writes, "session.execute(insert(CASE))"),
        (writes, "unit.session.add(row)"),
        (writes, "with desk.database.writing() as session: pass"),
        (blocks_while_others_wait, "async def page():\n    session.exec(query)"),
        (blocks_while_others_wait, "from pathway.acts import receive\nasync def page():\n    receive(desk)"),
    ],
)
def test_each_search_finds_what_it_looks_for(found, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "tree", lambda module: ast.parse(text))
    assert found("anything")
