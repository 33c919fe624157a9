"""Can a program take a worry in, move it and read it, exactly as a person can on the pages?"""

import threading
from dataclasses import replace
from typing import Any

import made
import made_api
import pytest
from httpx2 import Response
from sqlmodel import col, select

from pathway.acts import NotFound, break_glass
from pathway.api.moves import model_for
from pathway.tables import Case, Viewing
from workflows import REFERRAL
from workflows.referral_facts import Take

AWKWARD = 'O\'Brien "Zoë" <b>bold</b> 👩‍👧 ﷽ \\ %00'


def cases_in(house: made.House) -> int:
    with house.desk.database.reading() as session:
        return len(session.exec(select(Case)).all())


def test_a_worry_taken_in_is_answered_with_where_it_is_and_its_version(house: made.House) -> None:
    ada = made_api.caller(house, "ada")
    answer = ada.post("cases", json=made_api.told())
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    read = ada.get(f"http://testserver{answer.headers['Location']}")
    assert read.json()["seen"] == "whole"
    assert read.json()["record"]["ref"] == answer.json()["case"]


def test_the_same_request_sent_twice_with_one_key_makes_one_record(house: made.House) -> None:
    ada, before = made_api.caller(house, "ada"), cases_in(house)
    first, again = (ada.post("cases", json=made_api.told(), headers={"Idempotency-Key": "once"}) for _ in range(2))
    assert first.json() == again.json()
    assert cases_in(house) == before + 1


def test_a_key_used_for_something_else_is_refused(house: made.House) -> None:
    ada, key = made_api.caller(house, "ada"), {"Idempotency-Key": "once"}
    ada.post("cases", json=made_api.told(), headers=key)
    other = ada.post("cases", json=made_api.told(worry="Another worry"), headers=key)
    assert other.status_code == 422
    assert other.json()["faults"][0]["field"] == "Idempotency-Key"
    assert cases_in(house) == 1


def test_of_two_officers_at_once_one_wins_and_the_other_hears_who_did_what(house: made.House) -> None:
    ref, answers = made_api.taken(house).case, dict[str, Response]()
    callers = {name: made_api.caller(house, name) for name in ("ada", "ben")}
    ready = threading.Barrier(2)

    def start(name: str) -> None:
        ready.wait()
        answers[name] = callers[name].post(f"cases/{ref}/moves/start_screening", headers={"If-Match": '"1"'})

    officers = [threading.Thread(target=start, args=(name,)) for name in callers]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert sorted(answer.status_code for answer in answers.values()) == [200, 409]
    winner = next(name for name, answer in answers.items() if answer.status_code == 200)
    lost = next(answer.json() for answer in answers.values() if answer.status_code == 409)
    assert lost["since"][0]["who"] == house.viewer(winner).name
    assert lost["since"][0]["what"] == "Started screening"
    assert lost["version"] == 2


def test_awkward_words_come_back_as_they_went_in(house: made.House) -> None:
    ada = made_api.caller(house, "ada")
    child = {"given_name": "Zoë", "family_name": "O'Brien"}
    ref = ada.post("cases", json=made_api.told(worry=AWKWARD) | {"children": [child]}).json()["case"]
    record = ada.get(f"cases/{ref}").json()["record"]
    assert record["take"]["worry"] == AWKWARD
    assert record["children"][0]["name"] == "Zoë O'Brien"


def test_protection_needs_no_body_at_all(sqlite_house: made.House) -> None:
    ref = made_api.taken(sqlite_house).case
    assert made_api.caller(sqlite_house, "ada").post(f"cases/{ref}/moves/protect").status_code == 200


def test_choices_say_every_reason_why_not(sqlite_house: made.House) -> None:
    ref = made_api.taken(sqlite_house).case
    choices = made_api.caller(sqlite_house, "ada").get(f"cases/{ref}/choices").json()["choices"]
    withdraw = next(one for one in choices if one["move"] == "withdraw")
    assert "isn't part of your role" in withdraw["refusals"][0]["sentence"]
    assert withdraw["refusals"][0]["who_can"].startswith("Ask a")


def test_a_refused_move_gives_the_same_reasons_as_its_choice(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "ada")
    choices = ada.get(f"cases/{ref}/choices").json()["choices"]
    refused = ada.post(f"cases/{ref}/moves/withdraw", json={"reason": "Rang by mistake"})
    assert refused.status_code == 403
    assert refused.json()["reasons"] == next(one["refusals"] for one in choices if one["move"] == "withdraw")


def test_a_referrer_reads_what_a_referrer_hears(sqlite_house: made.House) -> None:
    ref = made_api.taken(sqlite_house, "pat").case
    read = made_api.caller(sqlite_house, "pat").get(f"cases/{ref}").json()
    assert read["seen"] == "as_referrer"
    assert "timeline" not in read["record"]


def test_the_list_comes_worst_first_and_page_by_page_without_a_gap(house: made.House) -> None:
    refs = {made_api.taken(house, immediate_danger=number == 3).case for number in range(5)}
    ada, found, query = made_api.caller(house, "ada"), list[Any](), dict[str, Any](limit=2)
    while True:
        page = ada.get("cases", params=query).json()
        found += page["cases"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert len(found) == 5
    assert {row["ref"] for row in found} == refs
    assert [row["immediate"] for row in found] == [True, False, False, False, False]


def test_every_look_is_recorded(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "ada")
    for path in (f"cases/{ref}", f"cases/{ref}/choices", "cases", "tasks"):
        assert ada.get(path).status_code == 200
    with sqlite_house.desk.database.reading() as session:
        looks = session.exec(select(Viewing).order_by(col(Viewing.id))).all()
    assert [look.page for look in looks] == ["api case", "api choices", "api cases", "api tasks"]
    assert all(ref in look.cases for look in looks[:3])


def test_breaking_the_glass_opens_a_record_for_a_while(sqlite_house: made.House) -> None:
    ref, dot = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "dot")
    assert dot.get(f"cases/{ref}").status_code == 404
    opened = dot.post(f"cases/{ref}/break-glass", json={"reason": "She is in my waiting room"})
    assert opened.status_code == 200
    assert dot.get(f"cases/{ref}").status_code == 200


def test_a_document_comes_back_byte_for_byte_and_only_to_those_who_may(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house, "pat").case, made_api.caller(sqlite_house, "ada")
    content = b"%PDF-1.7 invented"
    added = ada.post(f"cases/{ref}/documents", files={"document": ("Zoë's.pdf", content)})
    path = f"cases/{ref}/documents/{added.json()['named']['document']}"
    got = ada.get(path)
    assert got.content == content
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Cache-Control"] == "no-store"
    for name in ("pat", "gil"):
        assert made_api.caller(sqlite_house, name).get(path).status_code == 404


def test_notes_and_corrections_stand_in_the_timeline(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "ada")
    note = ada.post(f"cases/{ref}/notes", json={"text": AWKWARD}).json()["entry"]
    ada.post(f"cases/{ref}/corrections", json={"entry": note, "text": "Tuesday, not Monday"})
    corrected, noted = ada.get(f"cases/{ref}").json()["record"]["timeline"][:2]
    assert (noted["said"]["text"], noted["corrected_by"]) == (AWKWARD, corrected["ref"])


def test_a_handover_is_proposed_and_accepted_or_declined(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "ada")
    sol = made_api.caller(sqlite_house, "sol")
    to = {"to": sqlite_house.viewer("sol").ref}
    assert ada.post(f"cases/{ref}/assignments", json=to).status_code == 201
    assert sol.post(f"cases/{ref}/refusal", json={"reason": "At court today"}).status_code == 200
    assert ada.post(f"cases/{ref}/assignments", json=to).status_code == 201
    assert sol.post(f"cases/{ref}/acceptance").status_code == 200
    assert ada.get(f"cases/{ref}").json()["record"]["answerable"]["name"] == "Sol Worker"


def test_cover_is_named_until_a_time_to_come(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "ada")
    by = {"by": sqlite_house.viewer("sol").ref}
    past = ada.post(f"cases/{ref}/cover", json=by | {"until": "2026-11-15T10:00:00Z"})
    assert past.json()["faults"][0]["field"] == "until"
    assert ada.post(f"cases/{ref}/cover", json=by | {"until": "2026-11-18T10:00:00Z"}).status_code == 201


def test_two_persons_are_linked_by_two_practitioners_and_parted_again(sqlite_house: made.House) -> None:
    ada, ben = made_api.caller(sqlite_house, "ada"), made_api.caller(sqlite_house, "ben")
    one, other = (
        ada.get(f"cases/{made_api.taken(sqlite_house).case}").json()["record"]["children"][0]["person"]
        for _ in range(2)
    )
    reason = {"reason": "Same birthday and address"}
    link = ada.post("links", json={"person": one, "same_as": other} | reason).json()["link"]
    (waiting,) = ben.get("links").json()["links"]
    assert (waiting["ref"], waiting["own"], waiting["one"]["person"]) == (link, False, one)
    assert made_api.caller(sqlite_house, "pat").get("links").status_code == 403
    assert ada.post(f"links/{link}/agreement", json=reason).status_code == 403
    assert ben.post(f"links/{link}/agreement", json=reason).status_code == 200
    assert ada.post(f"links/{link}/undoing", json=reason).status_code == 200
    assert ada.post(f"links/{link}/undoing", json=reason).status_code == 404


def test_a_task_is_listed_and_finished_by_its_owner(sqlite_house: made.House) -> None:
    ref = made_api.taken(sqlite_house).case
    break_glass(sqlite_house.desk, sqlite_house.viewer("dot"), case=ref, reason="She is in my waiting room")
    may = made_api.caller(sqlite_house, "may")
    task = next(one for one in may.get("tasks").json()["tasks"] if one["kind"] == "review_break_glass")
    verdict = {"right": True, "reason": "The child was with her"}
    assert may.post(f"tasks/{task['ref']}/done").status_code == 403
    assert may.post(f"tasks/{task['ref']}/review", json=verdict).status_code == 204
    assert may.post(f"tasks/{task['ref']}/review", json=verdict).status_code == 404


def test_the_list_can_be_asked_for_mine_or_my_teams(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "ada")
    assert [row["ref"] for row in ada.get("cases", params={"whose": "team"}).json()["cases"]] == [ref]
    assert ada.get("cases", params={"whose": "mine"}).json()["cases"] == []


def test_two_processes_may_tell_a_move_of_one_name_differently(sqlite_house: made.House) -> None:
    ref, ada = made_api.taken(sqlite_house).case, sqlite_house.viewer("ada")
    close = next(move for move in REFERRAL.moves if move.name == "close")
    known = {"another": replace(close, facts=Take), REFERRAL.hash: close}
    assert model_for(sqlite_house.desk, ada, ref, known) is close.facts
    with pytest.raises(NotFound):
        model_for(sqlite_house.desk, ada, ref, {"another": close, "third": known["another"]})


def test_a_manager_restricts_a_record_once_however_often_it_is_sent(sqlite_house: made.House) -> None:
    ref, may = made_api.taken(sqlite_house).case, made_api.caller(sqlite_house, "may")
    may.post(f"cases/{ref}/assignments", json={"to": sqlite_house.viewer("may").ref})
    sent = {"json": {"names": [], "reason": "A colleague's child"}, "headers": {"Idempotency-Key": "once"}}
    first, again = (may.post(f"cases/{ref}/restriction", **sent) for _ in range(2))
    assert (first.status_code, first.json()) == (200, again.json())
    assert made_api.caller(sqlite_house, "ada").get(f"cases/{ref}").status_code == 404
