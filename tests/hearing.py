"""What does a screen reader say? Its landmarks, headings and names, in the order in which they are read."""

from playwright.sync_api import Page


def hears(page: Page, *said: str) -> None:
    """The main part of the page says each of these, by role and accessible name, one after the other."""
    whole = page.get_by_role("main").aria_snapshot()
    here = 0
    for one in said:
        found = whole.find(one, here)
        assert found >= 0, f"'{one}' isn't said, or not in this order:\n{whole}"
        here = found + len(one)
