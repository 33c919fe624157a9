"""Can everybody use every page? No accessibility violation, nothing that scrolls sideways."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]

PAGES = (
    ("robin", "/board?whose=mine"),
    ("robin", "/tasks"),
    ("robin", "/drafts"),
    ("robin", "/documents"),
    ("robin", "/break-glass"),
    ("robin", "/nowhere-at-all"),
    ("teacher", "/board"),
    ("teacher", "/contacts/new"),
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
