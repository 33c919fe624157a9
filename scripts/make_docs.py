"""Make the reference pages from the code itself; a test holds them in step.

python scripts/make_docs.py
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from pathway.settings import Settings
from workflows import PROCESSES, Move, Process

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PACKAGES = ("thresholds", "workflows", "notifications", "pathway")
MADE = "<!-- Made by `make docs`. Change the code, not this page. -->"


def pages() -> dict[str, str]:
    """Every page that is made, by file name."""
    made = {"files.md": _files(), "settings.md": _settings()}
    return made | {f"process-{process.name}.md": _process(process) for process in PROCESSES}


def _files() -> str:
    lines = [MADE, "", "# Every file, in a line", ""]
    for package in PACKAGES:
        lines += [f"## {package}", ""]
        lines += [f"- `{path.relative_to(ROOT)}`: {_opening(path)}" for path in _modules(package)]
        lines.append("")
    return "\n".join(lines)


def _modules(package: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / package).rglob("*.py")) if "versions" not in path.parts)


def _opening(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def _settings() -> str:
    lines = [MADE, "", "# Settings", "", "Each is read from the environment, or from a `.env` file.", ""]
    lines += ["| variable | default |", "|---|---|"]
    for name, field in Settings.model_fields.items():
        lines.append(f"| `PATHWAY_{name.upper()}` | `{field.default}` |")
    return "\n".join(lines) + "\n"


def _process(process: Process) -> str:
    lines = [MADE, "", f"# {process.words.capitalize()}: every state and move", "", *_diagram(process), ""]
    lines += ["## States", "", "| state | next step | who answers | clock |", "|---|---|---|---|"]
    for state in process.states:
        who = ", ".join(sorted(role.words for role in state.answers)) or "nobody: it has ended"
        lines.append(f"| {state.words} | {state.next_step or '—'} | {who} | {_code(state.clocks)} |")
    lines += ["", "## Moves", "", "| move | from → to | who may | guards | stops | starts | tells |"]
    lines.append("|---|---|---|---|---|---|---|")
    lines += [_move(process, move) for move in process.moves]
    return "\n".join(lines) + "\n"


def _move(process: Process, move: Move) -> str:
    paths = "; ".join(
        f"{process.state(start).words} → {'the same' if to == start else process.state(to).words}"
        for start, to in move.paths.items()
    )
    checks = (*move.checks, *move.facts_checks)
    guards = ", ".join(check.__name__.removeprefix("check_").replace("_", " ") for check in checks)
    tells = ", ".join(f"{tell.to.replace('_', ' ')}: {tell.message.replace('_', ' ')}" for tell in move.tells)
    who = ", ".join(sorted(role.words for role in move.who))
    cells = (move.words, paths, who, guards, _code(move.stops), _code(move.starts | move.may_start), tells)
    return f"| {' | '.join(cells)} |"


def _code(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _diagram(process: Process) -> Iterator[str]:
    """A Mermaid picture; protection, open from every state, is left out of it and said below."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in process.states:
        yield f'    state "{state.words}" as {state.name}'
    yield f"    [*] --> {process.opening.state}"
    for move in process.moves:
        if not move.protective:
            yield from (f"    {start} --> {to}: {move.words}" for start, to in move.paths.items() if start != to)
    yield from (f"    {state.name} --> [*]" for state in process.states if state.end)
    yield "```"
    yield ""
    protective = ", ".join(f"**{move.words}**" for move in process.moves if move.protective)
    yield f"From every open state one act more, which waits for nothing: {protective}."


if __name__ == "__main__":
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, "utf-8")
        print(f"docs/reference/{name}")
