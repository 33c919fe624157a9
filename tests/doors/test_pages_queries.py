"""How much does each page ask of the database? Declared for every page, and no more where there is more to show."""

import re
from dataclasses import dataclass

import agreeing
import assessing
import helping
import kept
import made
import offering
import pytest
import told
from browsing import browser
from listening import counted

from pathway import acts
from pathway.acts.voice_heard import Spoken
from pathway.tables import (
    Agency,
    Agreement,
    Ask,
    Assessment,
    Case,
    CaseChild,
    Deadline,
    Document,
    Draft,
    Entry,
    Invitation,
    Outsider,
    Person,
    PersonKind,
    PersonLink,
    PlanAction,
    Service,
    Tie,
    Voice,
)
from pathway.tables.doors import OutsiderPart, VoiceKind
from pathway.web.door.who_may import ACCESS
from workflows.referral_facts import Relation, TakenAdult, YesNo

PAGES = sorted(address.removeprefix("GET ") for address in ACCESS if address.startswith("GET "))
MOST: dict[str, int] = {
    "/": 3,
    "/actions": 17,
    "/actions/{action}": 13,
    "/asks": 12,
    "/asks/{ask}": 12,
    "/away": 12,
    "/board": 23,
    "/break-glass": 3,
    "/cases/{reference}": 110,
    "/cases/{reference}/begin/{process}": 58,
    "/cases/{reference}/childs-page/{child}": 57,
    "/cases/{reference}/agreements": 60,
    "/cases/{reference}/agreements/{agreement}": 57,
    "/cases/{reference}/assessments/new": 7,
    "/cases/{reference}/assessments/{assessment}": 30,
    "/cases/{reference}/assessments/{assessment}/changes": 22,
    "/cases/{reference}/assessments/{assessment}/summary": 30,
    "/cases/{reference}/assessments/{assessment}/{section}": 30,
    "/cases/{reference}/contact": 55,
    "/cases/{reference}/documents/{document}": 6,
    "/cases/{reference}/entries/{entry}": 57,
    "/cases/{reference}/hand-over": 62,
    "/cases/{reference}/judgement": 57,
    "/cases/{reference}/moves/{name}": 57,
    "/cases/{reference}/notes": 57,
    "/cases/{reference}/referrers/{outsider}": 57,
    "/cases/{reference}/clocks/{clock}": 57,
    "/cases/{reference}/restrict": 62,
    "/cases/{reference}/sharing": 58,
    "/cases/{reference}/voices": 57,
    "/contacts/import": 3,
    "/contacts/import/template": 3,
    "/contacts/import/{draft}": 7,
    "/contacts/import/{draft}/put-right": 6,
    "/contacts/new": 4,
    "/contacts/new/{step}": 4,
    "/contacts/{reference}/taken": 3,
    "/documents": 4,
    "/documents/adoption": 7,
    "/documents/compare": 5,
    "/documents/{authority}/{dated}": 4,
    "/documents/{authority}/{dated}/{part}": 4,
    "/drafts": 10,
    "/drafts/{draft}": 5,
    "/four-eyes": 18,
    "/glass": 10,
    "/help": 3,
    "/help/{which}": 3,
    "/links": 13,
    "/looks": 7,
    "/meetings": 20,
    "/meetings/{invitation}": 16,
    "/outside/{outsider}": 3,
    "/outside/{outsider}/code": 3,
    "/people": 4,
    "/people/{person}": 34,
    "/people/{person}/address": 12,
    "/people/{person}/chronology": 20,
    "/people/{person}/ties": 37,
    "/people/{person}/ties/{tie}": 34,
    "/referrals": 6,
    "/services": 8,
    "/services/sources": 8,
    "/services/{service}": 10,
    "/shift": 22,
    "/sign-in": 3,
    "/staff": 8,
    "/tasks": 12,
    "/team": 29,
    "/voices": 10,
    "/voices/{voice}": 9,
    "/{elsewhere:page}": 3,
}
"""The most statements that a page sends, by its address; a page that isn't here is declared nowhere, and fails."""

LISTS = (
    "/board",
    "/tasks",
    "/drafts",
    "/referrals",
    "/asks",
    "/links",
    "/voices",
    "/four-eyes",
    "/team",
    "/shift",
    "/looks",
    "/glass",
    "/services",
    "/services/sources",
)
"""Pages that show as many things as there are."""

WHO = {"/asks": "pat", "/asks/{ask}": "pat", "/referrals": "pat", "/documents/adoption": "hal", "/staff": "ann"}
WHO |= {"/services/sources": "ann", "/actions": "pat", "/actions/{action}": "pat"}
WHO |= {"/meetings": "pat", "/meetings/{invitation}": "pat"}
WHO |= dict.fromkeys(("/team", "/glass", "/looks", "/cases/{reference}/restrict"), "may")
"""Who opens a page that isn't an adviser's."""


@dataclass
class Filled:
    """A partnership with something on every page, and what to write into the addresses."""

    house: made.House
    named: dict[str, str]

    def address(self, path: str) -> str:
        found = re.sub(r"\{([^}]+)\}", lambda part: self.named[part.group(1)], path)
        return f"{found}?a=exampleton&b=england" if path == "/documents/compare" else found

    def asked(self, path: str) -> int:
        client = browser(self.house, WHO.get(path, "ada"))
        with counted(self.house) as said:
            answer = client.get(self.address(path))
        nowhere = 404 if path == "/{elsewhere:page}" else 200
        assert answer.status_code in (nowhere, 303), f"{path} answered {answer.status_code}"
        return len(said)


def worry(house: made.House) -> str:
    """A worry with children, adults, a question, a document, a draft, a voice and a link: what pages are made of."""
    ada, known = house.viewer("ada"), [one for one in kept.rows(house, Person) if one.kind is PersonKind.child]
    taking = made.take(
        children=(
            made.child(given_name="Ava", family_name="Example", same_as=known[0].public_id if known else None),
            made.child(),
        ),
        adults=(TakenAdult(given_name="Mia", family_name="Example", relation=Relation.mother, lives_with=YesNo.yes),),
        told_by_email="office@school.invalid",
        address="1 Invented Road, EX1 1AA",
    )
    case = acts.receive(house.desk, ada, take=taking).case
    school = next(one for one in kept.rows(house, Agency) if "Primary" in one.name).public_id
    asked = told.facts("ask", ()).model_copy(update={"agency": school, "email": "nurse@school.invalid"})
    acts.move(house.desk, ada, case=case, name="ask", facts=asked)
    acts.attach(house.desk, ada, case=case, name="a.txt", content=b"words")
    agreeing.agreed(house, case)
    assessing.worked_on(house, case)
    acts.keep_draft(house.desk, ada, form=f"/cases/{case}/notes", body={"text": ["x"]})
    acts.take_voice(house.desk, ada, case=case, spoken=Spoken(kind=VoiceKind.not_working, said="Nobody rings back"))
    acts.break_glass(house.desk, house.viewer("dot"), case=case, reason="Ringing about this child now")
    many = 3 * len(kept.rows(house, Case))
    offering.imports(house, *(offering.body(number, service_at_locations=offering.at()) for number in range(many)), 7)
    return case


def helped(house: made.House, case: str) -> None:
    """Early help for the same children, in which a teacher has taken something on."""
    begun = helping.begun(house, case).case
    agreeing.agreed(house, begun, "sol")
    helping.moved(house, begun, "start_assessing", "finish_assessment")
    taken_on = told.facts("add_action", ()).model_copy(update={"owner": house.viewer("pat").ref})
    acts.move(house.desk, house.viewer("sol"), case=begun, name="add_action", facts=taken_on)
    helping.met(house, begun, "sol", "pat")


@pytest.fixture
def filled(sqlite_house: made.House) -> Filled:
    worry(sqlite_house)
    case = worry(sqlite_house)
    helped(sqlite_house, case)

    def of(table: type, **where: object) -> str:
        rows = kept.rows(sqlite_house, table, **where)
        return rows[-1].public_id

    named = {
        "reference": case,
        "name": "decide",
        "process": "early_help",
        "step": "worry",
        "entry": of(Entry, case=case),
        "document": of(Document, case=case),
        "draft": of(Draft),
        "tie": of(Tie, case=case),
        "outsider": next(
            one.public_id for one in kept.rows(sqlite_house, Outsider, case=case) if one.part is OutsiderPart.referrer
        ),
        "ask": of(Ask, case=case),
        "action": of(PlanAction),
        "child": of(CaseChild, case=case),
        "invitation": of(Invitation),
        "clock": of(Deadline, case=case),
        "agreement": of(Agreement, case=case),
        "assessment": of(Assessment, case=case),
        "link": of(PersonLink),
        "voice": of(Voice),
        "service": of(Service),
        "authority": "exampleton",
        "dated": "2026-04-01",
        "section": "child-says",
        "part": "needs",
        "which": "one",
        "elsewhere:page": "nowhere",
    }
    (tied,) = {one.of_id for one in kept.rows(sqlite_house, Tie) if one.public_id == named["tie"]}
    person = next(one for one in kept.rows(sqlite_house, Person) if one.id == tied)
    return Filled(sqlite_house, named | {"person": person.public_id})


def test_every_page_asks_no_more_than_it_declares(filled: Filled) -> None:
    assert set(MOST) == set(PAGES), "Declare in MOST how many statements each page may send, and no page that isn't."
    asked = {path: filled.asked(path) for path in PAGES}
    assert {path: (many, MOST[path]) for path, many in asked.items() if many > MOST[path]} == {}


def test_a_list_asks_no_more_where_there_is_more_of_it(filled: Filled) -> None:
    before = {path: filled.asked(path) for path in LISTS}
    for _ in range(6):
        worry(filled.house)
    after = {path: filled.asked(path) for path in LISTS}
    assert {path: (before[path], many) for path, many in after.items() if many > before[path]} == {}
