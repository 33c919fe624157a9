"""A manager in the morning: who holds what, what waits for a second person, who opened what, and who looked."""

import re
from collections.abc import Callable

from hearing import hears
from playwright.sync_api import Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def option(page: Page, label: str, words: str) -> None:
    """Choose what begins with these words: the rest says how much they hold already."""
    field = page.get_by_label(label, exact=True).first
    value = field.locator("option", has_text=re.compile(f"^{words}")).first.get_attribute("value")
    field.select_option(value)


def test_a_manager_sees_who_holds_what_and_gives_a_record_out(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("grace")
    page.goto("/team")
    seen("who-holds-what")
    hears(page, 'heading "Team"', 'heading "Who holds what"', 'columnheader "Open records"', 'heading "Held by a team')
    page.locator("#unallocated ~ form").first.get_by_role("checkbox").last.check()
    option(page, "Give them to", "Tomasz Sample")
    page.get_by_role("button", name="Give them").click()
    expect(page.get_by_text("A person who was asked must accept")).to_be_visible()


def test_a_manager_agrees_that_two_are_one_child_without_a_mouse(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("grace")
    page.goto("/four-eyes")
    seen("second-person-for-everything")
    hears(
        page, 'heading "Waiting for a second person"', 'heading "Decisions"', 'heading "Are they one person?"', "Teasel"
    )
    reach(page, "Look at both")
    page.keyboard.press("Enter")
    page.wait_for_url("**/links#*")
    reach(page, r"Why\?")
    page.keyboard.type("Same name, same birthday, same nursery.")
    reach(page, "They are one person")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Agreed: they are one person.")).to_be_visible()


def test_a_manager_reviews_a_broken_glass_and_reads_who_looked(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("grace")
    page.goto("/glass")
    card = page.locator(".pathway-card", has_text="Priya Sample").first
    record = card.locator("a.pathway-reference").inner_text()
    seen("broken-glass")
    hears(
        page, 'heading "Broken glass"', 'heading "To review"', "Priya Sample", 'heading "Reviewed in the last 90 days"'
    )
    card.get_by_role("link", name=re.compile("Say whether it was right")).click()
    task = page.locator(".pathway-card", has_text="Priya Sample opened a record").first
    task.get_by_label("Yes", exact=True).check()
    task.get_by_label("Why?").fill("Duty was rung about her, and nobody answered.")
    task.get_by_role("button", name=re.compile("Save the review")).click()
    expect(page.get_by_text("The task is finished.")).to_be_visible()

    page.goto("/looks")
    page.get_by_label("A record or a child").fill(record)
    page.get_by_role("button", name="Look", exact=True).click()
    hears(page, 'heading "Look log"', 'table "Looks, newest first"', 'columnheader "Who"', "Grace Sample")
    seen("who-looked-at-a-record")
    page.get_by_label("A record or a child").fill("")
    page.get_by_label("Who looked").select_option(label="Grace Sample")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.locator("table")).to_contain_text("Grace Sample")
