"""A teacher tells us one thing at a time, sees where it stands, and reads what to do if they see it differently."""

import re
from collections.abc import Callable

from hearing import hears
from playwright.sync_api import Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def on(page: Page, heading: str) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def test_a_teacher_tells_us_one_thing_at_a_time_and_checks_it_before_it_goes(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("teacher")
    page.goto("/referrals")
    page.get_by_role("button", name="Tell us about a worry").click()
    hears(page, 'heading "Is a child in danger now?"', "ring 999 first", 'group "Is the child safe tonight?"')
    page.get_by_role("group", name="Is the child safe tonight?").get_by_label("Yes").check()
    seen("one-thing-at-a-time")
    on(page, "What is the worry?")
    page.get_by_label("Who is telling us?").fill("Wren Teacher")
    page.get_by_label("What is the worry?").fill("Sleeps in class, and says that he cooks for his brothers.")
    page.get_by_label("How do we ring back?").fill("school office")
    on(page, "Child 1")
    expect(page.get_by_text("Do we know this child?")).to_have_count(0)
    page.get_by_label("First name").fill("Quill")
    page.get_by_label("Last name").fill("Madeup")
    page.get_by_label("Age in years").fill("10")
    page.get_by_role("button", name="Go to the end and check your answers").click()
    seen("check-your-answers")
    hears(page, 'heading "Check your answers"', 'heading "Is a child in danger now?"', 'heading "What is the worry?"')
    page.get_by_role("button", name="Send it to the front door").click()
    expect(page.get_by_role("heading", name="We have it")).to_be_visible()
    seen("we-have-it")
    reference = page.locator(".pathway-reference").first.inner_text()
    page.get_by_role("link", name="My referrals").last.click()
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("We have it and are looking at it")).to_be_visible()
    expect(page.get_by_text("Decision due by")).to_be_visible()
    expect(page.get_by_text("Ask for the manager of the front door")).to_be_visible()
    seen("where-it-stands")
    hears(page, "Your referral", "Decision due by", 'heading "If you haven’t heard', 'heading "What you told us"')


def test_a_teacher_tells_us_without_a_mouse(signed_in: SignIn) -> None:
    page = signed_in("teacher")
    page.goto("/contacts/new/danger")
    reach(page, r"\| No \|")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "yes"
    reach(page, "^[ |]*Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/worry**")
    for name, words in (
        ("Who is telling us", "Wren Teacher"),
        ("What is the worry", "Alone at the gate."),
        ("ring back", "office"),
    ):
        reach(page, name)
        page.keyboard.type(words)
    reach(page, "^[ |]*Save it now")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/contacts/[0-9A-Z]{10}/taken"))
    hears(page, 'heading "We have it"', 'heading "What happens next"', 'link "My referrals"')
