"""Which figures are there? One file each, and a line here, in the order of the page."""

from bench import choosing, contacts, deliveries, due, judging, lists, machine, moves, starting
from bench.figure import Figure

FIGURES: tuple[Figure, ...] = tuple(
    one.FIGURE for one in (moves, machine, choosing, judging, lists, due, deliveries, contacts, starting)
)
