"""Can people say on a page when they, or their staff, are away, and who answers for a child meanwhile?"""

from datetime import timedelta

import kept
import made
from browsing import Page, browser, words_of

from pathway.access import everybody_there
from pathway.tables import Absence

AWAY = {"starts_at-day": "17", "starts_at-month": "11", "starts_at-year": "2026"} | {
    "ends_at-day": "20", "ends_at-month": "11", "ends_at-year": "2026",
}  # fmt: skip


def say(house: made.House, name: str, **typed: str):
    client = browser(house, name)
    return client.post("/away", data=Page(client.get("/away").text).form("/away") | AWAY | typed)


def here(house: made.House, name: str) -> bool:
    with house.desk.database.reading() as session:
        return house.ids[name] in everybody_there(session, house.clock())


def test_somebody_says_that_they_will_be_away_and_is_not_there_then(sqlite_house: made.House) -> None:
    assert say(sqlite_house, "ada").headers["location"] == "/away?done=set"
    assert here(sqlite_house, "ada")
    assert "Ada Adviser (you)" in words_of(browser(sqlite_house, "ada").get("/away").text)
    sqlite_house.clock.moment += timedelta(days=2)
    assert not here(sqlite_house, "ada")


def test_back_already_is_back(sqlite_house: made.House) -> None:
    say(sqlite_house, "ada")
    sqlite_house.clock.moment += timedelta(days=2)
    client = browser(sqlite_house, "ada")
    assert client.post("/away/back", data=Page(client.get("/away").text).form("/away/back")).status_code == 303
    assert here(sqlite_house, "ada")


def test_not_going_away_after_all_leaves_nothing_behind(sqlite_house: made.House) -> None:
    say(sqlite_house, "ada")
    client = browser(sqlite_house, "ada")
    client.post("/away/back", data=Page(client.get("/away").text).form("/away/back"))
    assert list(kept.rows(sqlite_house, Absence)) == []


def test_a_manager_sets_it_for_staff_and_nobody_for_a_colleague(sqlite_house: made.House) -> None:
    ben = sqlite_house.viewer("ben").ref
    assert say(sqlite_house, "may", who=ben).status_code == 303
    assert "somebody else" in words_of(say(sqlite_house, "ada", who=ben).text).lower()
    assert len(kept.rows(sqlite_house, Absence)) == 1
    assert "Ben Adviser" not in words_of(browser(sqlite_house, "ada").get("/away").text)


def test_dates_the_wrong_way_round_say_so_and_stay(sqlite_house: made.House) -> None:
    wrong = say(sqlite_house, "ada", **{"ends_at-day": "16"})
    assert wrong.status_code == 422
    assert "An absence ends after it starts" in words_of(wrong.text)
    assert Page(wrong.text).form("/away")["starts_at-day"] == "17"
    assert "Say from when" in words_of(say(sqlite_house, "ada", **{"starts_at-day": "40"}).text)
