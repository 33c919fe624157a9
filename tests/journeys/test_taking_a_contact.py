"""How many presses, and how long, from an open page to a saved contact, and to its decision? And by keyboard alone?"""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
SAVED = re.compile(r"/(?:cases|contacts)/[0-9A-Z]{10}")
RECORD = re.compile(r"/cases/[0-9A-Z]{10}(?![/\w])")
SLOWEST = 15
"""Seconds of machine time; a person's typing comes on top. Far above what it takes, for a machine that is busy."""

GUIDE = {"long page": 5, "one thing a page": 6, "to the decision": 13}
"""Presses that the guide promises: each field chosen or gone to, and each button."""


class Presses:
    """A person at the page: every click is counted, and typing isn't."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def choose(self, words: str) -> None:
        self.page.get_by_role("group", name="Is the child safe tonight?").get_by_label(words).check()
        self.count += 1

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)
        self.count += 1

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).first.check()
        self.count += 1

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.count += 1

    def four_facts(self) -> None:
        self.write("Who is telling us?", "A neighbour")
        self.write("What is the worry?", "Shouting at night.")
        self.write("How do we ring back?", "no number")


def on_the_long_page(person: Presses) -> None:
    person.choose("We don’t know")
    person.four_facts()


def one_thing_a_page(person: Presses) -> None:
    person.choose("We don’t know")
    person.press("Continue")
    person.four_facts()


@pytest.mark.parametrize(
    ("shape", "at", "take"),
    [
        ("long page", "/contacts/new", on_the_long_page),
        ("one thing a page", "/contacts/new/danger", one_thing_a_page),
    ],
)
def test_the_four_facts_take_as_few_presses_as_the_guide_says(
    signed_in: SignIn, shape: str, at: str, take: Callable[[Presses], None]
) -> None:
    page = signed_in("robin")
    page.goto(at)
    person, began = Presses(page), time.perf_counter()
    take(person)
    person.press("Save it now")
    page.wait_for_url(SAVED)
    took = time.perf_counter() - began
    print(f"{shape}: {person.count} presses, {took:.1f} seconds of machine time")
    assert person.count <= GUIDE[shape]
    assert took < SLOWEST


def test_a_decision_takes_as_few_presses_as_the_guide_says(signed_in: SignIn) -> None:
    """From the open page of a new contact about one child to the decision on its record."""
    page = signed_in("robin")
    page.goto("/contacts/new")
    person, began = Presses(page), time.perf_counter()
    person.tick("Yes")
    person.four_facts()
    person.write("First name", "Tansy")
    person.write("Age in years", "6")
    person.press("Save the contact")
    page.wait_for_url(RECORD)
    person.press("Start screening")
    person.press("Decide for each child")
    person.tick("Early help assessment")
    person.tick("Additional")
    person.write("Why?", "Small needs at home; the family would like help.")
    person.press("Record the decisions")
    expect(page.locator("#children")).to_contain_text("Early help assessment")
    took = time.perf_counter() - began
    print(f"to the decision: {person.count} presses, {took:.1f} seconds of machine time")
    assert person.count == GUIDE["to the decision"]
    assert took < SLOWEST


def test_danger_now_is_two_presses_in_either_shape(signed_in: SignIn) -> None:
    for at, button in (("/contacts/new", "Save it now"), ("/contacts/new/danger", "Continue")):
        page = signed_in("robin")
        page.goto(at)
        page.get_by_label("Yes, in danger now").check()
        page.get_by_role("button", name=button, exact=True).first.click()
        page.wait_for_url(SAVED)
        expect(page.get_by_text("A social worker takes it now")).to_be_visible()


def tick(page: Page, name: str) -> None:
    reach(page, name)
    page.keyboard.press("Space")


def write(page: Page, name: str, text: str) -> None:
    reach(page, name)
    page.keyboard.type(text)


def test_a_whole_contact_is_taken_by_keyboard_alone(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/contacts/new")
    tick(page, r"\| No \|")
    write(page, "Who is telling us", "A school nurse")
    write(page, "What is the worry", "Left alone in the evenings.")
    write(page, "How do we ring back", "school office")
    write(page, "First name", "Tansy")
    write(page, "Last name", "Invented")
    write(page, "Age in years", "4")
    write(page, "Look for an example", "home alone")
    expect(page.get_by_text("found for “home alone”")).to_be_visible()
    tick(page, "Left alone at home")
    write(page, "What was seen or told", "Twice this week")
    write(page, "sibling group", "1")
    write(page, "child’s own words", "I watch the telly")
    write(page, "Where does the child live", "1 Invented Street")
    write(page, "First name", "Una")
    write(page, "Who are they to the child", "Mother")
    reach(page, "Not asked yet")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "not_safe_to_ask"
    write(page, "How is it safe to reach them", "Not by telephone")
    write(page, "Interpreter", "None needed")
    tick(page, r"\| A professional \|")
    reach(page, "Save the contact")
    page.keyboard.press("Enter")
    page.wait_for_url(SAVED)
    for said in ("Left alone in the evenings.", "Twice this week", "I watch the telly", "Not by telephone"):
        expect(page.get_by_text(said).first).to_be_visible()
    expect(page.locator("#told").get_by_text("Una", exact=True)).to_be_visible()


def test_what_is_typed_is_kept_while_typing_and_is_there_after_a_reload(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/contacts/new")
    page.get_by_label("What is the worry?").fill("Half a sentence")
    page.wait_for_url("**draft=**")
    page.reload()
    expect(page.get_by_label("What is the worry?")).to_have_value("Half a sentence")


def test_a_tick_made_before_a_search_is_still_there_after_it(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto("/contacts/new")
    page.locator("summary", has_text="Identity").click()
    box = page.locator("details", has_text="Identity").get_by_role("checkbox").first
    box.check()
    find = page.get_by_label("Look for an example")
    find.fill("home alone")
    expect(page.get_by_text("found for “home alone”")).to_be_visible()
    expect(box).to_be_checked()
    expect(box).to_be_visible()
    find.press("Enter")
    assert not SAVED.search(page.url)
