"""How much does each page ask of the database? Declared for every page, and no more where there is more to show."""

import re
from dataclasses import dataclass

import kept
import made
import pytest
import told
from browsing import browser
from listening import counted

from pathway import acts
from pathway.acts.voice_heard import Spoken
from pathway.tables import Agency, Ask, Document, Draft, Entry, Outsider, Person, PersonKind, PersonLink, Tie, Voice
from pathway.tables.doors import OutsiderPart, VoiceKind
from pathway.web.door.who_may import ACCESS
from workflows.referral_facts import Relation, TakenAdult, YesNo

PAGES = sorted(address.removeprefix("GET ") for address in ACCESS if address.startswith("GET "))
MOST: dict[str, int] = {
    "/": 3,
    "/asks": 11,
    "/asks/{ask}": 11,
    "/away": 14,
    "/board": 21,
    "/break-glass": 3,
    "/cases/{reference}": 122,
    "/cases/{reference}/contact": 53,
    "/cases/{reference}/documents/{document}": 5,
    "/cases/{reference}/entries/{entry}": 61,
    "/cases/{reference}/hand-over": 69,
    "/cases/{reference}/judgement": 61,
    "/cases/{reference}/moves/{name}": 61,
    "/cases/{reference}/notes": 61,
    "/cases/{reference}/referrers/{outsider}": 61,
    "/cases/{reference}/restrict": 69,
    "/cases/{reference}/voices": 61,
    "/contacts/import": 3,
    "/contacts/import/template": 3,
    "/contacts/import/{draft}": 7,
    "/contacts/import/{draft}/put-right": 6,
    "/contacts/new": 5,
    "/contacts/new/{step}": 5,
    "/contacts/{reference}/taken": 3,
    "/documents": 4,
    "/documents/adoption": 7,
    "/documents/compare": 5,
    "/documents/{authority}/{dated}": 4,
    "/documents/{authority}/{dated}/{part}": 4,
    "/drafts": 8,
    "/drafts/{draft}": 5,
    "/four-eyes": 23,
    "/glass": 9,
    "/help": 3,
    "/help/{which}": 3,
    "/links": 12,
    "/looks": 9,
    "/outside/{outsider}": 3,
    "/outside/{outsider}/code": 3,
    "/people": 4,
    "/people/{person}": 37,
    "/people/{person}/address": 11,
    "/people/{person}/chronology": 15,
    "/people/{person}/ties": 40,
    "/people/{person}/ties/{tie}": 37,
    "/referrals": 5,
    "/shift": 31,
    "/sign-in": 3,
    "/staff": 11,
    "/tasks": 10,
    "/team": 36,
    "/voices": 9,
    "/voices/{voice}": 8,
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
)
"""Pages that show as many things as there are."""

WHO = {"/asks": "pat", "/asks/{ask}": "pat", "/referrals": "pat", "/documents/adoption": "hal", "/staff": "ann"}
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
    acts.keep_draft(house.desk, ada, form=f"/cases/{case}/notes", body={"text": ["x"]})
    acts.take_voice(house.desk, ada, case=case, spoken=Spoken(kind=VoiceKind.not_working, said="Nobody rings back"))
    acts.break_glass(house.desk, house.viewer("dot"), case=case, reason="Ringing about this child now")
    return case


@pytest.fixture
def filled(sqlite_house: made.House) -> Filled:
    worry(sqlite_house)
    case = worry(sqlite_house)

    def of(table: type, **where: object) -> str:
        rows = kept.rows(sqlite_house, table, **where)
        return rows[-1].public_id

    named = {
        "reference": case,
        "name": "decide",
        "step": "worry",
        "entry": of(Entry, case=case),
        "document": of(Document, case=case),
        "draft": of(Draft),
        "tie": of(Tie, case=case),
        "outsider": next(
            one.public_id for one in kept.rows(sqlite_house, Outsider, case=case) if one.part is OutsiderPart.referrer
        ),
        "ask": of(Ask, case=case),
        "link": of(PersonLink),
        "voice": of(Voice),
        "authority": "exampleton",
        "dated": "2026-04-01",
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
