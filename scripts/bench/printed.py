"""What did a run print, and when? Kept beside the page, so that one figure run again leaves the others as they were."""

import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from bench.figure import Figure, Line
from bench.figures import FIGURES

DOCS = Path(__file__).parents[2] / "docs"
KEPT, PAGE = DOCS / "performance.json", DOCS / "performance.md"


@dataclass(frozen=True)
class Printed:
    """One figure's lines, with the day, and how busy the machine was besides."""

    on: str
    load: float
    minutes: float
    machine: str
    lines: tuple[Line, ...]


def printed(lines: tuple[Line, ...], load: float, minutes: float) -> Printed:
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores ({platform.machine()})"
    return Printed(date.today().isoformat(), round(load, 1), round(minutes, 1), machine, lines)  # noqa: DTZ011


def kept(path: Path = KEPT) -> dict[str, Printed]:
    found = json.loads(path.read_text()) if path.exists() else {}
    return {
        name: Printed(**one | {"lines": tuple(Line(**line) for line in one["lines"])}) for name, one in found.items()
    }


def keep(every: dict[str, Printed], path: Path = KEPT, page: Path = PAGE) -> None:
    path.write_text(json.dumps({name: asdict(one) for name, one in every.items()}, indent=1, ensure_ascii=False) + "\n")
    page.write_text("\n".join(_page(every)))


def row(line: Line) -> str:
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
    met = {None: "", True: "met", False: "**not met**"}[line.met]
    return f"| {line.what} | {line.median} | {line.slow} | {ratio} | {met} |"


def _page(every: dict[str, Printed]) -> Iterator[str]:
    yield "# What it costs"
    yield ""
    yield (
        "What does an act cost over the rows it writes, and does it stay so among a million? `make bench` measures it "
        "and writes this page in under half an hour; `make bench ONLY=judge` measures one figure, and leaves "
        "the rest as it stands. Whatever is compared is timed in turn in one run, after a warm-up, so that other "
        "work weighs on all alike. Trust the ratios; single times vary from run to run. SQLite is in WAL mode with "
        "`synchronous=FULL`, PostgreSQL on the same machine as its wheel sets it up."
    )
    for figure in FIGURES:
        if figure.name in every:
            yield from _section(figure, every[figure.name])
    yield ""


def _section(figure: Figure, run: Printed) -> Iterator[str]:
    yield from ("", f"## {figure.title}", "", f"**Promised.** {figure.promise}", "")
    yield f"`make bench ONLY={figure.name}`, {run.on}, {run.machine}; load before it began {run.load}."
    yield from ("", "| | median | at the slow end | ratio | |", "|---|---|---|---|---|")
    yield from map(row, run.lines)
    yield from ("", figure.how)
    if figure.why and any(line.met is False for line in run.lines):
        yield from ("", f"**Why not all of it is met.** {figure.why}")
