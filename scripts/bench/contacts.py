"""How many contacts can be taken over HTTP in a second, by one process of the service and by two?"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from statistics import median
from time import perf_counter

from bench.figure import Figure, Line, Size
from bench.ground import TAKEN, Grounds
from bench.services import service
from bench.timing import Timed, said, took
from pathway.sample.staff import PASSWORD, WORKERS, email

CLIENTS = 8
BODY = TAKEN.model_dump_json()
JSON = {"Content-Type": "application/json"}


class Client:
    """One who takes contacts, over one connection that stays open."""

    def __init__(self, port: int, token: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", port)
        self.headers = JSON | ({"Authorization": f"Bearer {token}"} if token else {})

    def post(self, path: str, body: str) -> bytes:
        self.connection.request("POST", f"/api/v1{path}", body, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 201:
            raise RuntimeError(f"The service answered {answer.status}: {text[:300]!r}")
        return text

    def close(self) -> None:
        self.connection.close()

    def take(self, times: int) -> list[float]:
        return [took(lambda: self.post("/cases", BODY)) for _ in range(times)]


def measure(grounds: Grounds, size: Size) -> Iterator[Line]:
    for database in size.databases:
        with ExitStack() as stack:
            ground = stack.enter_context(grounds.new(database))
            ports = [stack.enter_context(service(ground)) for _ in range(1 if database == "SQLite" else 2)]
            token = _sign_in(ports[0])
            ways = [ports[:many] for many in range(1, len(ports) + 1)]
            bursts: list[list[tuple[float, list[float]]]] = [[] for _ in ways]
            for number in range(size.bursts + 1):
                for which, way in enumerate(ways):
                    one = _burst(way, token, size.contacts)
                    if number:  # the first warms up
                        bursts[which].append(one)
            for way, found in zip(ways, bursts, strict=True):
                yield _line(f"{len(way)} {'processes' if len(way) > 1 else 'process'} on {database}", found)


def _sign_in(port: int) -> str:
    given = {"email": email(WORKERS[0].key), "password": PASSWORD}
    with closing(Client(port)) as client:
        return str(json.loads(client.post("/sign-in", json.dumps(given)))["token"])


def _burst(ports: Sequence[int], token: str, contacts: int) -> tuple[float, list[float]]:
    """So many contacts, by clients who share the ports evenly: how many a second, and how long each took."""
    clients = [Client(ports[number % len(ports)], token) for number in range(CLIENTS)]
    start = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        seconds = [one for each in pool.map(lambda one: one.take(contacts // CLIENTS), clients) for one in each]
    lasted = perf_counter() - start
    for one in clients:
        one.close()
    return len(seconds) / lasted, seconds


def _line(what: str, bursts: list[tuple[float, list[float]]]) -> Line:
    timed = Timed(tuple(one for _, seconds in bursts for one in seconds))
    rate = f"{median(one for one, _ in bursts):.0f} a second, each {said(timed.median)}"
    return Line(f"contacts taken, {what}", rate, f"p95 {said(timed.p95)}")


FIGURE = Figure(
    name="contacts",
    title="Contacts over HTTP",
    promise="Measured, and nothing promised of it.",
    how="Eight clients, each with a connection of its own, post contacts to `pathway serve`; those who ask share the "
    "two cores with those who answer. On SQLite there is one process, with the worker inside; on PostgreSQL one or "
    "two, and no worker.",
    measure=measure,
)
