"""Is a question about a restricted record asked of whoever may answer it, on the task, with nothing typed lost?"""

from datetime import date

import kept
import made
import made_api
import pytest
from browsing import Page, browser, words_of
from starlette.testclient import TestClient

from pathway.acts import accept, assign, propose_link, receive, restrict, say_whether_known
from pathway.store.parts.words import task_words
from pathway.tables import Entry, Person, PersonLink, Task
from pathway.tables.timing import TaskKind

AVA = {"given_name": "Ava", "family_name": "Example", "born_on": date(2019, 4, 12)}
WORDS = "She is at a friend's on Mondays. Ring me before you ring <home>."
NEEDED = "Say what the front door should know or do."
UNCHOSEN = "Choose whether it is about somebody on this record."
QUESTION = "Is it about somebody on this record?"


def taken(house: made.House, by: str = "ada") -> str:
    return receive(house.desk, house.viewer(by), take=made.take(children=(AVA,))).case


def hide(house: made.House, case: str) -> None:
    """Held by Lee, who may not link; May is named too."""
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("lee").ref)
    accept(house.desk, house.viewer("lee"), case=case)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("lee").ref,), reason="A colleague's child")


def asked(house: made.House) -> tuple[str, str, str]:
    """A restricted record, a new contact about the same child, and the task of saying so."""
    own = taken(house)
    hide(house, own)
    return own, taken(house), the_task(house, TaskKind.known_here)


def the_task(house: made.House, kind: TaskKind) -> str:
    (task,) = (one for one in kept.rows(house, Task) if one.kind is kind and one.done_at is None)
    return task.public_id


def sent(client: TestClient, task: str, page: str = "/tasks", path: str = "known-here", **typed: str) -> object:
    action = f"/tasks/{task}/{path}"
    return client.post(action, data=Page(client.get(page).text).form(action) | typed)


def kinds(house: made.House, case: str) -> list[str]:
    return [one.kind for one in kept.rows(house, Entry, case=case)]


@pytest.mark.parametrize("on_record", [False, True])
def test_a_yes_is_given_on_the_task_and_read_on_the_contact(sqlite_house: made.House, on_record: bool) -> None:
    own, contact, task = asked(sqlite_house)
    lee, page = browser(sqlite_house, "lee"), f"/cases/{own}" if on_record else "/tasks"
    assert QUESTION in words_of(lee.get(page).text)
    assert f'href="/cases/{contact}"' in lee.get(page).text
    answer = sent(lee, task, page, known="yes", words=WORDS)
    assert answer.headers["location"] == (f"/cases/{own}?done=task" if on_record else "/tasks?done=1")
    assert QUESTION not in lee.get(page).text
    assert lee.get(f"/cases/{contact}").status_code == 200
    ada = browser(sqlite_house, "ada")
    assert "Lee Lead has said what you should know or do" in words_of(ada.get("/tasks").text)
    record = words_of(ada.get(f"/cases/{contact}").text)
    assert WORDS in record
    assert "Said what the front door should know or do" in record
    assert own not in record


def test_a_no_without_words_is_given_on_the_task(sqlite_house: made.House) -> None:
    own, contact, task = asked(sqlite_house)
    lee, before = browser(sqlite_house, "lee"), kinds(sqlite_house, contact)
    assert sent(lee, task, known="no").status_code == 303
    assert kinds(sqlite_house, own)[-1] == "not_recognised"
    assert kinds(sqlite_house, contact) == before
    assert lee.get(f"/cases/{contact}").status_code == 404


@pytest.mark.parametrize(
    ("known", "words", "said", "field"),
    [("yes", "", NEEDED, "words"), ("", WORDS, UNCHOSEN, "known"), ("perhaps", WORDS, UNCHOSEN, "known")],
)
def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(
    sqlite_house: made.House, known: str, words: str, said: str, field: str
) -> None:
    own, contact, task = asked(sqlite_house)
    lee = browser(sqlite_house, "lee")
    wrong = sent(lee, task, f"/cases/{own}", known=known, words=words)
    assert wrong.status_code == 422
    assert f'href="#{field}-{task}"' in wrong.text
    assert f'id="{field}-{task}-error"' in wrong.text
    assert said in words_of(wrong.text)
    form = Page(wrong.text).form(f"/tasks/{task}/known-here")
    assert (form.get("known", ""), form["words"], form["_case"]) == ("yes" if known == "yes" else "", words, own)
    assert "recognised" not in kinds(sqlite_house, own)
    again = lee.post(f"/tasks/{task}/known-here", data=form | {"known": "yes", "words": WORDS})
    assert again.headers["location"] == f"/cases/{own}?done=task"
    assert WORDS in words_of(lee.get(f"/cases/{contact}").text)


def test_whoever_may_see_the_restricted_record_reads_the_question_and_isnt_asked_it(sqlite_house: made.House) -> None:
    own, contact, task = asked(sqlite_house)
    page = browser(sqlite_house, "may").get(f"/cases/{own}").text
    assert contact in page
    assert f"/tasks/{task}/" not in page


@pytest.mark.parametrize("typed", [{"known": "yes", "words": WORDS}, {"known": "yes"}, {}, {"known": "no"}])
@pytest.mark.parametrize("name", ["ada", "may", "sid", "pat"])
def test_everybody_else_hears_what_they_hear_of_a_task_that_isnt_there(
    sqlite_house: made.House, name: str, typed: dict[str, str]
) -> None:
    _, _, task = asked(sqlite_house)
    client = browser(sqlite_house, name)
    mark = Page(client.get("/drafts").text).form("/sign-out")["_csrf"]
    answers = [
        client.post(f"/tasks/{ref}/{path}", data={"_csrf": mark, **typed})
        for ref in (task, "NOSUCHTASK")
        for path in ("known-here", "finish", "apart")
    ]
    assert {answer.status_code for answer in answers} == {404}
    pages = {words_of(answer.text).replace(task, "NOSUCHTASK") for answer in answers}
    assert len({page.split("There is no task", 1)[1].split("Back to", 1)[0] for page in pages}) == 1


def test_what_was_typed_for_a_task_that_is_gone_is_kept_as_a_draft(sqlite_house: made.House) -> None:
    _, _, task = asked(sqlite_house)
    lee = browser(sqlite_house, "lee")
    form = Page(lee.get("/tasks").text).form(f"/tasks/{task}/known-here") | {"known": "yes", "words": WORDS}
    say_whether_known(sqlite_house.desk, sqlite_house.viewer("lee"), task=task, known=False)
    gone = lee.post(f"/tasks/{task}/known-here", data=form)
    assert gone.status_code == 404
    draft = lee.get("/drafts/" + gone.text.split('href="/drafts/')[1].split('"')[0])
    assert WORDS in words_of(draft.text)
    assert "Known here" in words_of(lee.get("/drafts").text)


def test_who_is_signed_out_before_typing_comes_back_to_their_tasks(sqlite_house: made.House) -> None:
    _, _, task = asked(sqlite_house)
    lee = browser(sqlite_house, "lee")
    lee.cookies.clear()
    assert lee.post(f"/tasks/{task}/known-here", data={}).headers["location"] == "/sign-in?next=/tasks"


def test_the_api_asks_the_same_and_refuses_everybody_else_alike(sqlite_house: made.House) -> None:
    own, contact, task = asked(sqlite_house)
    lee, body = made_api.caller(sqlite_house, "lee"), {"known": True, "words": WORDS}
    (listed,) = (one for one in lee.get("tasks").json()["tasks"] if one["ref"] == task)
    assert (listed["about"], listed["kind_words"]) == (contact, task_words(TaskKind.known_here))
    path = f"tasks/{task}/known-here"
    others = [made_api.caller(sqlite_house, name).post(path, json=body) for name in ("may", "ada")]
    nothing = lee.post("tasks/NOSUCHTASK/known-here", json=body)
    assert {(one.status_code, one.text) for one in others} == {(404, nothing.text)}
    empty = lee.post(path, json={"known": True})
    assert (empty.status_code, empty.json()["faults"]) == (422, [{"field": "words", "sentence": NEEDED}])
    twice = [lee.post(path, json=body, headers={"Idempotency-Key": "one"}).status_code for _ in range(2)]
    assert twice == [204, 204]
    assert kinds(sqlite_house, own).count("recognised") == 1


def linked(house: made.House) -> tuple[str, str]:
    """A link that May proposed, and then a record restricted so that nobody else may agree it."""
    cases = taken(house), taken(house)
    first, second = (one.public_id for one in kept.rows(house, Person))
    propose_link(house.desk, house.viewer("may"), person=first, same_as=second, reason="Same birthday")
    hide(house, cases[0])
    return cases[0], the_task(house, TaskKind.link_to_agree)


def test_a_link_of_a_restricted_record_is_on_nobodys_page_but_whose_it_became(sqlite_house: made.House) -> None:
    assert linked(sqlite_house)
    for name in ("ada", "ben", "sid"):
        client = browser(sqlite_house, name)
        for page in ("/tasks", "/links", "/four-eyes"):
            assert "A link to agree" not in client.get(page).text
            assert "Ava Example" not in client.get(page).text


def test_its_owner_says_on_the_task_that_they_are_not_one(sqlite_house: made.House) -> None:
    own, task = linked(sqlite_house)
    lee = browser(sqlite_house, "lee")
    assert 'href="/links"' not in lee.get("/tasks").text
    assert f"/tasks/{task}/" not in browser(sqlite_house, "may").get(f"/cases/{own}").text
    wrong = sent(lee, task, path="apart", reason=" ")
    assert wrong.status_code == 422
    assert f'id="reason-{task}-error"' in wrong.text
    assert sent(lee, task, path="apart", reason="Two Avas").headers["location"] == "/tasks?done=1"
    assert kept.rows(sqlite_house, PersonLink)[0].undone_by_id == sqlite_house.ids["lee"]


def test_its_owner_says_so_by_the_api(sqlite_house: made.House) -> None:
    _, task = linked(sqlite_house)
    body = {"reason": "Two Avas"}
    assert made_api.caller(sqlite_house, "may").post(f"tasks/{task}/apart", json=body).status_code == 404
    assert made_api.caller(sqlite_house, "lee").post(f"tasks/{task}/apart", json=body).status_code == 204
    assert kept.rows(sqlite_house, PersonLink)[0].undone_at is not None


def test_a_review_that_says_too_little_is_asked_again_with_what_was_typed(sqlite_house: made.House) -> None:
    case = taken(sqlite_house, "pat")
    dot, may = browser(sqlite_house, "dot"), browser(sqlite_house, "may")
    glass = Page(dot.get(f"/break-glass?reference={case}").text).form("/break-glass")
    dot.post("/break-glass", data=glass | {"reference": case, "reason": "The school rang about her tonight"})
    task = the_task(sqlite_house, TaskKind.review_break_glass)
    wrong = sent(may, task, path="review", reason="She could have rung")
    assert (wrong.status_code, f'id="right-{task}-error"' in wrong.text) == (422, True)
    form = Page(wrong.text).form(f"/tasks/{task}/review")
    assert form["reason"] == "She could have rung"
    assert may.post(f"/tasks/{task}/review", data=form | {"right": "no"}).status_code == 303
