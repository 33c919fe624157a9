"""Which services does a source list? Each as the body it was sent in, from a file or page of Open Referral UK."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pathway.acts.importing import Unreadable

MOST_SERVICES = 50_000
NOT_UTF_8 = "This isn’t text in UTF-8. Save it as UTF-8 and send it again."
NO_LIST = (
    "This isn’t a list of services. Send a page of an Open Referral UK feed (“contents”), a list of services, "
    "or one service."
)


@dataclass(frozen=True, slots=True)
class Body:
    """One service as it was sent; `row` counts from 1. `fault` where the source listed it and couldn't show it."""

    row: int
    body: object
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source holds. `whole` is false for one page of several: then nothing is known of what isn't on it.

    `unchanged` are the ids of services that the source says it hasn't changed, and that weren't asked for again.
    """

    bodies: tuple[Body, ...]
    whole: bool = True
    unchanged: frozenset[str] = frozenset()


def read_file(content: bytes, *, largest: int) -> Listing:
    """The services of a file. Raises `Unreadable`."""
    if len(content) > largest:
        raise Unreadable(f"This file is larger than {largest // 1_000_000} MB. Split it into several.")
    sent = parsed(content)
    if isinstance(sent, Mapping) and "contents" in sent:
        return Listing(_numbered(sent["contents"]), whole=holds_all(sent))
    if isinstance(sent, Mapping) and "name" in sent and "id" in sent:
        return Listing(_numbered([sent]), whole=False)
    return Listing(_numbered(sent))


def parsed(content: bytes) -> Any:
    """What JSON says, strictly. Raises `Unreadable`."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Unreadable(NOT_UTF_8) from None
    except json.JSONDecodeError as wrong:
        raise Unreadable(f"This isn’t JSON: {wrong.msg}, on line {wrong.lineno}, letter {wrong.colno}.") from None
    except RecursionError:
        raise Unreadable("This is nested more deeply than any service is. Check what made it.") from None
    except ValueError as wrong:
        raise Unreadable(f"This isn’t JSON that we can read: {wrong}") from None


def contents_of(page: object) -> list[object]:
    """The services of a feed's page. Raises `Unreadable`."""
    contents = page.get("contents") if isinstance(page, Mapping) else page
    if not isinstance(contents, list):
        raise Unreadable(NO_LIST)
    return contents


def holds_all(page: Mapping[str, Any]) -> bool:
    """Whether a page is all there is."""
    pages = page.get("total_pages")
    return not (isinstance(pages, int) and pages > 1) and page.get("last_page", True) is not False


def _numbered(contents: object) -> tuple[Body, ...]:
    if not isinstance(contents, list):
        raise Unreadable(NO_LIST)
    if not contents:
        raise Unreadable("There is no service in this file.")
    if len(contents) > MOST_SERVICES:
        raise Unreadable(f"There are more than {MOST_SERVICES:,} services in this file. Split it into several.")
    return tuple(Body(row, one) for row, one in enumerate(contents, start=1))


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number.")
