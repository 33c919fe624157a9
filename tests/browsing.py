"""A browser without scripts: signs in, reads forms off pages, and sends them as a person would."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import made
from fastapi import FastAPI
from starlette.testclient import TestClient

from pathway import web

ORIGIN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


def site(house: made.House) -> FastAPI:
    """The pages alone, on a founded partnership."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = house.desk
    web.mount(app)
    return app


def nobody(house: made.House) -> TestClient:
    return TestClient(site(house), follow_redirects=False, headers=ORIGIN, raise_server_exceptions=False)


def browser(house: made.House, name: str) -> TestClient:
    """A browser in which `name` has signed in, without the cost of a password."""
    client = nobody(house)
    with house.desk.database.writing() as session:
        from pathway.acts.sign_in import _open

        client.cookies.set("pathway", _open(house.desk, session, house.viewer(name), house.clock()))
    return client


@dataclass
class Page(HTMLParser):
    """The forms of a page, each as the fields a browser would send, with the button that is named."""

    html: str
    forms: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._area: str | None = None
        self._select: str | None = None
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": []})
        elif tag == "input" and self.forms and "name" in given:
            kind = given.get("type", "text")
            if kind not in ("checkbox", "radio", "file") or "checked" in given:
                self._add(given["name"], given.get("value", ""))
        elif tag == "textarea":
            self._area = given["name"]
            self._add(given["name"], "")
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, text = self.forms[-1]["fields"][-1]
            self.forms[-1]["fields"][-1] = (name, text.removeprefix("\n"))
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            name, text = self.forms[-1]["fields"][-1]
            self.forms[-1]["fields"][-1] = (name, text + data)

    def _add(self, name: str, value: str) -> None:
        self.forms[-1]["fields"].append((name, value))

    def form(self, action: str) -> dict[str, Any]:
        """The fields of the form that posts to `action`; several values under one name come as a list."""
        chosen = next(one for one in self.forms if one["action"] == action)
        fields: dict[str, Any] = {}
        for name, value in chosen["fields"]:
            before = fields.get(name)
            fields[name] = value if before is None else [*([before] if isinstance(before, str) else before), value]
        return fields


def words_of(html: str) -> str:
    """What a page says, without its markup."""
    from html import unescape

    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


FACTS = {"told_by": "A. Teacher", "worry": "Often hungry.", "safe_tonight": "yes", "ring_back": "school office"}
"""The four facts that save a contact."""


def form_of(client: TestClient, address: str, action: str = "") -> dict[str, object]:
    """A form as it stands on a page."""
    fields: dict[str, object] = Page(client.get(address).text).form(action or address)
    return fields
