"""A worker assesses a family a part at a time: begins light, confirms what is known, is told what opens, sums it up."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def record_with_a_child(page: Page) -> None:
    """A record that is open, told by a doctor with the family's agreement."""
    page.goto("/board")
    page.locator("tr", has_text="Alder Invented").first.locator("a.pathway-reference").click()


def test_a_family_is_assessed_a_part_at_a_time(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    record_with_a_child(page)
    page.get_by_role("button", name="Begin an assessment").click()
    seen("assessment-begin")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Early help assessment").check()
    page.get_by_label("Light-touch").check()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("Begun. Start anywhere")).to_be_visible()
    seen("assessment-sections")
    page.get_by_role("link", name="What this is about").click()
    expect(page.get_by_text("Known already").first).to_be_visible()
    seen("assessment-known")
    page.get_by_label("What does the family want to be different?").first.fill("A quiet evening")
    page.get_by_role("button", name="Confirm th").click()
    expect(page.get_by_role("alert")).to_contain_text("Say who may read these words")
    expect(page.get_by_label("What does the family want to be different?").first).to_have_value("A quiet evening")
    seen("assessment-wrong")
    page.get_by_label("Everybody who helps us", exact=True).first.check()
    page.get_by_role("button", name="Confirm th").click()
    expect(page.get_by_text("This is what is left")).to_be_visible()
    page.get_by_role("link", name="All sections").click()
    page.get_by_role("button", name="It is complete").click()
    expect(page.get_by_role("alert")).to_contain_text("isn't answered yet")
    seen("assessment-left")
    page.get_by_role("button", name="Widen it").click()
    page.get_by_role("link", name="Speech, language").click()
    page.get_by_label("Yes").first.check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("region", name="Saved")).to_contain_text("more questions opened")
    seen("assessment-opened")
    page.get_by_role("link", name="All sections").click()
    page.get_by_role("link", name="Summary for other agencies").click()
    expect(page.get_by_text("A quiet evening")).to_be_visible()
    seen("assessment-summary")


def test_whoever_saves_second_sees_both_side_by_side(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    page.goto("/board")
    page.locator("a.pathway-reference").nth(1).click()
    page.get_by_role("button", name="Begin an assessment").click()
    page.get_by_label("Early help assessment").check()
    page.get_by_label("Full:").check()
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("link", name="Home, money").click()
    meanwhile = page.context.new_page()
    meanwhile.goto(page.url)
    meanwhile.get_by_label("What goes well?").fill("The flat is warm now")
    meanwhile.get_by_role("button", name="Save and go on").click()
    page.get_by_label("What goes well?").fill("Grandma lives near")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose which answer stands")
    expect(page.get_by_text("The flat is warm now")).to_be_visible()
    seen("assessment-both")
    page.get_by_label("What I wrote").check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("This is what is left")).to_be_visible()
