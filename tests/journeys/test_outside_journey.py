"""Can a nurse without an account and a school with one answer, and does a referrer read where it stands?"""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from pathway.store.records.outside import seen_by
from pathway.tables import OneTimeCode, Outsider
from pathway.tables.doors import OutsiderPart

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def outsider(service, part: OutsiderPart) -> tuple[str, str]:
    """The first who is outside in this part: their reference and their record's."""
    with service.desk.database.reading() as session:
        row = session.exec(select(Outsider).where(col(Outsider.part) == part).order_by(col(Outsider.id))).first()
        return row.public_id, seen_by(session, row, service.desk.clock()).case


def code(service) -> str:
    """What the mail says."""
    with service.desk.database.reading() as session:
        return str(session.exec(select(OneTimeCode.code).order_by(col(OneTimeCode.id).desc())).first())


def come_in(page: Page, service, ref: str) -> None:
    page.goto(f"/outside/{ref}")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(code(service).lower())
    page.get_by_role("button", name="Go on").click()


def test_a_nurse_without_an_account_answers_behind_a_code(page: Page, service, seen: Seen, signed_in: SignIn) -> None:
    ref, case = outsider(service, OutsiderPart.asked)
    page.goto(f"/outside/{ref}")
    seen("outside-start")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("There is a problem").wait_for()
    seen("outside-code")
    come_in(page, service, ref)
    expect(page.get_by_text("Linnet Invented")).to_be_visible()
    seen("outside-question")
    page.get_by_role("button", name="Send the answer").click()
    seen("outside-question-empty")
    page.get_by_label("Your answer").fill("I know of no uncle. Linnet told me that “he sleeps in my room”.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    seen("outside-answered")

    page = signed_in("robin")
    page.goto(f"/cases/{case}#asks")
    section = page.locator("#asks")
    expect(section.get_by_text("he sleeps in my room")).to_be_visible()
    expect(section.get_by_text("Not called there this year")).to_be_visible()
    seen("what-other-agencies-know")


def test_a_school_answers_signed_in(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("teacher")
    page.get_by_role("link", name="Questions to us").click()
    seen("asks")
    page.locator("a.pathway-reference").first.click()
    seen("ask")
    page.get_by_role("button", name="We know nothing about this").click()
    expect(page.get_by_text("we have your answer")).to_be_visible()


def test_a_verified_referrer_sees_where_it_stands(page: Page, service, seen: Seen, signed_in: SignIn) -> None:
    ref, case = outsider(service, OutsiderPart.referrer)
    come_in(page, service, ref)
    expect(page.get_by_text("We have it and are looking at it")).to_be_visible()
    seen("outside-status")
    page = signed_in("robin")
    page.goto(f"/cases/{case}")
    expect(page.locator(f"#referrer-{ref}")).to_contain_text("they see where it stands")
    page.goto(f"/cases/{case}/referrers/{ref}")
    seen("referrer-verified")
