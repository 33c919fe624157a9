"""A health visitor rings about a child told of before: taken, banded, asked about, talked over, decided, told."""

import re
from collections.abc import Callable

from hearing import hears
from playwright.sync_api import Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]
RECORD = re.compile(r"/cases/[0-9A-Z]{10}(?![/\w])")


def go(page: Page, button: str) -> None:
    """On from the record to the page of one of its moves."""
    page.locator("#do").get_by_role("button", name=button, exact=True).click()
    page.wait_for_url("**/moves/**")


def send(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(RECORD)


def take_about_teasel(page: Page) -> None:
    page.goto("/contacts/new")
    child = page.locator("#child-1")
    child.get_by_label("First name").press_sequentially("Teazel")
    child.get_by_label("Last name").press_sequentially("Madeup")
    for part, typed in (("Day", "14"), ("Month", "8"), ("Year", "2022")):
        child.get_by_label(part, exact=True).first.fill(typed)
    page.get_by_role("group", name="Is the child safe tonight?").get_by_label("We don’t know").check()
    page.get_by_label("Who is telling us?").fill("A health visitor")
    page.get_by_label("What is the worry?").fill("Not at the nursery today, and nobody opens the door.")
    page.get_by_label("How do we ring back?").fill("clinic desk")


def test_an_adviser_takes_a_fourth_contact_reads_it_with_the_others_and_sees_it_through(
    signed_in: SignIn, seen: Seen
) -> None:
    page = signed_in("robin")
    take_about_teasel(page)
    same = page.locator("#child-1").get_by_label("It is the same child: Teasel Madeup").first
    expect(same).to_be_visible()
    same.check()
    seen("a-child-we-know")
    send(page, "Save the contact")
    expect(page.locator("#earlier")).to_contain_text("Fourth contact in 12 weeks")
    page.locator("#earlier summary").click()
    seen("contacts-before-this-one")
    hears(page, "Fourth contact in 12 weeks", "Next:", 'button "Protect now"', 'heading "What I can do"')

    page.locator("#do").get_by_role("button", name="Start screening").click()
    go(page, "Say how urgent it is")
    seen("how-urgent")
    page.get_by_role("radio", name=re.compile("^Red:")).check()
    page.get_by_label("Why?").fill("A bruise this morning, and nobody opens the door.")
    send(page, "Say how urgent it is")
    expect(page.get_by_text("Under screening · Red")).to_be_visible()

    go(page, "Ask another agency for information")
    page.get_by_label("Who are you asking?").fill("The health visitor")
    page.get_by_label("Their agency").select_option(label="Exampleton Health Visiting")
    page.get_by_label("What do we need to know?").fill("When was she last seen, and how was she?")
    seen("ask-an-agency")
    send(page, "Ask another agency for information")
    go(page, "Record a huddle")
    page.get_by_label("Who was there?").fill("Health visiting, police")
    page.get_by_label("What was shared?").fill("Seen at the window at noon, with the aunt.")
    page.get_by_label("What was agreed?").fill("The health visitor goes there again by five.")
    seen("a-huddle")
    send(page, "Record a huddle")
    hears(page, 'heading "What other agencies know"', 'heading "The health visitor', "Waiting")

    go(page, "Decide for each child")
    expect(page.get_by_text("Seen at the window at noon")).to_be_visible()
    seen("decide-with-what-is-known")
    page.get_by_label("Early help assessment").check()
    page.get_by_label("Additional", exact=True).check()
    page.get_by_label("Why?").fill("Four worries in a term, none grave by itself; one assessment of all of them.")
    hears(page, 'heading "Decide for each child"', "What is known so far", 'heading "Teazel Madeup"')
    send(page, "Record the decisions")
    go(page, "Record what the referrer was told")
    page.get_by_label("By voice").check()
    page.get_by_label("What were they told?").fill("An early help assessment, and who will ring.")
    send(page, "Record what the referrer was told")
    expect(page.get_by_text("Referrer told").first).to_be_visible()


def test_an_adviser_says_how_urgent_it_is_without_a_mouse(signed_in: SignIn) -> None:
    page = signed_in("tomasz")
    page.goto("/board?stage=screening")
    page.goto(page.locator("tr", has_text="Teasel").first.locator("a.pathway-reference").get_attribute("href") or "")
    reach(page, "Say how urgent it is")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moves/band")
    hears(page, 'heading "Say how urgent it is"', 'radio "Red:', 'radio "Amber:', 'radio "Green:', 'textbox "Why?"')
    reach(page, r"\| Red:")
    page.keyboard.press("Space")
    reach(page, r"Why\?")
    page.keyboard.type("Nobody says who was there.")
    reach(page, "^[ |]*Say how urgent it is")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Under screening · Red")).to_be_visible()
