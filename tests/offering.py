"""Invented services, as a source would publish them, and what it takes to have them in a directory."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import made

from pathway.acts.directory import Imported, Source, read_file, take_services
from pathway.tables import SourceKind

LARGEST = 10_000_000
FILE = Source(SourceKind.file, "services.json")


def body(number: int = 1, **said: Any) -> dict[str, Any]:
    """A plain service with everything the standard asks for."""
    plain: dict[str, Any] = {
        "id": f"service-{number}",
        "name": f"Invented service {number}",
        "description": "Help for families.",
        "status": "active",
        "organization": {"id": "organisation-1", "name": "Invented Charity", "description": "Invented."},
    }
    return {name: value for name, value in (plain | said).items() if value is not ...}


def at(town: str = "Exampleton", postcode: str = "ZZ1 1AA", latitude: float = 53.9, longitude: float = 0.9) -> Any:
    """One place where it is, for `service_at_locations`."""
    place = {"id": f"at-{postcode}", "name": f"{town} Hall", "latitude": latitude, "longitude": longitude}
    address = {"address_1": "1 Invented Road", "city": town, "postal_code": postcode}
    return [{"id": f"there-{postcode}", "location": place | {"addresses": [address]}}]


def classed(*terms: str) -> list[dict[str, Any]]:
    """Terms of a taxonomy, for `attributes`."""
    return [
        {
            "id": f"attribute-{one}",
            "taxonomy_term": {"id": f"term-{one}", "name": one, "taxonomy_detail": {"id": "tax", "name": "Invented"}},
        }
        for one in terms
    ]


def week(days: str, opens: str = "", closes: str = "", **more: Any) -> dict[str, Any]:
    return {"freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": closes} | more


def sent(*bodies: object) -> bytes:
    return json.dumps(list(bodies)).encode()


def imports(house: made.House, *bodies: object, source: Source = FILE, **how: Any) -> Imported:
    """The services of a file, taken in by the administrator."""
    listing = read_file(sent(*bodies), largest=LARGEST)
    return take_services(house.desk, house.viewer("ann"), source=source, listing=listing, **how)


def reasons(done: Imported) -> list[str]:
    return [f"{one.field}: {one.sentence} {one.mend}" for one in done.faults]


Answer = tuple[int, bytes, Mapping[str, str]]


@dataclass
class FeedServer:
    """A feed on this machine, `per` services a page. `instead` answers some addresses otherwise, once each."""

    services: list[dict[str, Any]]
    per: int = 2
    instead: dict[str, list[Answer | Callable[[], Answer]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str) -> Answer:
        self.asked.append(path)
        if self.instead.get(path):
            found = self.instead[path].pop(0)
            return found() if callable(found) else found
        parts = urlsplit(path)
        if parts.path == "/o/services":
            return as_json(self._page(int(parse_qs(parts.query).get("page", ["1"])[0])))
        one = next((one for one in self.services if parts.path == f"/o/services/{one['id']}"), None)
        return (404, b"{}", {}) if one is None else as_json(one)

    def _page(self, number: int) -> dict[str, Any]:
        """Only what there is once of each service, as the standard says."""
        several = ("service_at_locations", "attributes", "schedules")
        lines = [{name: one[name] for name in one if name not in several} for one in self.services]
        pages = max(1, -(-len(lines) // self.per))
        contents = lines[(number - 1) * self.per : number * self.per]
        counts = {"total_items": len(lines), "total_pages": pages, "page_number": number, "size": len(contents)}
        return {**counts, "first_page": number == 1, "last_page": number >= pages, "contents": contents}


def as_json(said: object) -> Answer:
    return 200, json.dumps(said).encode(), {}


@contextmanager
def feeding(server: FeedServer) -> Iterator[FeedServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content, headers = server.answer(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # whoever asked may have gone
                self.wfile.write(content)

        def log_message(self, *said: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.address = f"http://127.0.0.1:{http.server_port}/o"
    yield server
    http.shutdown()
    thread.join()
    http.server_close()
