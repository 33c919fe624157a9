"""A police officer with an account answers what the front door asked, and sees no more than the question."""

from collections.abc import Callable

from hearing import hears
from playwright.sync_api import Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def test_an_officer_answers_without_a_mouse_and_the_front_door_reads_it(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("officer")
    reach(page, "Questions to us")
    page.keyboard.press("Enter")
    page.wait_for_url("**/asks")
    seen("questions-to-the-police")
    hears(page, 'heading "Questions to us"', 'table "1 question waits', 'columnheader "Please answer by"', "Rue Sample")
    reach(page, "^[ |]*[0-9A-Z]{10}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/asks/*")
    hears(page, 'heading "What do you know?"', "We ask", "Rue Sample", "Please answer by", 'textbox "Your answer"')
    expect(page.get_by_text("stopped bringing the children")).to_have_count(0)
    reach(page, "Your answer")
    page.keyboard.type("A man of that description was spoken to there in October. No record of harm to a child.")
    seen("a-question-to-the-police")
    reach(page, "Send the answer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("we have your answer")).to_be_visible()
    expect(page.get_by_text("Nothing is waiting for an answer from your agency.")).to_be_visible()

    page = signed_in("robin")
    page.goto("/people?q=Rue")
    page.get_by_role("link", name="Rue Sample").click()
    page.locator("main a[href^='/cases/']").first.click()
    expect(page.locator("#asks")).to_contain_text("spoken to there in October")
    expect(page.locator("#asks")).to_contain_text("Kit Officer")
