"""What does a feed hold? Read page by page as the standard says, then each service; politely, and never without an end.

A feed that stops half-way has been read not at all: then nothing of it is taken.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from pathway.acts.directory.cleaning import cleaned
from pathway.acts.directory.listing import MOST_SERVICES, Body, Listing, contents_of, holds_all, parsed
from pathway.acts.importing import Unreadable
from pathway.store.directory.oruk import in_utc

A_PAGE = 50
MOST_PAGES = 2_000
LARGEST_ANSWER = 20_000_000
TIMES = 4
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
NOT_SHOWN = frozenset({404, 410})
LONGEST_WAIT = 60.0
WHO = "Pathway directory import"

Known = Mapping[str, datetime]
"""Services we hold, and when each was last modified."""


@dataclass(frozen=True)
class Feed:
    """Where a feed is, and how it is asked. `base` is what stands before `/services`."""

    base: str
    known: Known
    insecure: bool = False
    pause: float = 0.1
    """Seconds between two requests."""

    first_wait: float = 1.0
    """Seconds before a request is tried again; doubled each time."""

    timeout: float = 30.0
    sleep: Callable[[float], None] = time.sleep


class _Again(Exception):
    """An answer that another moment may better."""

    def __init__(self, status: int, wait: float) -> None:
        self.status, self.wait = status, wait
        super().__init__(f"it answered {status}")


def base_of(address: str, *, insecure: bool = False) -> str:
    """The address of a feed without its `/services`. Raises `Unreadable` where it isn't HTTPS."""
    parts = urlsplit(address.strip())
    if parts.scheme != "https" and not (insecure and parts.scheme == "http"):
        raise Unreadable("A feed is read over HTTPS alone. Give its address beginning with https://.")
    if not parts.hostname or parts.username or parts.password:
        raise Unreadable(
            "This isn’t the address of a feed. Open Referral feeds are open: no name or password is in it."
        )
    path = parts.path.rstrip("/").removesuffix("/services")
    return f"{parts.scheme}://{parts.netloc}{path}"


def read_feed(feed: Feed) -> Listing:
    """Every service of a feed. Raises `Unreadable`, and then nothing of it is known."""
    with httpx.Client(
        timeout=feed.timeout,
        headers={"User-Agent": WHO, "Accept": "application/json"},
        event_hooks={"request": [_only_safely(feed)]},
        follow_redirects=True,
        max_redirects=3,
    ) as client:
        asks = _Asks(client, feed)
        lines = _lines(asks)
        unchanged = frozenset(one for one, line in lines.items() if _is_unchanged(feed, line))
        bodies = [
            asks.whole(row, one, line) for row, (one, line) in enumerate(lines.items(), start=1) if one not in unchanged
        ]
    return Listing(tuple(bodies), unchanged=unchanged)


def _only_safely(feed: Feed) -> Callable[[httpx.Request], None]:
    """Also where a feed leads elsewhere."""

    def check(request: httpx.Request) -> None:
        base_of(str(request.url), insecure=feed.insecure)

    return check


def _lines(asks: "_Asks") -> dict[str, dict[str, Any]]:
    """Every service as the list has it, by id; those that slip onto two pages while it is read once."""
    found: dict[str, dict[str, Any]] = {}
    for number in range(1, MOST_PAGES + 1):
        page = asks.json(f"/services?page={number}&per_page={A_PAGE}", f"page {number} of its list")
        contents = contents_of(page)
        for line in contents:
            if not isinstance(line, dict) or not _id_of(line):
                raise Unreadable(f"On page {number} of its list stands a service without an id. Nothing was taken.")
            found[_id_of(line)] = line
        if len(found) > MOST_SERVICES:
            raise Unreadable(f"The feed lists more than {MOST_SERVICES:,} services. Nothing was taken.")
        if not contents or _is_last(page, number):
            return found
    raise Unreadable(f"The feed’s list has no end after {MOST_PAGES:,} pages. Nothing was taken.")


def _id_of(line: Mapping[str, Any]) -> str:
    found = cleaned(line.get("id"))
    return found if isinstance(found, str) else ""


def _is_last(page: object, number: int) -> bool:
    if not isinstance(page, Mapping):
        return True
    pages = page.get("total_pages")
    if isinstance(pages, int) and not isinstance(pages, bool):
        return number >= pages
    return page.get("last_page") is True or ("last_page" not in page and holds_all(page))


def _is_unchanged(feed: Feed, line: Mapping[str, Any]) -> bool:
    """By its own word. The standard means the service with all that belongs to it."""
    try:
        modified = in_utc(datetime.fromisoformat(str(line.get("last_modified"))))
    except (ValueError, OverflowError):
        return False
    return feed.known.get(_id_of(line)) == modified


class _Asks:
    """One conversation with a feed."""

    def __init__(self, client: httpx.Client, feed: Feed) -> None:
        self._client, self._feed = client, feed
        self._retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            stop=stop_after_attempt(TIMES),
            wait=self._wait,
            sleep=feed.sleep,
            reraise=True,
        )

    def whole(self, row: int, one: str, line: dict[str, Any]) -> Body:
        """A service with all that belongs to it; one that is listed and not shown goes back as such."""
        try:
            return Body(row, self.json(f"/services/{quote(one, safe='')}", f"service {one[:60]}"))
        except httpx.HTTPStatusError as wrong:
            if wrong.response.status_code not in NOT_SHOWN:
                raise self._stopped(f"service {one[:60]}", wrong) from None
            return Body(row, line, "The feed lists this service and doesn’t show it.")

    def json(self, path: str, what: str) -> Any:
        try:
            return parsed(self._retrying(self._get, path))
        except httpx.HTTPStatusError as wrong:
            if wrong.response.status_code in NOT_SHOWN and "?" not in path:
                raise
            raise self._stopped(what, wrong) from None
        except (httpx.HTTPError, httpx.InvalidURL, _Again) as wrong:
            raise self._stopped(what, wrong) from None
        except Unreadable as wrong:
            raise Unreadable(f"The feed can’t be read at {what}. {wrong} Nothing was taken.") from None

    def _get(self, path: str) -> bytes:
        self._feed.sleep(self._feed.pause)
        with self._client.stream("GET", f"{self._feed.base}{path}") as answer:
            if answer.status_code in TRY_AGAIN:
                raise _Again(answer.status_code, _asked_to_wait(answer))
            answer.raise_for_status()
            return _read(answer)

    def _wait(self, state: Any) -> float:
        """As long as the feed asks, and otherwise longer each time."""
        growing = wait_exponential(multiplier=self._feed.first_wait, max=LONGEST_WAIT)(state)
        wrong = state.outcome.exception()
        return max(growing, wrong.wait) if isinstance(wrong, _Again) else growing

    def _stopped(self, what: str, wrong: Exception) -> Unreadable:
        return Unreadable(f"The feed stopped at {what}: {_why(wrong)}. Nothing was taken. Try again later.")


def _read(answer: httpx.Response) -> bytes:
    kept = bytearray()
    for chunk in answer.iter_bytes():
        kept += chunk
        if len(kept) > LARGEST_ANSWER:
            raise Unreadable(f"One answer is larger than {LARGEST_ANSWER // 1_000_000} MB.")
    return bytes(kept)


def _asked_to_wait(answer: httpx.Response) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() and len(asked) < 6 else 0.0


def _may_pass(wrong: BaseException) -> bool:
    return isinstance(wrong, httpx.TransportError | _Again) and not isinstance(wrong, httpx.UnsupportedProtocol)


def _why(wrong: Exception) -> str:
    match wrong:
        case httpx.TimeoutException():
            return "it didn’t answer in time"
        case httpx.HTTPStatusError():
            return f"it answered {wrong.response.status_code}"
        case httpx.TooManyRedirects():
            return "it leads on and on to other addresses"
        case _Again():
            return str(wrong)
    return "it can’t be reached"
