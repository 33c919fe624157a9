"""Make the reference pages from the code itself, and the page of traps from its list; a test holds them in step.

python scripts/make_docs.py
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pathway.settings import Settings
from thresholds import read_editions
from thresholds.gathering.shelf import Held, held
from thresholds.published.contents import SECTIONS
from thresholds.reading.schema import document_schema, form_schema, source_map_schema
from thresholds.reading.source_map import reworked
from thresholds.timing.calendar import said_date
from workflows import PROCESSES, Move, Process

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TRAPS = ROOT / "tests" / "safety_rows.yaml"
PACKAGES = ("thresholds", "workflows", "notifications", "pathway")
MADE = "<!-- Made by `make docs`. Change the code, not this page. -->"
MADE_OF_ROWS = "<!-- Made by `make docs` from tests/safety_rows.yaml. Change that, not this page. -->"
SAFETY_OPENING = (
    "Traps that practice knows, each with the rule that closes it and the tests that hold the rule. What no test holds",
    "yet is said plainly, with what it comes with. A test looks up every test that is named here.",
)


def pages() -> dict[str, str]:
    """Every page that is made, by where it lies under `docs`."""
    made = {"files.md": _files(), "settings.md": _settings(), "documents.md": _documents()}
    schemas = {"document": document_schema, "form": form_schema, "source-map": source_map_schema}
    made |= {f"{name}.schema.json": _json(schema()) for name, schema in schemas.items()}
    made |= {f"process-{process.name}.md": _process(process) for process in PROCESSES}
    return {f"reference/{name}": text for name, text in made.items()} | {"safety.md": _safety()}


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


def _safety() -> str:
    """Every trap: at a glance, and then with its rule and the tests that hold it."""
    rows = yaml.safe_load(TRAPS.read_text("utf-8"))
    lines = [MADE_OF_ROWS, "", "# What hurts children, and what stops it here", "", *SAFETY_OPENING, ""]
    lines += ["| trap | tests | not whole yet |", "|---|---|---|"]
    lines += [f"| [{row['trap']}](#{_anchor(row['trap'])}) | {len(row['held_by'])} | {_whether(row)} |" for row in rows]
    for row in rows:
        lines += ["", *_trap(row)]
    return "\n".join(lines) + "\n"


def _trap(row: dict[str, Any]) -> Iterator[str]:
    yield f"## {row['trap']}"
    yield f"**What happens.** {row['harm']}"
    yield ""
    yield f"**The rule.** {row['rule']}"
    if later := row.get("not_yet"):
        yield ""
        yield f"**Not yet: comes with {later['comes_with']}.** {later['what']}"
    yield ""
    for test in row["held_by"]:
        file, name = test.split("::")
        yield f"- [{file}](../tests/{file})::`{name}`"


def _whether(row: dict[str, Any]) -> str:
    return f"the rest comes with {row['not_yet']['comes_with']}" if "not_yet" in row else ""


def _anchor(title: str) -> str:
    """A heading's own address, as Markdown is commonly shown."""
    return "".join(one for one in title.lower().replace(" ", "-") if one.isalnum() or one == "-")


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


LOOKS = {
    "opening": "font-weight:bold,stroke-width:3px",
    "ended": "fill:#e8e8e8,stroke:#0b0c0c",
    "danger": "stroke:#aa2a16,stroke-width:3px,font-weight:bold",
}


def _diagram(process: Process) -> Iterator[str]:
    """A Mermaid picture in which the opening, the ends and what protects are marked; protection is drawn once."""
    protects = [move for move in process.moves if move.protective]
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    accTitle: {process.words.capitalize()}"
    yield "    accDescr: Every state and the moves between them. The tables below say the same."
    yield from (f"    classDef {name} {style}" for name, style in LOOKS.items())
    for state in process.states:
        yield f'    state "{state.words}" as {state.name}'
    yield from (f'    state "{_from_where(process, move)}" as before_{move.name}' for move in protects)
    yield f"    [*] --> {process.opening.state}"
    yield from (f"    {line}" for line in _arrows(process))
    for move in protects:
        yield from (f"    before_{move.name} --> {to}: {move.words}" for to in dict.fromkeys(move.paths.values()))
    yield from (f"    {state.name} --> [*]" for state in process.states if state.end)
    yield f"    class {process.opening.state} opening"
    yield f"    class {', '.join(state.name for state in process.states if state.end)} ended"
    yield f"    class {', '.join(dict.fromkeys(to for move in protects for to in move.paths.values()))} danger"
    yield "```"
    yield ""
    yield "In bold where it opens, in grey where it ends, with a red edge where a child is protected. Protection is"
    yield "drawn once: it is one act away, and waits for nothing, from everywhere that its box names:"
    yield f"{', '.join(f'**{move.words}**' for move in protects)}."


def _arrows(process: Process) -> Iterator[str]:
    """One arrow from a state to another, with every move that makes it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in process.moves:
        for start, to in move.paths.items():
            if start != to and not move.protective:
                leads = " (the next step)" if process.state(start).leads == move.name else ""
                arrows.setdefault((start, to), []).append(f"{move.words}{leads}")
    yield from (f"{start} --> {to}: {' / '.join(moves)}" for (start, to), moves in arrows.items())


def _from_where(process: Process, move: Move) -> str:
    if set(move.paths) == {state.name for state in process.states}:
        return "Every state, ended ones too"
    everywhere = {state.name for state in process.open_states} <= set(move.paths)
    return "Every open state" if everywhere else ", ".join(process.state(start).words for start in move.paths)


if __name__ == "__main__":
    (DOCS / "reference").mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")
        print(f"docs/{name}")
