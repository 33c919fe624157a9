"""17:00: the day hands over to the emergency team, and the night hands back what it did."""

import re
from collections.abc import Callable

from hearing import hears
from playwright.sync_api import Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def test_an_adviser_hands_over_at_the_end_of_a_shift(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    page.goto("/shift")
    hears(page, 'heading "End of shift"', 'combobox "Hand everything below to"', 'heading "You answer for"')
    hears(page, 'heading "Your team answers for', 'heading "Your tasks that belong', 'heading "Contacts half taken')
    expect(page.get_by_text("Half taken by Asha Sample")).to_be_visible()
    card = page.locator(".pathway-card", has=page.locator("option", has_text="Emergency Duty Team")).first
    whom = card.get_by_label(re.compile("^Hand over to"))
    whom.select_option(whom.locator("option", has_text="Emergency Duty Team").first.get_attribute("value"))
    card.get_by_label(re.compile("^What they should know")).fill(
        "Nobody opened the door at four. The nursery shuts at six."
    )
    seen("end-of-shift")
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_text("Handed over:")).to_be_visible()


def test_the_emergency_worker_finds_what_was_handed_over_and_goes_on_without_a_mouse(
    signed_in: SignIn, seen: Seen
) -> None:
    page = signed_in("noor")
    page.goto("/shift")
    expect(page.get_by_role("heading", name="Handed over to you")).to_be_visible()
    expect(page.get_by_text("The teacher stays with him until nine.")).to_be_visible()
    seen("handed-over-to-you")
    hears(page, 'heading "End of shift"', 'heading "Handed over to you"', "Rowan Madeup", "Robin Sample")
    reach(page, "[0-9A-Z]{10}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")
    reach(page, "Add a note")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes")
    reach(page, "^[ |]*Note")
    page.keyboard.type("His grandmother has fetched him, and stays the night.")
    reach(page, "Save the note")
    page.keyboard.press("Enter")
    expect(page.get_by_text("His grandmother has fetched him").first).to_be_visible()
