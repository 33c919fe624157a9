"""Can an assessment be written page by page, without losing a word, and without reading more than is there to see?"""

import re
from typing import Any

import assessing
import kept
import made
import pytest
from assessing import EVERYBODY, FEW, answers, asked, begun, given, look, person
from browsing import Page, browser, form_of, words_of
from starlette.testclient import TestClient

from pathway.acts import receive
from pathway.tables import Answer, Assessment

LONGEST_FIRST_SAVE = 9


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    return assessing.record(sqlite_house, "Ava")


@pytest.fixture
def ref(sqlite_house: made.House, case: str) -> str:
    return begun(sqlite_house, case)


def section(case: str, ref: str, part: str) -> str:
    return f"/cases/{case}/assessments/{ref}/{part}"


def sent(client: TestClient, address: str, **typed: Any) -> Any:
    return client.post(address, data=form_of(client, address) | typed)


def answer_to(house: made.House, case: str, ref: str, question: str, about: str = "") -> str:
    stands = asked(house, case, ref, question, about).answer
    return stands.said if stands else ""


def test_an_assessment_is_begun_from_the_record_and_found_there_again(sqlite_house: made.House, case: str) -> None:
    ada, page = browser(sqlite_house, "ada"), f"/cases/{case}/assessments/new"
    assert f'href="{page}"' in ada.get(f"/cases/{case}").text
    wrong = sent(ada, page)
    assert wrong.status_code == 422
    assert "How much of it?" in words_of(wrong.text)
    done = sent(ada, page, form=assessing.FORM, extent="light")
    assert done.status_code == 303
    (row,) = kept.rows(sqlite_house, Assessment)
    assert (row.light, done.headers["location"]) == (True, f"/cases/{case}/assessments/{row.public_id}?done=begun")
    listed = words_of(ada.get(done.headers["location"]).text)
    assert "Begun. Start anywhere" in listed
    assert "0 of 4 sections complete" in listed
    assert "What it comes to" in listed
    assert "Health" not in listed
    assert f"/cases/{case}/assessments/{row.public_id}" in ada.get(f"/cases/{case}").text
    assert "One is open already" in words_of(ada.get(page).text)


def test_nothing_is_chosen_before_somebody_chooses(sqlite_house: made.House, case: str, ref: str) -> None:
    ada = browser(sqlite_house, "ada")
    pages = [f"/cases/{case}/assessments/new"]
    pages += [section(case, ref, one.id) for one in look(sqlite_house, case, ref).sections]
    assert [one for one in pages if re.search(r"<input[^>]* checked", ada.get(one).text)] == []


def test_the_first_save_of_a_light_touch_assessment_asks_fewer_than_ten_things(
    sqlite_house: made.House, case: str
) -> None:
    ref = begun(sqlite_house, case, extent="light")
    view = look(sqlite_house, case, ref)
    assert sum(len(one.asked) for one in view.sections) <= LONGEST_FIRST_SAVE
    page = browser(sqlite_house, "ada").get(section(case, ref, view.sections[0].id)).text
    names = re.findall(r"<(?:textarea|select|input(?![^>]*hidden))[^>]* name=\"([^\"]+)\"", page)
    assert 0 < len(set(names)) <= LONGEST_FIRST_SAVE


def test_saving_goes_on_to_the_next_section_that_is_not_finished(sqlite_house: made.House, case: str, ref: str) -> None:
    ada, ava = browser(sqlite_house, "ada"), person(sqlite_house, "Ava")
    answers(sqlite_house, case, ref, given("parent-own-words", "Tired", person(sqlite_house, "Mia"), readers=EVERYBODY))
    typed = {f"child-own-words-{ava}": "I like running", f"child-own-words-{ava}-readers": EVERYBODY}
    done = sent(ada, section(case, ref, "child-says"), **typed, **{f"child-seen-{ava}": "yes"})
    assert done.headers["location"] == f"{section(case, ref, 'health')}?saved=1"
    assert "This is what is left" in words_of(ada.get(done.headers["location"]).text)


def test_what_an_answer_opens_is_announced_and_asked_at_once(sqlite_house: made.House, case: str, ref: str) -> None:
    ada, ava = browser(sqlite_house, "ada"), person(sqlite_house, "Ava")
    page = section(case, ref, "talking")
    assert "What have they noticed?" not in ada.get(page).text
    done = sent(ada, page, **{f"talking-worry-{ava}": "yes"})
    assert done.headers["location"].startswith(page)
    said = words_of(ada.get(done.headers["location"]).text)
    assert "Three more questions opened: Ava: What have they noticed? Ava: What helps" in said
    assert "communication Newly opened" in words_of(ada.get(f"/cases/{case}/assessments/{ref}").text)


def test_one_press_confirms_all_that_is_offered_in_a_section_and_enter_confirms_nothing(
    sqlite_house: made.House, case: str, ref: str
) -> None:
    ada, page = browser(sqlite_house, "ada"), section(case, ref, "agreed")
    shown = ada.get(page).text
    assert "Often hungry and tired." in words_of(shown)
    assert "What was told us, record" in words_of(shown)
    assert re.findall(r"<button[^>]*>([^<]+)", shown[shown.index("<main") :])[0] == "Save and go on"
    sent(ada, page)
    assert kept.rows(sqlite_house, Answer) == []
    done = sent(ada, page, act="confirm")
    assert done.status_code == 303
    stands = asked(sqlite_house, case, ref, "why-now").answer
    assert stands is not None
    assert (stands.said, bool(stands.brought_from)) == ("Often hungry and tired.", True)
    assert "said first on record" in words_of(ada.get(page).text)


def test_several_known_answers_are_confirmed_together_and_what_is_typed_beside_them_stays(
    sqlite_house: made.House, case: str
) -> None:
    assessing.completed(sqlite_house, case)
    ref = begun(sqlite_house, case)
    ada, page = browser(sqlite_house, "ada"), section(case, ref, "agreed")
    assert "Unchanged: confirm these 2" in words_of(ada.get(page).text)
    sent(ada, page, act="confirm", tried="A club", **{"tried-FAMILY": "A club"})
    assert answer_to(sqlite_house, case, ref, "why-now") == "Some words"
    assert answer_to(sqlite_house, case, ref, "family-wants") == "Some words"
    assert answer_to(sqlite_house, case, ref, "tried") == "A club"


def test_of_what_cannot_be_saved_everything_typed_is_still_there(sqlite_house: made.House, case: str, ref: str) -> None:
    ada, page = browser(sqlite_house, "ada"), section(case, ref, "agreed")
    long = "words " * 40_000
    wrong = sent(ada, page, **{"why-now-FAMILY": long, "family-wants-FAMILY": "Sleep", "tried-FAMILY": "A <club>"})
    assert wrong.status_code == 422
    said = words_of(wrong.text)
    assert "letters long, and 50,000 can be kept" in said
    assert "Say who may read these words" in said
    form = Page(wrong.text).form(page)
    assert form["why-now-FAMILY"].strip() == long.strip()
    assert (form["family-wants-FAMILY"], form["tried-FAMILY"]) == ("Sleep", "A <club>")
    assert 'href="#family-wants-FAMILY-readers"' in wrong.text
    assert kept.rows(sqlite_house, Answer) == []


def test_whoever_saves_second_sees_both_answers_and_chooses(sqlite_house: made.House, case: str, ref: str) -> None:
    ada, page = browser(sqlite_house, "ada"), section(case, ref, "agreed")
    opened = form_of(ada, page)
    answers(sqlite_house, case, ref, given("why-now", "Ben's words"), name="ben")
    mine = opened | {"why-now-FAMILY": "Ada's words", "tried-FAMILY": "A club"}
    both = ada.post(page, data=mine)
    assert both.status_code == 409
    said = words_of(both.text)
    assert "Ben Adviser wrote" in said
    assert "Ben's words" in said
    assert "Which answer stands?" in said
    again = Page(both.text).form(page)
    assert (again["why-now-FAMILY"], again["tried-FAMILY"]) == ("Ada's words", "A club")
    assert ada.post(page, data=again).status_code == 409
    assert ada.post(page, data=again | {"choose-why-now-FAMILY": "theirs"}).status_code == 303
    assert answer_to(sqlite_house, case, ref, "why-now") == "Ben's words"
    assert answer_to(sqlite_house, case, ref, "tried") == "A club"
    once_more = ada.post(page, data=opened | {"why-now-FAMILY": "Ada's words", "_key": "another"})
    chosen = Page(once_more.text).form(page) | {"choose-why-now-FAMILY": "mine"}
    assert ada.post(page, data=chosen).status_code == 303
    assert answer_to(sqlite_house, case, ref, "why-now") == "Ada's words"


def test_words_for_a_question_that_closed_meanwhile_are_not_lost(sqlite_house: made.House, case: str, ref: str) -> None:
    ada, ava, page = browser(sqlite_house, "ada"), person(sqlite_house, "Ava"), section(case, ref, "talking")
    answers(sqlite_house, case, ref, given("talking-worry", "yes", ava))
    opened = form_of(ada, page)
    stands = asked(sqlite_house, case, ref, "talking-worry", ava).answer
    assert stands is not None
    answers(sqlite_house, case, ref, given("talking-worry", "no", ava, based_on=stands.ref), name="ben")
    wrong = ada.post(page, data=opened | {f"talking-what-{ava}": "He mumbles to strangers"})
    assert wrong.status_code == 422
    assert "isn't asked now" in words_of(wrong.text)
    assert "He mumbles to strangers" in words_of(wrong.text)


def test_what_is_left_leads_to_the_question_itself(sqlite_house: made.House, case: str, ref: str) -> None:
    ada, page = browser(sqlite_house, "ada"), f"/cases/{case}/assessments/{ref}"
    wrong = sent(ada, page, act="complete")
    assert wrong.status_code == 422
    assert f'href="{page}/agreed#why-now-FAMILY"' in wrong.text
    assessing.filled(sqlite_house, case, ref)
    left = sent(ada, page, act="complete")
    assert f"{page}/coming-together#how-much-help-{person(sqlite_house, 'Ava')}-reason" in left.text
    reason = {f"how-much-help-{person(sqlite_house, 'Ava')}-reason": "The therapist sees her already"}
    assert sent(ada, section(case, ref, "coming-together"), **reason).status_code == 303
    assert sent(ada, page, act="complete").status_code == 303
    said = words_of(ada.get(page).text)
    assert "Complete since" in said
    assert "It is complete" not in said
    assert "Why otherwise than suggested: The therapist" in words_of(
        ada.get(section(case, ref, "coming-together")).text
    )


def test_a_light_touch_assessment_is_widened_by_one_press(sqlite_house: made.House, case: str) -> None:
    ref = begun(sqlite_house, case, extent="light")
    ada, page = browser(sqlite_house, "ada"), f"/cases/{case}/assessments/{ref}"
    answers(sqlite_house, case, ref, given("tried", "A club"))
    assert Page(ada.get(page).text).form(page)
    assert sent(ada, page, act="widen").headers["location"] == f"{page}?done=widened"
    assert "Widen it" not in ada.get(page).text
    assert answer_to(sqlite_house, case, ref, "tried") == "A club"


def test_the_history_says_what_was_answered_under_its_question(sqlite_house: made.House) -> None:
    case = assessing.record(sqlite_house, "Ava", "Bo")
    ref, ava, bo = begun(sqlite_house, case), person(sqlite_house, "Ava"), person(sqlite_house, "Bo")
    answers(sqlite_house, case, ref, given("health-good", "Ava runs", ava), given("talking-worry", "not_known", ava))
    answers(sqlite_house, case, ref, given("child-own-words", "Don't tell", ava, readers=FEW))
    ada = browser(sqlite_house, "ada")
    for page in (f"/cases/{case}", f"/people/{ava}/chronology"):
        said = words_of(ada.get(page).text)
        assert "Wrote in an assessment" in said
        assert "Early help assessment, Ava" in said
        assert "What goes well? Ava runs" in said
        assert "be understood? Not known" in said.replace("is understood", "be understood")
        assert "Don't tell" not in said
        assert "Only whoever wrote it down and their manager may read this" in said
    assert "Ava runs" not in words_of(ada.get(f"/people/{bo}/chronology").text)


def test_withheld_words_are_on_no_page_of_anybody_else(sqlite_house: made.House, case: str, ref: str) -> None:
    answers(sqlite_house, case, ref, given("family-wants", "He frightens us", readers=FEW))
    page = section(case, ref, "agreed")
    assert "He frightens us" in browser(sqlite_house, "may").get(page).text
    ben = browser(sqlite_house, "ben")
    for address in (page, f"/cases/{case}/assessments/{ref}", f"/cases/{case}"):
        assert "He frightens us" not in ben.get(address).text
    assert "Only Ada Adviser and their manager may read" in words_of(ben.get(page).text)
    assert sent(ben, page, **{"tried-FAMILY": "A club"}).status_code == 303


def test_what_has_changed_is_said_in_words_and_what_has_not_by_whom(sqlite_house: made.House, case: str) -> None:
    assessing.completed(sqlite_house, case)
    ref = begun(sqlite_house, case)
    answers(sqlite_house, case, ref, given("why-now", "She sleeps now"))
    ben, page = browser(sqlite_house, "ben"), f"/cases/{case}/assessments/{ref}"
    sent(ben, section(case, ref, "agreed"), act="confirm")
    assert f'href="{page}/changes"' in ben.get(page).text
    said = words_of(ben.get(f"{page}/changes").text)
    assert "Changed: What makes help worth offering now?" in said
    assert "Some words Now, Ada Adviser" in said
    assert re.search("What does the family want to be different\\? Unchanged, confirmed by Ben Adviser", said)


def test_the_summary_leaves_out_own_words_that_are_not_for_other_agencies(
    sqlite_house: made.House, case: str, ref: str
) -> None:
    mia, ava = person(sqlite_house, "Mia"), person(sqlite_house, "Ava")
    page = f"/cases/{case}/assessments/{ref}"
    ada = browser(sqlite_house, "ada")
    assert "Nothing is answered yet" in words_of(ada.get(f"{page}/summary").text)
    answers(
        sqlite_house,
        case,
        ref,
        given("parent-own-words", "He frightens us", mia, readers=FEW),
        given("child-own-words", "I don't sleep", ava, readers="not_parents"),
        given("family-wants", "A quiet house", readers=EVERYBODY),
    )
    for name in ("ada", "ben", "may"):
        said = words_of(browser(sqlite_house, name).get(f"{page}/summary").text)
        assert "He frightens us" not in said
        assert "1 answer isn’t here" in said
        assert "A quiet house" in said
        assert "I don't sleep Not for their parents or carers" in said
        assert "Don’t hand this to a parent or carer" in said
    assert "Often hungry" not in said


ROLES = {"ada": 200, "may": 200, "sid": 200, "aud": 200, "pat": 404, "gil": 404, "ann": 404, "lee": 404}


@pytest.mark.parametrize(("name", "status"), ROLES.items(), ids=ROLES)
def test_who_sees_the_whole_record_sees_its_assessments_and_nobody_else(
    sqlite_house: made.House, case: str, ref: str, name: str, status: int
) -> None:
    someone = browser(sqlite_house, name)
    one = f"/cases/{case}/assessments/{ref}"
    for page in (one, section(case, ref, "agreed"), f"{one}/summary", f"/cases/{case}/assessments/new"):
        assert someone.get(page).status_code == status


def test_an_auditor_reads_and_is_offered_no_button(sqlite_house: made.House, case: str, ref: str) -> None:
    aud = browser(sqlite_house, "aud")
    for page in (f"/cases/{case}/assessments/{ref}", section(case, ref, "agreed"), f"/cases/{case}/assessments/new"):
        main = aud.get(page).text.split("<main", 1)[1].split("</main", 1)[0]
        assert "<button" not in main


def test_a_section_or_an_assessment_that_is_not_there_is_not_found(
    sqlite_house: made.House, case: str, ref: str
) -> None:
    other = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    ada = browser(sqlite_house, "ada")
    for page in (section(case, ref, "nowhere"), f"/cases/{other}/assessments/{ref}", section(other, ref, "agreed")):
        assert ada.get(page).status_code == 404
    assert ada.post(section(case, ref, "nowhere"), data=form_of(ada, section(case, ref, "agreed"))).status_code == 404
