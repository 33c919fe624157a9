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
from pathway.access.sealed import addresses, may_see_address
from pathway.access.viewer import COUNCIL_ONLY, Viewer, viewer_of, viewers_of
from pathway.access.visible import (
    HOLDS,
    MAY_BREAK_GLASS,
    Depth,
    about,
    by_reference,
    depth,
    every_case,
    every_person,
    families_visible_to,
    persons_kept_from,
    persons_visible_to,
    seen_whole_by,
    visible_to,
)

__all__ = [
    "COUNCIL_ONLY",
    "HOLDS",
    "MAY_BREAK_GLASS",
    "Answerable",
    "Depth",
    "InPost",
    "Viewer",
    "about",
    "addresses",
    "answers_for",
    "asks_put_to",
    "by_reference",
    "case_of",
    "depth",
    "every_case",
    "every_person",
    "everybody_there",
    "families_visible_to",
    "may_see_address",
    "persons_kept_from",
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
