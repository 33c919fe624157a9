"""How long until the command answers, and the service, over bringing in FastAPI alone?"""

import subprocess
import sys
from collections.abc import Iterator

from bench.figure import Figure, Line, Size
from bench.ground import Ground, Grounds
from bench.services import COMMAND, environment, free_port, start, wait_for
from bench.timing import in_turn, said


def measure(grounds: Grounds, size: Size) -> Iterator[Line]:
    with grounds.new("SQLite") as ground:
        helped, served, alone = in_turn(
            size.starts,
            lambda _: _run(ground, COMMAND, "--help"),
            lambda _: _serve(ground),
            lambda _: _run(ground, sys.executable, "-c", "import fastapi"),
            warm=min(size.warm, 1),
        )
    for what, timed in (("`pathway --help`", helped), ("`pathway serve`, until it answers", served)):
        median = f"{said(timed.median)} ÷ {said(alone.median)}"
        yield Line(f"{what} ÷ `import fastapi`", median, f"p95 {said(timed.p95)}", timed.median / alone.median)


def _run(ground: Ground, *command: str) -> None:
    subprocess.run(command, check=True, env=environment(ground), cwd=ground.folder, stdout=subprocess.DEVNULL)


def _serve(ground: Ground) -> None:
    port = free_port()
    process = start(ground, port)
    wait_for(port)
    process.kill()
    process.wait()


FIGURE = Figure(
    name="start",
    title="Starting",
    promise="Measured, and nothing promised of it.",
    how="Each in a process of its own. The service is there once `/health` answers: the database is looked at for "
    "what it lacks, the promise of the documents in use is checked, the pages and the API are made.",
    measure=measure,
)
