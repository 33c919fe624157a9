"""Does the board show what waits, as each filter counts it, worst first, and stay as things are?"""

import json
import random
from urllib.parse import parse_qs, urlsplit

import kept
import made
import pytest
import told
from browsing import browser, words_of

from pathway.acts import assign, move, receive
from pathway.store.lists.board import PAGE, board
from pathway.store.lists.wanted import STATES, Stage, Wanted
from pathway.store.staffing.nights import last_night
from pathway.tables import Person, Viewing
from pathway.web.door.visit import LIVE
from pathway.web.forms import filters
from pathway.web.forms.filters import address
from workflows import PROCESSES

STEPS = ("acknowledge", "start_screening", "protect", "take_protection", "band", "ask", "propose_no_further_action")
VIEWERS = ("ada", "sol", "may", "dot", "sid", "lee", "aud")


def go(house: made.House, name: str, case: str, what: str) -> None:
    facts = told.facts(what, kept.children(house, case))
    move(house.desk, house.viewer(name), case=case, name=what, facts=facts)


def walked(house: made.House, chance: random.Random, many: int = 40) -> None:
    """Some contacts, each as far on as chance takes it, while the days go by."""
    for _ in range(many):
        house.clock.forward(minutes=chance.randrange(1, 300))
        by = chance.choice(("ada", "pat", "eve"))
        case = receive(house.desk, house.viewer(by), take=made.take()).case
        if chance.random() < 0.3:
            assign(house.desk, house.viewer("ada"), case=case, to=house.viewer(chance.choice(("ada", "sol"))).ref)
        for step in STEPS[: chance.randrange(len(STEPS))]:
            try:
                go(house, "sol", case, step)
            except Exception:  # a step that isn't lawful from here is one not taken
                continue


def wanted_at_random(chance: random.Random) -> Wanted:
    return Wanted(
        whose=chance.choice(("all", "all", "team", "mine")),
        stage=chance.choice(("", "", *Stage)),
        band=chance.choice(("", "", "red", "amber", "none", "nonsense")),
        overdue=chance.random() < 0.3,
        overnight=chance.random() < 0.2,
    )


@pytest.mark.parametrize("seed", range(3))
def test_every_filter_counts_exactly_what_lies_behind_it(house: made.House, seed: int) -> None:
    chance = random.Random(seed)
    walked(house, chance)
    for _ in range(12):
        viewer, start = house.viewer(chance.choice(VIEWERS)), wanted_at_random(chance)
        with house.desk.database.reading() as session:
            found = board(session, viewer, house.clock(), start)
            assert found.total == len(found.rows) <= PAGE
            assert found.overdue == sum(row.overdue for row in found.rows)
            for choice in (*filters.whose(found), *filters.stages(found), *filters.narrowed(found)):
                if choice.current:
                    assert choice.count == found.total
                    continue
                behind = filters.wanted_of(form_of(choice.href))
                assert len(board(session, viewer, house.clock(), behind).rows) == choice.count, choice


def form_of(href: str) -> filters.Form:
    return filters.Form(parse_qs(urlsplit(href).query))


def test_every_open_state_stands_in_one_stage() -> None:
    placed = [state for states in STATES.values() for state in states]
    assert sorted(placed) == sorted(state.name for process in PROCESSES for state in process.open_states)


def test_an_address_says_what_was_chosen_and_is_read_back_the_same() -> None:
    chance = random.Random(1)
    for _ in range(50):
        one = wanted_at_random(chance)
        assert filters.wanted_of(form_of(address(one))) == one


@pytest.mark.parametrize("query", ["whose=x", "stage=%00", "band=" + "x" * 900, "page=-1", "page=99999999999", "a=b"])
def test_an_address_nobody_made_shows_a_board(sqlite_house: made.House, query: str) -> None:
    assert browser(sqlite_house, "ada").get(f"/board?{query}").status_code == 200


def test_the_worst_stands_first(house: made.House) -> None:
    late = receive(house.desk, house.viewer("ada"), take=made.take()).case
    house.clock.forward(days=6)
    soon = receive(house.desk, house.viewer("ada"), take=made.take()).case
    danger = receive(house.desk, house.viewer("ada"), take=made.take()).case
    go(house, "ada", danger, "protect")
    with house.desk.database.reading() as session:
        rows = board(session, house.viewer("ada"), house.clock()).rows
    assert [row.ref for row in rows] == [danger, late, soon]
    assert [row.overdue for row in rows] == [False, True, False]


def test_no_overdue_thing_looks_like_the_rest(sqlite_house: made.House) -> None:
    house = sqlite_house
    late = receive(house.desk, house.viewer("ada"), take=made.take()).case
    go(house, "ada", late, "ask")
    house.clock.forward(days=6)
    soon = receive(house.desk, house.viewer("ada"), take=made.take()).case
    page = browser(house, "ada").get("/board").text
    rows = {ref: page.split(f'data-ref="{ref}"')[1].split("</tr>")[0] for ref in (late, soon)}
    assert "Overdue by" in rows[late]
    assert rows[late].count('class="pathway-overdue"') == 2
    assert "Waits for" in words_of(rows[late])
    assert "pathway-overdue" not in rows[soon]
    assert f'pathway-row--overdue" data-ref="{late}"' in page
    assert f'pathway-row--overdue" data-ref="{soon}"' not in page
    assert "1 overdue" in words_of(page)


def test_what_came_overnight_is_what_came_while_the_office_was_closed(house: made.House) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take())
    seen = []
    for _ in range(3):
        house.clock.forward(hours=12)
        if not seen:
            by_night = receive(house.desk, house.viewer("eve"), take=made.take()).case
        with house.desk.database.reading() as session:
            rows = board(session, house.viewer("ada"), house.clock(), Wanted(overnight=True)).rows
        seen.append([row.ref for row in rows])
    assert seen == [[by_night], [by_night], []], "at ten at night, at ten the next morning, and the night after"


def test_where_nothing_says_when_the_office_is_closed_nothing_came_overnight() -> None:
    assert last_night(None, made.MONDAY) is None


def test_contacts_about_a_child_are_counted_in_front_of_the_adviser(house: made.House) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take())
    person = kept.rows(house, Person)[-1].public_id
    again = made.take(children=(made.child(given_name="Ava", same_as=person),))
    receive(house.desk, house.viewer("ada"), take=again)
    with house.desk.database.reading() as session:
        rows = board(session, house.viewer("ada"), house.clock()).rows
    assert [row.contacts for row in rows] == [2, 2]
    assert "2 contacts in 12 weeks" in words_of(browser(house, "ada").get("/board").text)


def test_a_page_that_asks_by_itself_is_sent_only_what_changed(sqlite_house: made.House) -> None:
    house = sqlite_house
    receive(house.desk, house.viewer("ada"), take=made.take())
    client = browser(house, "ada")
    tag = client.get("/board").text.split('data-live-tag="')[1].split('"')[0]
    first = client.get("/board", headers={LIVE: "yes", "if-none-match": f'"{tag}."'})
    assert first.status_code == 200
    assert "<html" not in first.text
    same = {LIVE: "yes", "if-none-match": first.headers["etag"]}
    assert client.get("/board", headers=same).status_code == 304
    receive(house.desk, house.viewer("ada"), take=made.take())
    changed = client.get("/board", headers=same)
    assert (changed.status_code, changed.text.count("data-ref=")) == (200, 2)


def test_looking_on_is_one_look_and_new_records_are_another(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    client = browser(house, "ada")
    tag = client.get("/board").text.split('data-live-tag="')[1].split('"')[0] + "."
    for _ in range(3):
        house.clock.forward(minutes=1)
        tag = client.get("/board", headers={LIVE: "yes", "if-none-match": f'"{tag}"'}).headers["etag"].strip('"')
    assert [json.loads(row.cases) for row in kept.rows(house, Viewing)] == [[case]]
    other = receive(house.desk, house.viewer("ada"), take=made.take()).case
    client.get("/board", headers={LIVE: "yes", "if-none-match": f'"{tag}"'})
    assert [json.loads(row.cases) for row in kept.rows(house, Viewing)] == [[case], sorted([case, other])]


def test_a_tag_of_ones_own_making_is_no_look_recorded(sqlite_house: made.House) -> None:
    receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take())
    client = browser(sqlite_house, "ada")
    for tag in (b"", '"é"'.encode(), b'"0.0"', b"W/x"):
        client.get("/board", headers={LIVE: "yes", "if-none-match": tag})
    assert len(kept.rows(sqlite_house, Viewing)) == 4


def test_a_page_that_asks_by_itself_keeps_no_session_from_lying_idle(sqlite_house: made.House) -> None:
    house = sqlite_house
    client = browser(house, "ada")
    for _ in range(7):
        house.clock.forward(minutes=10)
        answer = client.get("/board", headers={LIVE: "yes"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_another_page_begins_where_the_first_ended(sqlite_house: made.House) -> None:
    house = sqlite_house
    for _ in range(PAGE + 3):
        receive(house.desk, house.viewer("ada"), take=made.take())
    client = browser(house, "ada")
    pages = [client.get(f"/board?page={number}").text for number in (1, 2)]
    assert [page.count("data-ref=") for page in pages] == [PAGE, 3]
    assert 'href="/board?page=2"' in pages[0]
    assert "Page 2 of 2" in words_of(pages[1])


def test_tasks_are_mine_my_teams_or_both_and_say_what_kind(sqlite_house: made.House) -> None:
    house = sqlite_house
    for take in (made.take(other_children="", siblings=None), made.take(other_children="", siblings=None)):
        receive(house.desk, house.viewer("ada"), take=take)
    client = browser(house, "ada")
    page = words_of(client.get("/tasks").text)
    assert page.count("Ask about other children: in the household") == 2 * 2, "once to read, once on its button"
    numbers = {whose: client.get(f"/tasks?whose={whose}").text.count("pathway-card") for whose in ("mine", "team")}
    assert sum(numbers.values()) == client.get("/tasks").text.count("pathway-card") == 2
    house.clock.forward(hours=30)
    again = browser(house, "ada").get("/tasks").text
    assert again.count("pathway-card--overdue") == 2
    assert "2 overdue" in words_of(again)


def test_the_next_step_is_one_press_from_the_board_where_it_may_be_taken(sqlite_house: made.House) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    step = f'href="/cases/{case}/moves/acknowledge"'
    assert step in browser(sqlite_house, "ada").get("/board").text
    assert step not in browser(sqlite_house, "aud").get("/board").text
