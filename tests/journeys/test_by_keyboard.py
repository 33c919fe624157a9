"""Can it be done without a mouse? One named task on each page, by keyboard alone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from pressing import FURTHEST, reach

from pathway.sample.staff import PASSWORD, email

SignIn = Callable[[str], Page]


def test_sign_in(page: Page) -> None:
    page.goto("/sign-in")
    reach(page, "Email address")
    page.keyboard.type(email("robin"))
    reach(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/board")


def test_skip_to_the_main_content(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/board")
    reach(page, "Skip to main content")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")


def test_choose_my_own_records_on_the_board(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/board")
    reach(page, "^[ |]*Mine")
    page.keyboard.press("Enter")
    page.wait_for_url("**whose=mine**")


def test_take_a_contact_with_four_facts(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/contacts/new")
    reach(page, r"\| No \|")
    page.keyboard.press("Space")
    reach(page, "Who is telling us")
    page.keyboard.type("A neighbour")
    reach(page, "What is the worry")
    page.keyboard.type("Shouting at night.")
    reach(page, "How do we ring back")
    page.keyboard.type("no number")
    reach(page, "Save it now")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(cases|contacts)/[0-9A-Z]{10}"))


def test_protect_a_child_from_the_board(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/board")
    reach(page, "[0-9A-Z]{10}")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/"))
    reach(page, "Protect now")
    page.keyboard.press("Enter")
    expect(page.get_by_text("A social worker takes it now")).to_be_visible()


def test_write_a_note(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto(page.locator("a.pathway-reference").last.get_attribute("href") or "")
    reach(page, "Add a note")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes")
    page.locator("textarea").first.wait_for()
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("Written without a mouse.")
    reach(page, "Add the note|Save|Add")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Written without a mouse.").first).to_be_visible()


def test_finish_a_task(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/tasks")
    before = page.get_by_role("button", name=re.compile("Done|Finish")).count()
    assert before
    reach(page, "Done|Finish")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/tasks")
    assert page.get_by_role("button", name=re.compile("Done|Finish")).count() == before - 1


def test_break_the_glass_is_refused_without_a_reason(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/break-glass")
    reach(page, "[Rr]eference")
    page.keyboard.type("ABCDEFGH12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Say why").first).to_be_visible()


def test_look_at_the_published_documents(signed_in: SignIn) -> None:
    page = signed_in("robin")
    reach(page, "Thresholds")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents")


def test_search_the_published_document(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/documents/exampleton/2026-04-01")
    reach(page, "Search this document")
    page.keyboard.type("bruises")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=bruises")
    reach(page, "bruising")
    page.keyboard.press("Enter")
    page.wait_for_url("**/needs#indicators-**")


def test_a_referrer_opens_their_own_referral(signed_in: SignIn) -> None:
    page = signed_in("teacher")
    page.goto("/referrals")
    reach(page, "[0-9A-Z]{10}")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/"))


def open_record(page: Page, words: str) -> None:
    """Open the first record on the board whose row says `words`."""
    page.goto("/board")
    page.goto(page.locator("tr", has_text=words).first.locator("a.pathway-reference").get_attribute("href") or "")


def test_decide_for_a_child(signed_in: SignIn) -> None:
    page = signed_in("tomasz")
    open_record(page, "Under screening")
    reach(page, "Decide for each child")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moves/decide")
    for name in (r"\| Immediate protection \|", r"\| Universal \|"):
        reach(page, name)
        page.keyboard.press("Space")
        assert page.evaluate("document.activeElement.checked")
    reach(page, r"Why\?")
    page.keyboard.type("Chosen without a mouse.")
    assert page.evaluate("document.activeElement.value") == "Chosen without a mouse."


def test_hand_a_record_over(signed_in: SignIn) -> None:
    page = signed_in("grace")
    open_record(page, "Under screening")
    reach(page, "Hand over or name cover")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hand-over")
    reach(page, "Hand it over")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_be_visible()


def test_keep_a_draft_and_find_it_again(signed_in: SignIn) -> None:
    page = signed_in("grace")
    page.goto("/contacts/new")
    reach(page, "What is the worry")
    page.keyboard.type("Half typed without a mouse.")
    reach(page, "Keep it for later")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/drafts")
    expect(page.get_by_text("Half typed without a mouse").first).to_be_visible()


def test_a_referrer_chases(signed_in: SignIn) -> None:
    page = signed_in("teacher")
    page.goto("/referrals")
    page.goto(page.locator("a[href^='/cases/']").first.get_attribute("href") or "")
    reach(page, "Chase us")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moves/chase")
    reach(page, "Chase us")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.search(r"/cases/\w+", page.url)
