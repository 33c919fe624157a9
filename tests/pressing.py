"""A person at the keyboard: Tab until it is reached."""

import re

import pytest
from playwright.sync_api import Page

FURTHEST = 400
FOCUSED = """() => {
  const it = document.activeElement;
  const labels = it.labels ? [...it.labels].map(label => label.innerText) : [];
  return [it.getAttribute('aria-label') || '', ...labels, it.innerText || '', it.value || ''].join(' | ');
}"""


def reach(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called `name`."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if re.search(name, str(page.evaluate(FOCUSED))):
            return
    pytest.fail(f"Tab never reached '{name}' on {page.url}")
