"""A child and a parent reach us from a telephone that somebody else may look at; a worker and a manager answer."""

import re
from collections.abc import Callable

import pytest
from hearing import hears
from playwright.sync_api import Browser, Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]
KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie].join()"
ELSEWHERE = "https://www.bbc.co.uk/weather"
PAGES = ("", "/one", "/two", "/three", "/four", "/five", "/six", "/nowhere")


@pytest.fixture
def somewhere_else(page: Page) -> Page:
    """The page that the way out leads to, answered here: no test reaches another site."""
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(status=200, content_type="text/html", body="Sunny"))
    return page


@pytest.mark.parametrize("path", PAGES)
def test_each_page_for_families_can_be_used_by_everybody(page: Page, seen: Seen, path: str) -> None:
    page.goto(f"/help{path}")
    seen(f"help-{path.strip('/')}")


def ask(page: Page) -> None:
    """What a young person types about being asked for nothing more than they want to say."""
    page.get_by_label("What is going on?").fill("It is loud at home and I can’t sleep.")
    page.get_by_label("I don’t know").check()
    page.get_by_label("How can we reach you?").fill("At school, in the morning")
    page.get_by_label("When is it safe to reach you?").fill("Not at home. Mum’s boyfriend looks at my phone.")
    page.get_by_label("How old are you?").fill("14")


def test_a_young_person_asks_for_help_and_nothing_is_left_on_the_telephone(
    somewhere_else: Page, seen: Seen, signed_in: SignIn
) -> None:
    page = somewhere_else
    page.goto("/help")
    seen("families-start")
    page.get_by_role("link", name="I need help", exact=True).click()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one")
    ask(page)
    seen("young-person-asks")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="We have it")).to_be_visible()
    seen("young-person-sent")
    reference = page.locator(".pathway-reference").inner_text()
    assert reference not in page.url + page.title()
    assert page.evaluate(KEPT) == "0,0,"
    assert page.context.cookies() == []
    page = signed_in("robin")
    page.goto(f"/cases/{reference}")
    expect(page.get_by_text("A child, parent or carer asks for help themselves").first).to_be_visible()
    expect(page.get_by_text("Not at home. Mum’s boyfriend looks at my phone.").first).to_be_visible()


def test_a_young_person_asks_without_a_mouse_and_hears_each_question_in_order(page: Page) -> None:
    page.goto("/help")
    reach(page, "^[ |]*I need help")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/one")
    hears(page, "heading", 'textbox "What is going on?"', 'radio "I don’t know"', 'textbox "How can we reach you?"')
    reach(page, "What is going on")
    page.keyboard.type("I want to talk to somebody.")
    reach(page, "I am in danger now")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "unknown"
    reach(page, "How can we reach you")
    page.keyboard.type("At school")
    reach(page, "Send it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="We have it")).to_be_visible()
    hears(page, 'heading "We have it"', "Your reference", 'heading "What happens next"')


def test_a_parent_complains_without_a_mouse(page: Page) -> None:
    page.goto("/help/six")
    hears(page, 'heading "I want to complain"', 'textbox "What went wrong?', 'group "Is anybody in danger now?"')
    reach(page, "What went wrong")
    page.keyboard.type("Nobody rang me back.")
    reach(page, "Send it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="We have it")).to_be_visible()


def test_three_presses_of_shift_lead_away_and_coming_back_shows_nothing(somewhere_else: Page) -> None:
    page = somewhere_else
    page.goto("/help/one")
    ask(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{ELSEWHERE}**")
    page.go_back()
    page.wait_for_url("**/help/one")
    expect(page.get_by_label("What is going on?")).to_have_value("")


def test_the_red_button_leads_away_without_a_script(browser: Browser, service: object) -> None:
    context = browser.new_context(base_url=service.address, java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(status=200, content_type="text/html", body="Sunny"))
    page.goto("/help/six")
    page.get_by_role("button", name=re.compile("Exit this page")).click()
    page.wait_for_url(f"{ELSEWHERE}**")
    context.close()


def test_a_parent_says_it_is_not_working_and_is_answered(page: Page, signed_in: SignIn, seen: Seen) -> None:
    page.goto("/help")
    page.get_by_role("link", name="This isn’t working").click()
    page.get_by_label("What isn’t working?").fill("You come when I’m at work. Evenings would be better.")
    page.get_by_label("What is your name?").fill("Hazel Invented")
    page.get_by_label("How can we reach you?").fill("Text 07700 900456")
    page.get_by_label("When is it safe to reach you?").fill("After six. Only I see this phone.")
    seen("parent-says")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("You get an answer by")).to_be_visible()
    voice = page.locator(".pathway-reference").inner_text()

    page = signed_in("robin")
    page.goto("/board")
    record = page.locator("tr", has_text="Under screening").first.locator("a.pathway-reference").inner_text()
    page.goto("/voices")
    seen("from-families")
    page.get_by_role("link", name=voice).click()
    page.get_by_label("Reference of the record").fill(record)
    page.get_by_role("button", name="Set the record").click()
    expect(page.get_by_text("It is recorded, and goes to whoever answers")).to_be_visible()
    page.get_by_label("What were they told?").fill("We come on Tuesdays at half past six from now on.")
    page.get_by_label("Spoke to them by telephone").check()
    seen("answering-a-parent")
    page.get_by_role("button", name="Save the answer").click()
    page.goto(f"/cases/{record}")
    expect(page.locator("#family")).to_contain_text("Evenings would be better.")
    expect(page.locator("#family")).to_contain_text("We come on Tuesdays at half past six")
    seen("record-with-a-familys-words")


def test_a_worker_writes_a_complaint_down_and_a_manager_answers_it(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    page.goto("/board")
    record = page.locator("tr", has_text="Under screening").first.locator("a.pathway-reference").inner_text()
    page.goto(f"/cases/{record}/voices")
    page.get_by_label("I want to complain").check()
    page.get_by_label("What did they say?").fill("Nobody rang back all week.")
    seen("write-down-what-they-said")
    page.get_by_role("button", name="Save it").click()
    page.wait_for_url(f"**/cases/{record}**")
    page = signed_in("grace")
    page.goto("/tasks")
    page.get_by_role("link", name="Read it and answer").last.click()
    expect(page.get_by_text("Nobody rang back all week.")).to_be_visible()
    seen("a-complaint")
