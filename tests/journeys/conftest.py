"""A real browser on the real service with the invented partnership, late on a Friday afternoon."""

import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from scripts_found import browser_path

from pathway.acts import Desk
from pathway.app import create_app
from pathway.clock import SetClock
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.sample import make_sample
from pathway.sample.staff import PASSWORD, email
from pathway.settings import Settings

FRIDAY = datetime(2026, 12, 4, 16, 45, tzinfo=UTC)
DOCS = Path(__file__).resolve().parents[2] / "docs"
SHOWN = frozenset(re.findall(r"\(images/([\w-]+)\.png\)", (DOCS / "guide.md").read_text("utf-8")))
"""The pictures that the guide shows; no other is kept."""

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Service:
    address: str
    desk: Desk


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("service")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    settings = Settings(
        database=f"sqlite:///{folder}/pathway.db", files=folder / "files", address=address, worker_inside=False
    )
    upgrade(settings.database)
    desk = Desk(Database(settings.database), settings, SetClock(FRIDAY))
    make_sample(desk, seed=2026)
    server = uvicorn.Server(uvicorn.Config(create_app(settings, desk), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield Service(address, desk)
    server.should_exit = True
    thread.join()
    desk.database.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    context = browser.new_context(base_url=service.address, viewport=WIDE)
    context.set_default_timeout(10_000)
    opened = context.new_page()
    yield opened
    context.close()


@pytest.fixture(scope="session")
def cookies() -> dict[str, list[Any]]:
    """Sessions already opened, so that each person signs in once."""
    return {}


@pytest.fixture
def signed_in(page: Page, cookies: dict[str, list[Any]]) -> Callable[[str], Page]:
    def sign_in(key: str) -> Page:
        page.context.clear_cookies()
        if key in cookies:
            page.context.add_cookies(cookies[key])
            page.goto("/")
            return page
        page.goto("/sign-in")
        page.get_by_label("Email address").fill(email(key))
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        cookies[key] = list(page.context.cookies())
        return page

    return sign_in


@pytest.fixture
def seen(page: Page) -> Callable[[str], None]:
    """Look at a page as everybody does: no accessibility violation, wide or narrow; keep a picture for the guide."""

    def look(name: str) -> None:
        for shape, size in (("wide", WIDE), ("narrow", NARROW)):
            page.set_viewport_size(size)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
                f"{name} scrolls sideways"
            )
            if os.environ.get("PATHWAY_PICTURES") and f"{name}-{shape}" in SHOWN:
                (DOCS / "images").mkdir(exist_ok=True)
                page.screenshot(path=DOCS / "images" / f"{name}-{shape}.png")
        page.set_viewport_size(WIDE)

    return look


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs every journey, so that the invented partnership is made once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("journeys"))
