"""Who may see and who answers? Checked in one place, by need to know."""

from pathway.access.answering import (
    Answerable,
    InPost,
    answers_for,
    everybody_there,
    posts_held,
    posts_there,
    takers,
    there,
)
from pathway.access.outside import asks_put_to, case_of
from pathway.access.viewer import COUNCIL_ONLY, Viewer, viewer_of, viewers_of
from pathway.access.visible import (
    MAY_BREAK_GLASS,
    Depth,
    by_reference,
    depth,
    every_case,
    families_visible_to,
    persons_visible_to,
    seen_whole_by,
    visible_to,
)

__all__ = [
    "COUNCIL_ONLY",
    "MAY_BREAK_GLASS",
    "Answerable",
    "Depth",
    "InPost",
    "Viewer",
    "answers_for",
    "asks_put_to",
    "by_reference",
    "case_of",
    "depth",
    "every_case",
    "everybody_there",
    "families_visible_to",
    "persons_visible_to",
    "posts_held",
    "posts_there",
    "seen_whole_by",
    "takers",
    "there",
    "viewer_of",
    "viewers_of",
    "visible_to",
]
