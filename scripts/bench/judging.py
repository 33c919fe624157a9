"""How long does a first judgement take by the longest document there is?"""

from collections.abc import Iterator

from bench.figure import Figure, Line, Size
from bench.ground import NOW, Grounds
from bench.timing import in_turn
from thresholds import Presenting, judge, read_editions

AUTHORITY = "nottingham-city"
OBSERVED = 10


def measure(_: Grounds, size: Size) -> Iterator[Line]:
    edition = read_editions().resolve(AUTHORITY, NOW.date())
    apart = len(edition.indicators) // OBSERVED
    noted = [{"indicator": one.id} for one in edition.indicators[::apart][:OBSERVED]]
    child = {"ref": "one", "age_years": 7, "observed": noted}
    presenting = Presenting.model_validate({"authority": AUTHORITY, "at": NOW, "children": [child]})
    (timed,) = in_turn(size.rounds, lambda _: judge(edition, presenting), warm=size.warm)
    what = f"ten of {len(edition.indicators)} indicators, {len(edition.rules)} rules"
    yield Line(what, f"{timed.median * 1e6:.0f} µs", f"p95 {timed.p95 * 1e6:.0f} µs")


FIGURE = Figure(
    name="judge",
    title="A first judgement",
    promise="Measured, and nothing promised of it.",
    how="One child with ten things noted, taken evenly from the whole Nottingham edition: the level, where to, every "
    "reason with its citation, what isn't known, and what would change the advice: the decision is taken again for "
    "each question that is open, and without each thing noted.",
    measure=measure,
)
