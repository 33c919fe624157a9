"""Can whoever runs it see that the service is well, and does what they see name nobody?"""

import io
import json
import logging
from collections.abc import Iterator

import made
import pytest
import structlog
from browsing import browser
from starlette.testclient import TestClient

from pathway import logs
from pathway.acts import receive
from pathway.app import create_app
from pathway.jobs.worker import Worker

WORRY = "He hit her with a belt"


def client(house: made.House, address: str = "127.0.0.1") -> TestClient:
    return TestClient(create_app(desk=house.desk), client=(address, 50000))


def signed_in(house: made.House, name: str) -> TestClient:
    """In the whole service, with the cookie of a browser in which somebody signed in."""
    whole = client(house)
    whole.cookies = browser(house, name).cookies
    whole.base_url = browser(house, name).base_url
    return whole


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(worry=WORRY)).case


def test_a_service_with_nothing_left_undone_is_well(house: made.House, case: str) -> None:
    Worker(house.desk).once()
    answer = client(house).get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "well"})


def test_a_service_whose_worker_is_gone_is_unwell(house: made.House, case: str) -> None:
    house.clock.forward(minutes=6)
    answer = client(house).get("/health")
    assert (answer.status_code, answer.json()["why"]) == (503, "No worker has done what is due.")
    Worker(house.desk).once()
    assert client(house).get("/health").status_code == 200


def test_a_service_without_its_database_is_unwell_and_says_no_more(sqlite_house: made.House) -> None:
    with sqlite_house.desk.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE message RENAME TO gone")
    answer = client(sqlite_house).get("/health")
    assert (answer.status_code, answer.json()["why"]) == (503, "The database doesn't answer.")
    assert client(sqlite_house).get("/metrics").status_code == 200


def test_figures_say_what_waits_and_how_late(house: made.House, case: str) -> None:
    house.clock.forward(minutes=2)
    told = client(house).get("/metrics").text
    assert "pathway_open_cases 1.0" in told
    assert "pathway_late_seconds 120.0" in told
    waiting = next(line for line in told.splitlines() if line.startswith("pathway_messages_waiting "))
    assert float(waiting.split()[1]) > 0
    Worker(house.desk).once()
    told = client(house).get("/metrics").text
    assert "pathway_late_seconds 0.0" in told
    assert 'pathway_deliveries{status="waiting"} 0.0' in told


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("10.0.0.7", 404), ("testclient", 404)])
def test_figures_are_for_the_networks_that_are_named(sqlite_house: made.House, address: str, status: int) -> None:
    assert client(sqlite_house, address).get("/metrics").status_code == status


def test_requests_are_counted_by_the_pattern_of_their_address(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = receive(house.desk, house.viewer("ada"), take=made.take(worry=WORRY)).case
    ada = signed_in(house, "ada")
    assert [ada.get(f"{path}/{case}").status_code for path in ("/cases", "/nowhere", "/api/v1/cases")] == [
        200,
        404,
        401,
    ]
    figures = ada.get("/metrics").text
    assert 'pathway_requests_total{method="GET",route="/cases/{reference}",status="200"} 1.0' in figures
    assert 'status="401"' in figures
    assert case not in figures


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log as a machine would gather it; set back afterwards."""
    lines = io.StringIO()
    before = structlog.get_config()
    logs.set_up("json")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(lines))
    yield lines
    structlog.configure(**before)


def test_a_line_of_the_log_names_nobody(sqlite_house: made.House, written: io.StringIO) -> None:
    house = sqlite_house
    case = receive(house.desk, house.viewer("ada"), take=made.take(worry=WORRY)).case
    signed_in(house, "ada").get(f"/cases/{case}?done=received")
    told = [json.loads(line) for line in written.getvalue().splitlines()]
    (line,) = [one for one in told if one.get("route") == "/cases/{reference}"]
    assert (line["event"], line["method"], line["status"]) == ("request", "GET", 200)
    for secret in (case, "Ava", WORRY, made.email("ada"), house.viewer("ada").ref):
        assert secret not in written.getvalue()


def test_a_fault_is_logged_by_its_kind_and_place_without_its_words(
    sqlite_house: made.House, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*told: object, **more: object) -> None:
        raise ValueError(WORRY)

    monkeypatch.setattr("pathway.store.lists.board.alike", breaks)
    assert signed_in(sqlite_house, "ada").get("/board").status_code == 500
    failed = next(json.loads(line) for line in written.getvalue().splitlines() if "page_failed" in line)
    assert failed["fault"] == "ValueError"
    assert failed["at"]
    assert WORRY not in written.getvalue()


def test_a_fault_of_the_database_says_its_statement_and_not_what_was_in_it(house: made.House) -> None:
    with pytest.raises(Exception, match="nosuchtable") as wrong, house.desk.database.reading() as session:
        session.connection().exec_driver_sql("SELECT * FROM nosuchtable")
    assert wrong.value.hide_parameters  # type: ignore[attr-defined]


def test_the_servers_own_line_of_a_fault_goes_without_its_words(written: io.StringIO) -> None:
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 1, "Exception in ASGI application", None, None)
    record.exc_info = (ValueError, ValueError(WORRY), None)
    assert logging.getLogger("uvicorn.error").filter(record)
    assert record.exc_info is None


def test_a_log_goes_on_where_its_stream_has_been_closed(capsys: pytest.CaptureFixture[str]) -> None:
    """A service told to write elsewhere half way, or a terminal that has gone, keeps no page from being answered."""
    before = structlog.get_config()
    first, log = io.StringIO(), structlog.get_logger()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", first)
        logs.set_up("json")
        log.error("one")
    first.close()
    log.error("two")
    structlog.configure(**before)
    assert json.loads(capsys.readouterr().err)["event"] == "two"


def test_a_log_is_written_in_one_of_two_ways() -> None:
    with pytest.raises(ValueError, match="say json or words"):
        logs.set_up("xml")
