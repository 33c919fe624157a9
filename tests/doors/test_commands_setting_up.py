"""Can an installation be set up from a terminal, and does it say what it lacks before anybody meets a fault?"""

import shutil
from pathlib import Path

import made
import pytest
from sqlmodel import col, select
from typer.testing import CliRunner

from pathway.access import every_case
from pathway.acts import move, receive
from pathway.cli import app
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.tables import AdoptedEdition, Agency, Case, Deadline, Entry
from thresholds.gathering import documents

runner = CliRunner()
PASSWORD = "three invented words"
ADA = ("user", "add", "Ada Adviser", "ada@exampleton.invalid", "--role", "triage_adviser")
FRONT_DOOR = ("--team", "Front Door", "--agency", "Council", "--council", "--takes-contacts")


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    """A database with all its tables and nothing in them, as the first command leaves it before it does anything."""
    path = tmp_path_factory.mktemp("empty") / "pathway.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch, empty):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATHWAY_DATABASE", f"sqlite:///{tmp_path}/pathway.db")
    shutil.copy(empty, tmp_path)
    return monkeypatch


@pytest.fixture
def nothing_there(settings, tmp_path) -> None:
    """Not even a database: the command makes it."""
    (tmp_path / "pathway.db").unlink()


@pytest.fixture
def served(monkeypatch) -> list[object]:
    """What would have been served."""
    apps: list[object] = []
    monkeypatch.setattr("uvicorn.run", lambda app, **how: apps.append(app))
    return apps


def run(*words: str, told: str | None = None):
    return runner.invoke(app, list(words), input=told)


def refused(*words: str, told: str | None = None) -> str:
    result = run(*words, told=told)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    return result.stderr


def administrators() -> None:
    office = ("--role", "administrator", "--team", "Office", "--agency", "Council", "--council")
    for name in ("ann", "zed"):
        assert adds("user", "add", f"{name.title()} Admin", f"{name}@exampleton.invalid", *office).exit_code == 0


def proposes(*more: str, by: str = "ann", on: str = "2026-04-01"):
    return run("documents", "propose", "--from", on, "--by", f"{by}@exampleton.invalid", "--reason", "Minute 4", *more)


def agrees(*which: str, by: str = "zed"):
    return run("documents", "agree", "--by", f"{by}@exampleton.invalid", *which)


def adopts():
    administrators()
    assert proposes().exit_code == 0
    return agrees()


def adds(*words: str):
    return run(*(words or (*ADA, *FRONT_DOOR)), told=f"{PASSWORD}\n{PASSWORD}\n")


def test_an_empty_installation_says_what_it_lacks_in_order_and_serves_nothing(nothing_there, served):
    said = refused("serve")
    wanted = ("user add", "--takes-contacts", "two people", "documents propose", "documents agree")
    assert [said.index(one) for one in wanted] == sorted(said.index(one) for one in wanted)
    assert served == []


def test_what_is_lacking_gets_less_step_by_step(nothing_there, served):
    adds()
    assert "Nobody has an account" not in refused("serve")
    administrators()
    assert "two people" not in refused("serve")
    proposes()
    said = refused("serve")
    assert "documents propose" not in said
    assert "Nobody has agreed" in said
    agrees()
    assert run("serve").exit_code == 0
    served[0].state.desk.database.dispose()


def test_once_set_up_it_serves(served):
    assert adopts().stdout.startswith("In force from 1 April 2026: ")
    assert adds().stdout.endswith("Ada Adviser can sign in as ada@exampleton.invalid.\n")
    assert run("serve").exit_code == 0
    assert len(served) == 1
    served[0].state.desk.database.dispose()


def test_only_a_proxy_that_is_named_says_where_a_request_comes_from(settings, monkeypatch):
    how: dict[str, object] = {}
    monkeypatch.setattr("uvicorn.run", lambda app, **given: how.update(given))
    settings.setenv("PATHWAY_TRUSTED_PROXIES", "10.0.0.7")
    adopts(), adds(), run("serve")
    assert how["forwarded_allow_ips"] == "10.0.0.7"


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"CHANNEL": "smtp", "SMTP_USER": "us", "SMTP_PASSWORD": "x"}, "turn starttls on"),
        ({"CHANNEL": "smtp", "SMTP_SENDER": "Us <us@example.org>"}, "sender"),
        ({"CHANNEL": "pigeon"}, "pigeon"),
        ({"ADDRESS": "http://pathway.example.gov.uk"}, "https://"),
        ({"RING": "the front desk"}, "telephone number"),
    ],
)
def test_a_setting_that_would_fail_at_the_first_message_is_said_at_start_up(settings, served, command, values, said):
    for name, value in values.items():
        settings.setenv(f"PATHWAY_{name}", value)
    assert said in refused(command)
    assert served == []


def test_two_people_adopt_a_document_and_the_commands_say_what_comes_next():
    administrators()
    first, again = proposes().stdout, proposes().stdout
    assert again == first.replace("Proposed: ", "Proposed already: ")
    digest = first.split()[1]
    assert f"pathway documents agree --by EMAIL {digest}" in first
    assert "another person must agree" in agrees(by="ann").stderr
    assert agrees(digest[:12]).stdout == f"In force from 1 April 2026: {digest}\n"
    assert proposes().stdout == f"In force from that date already: {digest}\n"
    assert "Zed Admin agreed to this" in agrees(digest).stderr
    assert "Nothing like that is proposed" in agrees().stderr


def test_a_proposal_is_taken_back_with_a_reason():
    administrators()
    proposes()
    back = ("documents", "withdraw", "--by", "zed@exampleton.invalid", "--reason")
    assert "Say why" in refused(*back, " ")
    assert run(*back, "A misprint").stdout.startswith("Taken back: ")
    assert "Nothing like that is proposed" in agrees().stderr


def test_of_several_proposals_one_is_named():
    administrators()
    proposes()
    proposes(on="2026-11-01")
    said = refused("documents", "agree", "--by", "zed@exampleton.invalid")
    assert "from 2026-04-01, by Ann Admin" in said
    ref = said.splitlines()[2].split()[0]
    assert agrees(ref).stdout.startswith("In force from 1 November 2026")


@pytest.mark.parametrize("email", ["nobody@exampleton.invalid", "system@exampleton.pathway.invalid"])
def test_only_people_with_an_account_adopt(email):
    administrators()
    assert "Nobody here has an account" in refused("documents", "agree", "--by", email)


def test_a_role_that_may_not_adopt_is_told_who_can():
    adds()
    assert "Ask an administrator or head of service." in proposes(by="ada").stderr


def test_a_proposal_that_waits_is_shown_by_the_live_check():
    administrators()
    proposes()
    assert (
        "gap: adoption: Ann Admin proposed a document of exampleton from 1 April 2026" in run("check", "--live").stdout
    )
    agrees()
    assert "gap: adoption" not in run("check", "--live").stdout


@pytest.mark.parametrize(("on", "said"), [("soon", "isn't a date"), ("1999-01-01", "1999")])
def test_a_document_that_is_not_in_force_is_not_proposed(on, said):
    administrators()
    assert said in proposes(on=on).stderr


def test_an_edition_is_chosen_by_its_own_date():
    administrators()
    assert proposes("--edition", "2026-04-01", on="2026-11-01").exit_code == 0
    assert "There is no edition of 2 April 2026" in proposes("--edition", "2026-04-02", on="2026-11-01").stderr


def test_accounts_are_added_listed_and_ended():
    adds()
    ref, *rest = run("user", "list").stdout.split("  ")
    assert [word.strip() for word in rest] == ["Ada Adviser", "ada@exampleton.invalid", "triage adviser", "Front Door"]
    assert run("user", "end", ref).stdout == "Ended.\n"
    assert "(ended)" in run("user", "list").stdout


def test_what_cannot_be_added_is_said():
    adds()
    assert "already" in refused(*ADA, *FRONT_DOOR, told=f"{PASSWORD}\n{PASSWORD}\n")
    assert "isn't a role" in refused("user", "add", "A", "a@b.invalid", "--role", "boss", *FRONT_DOOR)
    assert refused("user", "end", "0000000000")


def test_a_password_too_short_adds_no_account():
    assert refused(*ADA, *FRONT_DOOR, told="short\nshort\n")
    assert run("user", "list").stdout == ""


def opened(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path}/pathway.db")


def everything(tmp_path: Path) -> list[object]:
    database = opened(tmp_path)
    with database.reading() as session:
        found = [
            [row.model_dump() for row in session.exec(select(table)).all()]
            for table in (AdoptedEdition, Deadline, Entry)
        ]
    database.dispose()
    return found


def test_a_document_broken_while_the_service_runs_is_refused_and_changes_nothing(tmp_path, settings, house_of):
    house, case = house_of
    before = everything(tmp_path)
    text = (documents.SHIPPED / "exampleton/2026-04-01/document.yaml").read_text()
    page = tmp_path / "documents/exampleton/2026-11-01/document.yaml"
    page.parent.mkdir(parents=True)
    page.write_text(text.replace("unit: office_hours", "unit: moons"))
    settings.setenv("PATHWAY_DOCUMENTS", str(tmp_path / "documents"))
    assert proposes(by="hal", on="2026-11-01").stderr.count("moons") >= 2
    assert everything(tmp_path) == before
    assert move(house.desk, house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING).version == 2


@pytest.fixture
def house_of(sqlite_house, tmp_path):
    """A partnership at work in this very database, and one live case of it."""
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    with sqlite_house.desk.database.reading() as session:
        assert session.exec(every_case().where(col(Case.public_id) == case)).one()
    return sqlite_house, case


def test_a_councils_role_needs_the_council_and_says_how_to_name_it():
    assert adopts().exit_code == 0
    surgery = ("--team", "Practice", "--agency", "Surgery")
    said = refused(*ADA, *surgery, told=f"{PASSWORD}\n{PASSWORD}\n")
    assert "A triage adviser works for the council. Say --council if Surgery is it" in said
    assert adds(*ADA, *surgery, "--council").exit_code == 0
    bea = ("user", "add", "Bea Manager", "bea@exampleton.invalid", "--role", "team_manager", *surgery)
    assert adds(*bea).exit_code == 0


def test_an_agency_is_marked_as_the_council_afterwards():
    assert adopts().exit_code == 0
    school = ("--team", "Office", "--agency", "Council")
    assert adds("user", "add", "Pat", "pat@exampleton.invalid", "--role", "partner_referrer", *school).exit_code == 0
    assert adds(*ADA, *school, "--council").exit_code == 0
    with Database(f"sqlite:///{Path.cwd()}/pathway.db").reading() as session:
        assert session.exec(select(Agency.is_council)).all() == [True]
