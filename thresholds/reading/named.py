"""What would people call the entry, and the key in it, at a place in a file?"""

from thresholds.reading.page import Page, Place

MOST = 5
"""The most lines a sentence lists."""

# What names an entry that has no id, in the order in which they are tried.
_NAMES = ("id", "code", "day", "source", "lines", "at", "on")


def entry_named(page: Page, place: Place) -> str:
    """What people would call the entry around a place, as “indicators › goes-missing”, or “the document”."""
    return place_named(page, place)[0]


def place_named(page: Page, place: Place) -> tuple[str, str]:
    """The entry around a place, and the place within it as "under_years" or "the 2nd of also_means"."""
    content, steps, entry, within = page.content, list[str](), 0, False
    for depth, step in enumerate(place):
        try:
            content = content[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and isinstance(content, dict):
            steps += [*_keys(place[entry:depth]), _name(content, step)]
            entry, within = depth + 1, True
    where = " › ".join(steps) if within else _whole(page)
    return where, _key(place[entry:])


def _whole(page: Page) -> str:
    return "the source map" if page.file.endswith("source-map.yaml") else "the document"


def _key(steps: Place) -> str:
    if not steps:
        return "it"
    keys = " › ".join(_keys(steps))
    return f"the {_ordinal(steps[-1])} of {keys}" if isinstance(steps[-1], int) else keys


def _keys(steps: Place) -> list[str]:
    return [step for step in steps if isinstance(step, str)]


def _name(content: dict[str, object], index: int) -> str:
    named = (content[key] for key in _NAMES if isinstance(content.get(key), str) and content[key])
    return str(next(named, f"the {_ordinal(index)}"))


def _ordinal(index: int) -> str:
    number = index + 1
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def lines_listed(lines: list[int]) -> str:
    """Line numbers as a sentence lists them: the first few, and how many more."""
    more = f" and {len(lines) - MOST} more" if len(lines) > MOST else ""
    return f"{', '.join(map(str, lines[:MOST]))}{more}"
