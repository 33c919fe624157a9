"""Does an adviser see, while typing, that a child is known, and do two people make the link?"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def test_a_child_we_know_appears_while_typing_and_two_people_link_them(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    page.goto("/contacts/new")
    child = page.locator("#child-1")
    child.get_by_label("First name").press_sequentially("Lynnet")
    child.get_by_label("Last name").press_sequentially("Invented")
    child.get_by_label("Age in years").fill("7")
    match = child.get_by_label("It is the same child: Linnet Invented")
    expect(match).to_be_visible()
    expect(child.locator("#known-children-0 [role=status]")).to_contain_text("like this one")
    seen("known-while-typing")
    match.check()
    child.get_by_label("Age in years").press_sequentially(" ")
    page.get_by_label("Who is telling us?").fill("A neighbour")
    page.get_by_label("What is the worry?").fill("On his own again")
    page.get_by_label("How do we ring back?").fill("After six")
    page.locator("[name=safe_tonight][value=unknown]").check()
    expect(match).to_be_checked()
    page.get_by_role("button", name="Save it now").click()
    expect(page.locator("#earlier")).to_contain_text("Second contact in 12 weeks")
    expect(page.get_by_text("This child has an open record:")).to_be_visible()
    seen("known-on-the-record")
    page = signed_in("tomasz")
    page.goto("/links")
    card = page.locator("article").filter(has_text="Linnet").first
    expect(card).to_contain_text("Proposed by Robin Sample")
    seen("links")
    card.get_by_label("Why?").fill("Same age and school")
    card.get_by_role("button", name="They are one person").click()
    expect(page.get_by_text("Agreed: they are one person.")).to_be_visible()


def test_without_scripts_a_button_looks(service, browser, signed_in: SignIn) -> None:  # type: ignore[no-untyped-def]
    cookies = signed_in("robin").context.cookies()
    context = browser.new_context(base_url=service.address, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/contacts/new")
    page.locator("#children-0-given_name").fill("Linnet")
    page.locator("#children-0-family_name").fill("Invented")
    page.get_by_role("button", name="Look for children we know").first.click()
    expect(page.locator("#known-children-0")).to_contain_text("like this one")
    expect(page.locator("#children-0-given_name")).to_have_value("Linnet")
    context.close()
