"""Make the reference pages from the code itself; a test holds them in step.

python scripts/make_docs.py
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from pathway.settings import Settings
from thresholds import read_editions
from thresholds.gathering.shelf import Held, held
from thresholds.published.contents import SECTIONS
from thresholds.reading.schema import document_schema, source_map_schema
from thresholds.reading.source_map import reworked
from thresholds.timing.calendar import said_date
from workflows import PROCESSES, Move, Process

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PACKAGES = ("thresholds", "workflows", "notifications", "pathway")
MADE = "<!-- Made by `make docs`. Change the code, not this page. -->"


def pages() -> dict[str, str]:
    """Every page that is made, by file name."""
    made = {"files.md": _files(), "settings.md": _settings(), "documents.md": _documents()}
    made |= {"document.schema.json": _json(document_schema()), "source-map.schema.json": _json(source_map_schema())}
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


def _json(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _documents() -> str:
    """Every document that is shipped, over what it builds on as that stands once all of them have begun."""
    catalogue = read_editions()
    last = max(day for authority in catalogue.authorities for day in catalogue.dates(authority))
    lines = [MADE, "", "# Every published document that comes with Pathway", ""]
    lines += ["Each is counted as it is read: laid over what it builds on. `pathway documents show` reads one.", ""]
    for one in held(catalogue, last):
        lines += [*_document(one), ""]
    return "\n".join(lines)


def _document(one: Held) -> Iterator[str]:
    edition = one.edition
    until = f" until {said_date(edition.in_force_until)}" if edition.in_force_until else ""
    under = ", ".join(f"{part.authority} of {part.in_force_from}" for part in reversed(edition.documents[:-1]))
    yield f"## {edition.authority_name}, {said_date(edition.in_force_from)}"
    yield ""
    yield f"`{one.key}`: {edition.status}, in force from {said_date(edition.in_force_from)}{until}."
    yield f"It lies over {under}." if under else "It builds on nothing."
    yield ""
    yield f"- Levels, from the lowest up: {', '.join(level.name for level in edition.levels_upward) or 'none'}"
    counts = ((name.replace("_", " "), len(getattr(edition, name))) for name in SECTIONS)
    yield f"- Entries: {', '.join(f'{name} {count}' for name, count in counts if count)}"
    yield f"- Gaps: {len(edition.gaps)} named, {len(edition.open_gaps())} of them open and needed live"
    for given in one.maps:
        made = reworked(given)
        counts = f"{len(made.omitted)} left out, {len(made.split)} split, {len(made.merged)} entries put together"
        yield f"- Source map of `{given.source}`: {len(given.places)} places, {counts}"
    for why in one.why_not_live:
        yield f"- Can't run live: {why}"


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
