"""Can everybody use every page? No accessibility violation, nothing that scrolls sideways."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pathway.web.forms.contact_steps import steps
from pathway.web.forms.form import Form
from pathway.web.published.browsing import PARTS

NOTTINGHAM = "/documents/nottingham-city/2014-07-02"
SignIn = Callable[[str], Page]
Seen = Callable[[str], None]

PAGES = (
    ("robin", "/board?whose=mine"),
    ("robin", "/board?stage=screening&overdue=yes"),
    ("robin", "/tasks"),
    ("robin", "/shift"),
    ("robin", "/four-eyes"),
    ("grace", "/team"),
    ("grace", "/four-eyes"),
    ("grace", "/glass"),
    ("fern", "/looks"),
    ("robin", "/voices"),
    ("robin", "/contacts/import"),
    ("robin", "/drafts"),
    ("robin", "/documents"),
    ("robin", f"{NOTTINGHAM}"),
    ("robin", f"{NOTTINGHAM}?q=neglected"),
    *(("robin", f"{NOTTINGHAM}/{part.id}") for part in PARTS),
    ("robin", f"{NOTTINGHAM}/needs?level=extensive"),
    ("robin", f"{NOTTINGHAM}/whole"),
    ("robin", "/documents/compare?a=exampleton&b=nottingham-city"),
    ("teacher", "/documents"),
    ("teacher", "/documents/exampleton/2026-04-01"),
    ("robin", "/break-glass"),
    ("robin", "/nowhere-at-all"),
    ("teacher", "/board"),
    ("robin", "/contacts/new"),
    ("teacher", "/contacts/new?shape=whole"),
    *(("teacher", f"/contacts/new/{page.id}") for page in steps(Form())),
    ("robin", "/services"),
    ("robin", "/services?q=sad&age=12&place=ZZ1&within=10&anywhere=yes&ended=yes"),
    ("robin", "/services?q=nothing-of-the-kind&age=a"),
    ("teacher", "/services?day=now"),
    ("admin", "/services/sources"),
    ("admin", "/staff"),
    ("admin", "/documents"),
    ("admin", "/documents/adoption"),
    ("auditor", "/board"),
    ("fern", "/tasks"),
)


def test_the_sign_in_page(page: Page, seen: Seen) -> None:
    page.goto("/sign-in")
    seen("sign-in")


@pytest.mark.parametrize(("who", "path"), PAGES, ids=lambda value: str(value).strip("/").replace("/", "-"))
def test_each_page_can_be_used_by_everybody(signed_in: SignIn, seen: Seen, who: str, path: str) -> None:
    page = signed_in(who)
    page.goto(path)
    seen(re.sub(r"\W+", "-", f"{who}{path}"))


def test_each_form_of_a_record_can_be_used_by_everybody(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("grace")
    page.goto("/board")
    records = [link.get_attribute("href") or "" for link in page.locator("a.pathway-reference").all()]
    assert records
    forms: set[str] = set()
    for record in records:
        page.goto(record)
        links = page.locator("#do a[href*='/moves/'], #do a[href$='/notes'], #who a").all()
        forms |= {str(link.get_attribute("href")) for link in links}
    by_kind = {re.sub(r"/cases/\w+/", "", form): form for form in sorted(forms)}
    assert len(by_kind) >= 10
    for kind, form in by_kind.items():
        page.goto(form)
        seen(f"form-{kind.replace('/', '-')}")


def test_the_published_document_is_read_by_level_and_side(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    page.goto("/documents")
    page.get_by_role("link", name="Exampleton").click()
    page.get_by_role("link", name="Levels and examples of need").click()
    page.get_by_label("Side of the child’s life").select_option(label="Basic care and protection")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="Protection")).to_be_visible()
    seen("published-document")


def test_todays_word_shows_the_documents_own_on_hover_on_focus_and_in_print(signed_in: SignIn) -> None:
    page = signed_in("robin")
    page.goto(f"{NOTTINGHAM}/routes")
    term = page.locator(".pathway-term", has_text="Family Help").first
    own = term.locator(".pathway-own")
    assert (own.bounding_box() or {})["width"] <= 1
    term.hover()
    expect(own).to_have_text(" (“Targeted Family Support”, 2014)")
    assert (own.bounding_box() or {})["width"] > 100
    page.mouse.move(0, 0)
    term.focus()
    assert (own.bounding_box() or {})["width"] > 100
    page.locator("h1").click()
    page.emulate_media(media="print")
    assert (own.bounding_box() or {})["width"] > 100


def test_the_judgement_can_be_used_by_everybody(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("grace")
    page.goto("/board")
    page.goto(f"{page.locator('a.pathway-reference').first.get_attribute('href')}/judgement")
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    seen("judgement")


def test_a_childs_pages_can_be_used_by_everybody(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("grace")
    page.goto("/people?q=Lark")
    seen("find-a-child")
    page.get_by_role("link", name="Lark Example").click()
    expect(page.get_by_role("img", name="Who is who to Lark Example")).to_be_visible()
    page.get_by_role("img", name="Who is who to Lark Example").scroll_into_view_if_needed()
    seen("a-childs-page")
    child = page.url
    for path in ("chronology", "chronology?purpose=court", "ties", "address"):
        page.goto(f"{child}/{path}")
        seen(f"a-childs-{path.split('?')[0]}")
    page.goto(child)
    page.get_by_role("link", name="Put right or end").first.click()
    seen("a-tie")


def test_where_a_record_stands_can_be_looked_at_by_everybody(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("grace")
    page.goto("/board")
    page.goto(page.locator("a.pathway-reference").first.get_attribute("href") or "")
    expect(page.locator(".pathway-map")).to_be_hidden()
    page.get_by_text("Where it stands, how it came here").click()
    page.get_by_role("img", name="Record").scroll_into_view_if_needed()
    seen("the-way")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("#way .pathway-picture")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})
    assert (page.locator(".pathway-map").bounding_box() or {})["width"] <= 680


def test_a_service_is_found_and_read_by_everybody(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("teacher")
    page.get_by_role("link", name="Find a service").click()
    page.get_by_label("What is needed?").fill("sad")
    page.get_by_label("Child’s age in years").fill("12")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#counts")).to_contain_text("3 services found. “sad” was looked for under")
    page.get_by_role("link", name="Lanterns: somebody to talk to").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lanterns: somebody to talk to")
    seen("a-service")


def test_a_service_that_is_closed_is_never_like_the_rest(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    page.goto("/services?q=food")
    expect(page.locator("tbody tr").last).to_contain_text("Temporarily closed")
    page.get_by_role("link", name="Food share by the harbour").click()
    expect(page.get_by_role("region", name="warning: Temporarily closed.")).to_be_visible()
    seen("a-closed-service")


def test_the_picture_of_a_family_scrolls_in_a_box_that_the_keyboard_reaches(signed_in: SignIn) -> None:
    page = signed_in("grace")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/people?q=Lark")
    page.get_by_role("link", name="Lark Example").click()
    box = page.locator(".pathway-picture")
    box.focus()
    expect(box).to_be_focused()
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_adding_to_what_was_told_and_a_faulty_contact_can_be_used_by_everybody(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    page.goto("/board")
    page.goto(f"{page.locator('a.pathway-reference').first.get_attribute('href')}/contact")
    seen("add-to-what-was-told")
    page.goto("/contacts/new")
    page.get_by_label("Day").first.fill("31")
    page.get_by_role("button", name="Add another child").click()
    page.wait_for_url("**draft=**")
    page.get_by_role("button", name="Save the contact").click()
    expect(page.get_by_role("alert")).to_be_visible()
    seen("contact-with-faults")
