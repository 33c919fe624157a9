"""How is a judgement said aloud?"""

from collections.abc import Iterator

from thresholds import ChildJudgement, Judgement


def explained(judgement: Judgement) -> Iterator[str]:
    """A judgement in sentences, child by child: level, where to, by when, because, unknown, what would change it."""
    for child in judgement.children:
        yield from _child(child)
        yield ""
    yield judgement.advises


def _child(child: ChildJudgement) -> Iterator[str]:
    danger = " This is for immediate referral." if child.immediate else ""
    yield f"Child '{child.ref}': {child.level_name}.{danger} Where to: {child.destination_name}."
    for heading, lines in (
        ("First", [one.words for one in child.cautions]),
        ("Must happen", [one.words for one in child.must_happen]),
        ("Because", [f"“{one.words}” ({one.cite})" for one in child.because]),
        ("Not known", list(child.unknown)),
        ("What would change this", list(child.would_change)),
    ):
        if lines:
            yield f"  {heading}:"
            yield from (f"    - {line}" for line in lines)
