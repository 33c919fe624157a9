"""Who works while things break? Clients of the API at the same time, each sending again until it is answered.

What a client was told is kept, to be held against the rows.
"""

import random
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import made
import made_api
from running import PATIENCE

TOO_LONG = httpx.Timeout(5.0)
PACE, BRIEFLY = 0.2, 0.02
"""Seconds from one answer to the next request, and until the same is sent again."""

NEXT = {"taken": ("moves/acknowledge", {"how": "telephone"}), "acknowledged": ("moves/start_screening", {})}
"""By where a client left a record, what it does next; after that it writes notes."""


@dataclass(frozen=True)
class Answered:
    """One request, and the answer that its client was given at last."""

    path: str
    key: str
    body: dict[str, Any]
    answer: dict[str, Any]
    times: int


@dataclass
class Client:
    """One program that takes contacts in and goes on with its own, one request after another."""

    address: str
    dice: random.Random
    answered: list[Answered] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unready: set[int] = field(default_factory=set)
    """Every status above 500 that stood in the way."""

    stopping: threading.Event = field(default_factory=threading.Event)
    leaving: threading.Event = field(default_factory=threading.Event)
    mine: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        with httpx.Client(base_url=f"{self.address}/api/v1/", timeout=TOO_LONG) as http:
            self.sign_in(http)
            while not self.stopping.is_set():
                self.act(http)
                self.stopping.wait(PACE)

    def act(self, http: httpx.Client) -> None:
        if not self.mine or self.dice.random() < 0.3:
            child = {"given_name": f"Child {self.dice.randrange(10**9)}", "age_years": self.dice.randrange(18)}
            done = self.ask(http, "cases", made_api.told(children=(made.child(**child),)))
            self.mine |= {done["case"]: "taken"} if done else {}
            return
        case = self.dice.choice(list(self.mine)[-4:])
        what, body = NEXT.get(self.mine[case], ("notes", {"text": f"Note {self.dice.randrange(10**9)}"}))
        if self.ask(http, f"cases/{case}/{what}", body):
            self.mine[case] = "acknowledged" if self.mine[case] == "taken" else "screened"

    def ask(self, http: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """Send until there is an answer: the same request under the same key."""
        key, times = uuid.UUID(int=self.dice.getrandbits(128)).hex, 0
        while not self.leaving.is_set():
            times += 1
            answer = self.sent(http, path, body, key)
            if answer is None or answer.status_code >= 500:
                self.stopping.wait(BRIEFLY)
            elif answer.status_code == 401:
                self.sign_in(http)
            elif answer.is_success:
                self.answered.append(Answered(path, key, body, answer.json(), times))
                return self.answered[-1].answer
            else:
                self.refused.append(f"{path}: {answer.status_code} {answer.text}")
                return None
        return None

    def sent(self, http: httpx.Client, path: str, body: dict[str, Any], key: str = "") -> httpx.Response | None:
        try:
            answer = http.post(path, json=body, headers={"Idempotency-Key": key} if key else {})
        except httpx.TransportError:
            return None
        if answer.status_code >= 500:
            self.unready.add(answer.status_code)
        return answer

    def sign_in(self, http: httpx.Client) -> None:
        while not self.leaving.is_set():
            answer = self.sent(http, "sign-in", {"email": made.email("ada"), "password": made.PASSWORD})
            if answer is not None and answer.is_success:
                http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
                return
            self.stopping.wait(BRIEFLY)


@dataclass
class Crowd:
    clients: list[Client]

    @property
    def answered(self) -> list[Answered]:
        return [one for client in self.clients for one in client.answered]

    @property
    def refused(self) -> list[str]:
        return [one for client in self.clients for one in client.refused]

    @property
    def unready(self) -> set[int]:
        return {one for client in self.clients for one in client.unready}


@contextmanager
def a_crowd(address: str, seed: int, many: int = 3) -> Iterator[Crowd]:
    """Clients at work while the block lasts; each finishes what it began, so the service must be up at its end."""
    clients = [Client(address, random.Random(f"{seed} {number}")) for number in range(many)]
    threads = [threading.Thread(target=one.run, daemon=True) for one in clients]
    for thread in threads:
        thread.start()
    try:
        yield Crowd(clients)
    except BaseException:
        _end(clients, lambda one: one.leaving)
        raise
    finally:
        _end(clients, lambda one: one.stopping)
        for thread in threads:
            thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "A client was never answered."


def _end(clients: list[Client], which: Callable[[Client], threading.Event]) -> None:
    for one in clients:
        which(one).set()


def asked_again(address: str, answered: Iterable[Answered]) -> Iterator[tuple[Answered, dict[str, Any] | None]]:
    """Each request once more, under its own key, and what is answered now."""
    client = Client(address, random.Random(0))
    with httpx.Client(base_url=f"{address}/api/v1/", timeout=TOO_LONG) as http:
        client.sign_in(http)
        for one in answered:
            answer = client.sent(http, one.path, one.body, one.key)
            yield one, answer.json() if answer is not None else None
