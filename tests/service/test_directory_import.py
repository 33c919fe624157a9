"""Do good services come in, bad ones go back with every reason, and is nothing lost, doubled or half taken?"""

import json
from datetime import date, timedelta

import kept
import made
import offering
import pytest
from offering import at, body, classed, imports, reasons, sent, week

from pathway.acts.directory import Source, read_file, refuse_import
from pathway.acts.importing import Unreadable
from pathway.store.directory.services import service
from pathway.store.directory.sources import sources
from pathway.tables import (
    DirectoryImport,
    DirectorySource,
    Entry,
    Organisation,
    Service,
    ServiceDay,
    ServiceLocation,
    ServiceTerm,
    ServiceWord,
    SourceKind,
    TaxonomyTerm,
)
from workflows import Refused

FOUND_BY = (ServiceDay, ServiceLocation, ServiceTerm, ServiceWord)
WHOLE = body(
    minimum_age=0.5,
    maximum_age=11,
    url="https://example.org/?a=1&copy=2",
    email="hello@example.org",
    wait_time="2 weeks",
    assured_date="2026-10-01",
    last_modified="2026-10-01T10:00:00+01:00",
    service_at_locations=at(),
    attributes=classed("Debt", "Food"),
    schedules=[week("MO,TH", "09:00", "12:30")],
    contacts=[
        {"id": "c", "name": "Quintilla Sitter", "title": "Desk", "phones": [{"id": "p", "number": "01632 960101"}]}
    ],
)


def one(house: made.House, number: int = 0):
    row = kept.rows(house, Service)[number]
    with house.desk.database.reading() as session:
        return service(session, house.viewer("ann"), row.public_id)


def state(house: made.House) -> dict[str, list]:
    """Every row of the directory but the notes of each import."""
    tables = (Service, Organisation, TaxonomyTerm, *FOUND_BY)
    return {table.__name__: [row.model_dump() for row in kept.rows(house, table)] for table in tables}


def test_a_service_comes_in_whole_and_is_read_as_it_was_published(house: made.House) -> None:
    done = imports(house, WHOLE)
    assert (done.found, done.added, done.sent_back) == (1, 1, 0)
    view = one(house)
    assert view.published.name == "Invented service 1"
    assert (view.published.minimum_age, view.published.maximum_age) == (0.5, 11)
    assert view.published.url == "https://example.org/?a=1&copy=2"
    assert [term.name for term in view.published.terms] == ["Debt", "Food"]
    assert view.numbers == ("01632 960101",)
    assert view.published.last_modified.isoformat() == "2026-10-01T09:00:00+00:00"
    (place,) = kept.rows(house, ServiceLocation)
    assert (place.postcode, place.district, place.town) == ("ZZ1 1AA", "ZZ1", "Exampleton")
    assert [row.weekday for row in kept.rows(house, ServiceDay)] == [0, 3]
    assert [row.kind for row in kept.rows(house, Entry)][-1] == "services_imported"


def test_whoever_sits_at_a_contact_point_is_kept_nowhere(house: made.House) -> None:
    imports(house, WHOLE)
    assert "Quintilla" not in json.dumps(kept.everything(house), default=str)


def test_the_same_again_changes_nothing_but_says_when_it_was_read(house: made.House) -> None:
    imports(house, WHOLE, body(2))
    before, entries = state(house), len(kept.rows(house, Entry))
    house.clock.forward(days=1)
    done = imports(house, WHOLE, body(2))
    assert not done.altered
    assert state(house) == before
    assert len(kept.rows(house, Entry)) == entries
    assert one(house).confirmed_at == house.clock()
    assert one(house).imported_at == house.clock() - timedelta(days=1)


def test_a_changed_service_is_the_same_service_found_by_what_it_says_now(house: made.House) -> None:
    imports(house, WHOLE, body(2))
    ref = kept.rows(house, Service)[0].public_id
    done = imports(house, WHOLE | {"name": "Renamed", "attributes": classed("Sleep"), "schedules": []}, body(2))
    assert (done.added, done.changed) == (0, 1)
    row = kept.rows(house, Service)[0]
    assert (row.public_id, row.name) == (ref, "Renamed")
    own = {(one.of.value, one.text) for one in kept.rows(house, ServiceWord) if one.service_id == row.id}
    assert ("name", "renamed") in own
    assert ("term", "sleep") in own
    assert ("term", "debt") not in own
    assert not kept.rows(house, ServiceDay)


def test_a_bad_service_goes_back_with_every_reason_and_the_good_ones_come_in(house: made.House) -> None:
    bad = WHOLE | {
        "id": "bad",
        "name": "",
        "status": "open",
        "email": "nobody",
        "service_at_locations": at(postcode="?"),
    }
    bad |= {"minimum_age": 12}
    done = imports(house, body(1), bad, body(3))
    assert (done.added, done.sent_back) == (2, 1)
    assert reasons(done) == [
        "name: This is needed. Ask whoever publishes it to put it right.",
        "status: Choose from: 'active', 'inactive', 'defunct', 'temporarily closed'. "
        "Ask whoever publishes it to put it right.",
        "email: This isn’t an email address. Write it like name@example.org, or leave it out.",
        "service_at_locations[0].location.addresses[0].postal_code: This isn’t a postcode. "
        "Write it like EX1 1AA, or leave it out.",
        "minimum_age: The minimum age is above the maximum age. Look whether they are exchanged.",
    ]
    assert {one.row for one in done.faults} == {2}
    assert [row.external_id for row in kept.rows(house, Service)] == ["service-1", "service-3"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"minimum_age": 12, "maximum_age": 5}, "minimum_age"),
        ({"minimum_age": "12", "maximum_age": "5"}, "minimum_age"),
        ({"minimum_age": -1}, "minimum_age"),
        ({"minimum_age": "nan"}, "minimum_age"),
        ({"maximum_age": "many"}, "maximum_age"),
        ({"assured_date": "2027-06-01"}, "assured_date"),
        ({"assured_date": "yesterday"}, "assured_date"),
        ({"last_modified": "never"}, "last_modified"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "www.example.org"}, "url"),
        ({"description": "x" * 200_000}, "description"),
        ({"description": {"en": "Help"}}, "description"),
        ({"name": 7}, "name"),
        ({"id": None}, "id"),
        ({"organization": "Invented Charity"}, "organization"),
        ({"organization": ...}, "organization"),
        ({"attributes": [{"id": "a", "taxonomy_term_id": "nowhere"}]}, "attributes[0].taxonomy_term_id"),
        ({"attributes": [{"id": "a", "taxonomy_term": {"id": "t"}}]}, "attributes[0].taxonomy_term.name"),
        ({"phones": [{"id": "p", "number": "ring us"}]}, "phones[0].number"),
        ({"schedules": [week("MO", "25:00")]}, "schedules[0].opens_at"),
        ({"service_at_locations": at(latitude=0.9, longitude=53.9)}, "service_at_locations[0].location.latitude"),
        ({"service_at_locations": "Exampleton"}, "service_at_locations"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_kind_of_fault_is_named_by_its_field(sqlite_house: made.House, said: dict, field: str) -> None:
    done = imports(sqlite_house, body(1, **said), body(2))
    assert (done.added, done.sent_back) == (1, 1)
    assert field in {one.field for one in done.faults}
    assert all(one.sentence.endswith(".") and one.mend.endswith(".") for one in done.faults)


@pytest.mark.parametrize("row", [None, 7, "a service", [], [1]])
def test_what_is_no_service_at_all_goes_back(sqlite_house: made.House, row: object) -> None:
    done = imports(sqlite_house, row, body(2))
    assert (done.added, done.sent_back) == (1, 1)


def test_one_id_under_two_texts_comes_in_under_neither_and_twice_alike_once(house: made.House) -> None:
    done = imports(house, body(1), body(1, name="Another"), body(2), body(2))
    assert [row.external_id for row in kept.rows(house, Service)] == ["service-2"]
    assert [(one.row, one.field) for one in done.faults] == [(1, "id"), (2, "id")]


def test_what_left_the_source_is_marked_and_kept_and_comes_back_as_itself(house: made.House) -> None:
    imports(house, body(1), body(2), body(3))
    ref = kept.rows(house, Service)[2].public_id
    house.clock.forward(days=1)
    assert imports(house, body(1), body(2)).gone == 1
    gone = kept.rows(house, Service)[2]
    assert (gone.public_id, gone.gone_since) == (ref, house.clock())
    assert imports(house, body(1), body(2)).gone == 0
    back = imports(house, body(1), body(2), body(3))
    assert (back.returned, back.added) == (1, 0)
    assert kept.rows(house, Service)[2].gone_since is None
    imports(house, body(1), body(2))
    assert imports(house, body(1), body(2), body(3, name="New name")).returned == 1


def test_a_service_that_is_sent_broken_stays_as_it_was_and_isnt_gone(house: made.House) -> None:
    imports(house, body(1), body(2))
    done = imports(house, body(1, status="?"), body(2))
    assert (done.sent_back, done.gone) == (1, 0)
    assert kept.rows(house, Service)[0].name == "Invented service 1"


def test_nothing_is_gone_while_a_row_could_be_anybodys(house: made.House) -> None:
    imports(house, body(1), body(2), body(3))
    assert imports(house, body(1), body(2), body(3, id=None)).gone == 0


@pytest.mark.parametrize("left", [0, 1])
def test_a_source_that_suddenly_holds_less_than_half_changes_nothing(house: made.House, left: int) -> None:
    imports(house, body(1), body(2), body(3))
    before = state(house)
    done = imports(house, *[body(number, name="Changed") for number in range(1, left + 1)] or [7])
    assert "less than half" in done.refused
    assert not done.altered
    assert state(house) == before
    assert kept.rows(house, DirectoryImport)[-1].refused == done.refused


def test_that_it_really_holds_so_few_can_be_said(house: made.House) -> None:
    imports(house, body(1), body(2), body(3))
    assert imports(house, body(1), fewer=True).gone == 2


def test_a_page_of_several_says_nothing_of_what_isnt_on_it(house: made.House) -> None:
    imports(house, body(1), body(2))
    page = {"total_pages": 2, "page_number": 1, "contents": [body(1)]}
    listing = read_file(json.dumps(page).encode(), largest=offering.LARGEST)
    done = offering.take_services(house.desk, house.viewer("ann"), source=offering.FILE, listing=listing)
    assert (done.found, done.gone, done.refused) == (1, 0, "")


def test_two_sources_keep_their_own(house: made.House) -> None:
    imports(house, body(1), body(2))
    other = Source(SourceKind.file, "other.json")
    imports(house, body(1, name="Theirs"), source=other)
    assert [row.name for row in kept.rows(house, Service)] == ["Invented service 1", "Invented service 2", "Theirs"]
    assert imports(house, body(1), body(2)).altered is False
    assert len(kept.rows(house, DirectorySource)) == 2


def test_markup_becomes_words_wherever_it_stands(house: made.House) -> None:
    text = (
        "<p>Come &amp; talk<br>or ring.</p><ul><li>Tea</li></ul><script>alert(1)</script><img src=x onerror=alert(2)>"
    )
    imports(house, body(1, name="<b>Help</b> now", description=text, wait_time="&lt;i&gt;2 weeks&lt;/i&gt;"))
    said = one(house).published
    assert said.name == "Help now"
    assert said.description == "Come & talk\nor ring.\n\n• Tea"
    assert said.wait_time == "2 weeks"


def test_only_an_administrator_or_the_system_takes_services_in(house: made.House) -> None:
    listing = read_file(sent(body()), largest=offering.LARGEST)
    with pytest.raises(Refused):
        offering.take_services(house.desk, house.viewer("ada"), source=offering.FILE, listing=listing)
    offering.take_services(house.desk, house.system, source=offering.FILE, listing=listing)
    assert len(kept.rows(house, Service)) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "isn’t JSON"),
        (b"[", "isn’t JSON: Expecting value, on line 1, letter 2"),
        ('["café"]'.encode("latin-1"), "isn’t text in UTF-8"),
        (b"[]", "no service"),
        (b"{}", "isn’t a list"),
        (b'"services"', "isn’t a list"),
        (b'[{"minimum_age": NaN}]', "NaN is no number"),
        (b"[" * 100_000, "nested"),
        (b" " * 101, "larger than"),
    ],
    ids=["empty", "cut off", "latin", "nothing", "object", "text", "nan", "deep", "large"],
)
def test_a_file_that_cant_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        read_file(content, largest=100 if says == "larger than" else offering.LARGEST)
    assert says in str(wrong.value)


def test_the_sources_say_when_they_were_last_read_and_what_was_sent_back(house: made.House) -> None:
    imports(house, body(1), body(2, status="?"))
    house.clock.forward(days=1)
    refuse_import(house.desk, house.viewer("ann"), source=offering.FILE, sentence="The file is empty.")
    with house.desk.database.reading() as session:
        (source,) = sources(session, house.viewer("ann"))
    assert (source.services, source.gone, source.last.refused) == (1, 0, "The file is empty.")
    assert source.last_taken_at == house.clock() - timedelta(days=1)
    imports(house, body(1), body(2, status="?"))
    with house.desk.database.reading() as session:
        (source,) = sources(session, house.viewer("ann"))
    assert [(one.row, one.field) for one in source.last.faults] == [(2, "status")]


def test_a_directory_is_in_the_backup_and_history_stays_whole(house: made.House) -> None:
    imports(house, WHOLE, body(2))
    imports(house, WHOLE, body(2, name="Renamed"))
    assert kept.audited(house) == []
    assert kept.rows(house, Service)[0].assured_on == date(2026, 10, 1)
