"""Can two people adopt a document from the page, each seeing what the other did?"""

from collections.abc import Callable

from playwright.sync_api import Page

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def test_one_proposes_a_document_and_another_agrees(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("admin")
    page.goto("/documents/adoption")
    page.get_by_role("button", name="Propose it").click()
    seen("adoption-unfinished")
    page.get_by_role("radio").first.check()
    for part, typed in (("Day", "4"), ("Month", "1"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_label("Where was it decided?").fill("Board, minute 7")
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("You proposed it").wait_for()
    seen("adoption-proposed")

    page = signed_in("idris")
    page.goto("/tasks")
    page.get_by_role("link", name="Look at what is proposed").click()
    seen("adoption-to-agree")
    page.get_by_role("button", name="Agree").click()
    page.get_by_text("It is agreed").wait_for()
    assert "from 4 January 2027" in page.locator("#in-force").inner_text()
