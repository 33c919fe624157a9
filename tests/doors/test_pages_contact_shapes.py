"""Are the long page and one thing a page the same contact? And does each keep every word, whatever happens?"""

from collections.abc import Mapping

import made
import pytest
from browsing import FACTS, Page, browser, words_of
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient
from taking import NEW, SHAPES, TAKE, action, begun, press, shown

from pathway import acts
from pathway.web.forms.contact_form import form_of
from pathway.web.forms.contact_steps import steps
from pathway.web.forms.form import Form
from workflows.referral_facts import Take

DRAFTS = "No drafts."
UNA = {"adults-0-given_name": "Una", "adults-0-relation": "mother"}
BULLETS = "• “Smart quotes” and ‘these’ – a dash… \x0b\twith\ttabs\r\n\to second line\r\n§ £ é 🧸 \u00a0end"
WORD = "Pasted from Word.\x00 " + BULLETS + "word " * 8_000


def answers(client: TestClient, at: str) -> str:
    return words_of(client.get(at).text)


def test_an_occasional_user_is_asked_one_thing_at_a_time_and_an_adviser_sees_it_all(sqlite_house: made.House) -> None:
    assert browser(sqlite_house, "pat").get(NEW).headers["location"] == f"{NEW}/danger"
    page = browser(sqlite_house, "ada").get(NEW)
    assert page.status_code == 200
    assert "Four facts are enough" in page.text


def test_page_after_page_is_kept_checked_and_sent(house: made.House) -> None:
    client = browser(house, "pat")
    at = press(client, f"{NEW}/danger", safe_tonight="no")
    assert shown(client, at)["told_by"] == "Pat Teacher"
    at = press(client, at, worry="Came in crying.", ring_back="school office")
    at = press(client, at, **{"children-0-given_name": "Ava"})
    at = press(client, at, **{"children-0-observed": "injury-not-independently-mobile"})
    at = press(
        client, at, household="Mum and two boys", **{"adults-0-given_name": "Una", "adults-0-relation": "mother"}
    )
    at = press(client, at, siblings="2")
    at = press(client, at, agreement="given")
    at = press(client, at, childs_words="I don’t want to go home")
    at = press(client, at)
    read = answers(client, at)
    for said in ("Came in crying.", "Ava", "Una, Mother", "Mum and two boys", "I don’t want to go home", "injury"):
        assert said in read
    assert press(client, at, "save").endswith("/taken")
    assert DRAFTS in client.get("/drafts").text


def test_swapping_between_the_shapes_loses_nothing(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    typed = {"worry": "Half a sentence", "children-0-given_name": "Ava", "strengths": "Grandad", "agreement": "refused"}
    typed |= {"adults-0-family_name": "Invented", "children-0-observed": "injury-not-independently-mobile"}
    at = press(client, f"{NEW}?shape=whole", "swap", **typed)
    at = press(client, at, safe_tonight="unknown")
    assert shown(client, at)["worry"] == "Half a sentence"
    back = shown(client, press(client, at, "swap", ring_back="a number"))
    assert {name: back[name] for name in typed} == typed
    assert (back["safe_tonight"], back["ring_back"]) == ("unknown", "a number")


def test_save_it_now_stands_on_every_page_once_the_four_facts_are_there(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    at = press(client, f"{NEW}/danger", safe_tonight="yes")
    at = press(client, at, **{name: FACTS[name] for name in ("told_by", "worry", "ring_back")})
    for _ in range(8):
        assert "Save it now" in client.get(at).text or action(at).endswith("/check")
        at = press(client, at)
    assert press(client, at, "save").startswith("/cases/")


def test_what_is_still_needed_is_said_at_the_end_and_leads_to_its_page(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    at = press(client, f"{NEW}/danger", "check", safe_tonight="yes")
    assert answers(client, at).count("Still needed") == 3
    answer = client.post(action(at), data=shown(client, at) | {"_press": "save"})
    assert answer.status_code == 422
    assert f'href="{NEW}/worry?draft=' in answer.text
    assert "#ring_back" in answer.text


def test_a_day_that_is_none_is_said_on_its_own_page_at_once(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    at = f"{NEW}/child-1"
    typed = {f"children-0-born_on-{part}": value for part, value in (("day", "31"), ("month", "2"), ("year", "2020"))}
    answer = client.post(at, data=shown(client, at) | typed | {"_press": "on"})
    assert answer.status_code == 422
    assert 'href="#children-0-born_on"' in answer.text
    back = Page(answer.text).form(at)
    assert {name: back[name] for name in typed} == typed


def test_a_child_is_added_and_taken_out_one_page_each(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    at = press(client, f"{NEW}/child-1", "add", **{"children-0-given_name": "Ava"})
    assert action(at).endswith("/child-2")
    at = press(client, at, **{"children-1-given_name": "Bo"})
    page = client.get(at).text
    assert page.count('name="children-1-observed"') == page.count('name="children-0-observed"') > 100
    first = press(client, at.replace("examples", "child-1"), "remove-0")
    assert shown(client, first)["children-0-given_name"] == "Bo"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_session_that_expires_mid_page_loses_no_word_of_any_page(sqlite_house: made.House, shape: str) -> None:
    client = browser(sqlite_house, "ada")
    at, form = begun(client, shape, FACTS)
    sqlite_house.clock.forward(hours=2)
    ended = client.post(action(at), data=form)
    assert ended.status_code == 401
    back = Page(ended.text).form("/sign-in") | {"_email": made.email("ada"), "_password": made.PASSWORD}
    on = client.get(client.post("/sign-in", data=back).headers["location"]).headers["location"]
    assert shown(client, on)["worry"] == FACTS["worry"]
    assert press(client, on, "save").startswith("/cases/")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_double_press_makes_one_record_and_leaves_no_draft(house: made.House, shape: str) -> None:
    client = browser(house, "ada")
    at, form = begun(client, shape, FACTS)
    first, second = (client.post(action(at), data=form | {"_press": "save"}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert "1 open record," in words_of(client.get("/board").text)
    assert DRAFTS in client.get("/drafts").text


@pytest.mark.parametrize("shape", SHAPES)
def test_the_back_button_after_saving_leads_to_the_record(sqlite_house: made.House, shape: str) -> None:
    client = browser(sqlite_house, "ada")
    at, form = begun(client, shape, FACTS)
    again = client.post(action(at), data=form | {"_press": "add"}).headers["location"]
    record = press(client, again, "save").partition("?")[0]
    assert client.get(again).headers["location"].startswith(record)


def test_the_back_button_shows_the_page_as_it_was_kept_and_nothing_of_later_pages_is_lost(
    sqlite_house: made.House,
) -> None:
    client = browser(sqlite_house, "ada")
    second = press(client, f"{NEW}/danger", safe_tonight="yes")
    old = shown(client, second)
    third = press(client, second, worry="First words", told_by="A. Teacher", ring_back="office")
    fourth = press(client, third, **{"children-0-given_name": "Ava"})
    answer = client.post(action(second), data=old | {"worry": "Other words", "told_by": "A. Teacher", "_press": "on"})
    assert shown(client, answer.headers["location"])["children-0-given_name"] == "Ava"
    assert shown(client, fourth.replace("examples", "worry"))["worry"] == "Other words"


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_pasted_from_word_is_taken_whole(house: made.House, shape: str) -> None:
    client = browser(house, "ada")
    at, form = begun(client, shape, FACTS | {"worry": WORD})
    saved = client.post(action(at), data=form | {"_press": "save"}).headers["location"]
    assert len(WORD) > 40_000
    assert words_of("“Smart quotes” and ‘these’ – a dash…") in words_of(client.get(saved).text)


def test_examples_are_found_by_everyday_words_and_no_tick_is_lost(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    ticked = {"children-0-observed": "injury-not-independently-mobile"}
    at = press(client, f"{NEW}?shape=whole", "find", _find="bruise", worry="Half", **ticked)
    page = client.get(at).text
    assert "found for “bruise”, besides those ticked" in words_of(page)
    assert shown(client, at)["children-0-observed"] == ticked["children-0-observed"]
    assert page.index('value="injury-not-independently-mobile"') < page.index("data-how-many")
    names = [part.split('"')[0] for part in page.split('value="') if part.startswith("injury-not-indep")]
    assert len(names) == 1


def test_the_enter_key_in_the_search_looks_and_never_saves(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    answer = client.post(NEW, data=shown(client, f"{NEW}?shape=whole") | FACTS | {"_find": "bruise", "_press": ""})
    assert answer.headers["location"].endswith("#examples")
    assert "0 open records" in words_of(client.get("/board").text)


def test_scripts_find_the_same_examples(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    sent = {"_csrf": shown(client, NEW)["_csrf"], "_find": "bruises"}
    assert "injury-not-independently-mobile" in client.post("/contacts/examples", data=sent).json()["found"]


def test_several_children_share_the_examples_and_the_page_stays_small(sqlite_house: made.House) -> None:
    """One child's page was 203,000 bytes and four children's 752,000 when each child had the whole list."""
    client = browser(sqlite_house, "ada")
    one = client.get(NEW).text
    at = NEW
    for _ in range(3):
        at = press(client, at, "add")
    assert len(one.encode()) < 110_000
    assert len(client.get(at).text.encode()) < 250_000


def test_advice_without_a_name_asks_for_none_and_hides_none_that_was_typed(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    at = press(client, f"{NEW}/caller", kind="advice").partition("?")[2]
    child = f"{NEW}/child-1?{at}"
    assert "children-0-given_name" not in shown(client, child)
    assert "advice without a name" in answers(client, child)
    named = press(client, f"{NEW}?shape=whole", "add", kind="advice", **{"children-0-given_name": "Typed"})
    assert shown(client, named)["children-0-given_name"] == "Typed"


def test_where_it_is_not_safe_to_ask_the_page_says_not_to_contact_the_family(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    at = press(client, f"{NEW}/agreement", agreement="not_safe_to_ask").replace("/words", "/agreement")
    assert "Don’t contact the family about this" in answers(client, at)


def test_a_receipt_goes_to_no_family_member_without_a_safe_contact(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    typed = FACTS | {"caller": "family", "told_by_email": "mum@home.invalid"}
    form = shown(client, f"{NEW}?shape=whole") | typed
    answer = client.post(NEW, data=form)
    assert answer.status_code == 422
    assert "Say first how it is safe to reach them" in words_of(answer.text)
    assert client.post(NEW, data=form | {"safe_contact": "This address is hers alone"}).status_code == 303


def test_where_it_comes_from_is_chosen_from_the_return_and_derived_for_a_partner(sqlite_house: made.House) -> None:
    page = browser(sqlite_house, "ada").get(NEW).text
    assert "Health: school nurse" in page
    assert "Not chosen" in page
    partner = browser(sqlite_house, "pat").get(f"{NEW}/caller").text
    assert "school nurse" not in partner


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TAKE)
def test_any_draft_shown_again_is_the_same_form(sqlite_house: made.House, take: Take) -> None:
    body = dict(form_of(take).fields)
    client = browser(sqlite_house, "ada")
    draft = acts.keep_contact(sqlite_house.desk, sqlite_house.viewer("ada"), body=body).ref
    whole = filled(shown(client, f"{NEW}?draft={draft}"))
    pages: dict[str, object] = {}
    for page in steps(Form(body)):
        pages |= filled(shown(client, f"{NEW}/{page.id}?draft={draft}"))
    assert whole == pages == filled(body)


def filled(form: Mapping[str, object]) -> dict[str, list[str]]:
    """What was typed or chosen on a page; what stands there before anybody chooses counts for nothing."""
    presets = {("kind", "contact"), ("agreement", "not_asked")}
    listed = {name: sorted(value) if isinstance(value, list) else [str(value)] for name, value in form.items()}
    return {
        name: values
        for name, values in listed.items()
        if any(values) and not name.startswith("_") and (name, values[0]) not in presets and values != ["unknown"]
    }
