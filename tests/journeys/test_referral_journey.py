"""One worry, from the telephone to closed: the adviser's journey, with the pictures for the guide."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def take_a_worry(page: Page, worry: str) -> str:
    """Take a contact with the four facts, a child and one of the document's examples; returns its reference."""
    page.goto("/contacts/new?shape=whole")
    page.get_by_role("group", name="Is the child safe tonight?").get_by_label("Yes").check()
    page.get_by_label("Who is telling us?").fill("Wren Teacher")
    page.get_by_label("What is the worry?").fill(worry)
    page.get_by_label("How do we ring back?").fill("school office")
    page.get_by_label("First name").first.fill("Tansy")
    page.get_by_label("Last name").first.fill("Invented")
    page.get_by_label("Age in years").first.fill("6")
    page.locator("summary", has_text="Education and Learning").first.click()
    page.get_by_label(re.compile("Attends school poorly")).first.check()
    page.get_by_role("button", name="Save the contact").click()
    page.wait_for_url(re.compile(r"/cases/\w+|/contacts/\w+/taken"))
    return re.search(r"/(?:cases|contacts)/([0-9A-Z]{10})", page.url).group(1)  # type: ignore[union-attr]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def test_a_worry_is_taken_judged_decided_told_and_closed(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    seen("board")
    page.goto("/contacts/new")
    seen("take-a-contact")
    ref = take_a_worry(page, "Quiet and often late since half term.")
    page.goto(f"/cases/{ref}")
    expect(page.get_by_text("It advises; a person decides")).to_be_visible()
    expect(page.get_by_role("heading", name="What I can do")).to_be_visible()
    seen("record")

    press(page, "Acknowledge to the referrer")
    page.get_by_label("By telephone").check()
    press(page, "Acknowledge to the referrer")
    page.wait_for_url(re.compile(rf"/cases/{ref}"))
    press(page, "Start screening")

    press(page, "Decide for each child")
    seen("decide")
    page.get_by_label("Early help assessment").check()
    page.get_by_label("Additional", exact=True).check()
    page.get_by_label("Why?").fill("Small needs in school and at home; the family would like help.")
    press(page, "Record the decisions")
    expect(page.get_by_text("Early help assessment").first).to_be_visible()

    press(page, "Record what the referrer was told")
    page.get_by_label("By voice").check()
    page.get_by_label("What were they told?").fill("An early help assessment, and why.")
    press(page, "Record what the referrer was told")

    press(page, "Record who has taken a child's need up")
    page.get_by_label("Tansy Invented").check()
    page.get_by_label("Who has taken it up?").fill("Sam Sample, Targeted Family Support")
    press(page, "Record who has taken a child's need up")

    press(page, "Close this record")
    page.get_by_label("Why?").fill("Taken up, and the school knows.")
    press(page, "Close this record")
    expect(page.get_by_text("This record has ended")).to_be_visible()
    seen("closed")


def test_protection_is_one_press_and_a_duty_worker_takes_it(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    ref = take_a_worry(page, "Says it isn't safe at home.")
    page.goto(f"/cases/{ref}")
    press(page, "Protect now")
    expect(page.get_by_text("A social worker takes it now")).to_be_visible()
    seen("protecting")
    page = signed_in("priya")
    page.goto(f"/cases/{ref}")
    press(page, "I have it: protection is mine")
    expect(page.get_by_text("Who answers: Priya Sample")).to_be_visible()


def test_no_further_action_waits_for_a_second_person(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("tomasz")
    ref = take_a_worry(page, "Nothing more than a cold, it turned out.")
    page.goto(f"/cases/{ref}")
    press(page, "Start screening")
    press(page, "Decide for each child")
    page.get_by_label("No further action").check()
    page.get_by_label("Universal", exact=True).check()
    page.get_by_label("Why?").fill("Back at school and well.")
    press(page, "Record the decisions")
    expect(page.get_by_text("needs a second person").first).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value("Back at school and well.")
    press(page, "Send for a second person to agree")
    page.goto(f"/cases/{ref}")
    page.get_by_text("What can’t be done now, and why").click()
    expect(page.get_by_text("so someone else must look at it too")).to_be_visible()
    seen("second-person")


def test_a_teacher_raises_a_worry_and_hears_no_more_than_a_referrer_should(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("teacher")
    seen("my-referrals")
    ref = take_a_worry(page, "Came in crying twice this week.")
    page.goto(f"/cases/{ref}")
    expect(page.get_by_text("We have it and are looking at it")).to_be_visible()
    expect(page.get_by_role("heading", name="Timeline")).to_have_count(0)
    seen("a-referrers-view")
