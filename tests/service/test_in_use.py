"""Is what is in force here, and what open records run on, held against every property? Does a breach stop a start?"""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import made
import pytest
from small import small
from sqlalchemy import update
from sqlmodel import select
from typer.testing import CliRunner

from pathway.acts import receive, staff
from pathway.checks import Finding, live_findings
from pathway.cli import app
from pathway.settings import Settings
from pathway.tables import AdoptedEdition, Case

WANTED = "No limit 'chase' is published. The partnership must decide it and publish it in its own folder."


@pytest.fixture
def look(house: made.House) -> Callable[[], tuple[Finding, ...]]:
    return lambda: live_findings(Settings(database=house.desk.database.url), house.clock())


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release with one process more, whose limits nobody here has decided."""
    for module in ("pathway.store.adopted.in_use", "pathway.checks.proofs"):
        monkeypatch.setattr(f"{module}.PROCESSES", (small(),))


def said(found: tuple[Finding, ...], verdict: str) -> list[str]:
    return [one.sentence for one in found if one.verdict == verdict]


def test_what_is_in_force_is_proven_property_by_property(look) -> None:
    found = look()
    assert said(found, "broken") == said(found, "gap") == []
    assert any(
        one.endswith("(16 limits)") and "in force here from 1 April 2026" in one for one in said(found, "proven")
    )


def test_a_gap_breaks_what_is_in_force_and_shows_where_a_record_would_fall_into_it(look, newer) -> None:
    (wanted,) = (one for one in said(look(), "broken") if WANTED in one)
    assert wanted.startswith("a small process on Exampleton Children's Partnership (invented), in force here from")
    assert wanted.endswith(f"open → offer: {WANTED}")


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_starts_with_a_process_that_what_is_in_force_cannot_run(house, newer, monkeypatch, command) -> None:
    served: list[object] = []
    monkeypatch.setattr("uvicorn.run", lambda app, **how: served.append(app))
    monkeypatch.setenv("PATHWAY_DATABASE", house.desk.database.url)
    result = CliRunner().invoke(app, [command])
    assert (result.exit_code, served) == (1, [])
    assert f"open → offer: {WANTED}" in result.stderr


def test_the_same_gap_fails_a_check_of_this_installation_alone(house, newer, monkeypatch) -> None:
    monkeypatch.setenv("PATHWAY_DATABASE", house.desk.database.url)
    live = CliRunner().invoke(app, ["check", "--live"])
    assert live.exit_code == 1
    assert [one for one in live.stdout.splitlines() if one.startswith("broken: ") and WANTED in one]
    plain = CliRunner().invoke(app, ["check"])
    assert [one for one in plain.stdout.splitlines() if one.startswith("gap: ") and WANTED in one]


def otherwise(house: made.House, old: str, new: str, **of: object) -> str:
    """Another text as it might once have been agreed, in which some words are others; its hash."""
    with house.desk.database.writing() as session:
        row = session.exec(select(AdoptedEdition)).one()
        fields = row.model_dump(exclude={"id", "public_id"}) | {"content": row.content.replace(old, new)} | of
        assert fields["content"] != row.content
        digest = hashlib.sha256(str(fields["content"]).encode()).hexdigest()
        session.add(AdoptedEdition.model_validate(fields | {"edition_hash": digest}))
    return digest


def test_what_is_agreed_for_a_day_to_come_is_asked_too(house, look) -> None:
    otherwise(house, '"obliged":"us"', '"obliged":"partner"', in_force_from=date(2027, 4, 1))
    broken = said(look(), "broken")
    assert broken
    assert all("agreed here from 1 April 2027" in one and "isn't ours" in one for one in broken)


def test_what_an_open_record_is_pinned_to_is_asked_as_long_as_it_is_open(house, look) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take())
    before = otherwise(house, '"manager","service_manager"', '"the-boss"', in_force_from=date(2026, 2, 1))
    with house.desk.database.writing() as session:
        session.execute(update(Case).values(edition_hash=before))
    assert any(
        "of 1 April 2026, on which 1 open record runs: whoever is to hear" in one for one in said(look(), "broken")
    )
    with house.desk.database.writing() as session:
        session.execute(update(Case).values(closed_at=house.clock(), state="closed"))
    assert said(look(), "broken") == []


@pytest.mark.parametrize("closed", [False, True])
def test_a_record_in_a_state_that_its_table_does_not_know_is_said(house, look, closed: bool) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take())
    with house.desk.database.writing() as session:
        session.execute(update(Case).values(state="gone", closed_at=house.clock() if closed else None))
    (lost,) = said(look(), "broken")
    assert lost.startswith(
        "1 record stands in the state 'gone' of 'referral', which the table it goes by doesn't know."
    )


def test_who_is_missing_today_is_a_gap_and_keeps_nothing_from_starting(house, look) -> None:
    sid, now = house.viewer("sid"), house.clock()
    staff.set_absence(house.desk, sid, practitioner=sid.ref, starts_at=now, ends_at=now + timedelta(days=3))
    found = look()
    assert said(found, "broken") == []
    assert said(found, "gap") == [
        "exampleton: Sid Service is away: nobody is there as service manager to hear when a time passes."
    ]
