"""Does a record show, and take, what it should? Moves, conflicts, hand-overs, documents, looks, and queries counted."""

import json
from datetime import timedelta

import agreeing
import helping
import kept
import made
import pytest
from browsing import Page, browser, form_of, words_of
from listening import statements
from sqlmodel import select
from told import facts as facts_for

from pathway.acts import assign, break_glass, move, note, pause_clock, receive
from pathway.acts import staff as staff_acts
from pathway.tables import Agreement, Deadline, Person, Viewing
from pathway.web.forms.fields import Choices, fields_of
from workflows import PROCESSES
from workflows.referral_facts import Ask, Decision

MOVES = [one for process in PROCESSES for one in process.moves]
FACTS = sorted({one.facts for one in MOVES}, key=lambda facts: facts.__name__)


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    return receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case


def test_one_press_protects_and_the_same_press_again_does_no_more(house: made.House) -> None:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    client = browser(house, "ada")
    press = form_of(client, f"/cases/{case}", f"/cases/{case}/moves/protect")
    answers = [client.post(f"/cases/{case}/moves/protect", data=press) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {f"/cases/{case}?done=protect"}
    page = words_of(client.get(f"/cases/{case}").text)
    assert page.count("Pressed Protect now by Ada Adviser") == 1
    assert "Immediate protection" in page


@pytest.mark.parametrize(
    ("process", "name"), [(process.name, one.name) for process in PROCESSES for one in process.moves]
)
def test_every_move_has_a_page_without_code_of_its_own(
    sqlite_house: made.House, case: str, process: str, name: str
) -> None:
    client = browser(sqlite_house, "may")
    if process != "referral":
        case = helping.begun(sqlite_house, case, "may", process=process).case
    answer = client.get(f"/cases/{case}/moves/{name}")
    assert answer.status_code == 200
    shown = Page(answer.text).form(f"/cases/{case}/moves/{'decide' if name.startswith('propose_no') else name}")
    assert {"_csrf", "_key", "_version"} <= set(shown)


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.__name__)
def test_every_fact_is_asked(facts: type) -> None:
    children = (("C1", "Ava"),)
    asked = fields_of(facts, Choices(children, children, {"child": children}))
    assert {one.name for one in asked} == set(facts.model_fields)


def test_a_stale_page_says_who_changed_what_and_keeps_the_words(house: made.House) -> None:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    client, address = browser(house, "ada"), f"/cases/{case}/moves/ask"
    typed = form_of(client, address) | {"asked_of": "The GP", "question": 'What do you "know"?'}
    move(house.desk, house.viewer("ben"), case=case, name="start_screening", facts=made.NOTHING)
    answer = client.post(address, data=typed)
    assert answer.status_code == 409
    assert "Ben Adviser: Started screening, 10:00 on 16 November" in words_of(answer.text)
    again = Page(answer.text).form(address)
    assert again["question"] == 'What do you "know"?'
    assert client.post(address, data=again).headers["location"] == f"/cases/{case}?done=ask"


def test_a_refused_move_says_every_reason_and_keeps_the_words(sqlite_house: made.House, case: str) -> None:
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/moves/decide"
    typed = form_of(client, address) | {
        "decisions-0-decision": Decision.no_further_action.value,
        "decisions-0-level": "universal",
        "decisions-0-reason": "Nothing <more> to do",
    }
    answer = client.post(address, data=typed)
    assert answer.status_code == 409
    assert "needs a second person" in words_of(answer.text)
    again = Page(answer.text).form(address)
    assert again["decisions-0-reason"] == "Nothing <more> to do"
    assert again["decisions-0-decision"] == "no_further_action"
    sent = client.post(f"/cases/{case}/moves/propose_no_further_action", data=again)
    assert sent.status_code == 303
    assert "waits for a second person" in words_of(client.get(f"/cases/{case}").text)
    second = words_of(browser(sqlite_house, "sol").get(f"/cases/{case}/moves/agree_no_further_action").text)
    assert "What is known so far" in second
    assert "Because:" in second


def test_decisions_that_were_sent_back_are_not_typed_again(sqlite_house: made.House, case: str) -> None:
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/moves/decide"
    proposed = {
        "decisions-0-decision": Decision.no_further_action.value,
        "decisions-0-level": "universal",
        "decisions-0-reason": "The school <nurse> sees her weekly",
    }
    client.post(f"/cases/{case}/moves/propose_no_further_action", data=form_of(client, address) | proposed)
    returns = browser(sqlite_house, "sol")
    back = f"/cases/{case}/moves/return_to_screening"
    assert returns.post(back, data=form_of(returns, back) | {"reason": "Ring the nurse first"}).status_code == 303
    again = client.get(address)
    assert "Ring the nurse first" in words_of(again.text)
    assert Page(again.text).form(address).items() >= proposed.items()


def test_a_time_waits_goes_on_and_grows_on_its_page(sqlite_house: made.House, case: str) -> None:
    house = sqlite_house
    for name in ("start_screening", "decide"):
        facts = facts_for(name, kept.children(house, case))
        move(house.desk, house.viewer("ada"), case=case, name=name, facts=facts)
    (clock,) = [one for one in kept.rows(house, Deadline, case=case) if one.limit_id == "take_up"]
    ada, page = browser(house, "ada"), f"/cases/{case}/clocks/{clock.public_id}"
    assert page in ada.get(f"/cases/{case}").text
    wrong = ada.post(page, data=form_of(ada, page) | {"act": "pause", "waits_for": "Their <mum>"})
    assert wrong.status_code == 422
    assert Page(wrong.text).form(page)["waits_for"] == "Their <mum>"
    asked = {"act": "pause", "waits_for": "Their mum", "reason": "She asked for two days"}
    assert ada.post(page, data=form_of(ada, page) | asked).status_code == 303
    record = words_of(ada.get(f"/cases/{case}").text)
    assert "Stands still until" in record
    assert "Let a time stand still" in record
    assert "She asked for two days" in record
    (clock,) = [one for one in kept.rows(house, Deadline, case=case) if one.limit_id == "take_up" and not one.closed_at]
    page, may = f"/cases/{case}/clocks/{clock.public_id}", browser(house, "may")
    assert ada.post(page, data=form_of(ada, page) | {"act": "resume"}).status_code == 303
    (clock,) = [one for one in kept.rows(house, Deadline, case=case) if one.limit_id == "take_up" and not one.closed_at]
    page = f"/cases/{case}/clocks/{clock.public_id}"
    longer = {"act": "extend", "by": "99", "why-longer": "No place"}
    assert "10 working days is the most" in words_of(may.post(page, data=form_of(may, page) | longer).text)
    assert may.post(page, data=form_of(may, page) | longer | {"by": "2"}).status_code == 303
    assert "It was made longer by 2 working days." in words_of(may.get(f"/cases/{case}").text)


def test_times_say_which_agency_is_waited_for(sqlite_house: made.House, case: str) -> None:
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    facts = Ask(asked_of="The school nurse", question="Is she seen?")
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="ask", facts=facts)
    page = words_of(browser(sqlite_house, "ada").get(f"/cases/{case}").text)
    assert ": The school nurse" in page


def test_a_decision_pressed_twice_is_one_decision(sqlite_house: made.House, case: str) -> None:
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/moves/decide"
    typed = form_of(client, address) | {
        "decisions-0-decision": "early_help_assessment",
        "decisions-0-level": "additional",
        "decisions-0-reason": "Fits",
    }
    assert [client.post(address, data=typed).status_code for _ in range(2)] == [303, 303]


def test_what_is_missing_in_a_decision_is_said_for_that_child(sqlite_house: made.House, case: str) -> None:
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/moves/decide"
    answer = client.post(address, data=form_of(client, address) | {"decisions-0-level": "additional"})
    assert answer.status_code == 422
    assert 'href="#decisions-0-reason"' in answer.text
    assert "“Ava Example: Why?” needs an answer." in words_of(answer.text)


def test_a_session_ending_in_a_move_brings_its_words_back(sqlite_house: made.House, case: str) -> None:
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/moves/ask"
    typed = form_of(client, address) | {"asked_of": "The GP", "question": "What & why?"}
    sqlite_house.clock.forward(hours=2)
    back = Page(client.post(address, data=typed).text).form("/sign-in")
    on = client.post("/sign-in", data=back | {"_email": made.email("ada"), "_password": made.PASSWORD})
    resumed = client.get(client.get(on.headers["location"]).headers["location"]).text
    again = Page(resumed).form(address)
    assert again["question"] == "What & why?"
    assert client.post(address, data=again).status_code == 303
    assert "No drafts." in client.get("/drafts").text


def test_a_note_typed_before_the_session_ended_can_be_sent_from_the_drafts(sqlite_house: made.House, case: str) -> None:
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/notes"
    typed = form_of(client, address) | {"text": "Rang the school.\nNo answer."}
    sqlite_house.clock.forward(hours=2)
    back = Page(client.post(address, data=typed).text).form("/sign-in")
    on = client.post("/sign-in", data=back | {"_email": made.email("ada"), "_password": made.PASSWORD})
    again = form_of(client, on.headers["location"], address)
    client.post(address, data=again)
    assert "Rang the school." in client.get(f"/cases/{case}").text


def test_a_correction_stands_beside_what_it_corrects(sqlite_house: made.House, case: str) -> None:
    entry = note(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, text="Aged 6").entry
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/entries/{entry}"
    client.post(address, data=form_of(client, address) | {"text": "Aged 7"})
    page = words_of(client.get(f"/cases/{case}").text)
    assert "Aged 6" in page
    assert "Aged 7" in page
    assert "Corrected since:" in page


def test_a_record_is_taken_handed_over_accepted_and_declined(sqlite_house: made.House, case: str) -> None:
    ada, ben, record = browser(sqlite_house, "ada"), browser(sqlite_house, "ben"), f"/cases/{case}"
    ada.post(f"{record}/hand-over", data=form_of(ada, record, f"{record}/hand-over"))
    assert "Who answers: Ada Adviser" in words_of(ada.get(record).text)
    to_ben = form_of(ada, f"{record}/hand-over") | {"to": sqlite_house.viewer("ben").ref}
    ada.post(f"{record}/hand-over", data=to_ben)
    assert "Who answers: Ada Adviser" in words_of(ada.get(record).text)
    ben.post(f"{record}/decline", data=form_of(ben, record, f"{record}/decline") | {"reason": "On leave tomorrow"})
    ada.post(f"{record}/hand-over", data=form_of(ada, f"{record}/hand-over") | {"to": sqlite_house.viewer("ben").ref})
    ben.post(f"{record}/accept", data=form_of(ben, record, f"{record}/accept"))
    assert "Who answers: Ben Adviser" in words_of(ada.get(record).text)


def test_nobody_answering_is_an_alarm_on_board_and_record(sqlite_house: made.House, case: str) -> None:
    house, ben = sqlite_house, sqlite_house.viewer("ben")
    assign(house.desk, ben, case=case, to=ben.ref)
    now = house.clock()
    away = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=9)}
    staff_acts.set_absence(house.desk, ben, practitioner=ben.ref, **away)
    client = browser(house, "ada")
    assert "Nobody answers" in words_of(client.get("/board").text)
    assert "Nobody answers for this record." in words_of(client.get(f"/cases/{case}").text)


def test_overdue_is_said_in_words_and_marked(sqlite_house: made.House, case: str) -> None:
    sqlite_house.clock.forward(days=4)
    text = browser(sqlite_house, "ada").get("/board").text
    assert "Overdue by 2 days" in text
    assert "pathway-row--overdue" in text
    assert "1 overdue" in words_of(text)


def test_a_document_is_attached_and_downloaded_only_where_the_record_may_be_seen(
    sqlite_house: made.House, case: str
) -> None:
    client, address = browser(sqlite_house, "ada"), f"/cases/{case}/documents"
    form = form_of(client, f"/cases/{case}", address)
    client.post(address, data=form, files={"document": ("Zoë's <b>.txt", b"hello")})
    link = client.get(f"/cases/{case}").text.split(f'href="{address}/')[1].split('"')[0]
    answer = client.get(f"{address}/{link}")
    assert answer.content == b"hello"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert browser(sqlite_house, "gil").get(f"{address}/{link}").status_code == 404
    wrong = client.post(address, data=form | {"_key": "other"}, files={"document": ("a.exe", b"MZ\x00\x01")})
    assert wrong.status_code == 422


def test_breaking_the_glass_opens_a_record_with_a_reason(sqlite_house: made.House) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("pat"), take=made.take()).case
    client = browser(sqlite_house, "dot")
    assert client.get(f"/cases/{case}").status_code == 404
    form = form_of(client, f"/break-glass?reference={case}", "/break-glass")
    assert client.post("/break-glass", data=form | {"reason": "no"}).status_code == 422
    on = client.post("/break-glass", data=form | {"reason": "The child is here with me at duty"})
    assert "Opened a record" in words_of(client.get(on.headers["location"]).text)


def test_a_record_is_restricted_by_a_manager_to_those_named(sqlite_house: made.House, case: str) -> None:
    manager, record = browser(sqlite_house, "may"), f"/cases/{case}"
    refused = manager.post(f"{record}/restrict", data=form_of(manager, f"{record}/restrict") | {"reason": "Staff"})
    assert refused.status_code == 409
    assert "Hand it to one named person first." in words_of(refused.text)
    manager.post(f"{record}/hand-over", data=form_of(manager, record, f"{record}/hand-over"))
    manager.post(f"{record}/restrict", data=form_of(manager, f"{record}/restrict") | {"reason": "Staff family"})
    assert "Restricted" in words_of(manager.get(record).text)
    assert browser(sqlite_house, "ada").get(record).status_code == 404


def test_a_task_is_finished_from_its_list(sqlite_house: made.House) -> None:
    receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(other_children="", siblings=None))
    client = browser(sqlite_house, "ada")
    page = client.get("/tasks").text
    assert "1 open task," in words_of(page)
    action = page.split('action="/tasks/')[1].split('"')[0]
    client.post(f"/tasks/{action}", data=form_of(client, "/tasks", f"/tasks/{action}"))
    assert "0 open tasks" in words_of(client.get("/tasks").text)


def test_a_referrer_chases_and_confirms_and_sees_no_more_than_their_view(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    client, record = browser(house, "pat"), f"/cases/{case}"
    note(house.desk, house.viewer("ada"), case=case, text="Father was seen at the house")
    move(house.desk, house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    chased = client.post(f"{record}/moves/chase", data=form_of(client, f"{record}/moves/chase"))
    assert chased.status_code == 303
    page = words_of(client.get(record).text)
    for inside in ("Father", "Under screening", "Ada Adviser", "Front Door", "Advised", "Timeline"):
        assert inside not in page
    assert client.get(f"{record}/moves/decide").status_code == 404
    assert client.get(f"{record}/hand-over").status_code == 404


def test_each_page_leaves_one_row_of_looking(sqlite_house: made.House, case: str) -> None:
    client = browser(sqlite_house, "aud")
    for page in ("/board", f"/cases/{case}", "/tasks"):
        client.get(page)
    with sqlite_house.desk.database.reading() as session:
        rows = session.exec(select(Viewing).order_by("id")).all()  # type: ignore[arg-type]
    assert [(row.page, json.loads(row.cases)) for row in rows] == [("board", [case]), ("record", [case]), ("tasks", [])]


def test_the_board_asks_no_more_of_the_database_as_it_grows(house: made.House) -> None:
    client = browser(house, "ada")
    receive(house.desk, house.viewer("ada"), take=made.take())
    few = statements(house, client, "/board")
    for _ in range(12):
        receive(house.desk, house.viewer("ada"), take=made.take())
    assert statements(house, client, "/board") == few
    assert few <= 23


@pytest.mark.parametrize(("path", "most"), [("", 60), ("/moves/acknowledge", 47), ("/hand-over", 57)])
def test_a_records_pages_ask_a_bounded_number_of_questions(house: made.House, path: str, most: int) -> None:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    client = browser(house, "ada")
    before = statements(house, client, f"/cases/{case}{path}")
    for number in range(5):
        note(house.desk, house.viewer("ada"), case=case, text=f"Note {number}")
    assert statements(house, client, f"/cases/{case}{path}") == before
    assert before <= most


@pytest.mark.parametrize("path", ["/tasks", "/drafts", "/referrals", "/documents", "/contacts/new/danger"])
def test_the_other_pages_ask_few_questions(sqlite_house: made.House, path: str) -> None:
    assert statements(sqlite_house, browser(sqlite_house, "lee"), path) <= 10


def test_a_manager_says_on_a_page_whether_breaking_the_glass_was_right(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    break_glass(house.desk, house.viewer("dot"), case=case, reason="The child is here with me at duty")
    client = browser(house, "may")
    action = "/tasks/" + client.get("/tasks").text.split('action="/tasks/')[1].split('"')[0]
    form = form_of(client, "/tasks", action)
    assert "Choose whether" in client.post(action, data=form | {"reason": "She was right to"}).text
    assert client.post(action, data=form | {"right": "yes", "reason": "She was right to"}).status_code == 303
    page = words_of(client.get(f"/cases/{case}").text)
    assert "Said whether opening it was right by May Manager" in page
    assert "Was it right? It was right" in page


def test_who_only_reads_is_offered_nothing_that_writes_and_told_why(sqlite_house: made.House, case: str) -> None:
    page = browser(sqlite_house, "aud").get(f"/cases/{case}").text
    for offered in ("/notes", "/documents", "/hand-over", "/entries/"):
        assert f"/cases/{case}{offered}" not in page
    assert "Your role reads records and doesn't write in them." in words_of(page)
    assert "Handing a record over isn't part of your role." in words_of(page)


def test_a_record_that_may_be_immediate_says_protect_before_any_other_step(sqlite_house: made.House) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(safe_tonight="no")).case
    page = browser(sqlite_house, "ada")
    assert "Next: Protect now, or decide at once" in words_of(page.get(f"/cases/{case}").text)
    page.post(f"/cases/{case}/moves/protect", data=form_of(page, f"/cases/{case}", f"/cases/{case}/moves/protect"))
    after = words_of(page.get(f"/cases/{case}").text)
    assert "Next: A social worker takes it now" in after
    assert "It has been pressed" in after


def test_a_list_says_which_time_stands_still(sqlite_house: made.House, case: str) -> None:
    house, ada = sqlite_house, browser(sqlite_house, "ada")
    for name in ("start_screening", "decide", "tell_referrer"):
        facts = facts_for(name, kept.children(house, case))
        move(house.desk, house.viewer("ada"), case=case, name=name, facts=facts)
    running = {one.limit_id: one.public_id for one in kept.rows(house, Deadline, case=case) if not one.closed_at}
    for limit in ("closing", "take_up"):
        assert "Stands still" not in words_of(ada.get("/board").text)
        asked = {"clock": running[limit], "waits_for": "Their mum", "reason": "She asked for two days"}
        pause_clock(house.desk, house.viewer("ada"), case=case, **asked)
    assert "Stands still until Mon 23 Nov 2026, 10:00 at most" in words_of(ada.get("/board").text)


def test_a_no_is_kept_weighed_and_asked_again_on_its_pages(sqlite_house: made.House, case: str) -> None:
    ada, page = browser(sqlite_house, "ada"), f"/cases/{case}/agreements"
    told = {"who": agreeing.somebody(sqlite_house, case), "to": "support", "what": "A <course>"} | agreeing.DECLINED
    assert "Leave empty for today" in words_of(ada.get(page).text)
    wrong = ada.post(page, data=form_of(ada, page) | told | {"barrier": ""})
    assert wrong.status_code == 422
    assert "Say what stood in the way" in words_of(wrong.text)
    assert Page(wrong.text).form(page)["what"] == "A <course>"
    assert ada.post(page, data=form_of(ada, page) | told).status_code == 303
    record = words_of(ada.get(f"/cases/{case}").text)
    assert "Declined, which is their right" in record
    assert "We can manage, thank you" in record
    assert "to be judged with a manager" in record
    one = f"{page}/{kept.rows(sqlite_house, Agreement, case=case)[0].public_id}"
    assert "raises no level by itself" in words_of(ada.get(one).text)
    judged = {"grows": "unknown", "manager": "May", "reason": "We will ask again after the summer"}
    assert ada.post(one, data=form_of(ada, one) | judged).status_code == 303
    assert "judged with a manager" in words_of(ada.get(f"/cases/{case}").text)
    assert ada.get(one).status_code == 404
    again = told | {"reply": "given", "offered": "", "barrier": "", "reason": ""}
    assert ada.post(page, data=form_of(ada, page) | again).status_code == 303
    given = f"{page}/{kept.rows(sqlite_house, Agreement, case=case)[-1].public_id}"
    assert ada.post(given, data=form_of(ada, given) | {"how": "By telephone"}).status_code == 303
    assert "withdrawn" in words_of(ada.get(f"/cases/{case}").text)


def test_what_is_shared_and_what_is_not_is_decided_on_a_page(sqlite_house: made.House, case: str) -> None:
    ada, page = browser(sqlite_house, "ada"), f"/cases/{case}/sharing"
    told = {"what": "What the nurse saw", "whom": "The surgery", "shares": "not_shared"}
    wrong = ada.post(page, data=form_of(ada, page) | told)
    assert wrong.status_code == 422
    assert "whether you share or not" in words_of(wrong.text)
    assert ada.post(page, data=form_of(ada, page) | told | {"reason": "No need to know"}).status_code == 303
    assert "No need to know" in words_of(ada.get(f"/cases/{case}").text)


def test_an_agreement_stands_in_the_history_of_its_child_and_of_no_other(sqlite_house: made.House) -> None:
    two = (made.child(given_name="Ava"), made.child(given_name="Bo"))
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(children=two)).case
    agreeing.agreed(sqlite_house, case, what="A club for Ava")
    ada = browser(sqlite_house, "ada")
    refs = {one.given_name: one.public_id for one in kept.rows(sqlite_house, Person)}
    assert "A club for Ava" in words_of(ada.get(f"/people/{refs['Ava']}/chronology").text)
    assert "A club for Ava" not in words_of(ada.get(f"/people/{refs['Bo']}/chronology").text)
