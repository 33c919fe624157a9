"""Can a child or parent reach us from any device, and does it say, keep and lose nothing?"""

import re

import kept
import made
import pytest
from browsing import ORIGIN, Page, browser, nobody, words_of

from pathway import acts
from pathway.acts.voice_heard import Spoken
from pathway.tables import Case, Deadline, Entry, Message, Person, Voice
from pathway.web.forms.public_form import ASKING, TELLING

PAGES = ["/help", *(f"/help/{which}" for which in (*ASKING, *TELLING))]
ASKED = {"said": "I can't sleep at home.", "safe": "no", "name": "", "reach": "school", "how": "Not in the evening"}
TOLD = {"said": "The visits are at a bad time.", "name": "Marigold", "reach": "07700 900123"}
OURS = re.compile(r"social care|children.s services|council|safeguard|referral|pathway|abuse|protect", re.IGNORECASE)
OLDEST_GRADE = 5.0
"""A school grade of five is read at ten or eleven."""


def blank(house: made.House, which: str) -> dict[str, str]:
    return Page(nobody(house).get(f"/help/{which}").text).form(f"/help/{which}")


def send(house: made.House, which: str, **typed: str) -> str:
    answer = nobody(house).post(f"/help/{which}", data=blank(house, which) | typed)
    assert answer.status_code == 200, words_of(answer.text)
    return answer.text


def title(text: str) -> str:
    return text.split("<title>")[1].split("</title>")[0].strip()


@pytest.mark.parametrize("path", [*PAGES, "/help/nowhere"])
def test_every_page_has_the_way_out_which_needs_no_script(sqlite_house: made.House, path: str) -> None:
    text = nobody(sqlite_house).get(path).text
    assert text.count('href="https://www.bbc.co.uk/weather"') == 2
    assert 'data-module="govuk-exit-this-page"' in text
    assert "ring 999" in words_of(text).lower()


def test_shared_devices_the_tab_the_history_and_the_cookies_say_nothing(sqlite_house: made.House) -> None:
    client = nobody(sqlite_house)
    answers = [client.get(path) for path in PAGES]
    answers.append(client.post("/help/one", data=blank(sqlite_house, "one") | ASKED))
    answers.append(client.post("/help/six", data=blank(sqlite_house, "six") | TOLD))
    for answer in answers:
        assert not OURS.search(title(answer.text))
        assert not OURS.search(str(answer.url))
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.status_code == 200  # no redirect, so that no reference stands in an address
    assert not client.cookies


@pytest.mark.parametrize("path", PAGES[1:])
def test_shared_devices_no_field_is_remembered(sqlite_house: made.House, path: str) -> None:
    text = nobody(sqlite_house).get(path).text
    fields = re.findall(r"<(?:input|textarea)[^>]*>", text)
    assert len(fields) > 5
    assert [one for one in fields if 'autocomplete="off"' not in one and "hidden" not in one] == []
    assert '<form method="post"' in text
    assert "data-keep" not in text


@pytest.mark.parametrize("path", PAGES)
def test_shared_devices_who_is_signed_in_does_not_stand_on_it(sqlite_house: made.House, path: str) -> None:
    text = browser(sqlite_house, "ada").get(path).text
    assert "Ada" not in text
    assert "Sign out" not in text


@pytest.mark.parametrize("path", PAGES)
def test_it_is_read_easily_at_ten(sqlite_house: made.House, path: str) -> None:
    text = nobody(sqlite_house).get(path).text.split("<body")[1]
    assert grade(text) <= OLDEST_GRADE


def grade(html: str) -> float:
    """The Flesch-Kincaid grade of what stands on a page; each heading, label and answer is a sentence."""
    ended = re.sub(r"</(?:p|h1|h2|li|label|legend|div|span|a|button|strong)>", ". ", html.split("</script>", 1)[1])
    sentences = [one for one in re.split(r"[.?!]+", words_of(ended)) if re.search("[a-zA-Z]", one)]
    words = re.findall(r"[a-zA-Z’']+", " ".join(sentences))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", one.lower().removesuffix("e")))) for one in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(("which", "caller"), ASKING.items())
def test_somebody_asks_for_help_and_it_is_taken_in(house: made.House, which: str, caller: str) -> None:
    text = send(house, which, **ASKED)
    (case,) = kept.rows(house, Case)
    assert (case.kind, case.safe_tonight, case.referrer_id) == ("self_referral", "no", None)
    assert case.public_id in text
    with house.desk.database.reading() as session:
        from pathway.store.records.cases import case as case_of

        view = case_of(session, house.viewer("ada"), case.public_id, house.clock())
    assert view.take["caller"] == caller
    assert (view.take["told_by"], view.take["how"], view.take["safe_contact"]) == (
        "Gave no name",
        "online",
        "Not in the evening",
    )
    assert kept.faults(house) == []


def test_the_answer_says_by_when_and_nothing_else(house: made.House) -> None:
    words = words_of(send(house, "one", **ASKED | {"safe": "unknown"}))
    clocks = {one.limit_id: one for one in kept.rows(house, Deadline)}
    assert "Somebody reads it by Tuesday 17 November at 5pm" in words
    assert {"acknowledgement", "decision"} <= set(clocks)
    for inside in ("Front Door", "level", "screening", "Sorrel", "sleep"):
        assert inside not in words


def test_who_isnt_safe_tonight_is_given_no_day_after_the_weekend_to_wait_for(sqlite_house: made.House) -> None:
    words = words_of(send(sqlite_house, "one", **ASKED))
    assert "We tell a social worker now." in words
    assert "Somebody reads it by" not in words
    assert {one.audience for one in kept.rows(sqlite_house, Message)} >= {"social_work", "manager"}


def test_danger_needs_nothing_else_and_is_protected_at_once(house: made.House) -> None:
    text = words_of(send(house, "one", safe="danger"))
    (case,) = kept.rows(house, Case)
    assert (case.immediate, case.state) == (True, "protecting")
    assert "Ring 999 now" in text
    assert any(one.kind == "protection_needed" for one in kept.rows(house, Message))


def test_danger_told_beside_a_complaint_is_protected_too(sqlite_house: made.House) -> None:
    send(sqlite_house, "six", **TOLD, unsafe="yes")
    assert [one.state for one in kept.rows(sqlite_house, Case)] == ["protecting"]
    assert len(kept.rows(sqlite_house, Voice)) == 1


@pytest.mark.parametrize(
    ("typed", "ages"),
    [("2, 5 and 11", [2, 5, 11]), ("3", [3]), ("8 months", [None]), ("two and four", [None]), ("", [None])],
)
def test_an_age_is_never_guessed(sqlite_house: made.House, typed: str, ages: list[int | None]) -> None:
    send(sqlite_house, "two", **ASKED, age=typed)
    assert [one.age_told for one in kept.rows(sqlite_house, Person)] == ages


@pytest.mark.parametrize(
    ("which", "typed", "sentence"),
    [
        ("one", {"safe": "no"}, "Tell us what is going on"),
        ("one", {"said": "Help"}, "Choose one"),
        ("one", ASKED | {"age": "twelve"}, "Write your age as a number"),
        ("one", ASKED | {"said": "x" * 10_001}, "This is too long"),
        ("one", ASKED | {"age": "99999999999999999999"}, "Write your age as a number"),
        ("two", ASKED | {"name": "x" * 201}, "This is too long"),
        ("six", {"name": "Marigold"}, "Write what you want to say"),
    ],
)
def test_what_is_wrong_is_said_and_every_word_is_still_there(
    sqlite_house: made.House, which: str, typed: dict[str, str], sentence: str
) -> None:
    answer = nobody(sqlite_house).post(f"/help/{which}", data=blank(sqlite_house, which) | typed)
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    back = Page(answer.text).form(f"/help/{which}")
    assert {name: back[name] for name in typed} == typed
    assert not kept.rows(sqlite_house, Case)


@pytest.mark.parametrize("which", [*ASKING, *TELLING])
def test_when_we_fail_every_word_is_still_there(
    sqlite_house: made.House, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("inside")

    form = blank(sqlite_house, which) | ASKED
    monkeypatch.setattr(acts, "ask_for_help", fail)
    monkeypatch.setattr(acts, "tell_us", fail)
    answer = nobody(sqlite_house).post(f"/help/{which}", data=form)
    assert answer.status_code == 503
    assert "Your words are still here" in words_of(answer.text)
    assert Page(answer.text).form(f"/help/{which}")["said"] == ASKED["said"]
    assert "inside" not in answer.text


def test_pressed_twice_it_is_sent_once(house: made.House) -> None:
    form, client = blank(house, "two") | ASKED, nobody(house)
    first, second = (client.post("/help/two", data=form).text for _ in range(2))
    assert len(kept.rows(house, Case)) == 1
    assert re.findall(r'reference">(\w+)', first) == re.findall(r'reference">(\w+)', second)


def test_too_much_from_one_place_waits_and_loses_nothing(sqlite_house: made.House) -> None:
    object.__setattr__(sqlite_house.desk.settings, "public_an_hour", 1)
    send(sqlite_house, "three", **TOLD)
    answer = nobody(sqlite_house).post("/help/three", data=blank(sqlite_house, "three") | TOLD)
    assert answer.status_code == 429
    assert "Send it again in 60 minutes" in words_of(answer.text)
    assert Page(answer.text).form("/help/three")["said"] == TOLD["said"]


@pytest.mark.parametrize(
    ("which", "typed", "first"),
    [
        ("one", ASKED | {"safe": "danger"}, "Ring 999 now if you can."),
        ("five", TOLD | {"unsafe": "yes"}, "Ring 999 now if you can."),
        ("two", ASKED | {"safe": "no"}, "If you can’t wait, ring 999."),
    ],
)
@pytest.mark.parametrize("ring", ["", "020 7946 0000"])
def test_danger_that_is_too_much_even_for_danger_is_sent_to_the_telephone_and_loses_nothing(
    sqlite_house: made.House, which: str, typed: dict[str, str], first: str, ring: str
) -> None:
    object.__setattr__(sqlite_house.desk.settings, "public_an_hour", 0)
    if ring:
        object.__setattr__(sqlite_house.desk.settings, "ring", ring)
    answer = nobody(sqlite_house).post(f"/help/{which}", data=blank(sqlite_house, which) | typed)
    assert answer.status_code == 429
    notice = words_of(answer.text.split("Not sent yet")[1].split("</div>")[0])
    assert notice.index(first) < notice.index("We have not had this yet") < notice.index("Your words are still here")
    assert ("You can ring us too" in notice) is bool(ring)
    assert ring in notice
    assert grade(answer.text.split("<body")[1]) <= OLDEST_GRADE
    assert Page(answer.text).form(f"/help/{which}") | typed == Page(answer.text).form(f"/help/{which}")
    assert not kept.rows(sqlite_house, Case)


def test_danger_that_we_fail_to_take_is_sent_to_the_telephone_too(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("inside")

    form = blank(sqlite_house, "one") | ASKED | {"safe": "danger"}
    monkeypatch.setattr(acts, "ask_for_help", fail)
    answer = nobody(sqlite_house).post("/help/one", data=form)
    assert "Ring 999 now if you can. We have not had this yet." in words_of(answer.text)


def test_more_than_a_megabyte_is_refused_in_words(sqlite_house: made.House) -> None:
    answer = nobody(sqlite_house).post("/help/one", data={"said": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "smaller parts" in words_of(answer.text)


def test_a_form_from_another_site_sends_nothing(sqlite_house: made.House) -> None:
    elsewhere = ORIGIN | {"sec-fetch-site": "cross-site"}
    answer = nobody(sqlite_house).post("/help/one", data=ASKED, headers=elsewhere)
    assert answer.status_code == 403
    assert not kept.rows(sqlite_house, Case)


@pytest.mark.parametrize("which", TELLING)
def test_the_page_is_the_same_to_the_letter_whether_or_not_the_reference_exists(
    sqlite_house: made.House, which: str
) -> None:
    case = acts.receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    acts.assign(sqlite_house.desk, sqlite_house.viewer("sol"), case=case, to=sqlite_house.viewer("sol").ref)
    acts.restrict(sqlite_house.desk, sqlite_house.viewer("may"), case=case, names=(), reason="Known to staff")
    pages = [send(sqlite_house, which, **TOLD, about=about) for about in (case, "ABCDEFGH12", "not a reference")]
    own = [re.sub(r'nonce="[^"]+"', "", page) for page in pages]
    for row in kept.rows(sqlite_house, Voice):
        own = [page.replace(row.public_id, "REFERENCE") for page in own]
    assert own[0] == own[1] == own[2]
    assert case not in own[0]


def on_a_record(house: made.House) -> tuple[str, str]:
    case = acts.receive(house.desk, house.viewer("ada"), take=made.take()).case
    acts.assign(house.desk, house.viewer("sol"), case=case, to=house.viewer("sol").ref)
    said = Spoken(kind="not_working", said="Come after school.", reach="Text only")
    return case, acts.take_voice(house.desk, house.viewer("ben"), case=case, spoken=said).named["voice"]


def test_their_words_and_our_answer_stand_on_the_record(sqlite_house: made.House) -> None:
    case, voice = on_a_record(sqlite_house)
    client = browser(sqlite_house, "sol")
    assert "Come after school." in words_of(client.get(f"/cases/{case}").text)
    assert f"/voices/{voice}" in client.get("/tasks").text
    form = Page(client.get(f"/voices/{voice}").text).form(f"/voices/{voice}/answer")
    wrong = client.post(f"/voices/{voice}/answer", data=form | {"said": "We will."})
    assert wrong.status_code == 422
    assert Page(wrong.text).form(f"/voices/{voice}/answer")["said"] == "We will."
    done = client.post(f"/voices/{voice}/answer", data=form | {"said": "We come at four.", "way": "voice"})
    assert done.headers["location"] == "/voices?done=1"
    page = words_of(client.get(f"/cases/{case}").text)
    assert "We come at four." in page
    assert "Answered the family" in page
    assert "We come at four." not in "".join(one.effects for one in kept.rows(sqlite_house, Entry))


def test_a_worker_writes_it_down_and_nothing_is_lost_meanwhile(sqlite_house: made.House) -> None:
    case, _ = on_a_record(sqlite_house)
    client, path = browser(sqlite_house, "ben"), f"/cases/{case}/voices"
    form = Page(client.get(path).text).form(path)
    wrong = client.post(path, data=form | {"kind": "complaint", "name": "Dad"})
    assert wrong.status_code == 422
    assert Page(wrong.text).form(path) | {"said": "Nobody rang."} == form | {
        "kind": "complaint",
        "name": "Dad",
        "said": "Nobody rang.",
    }
    sent = client.post(path, data=form | {"kind": "complaint", "name": "Dad", "said": "Nobody rang."})
    assert sent.headers["location"].startswith(f"/cases/{case}?done=family_said")
    assert "Nobody rang." not in browser(sqlite_house, "sol").get(f"/cases/{case}").text
    assert "Nobody rang." in browser(sqlite_house, "may").get(f"/cases/{case}").text


def test_the_record_is_confirmed_by_somebody_here(sqlite_house: made.House) -> None:
    case, _ = on_a_record(sqlite_house)
    send(sqlite_house, "three", **TOLD, about=case)
    voice = kept.rows(sqlite_house, Voice)[-1].public_id
    client = browser(sqlite_house, "sol")
    assert "Nobody has checked who they are" in words_of(client.get(f"/voices/{voice}").text)
    assert TOLD["said"] not in client.get(f"/cases/{case}").text
    path = f"/voices/{voice}/record"
    client.post(path, data=Page(client.get(f"/voices/{voice}").text).form(path))
    assert TOLD["said"] in client.get(f"/cases/{case}").text


def test_the_list_shows_only_what_is_mine_to_read(sqlite_house: made.House) -> None:
    case, voice = on_a_record(sqlite_house)
    acts.restrict(
        sqlite_house.desk,
        sqlite_house.viewer("may"),
        case=case,
        names=(sqlite_house.viewer("sol").ref,),
        reason="Staff",
    )
    for name, sees in (("sol", True), ("ada", False), ("lee", False), ("zoe", False), ("aud", False)):
        client = browser(sqlite_house, name)
        assert (voice in client.get("/voices").text) is sees
        assert client.get(f"/voices/{voice}").status_code == (200 if sees else 404)


def test_a_no_to_help_counted_against_a_parent_is_ruled_out_where_they_say_it(sqlite_house: made.House) -> None:
    """Saying that help isn't working changes no level, decides nothing and ends nothing."""
    case, _ = on_a_record(sqlite_house)
    before = kept.case(sqlite_house, case)
    children = [one.model_dump() for one in kept.rows(sqlite_house, kept.CaseChild, case=case)]
    send(sqlite_house, "three", said="We don't want this any more.", about=case)
    voice = kept.rows(sqlite_house, Voice)[-1].public_id
    acts.find_record(sqlite_house.desk, sqlite_house.viewer("sol"), voice=voice, case=case)
    after = kept.case(sqlite_house, case)
    assert (after.state, after.immediate, after.closed_at) == (before.state, before.immediate, before.closed_at)
    assert [one.model_dump() for one in kept.rows(sqlite_house, kept.CaseChild, case=case)] == children
    assert "Nobody will hold it against you" in words_of(nobody(sqlite_house).get("/help/three").text)
