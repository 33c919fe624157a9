"""`python -m bench [name …]`: every figure, or those named; the page keeps what the others printed last."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, Line, Size
from bench.figures import FIGURES
from bench.ground import Grounds
from bench.printed import keep, kept, printed, row


def main(names: list[str]) -> None:
    chosen = [one for one in FIGURES if not names or one.name in names]
    if unknown := set(names) - {one.name for one in chosen}:
        raise SystemExit(f"There is no figure {', '.join(unknown)}; there are {', '.join(o.name for o in FIGURES)}.")
    with tempfile.TemporaryDirectory(prefix="pathway-bench-") as folder:
        grounds = Grounds(Path(folder))
        try:
            for figure in chosen:
                _run(figure, grounds)
        finally:
            grounds.close()


def _run(figure: Figure, grounds: Grounds) -> None:
    load, start = os.getloadavg()[0], time.monotonic()
    print(f"\n{figure.name}: {figure.promise}", flush=True)
    lines = tuple(_said(figure.measure(grounds, Size())))
    keep(kept() | {figure.name: printed(lines, load, (time.monotonic() - start) / 60)})


def _said(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, printed as they come."""
    for line in lines:
        print(row(line), flush=True)
        yield line


if __name__ == "__main__":
    main(sys.argv[1:])
