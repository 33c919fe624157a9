"""On which page are we, of how many? One that isn't there is the nearest that is."""


def pages_of(total: int, size: int) -> int:
    return max(1, -(-total // size))


def page_within(page: int, total: int, size: int) -> tuple[int, int]:
    """The page that is shown, and how many there are."""
    pages = pages_of(total, size)
    return min(max(page, 1), pages), pages
