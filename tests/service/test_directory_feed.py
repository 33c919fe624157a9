"""Is a feed read to its end over a real connection, or not at all; politely, again when it stumbles, and safely?"""

import time
from collections.abc import Iterator
from dataclasses import replace

import kept
import made
import offering
import pytest
from offering import FeedServer, as_json, at, body, feeding

from pathway.acts.directory import Feed, Imported, Source, feed, read_feed, take_services
from pathway.acts.directory.feed import base_of
from pathway.acts.importing import Unreadable
from pathway.store.directory.sources import held_from
from pathway.tables import Service, ServiceLocation, SourceKind

BUSY = (503, b"", {"Retry-After": "7"})
PAGE_3 = "/o/services?page=3&per_page=50"
MODIFIED = "2026-10-01T10:00:00.123Z"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """Seven services on four pages."""
    services = [body(number, service_at_locations=at(), last_modified=MODIFIED) for number in range(1, 8)]
    with feeding(FeedServer(services)) as opened:
        yield opened


def asking(server: FeedServer, waits: list[float] | None = None, **how: object) -> Feed:
    sleep = (lambda _: None) if waits is None else waits.append
    return replace(Feed(server.address, {}, insecure=True, pause=0, sleep=sleep, timeout=2), **how)


def imports(house: made.House, server: FeedServer, **how: object) -> Imported:
    source = Source(SourceKind.feed, server.address)
    with house.desk.database.reading() as session:
        known = held_from(session, made.AUTHORITY, server.address)
    listing = read_feed(asking(server, known=known, **how))
    return take_services(house.desk, house.viewer("ann"), source=source, listing=listing)


def test_a_feed_is_read_page_by_page_and_each_service_whole(house: made.House, server: FeedServer) -> None:
    assert imports(house, server).added == 7
    assert len(kept.rows(house, ServiceLocation)) == 7
    assert server.asked[:4] == [f"/o/services?page={number}&per_page=50" for number in (1, 2, 3, 4)]
    assert sorted(server.asked[4:]) == sorted(f"/o/services/service-{number}" for number in range(1, 8))


def test_what_the_feed_says_it_hasnt_changed_isnt_asked_for_again(house: made.House, server: FeedServer) -> None:
    imports(house, server)
    server.services[2] |= {"name": "Renamed", "last_modified": "2026-11-01T10:00:00Z"}
    del server.services[6]
    server.asked.clear()
    done = imports(house, server)
    assert server.asked[3:] == ["/o/services/service-3"]
    assert (done.found, done.changed, done.gone) == (6, 1, 1)


def test_a_feed_that_stumbles_is_asked_again_as_late_as_it_says(server: FeedServer) -> None:
    server.instead[PAGE_3] = [BUSY, (500, b"", {})]
    waits: list[float] = []
    assert len(read_feed(asking(server, waits)).bodies) == 7
    assert [one for one in waits if one] == [7.0, 2.0]
    assert server.asked.count(PAGE_3) == 3


def test_a_slow_answer_is_waited_for_once_and_then_asked_for_again(server: FeedServer) -> None:
    def late() -> offering.Answer:
        time.sleep(0.6)
        return as_json({})

    server.instead[PAGE_3] = [late]
    assert len(read_feed(asking(server, timeout=0.2)).bodies) == 7


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([(200, b'{"contents": [', {})], "can’t be read at page 3 of its list. This isn’t JSON"),
        ([(200, "é".encode("latin-1"), {})], "UTF-8"),
        ([(200, b"<html>Sign in</html>", {})], "isn’t JSON"),
        ([as_json({"services": []})], "isn’t a list of services"),
        ([as_json({"contents": [{"name": "no id"}]})], "without an id"),
        ([(503, b"", {})] * 9, "stopped at page 3 of its list: it answered 503"),
        ([(404, b"", {})], "it answered 404"),
        ([(302, b"", {"Location": "file:///etc/passwd"})] * 9, "page 3"),
        ([(302, b"", {"Location": PAGE_3})] * 9, "leads on and on"),
    ],
    ids=["broken", "latin", "html", "object", "no id", "down", "missing", "elsewhere", "circle"],
)
def test_a_feed_that_stops_half_way_has_been_read_not_at_all(
    sqlite_house: made.House, server: FeedServer, answers: list, says: str
) -> None:
    server.instead[PAGE_3] = answers
    with pytest.raises(Unreadable, match=says):
        imports(sqlite_house, server)
    assert kept.rows(sqlite_house, Service) == []


def test_an_answer_without_an_end_is_read_no_further(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "LARGEST_ANSWER", 1_000_000)
    server.instead[PAGE_3] = [(200, b" " * 3_000_000, {})]
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        read_feed(asking(server))


def test_a_list_without_an_end_is_read_no_further(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_PAGES", 3)
    with pytest.raises(Unreadable, match="no end after 3 pages"):
        read_feed(asking(server))


def test_a_service_that_is_listed_and_not_shown_goes_back_and_isnt_gone(house: made.House, server: FeedServer) -> None:
    imports(house, server)
    server.services[0] |= {"last_modified": "2026-11-01T10:00:00Z"}
    server.instead["/o/services/service-1"] = [(404, b"", {})]
    done = imports(house, server)
    assert (done.sent_back, done.gone) == (1, 0)
    assert "doesn’t show it" in done.faults[0].sentence


def test_nobody_there_is_said_so(server: FeedServer) -> None:
    nowhere = replace(server, address="http://127.0.0.1:9/o")
    with pytest.raises(Unreadable, match="can’t be reached"):
        read_feed(asking(nowhere))


@pytest.mark.parametrize(
    "address",
    ["http://example.org/o", "ftp://example.org", "https://", "https://me:secret@example.org/o", "file:///etc/passwd"],
)
def test_a_feed_is_read_over_https_alone_and_without_a_password(address: str) -> None:
    with pytest.raises(Unreadable):
        base_of(address)


def test_a_feed_may_not_lead_from_https_to_less() -> None:
    check = feed._only_safely(Feed("https://example.org/o", {}))
    check(feed.httpx.Request("GET", "https://example.org/o/services"))
    with pytest.raises(Unreadable, match="HTTPS"):
        check(feed.httpx.Request("GET", "http://example.org/o/services"))


def test_the_address_may_be_the_lists_own() -> None:
    assert base_of("https://example.org/o/services/") == base_of("https://example.org/o") == "https://example.org/o"
