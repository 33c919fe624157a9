"""Does the contact page close the traps that hurt children? Each is named as safety is taught here."""

import kept
import made
from browsing import FACTS, browser, words_of
from taking import NEW, press, shown

from pathway.tables import CaseChild, Person, Task
from pathway.tables.people import PersonKind
from pathway.tables.timing import TaskKind


def ref(address: str) -> str:
    return address.split("/")[2].partition("?")[0]


def test_a_form_before_safety(house: made.House) -> None:
    """One tick on the first page of either shape is enough: social work hears, and the rest is asked afterwards."""
    for name, at in (("ada", f"{NEW}?shape=whole"), ("ada", f"{NEW}/danger"), ("pat", f"{NEW}/danger")):
        button = "on" if at.endswith("danger") else "save"
        saved = press(browser(house, name), at, button, immediate_danger="yes")
        assert kept.case(house, ref(saved)).state == "protecting"


def test_age_unknown(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    ticked = {"children-0-observed": "injury-not-independently-mobile"}
    saved = press(client, f"{NEW}?shape=whole", "save", **FACTS, **ticked)
    (child,) = kept.rows(sqlite_house, CaseChild, case=ref(saved))
    assert child.immediate
    assert "until it’s known, what turns on age counts as met" in words_of(client.get(NEW).text)


def test_nothing_ticked_looks_like_nothing_wrong(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    at = press(client, f"{NEW}/danger", "check", safe_tonight="yes")
    assert "It doesn’t mean that nothing is wrong" in words_of(client.get(at).text)
    saved = press(client, f"{NEW}?shape=whole", "save", **FACTS)
    (child,) = kept.rows(sqlite_house, CaseChild, case=ref(saved))
    assert child.advised_level is None


def test_unborn_child(sqlite_house: made.House) -> None:
    """The mother, under 18, is added as a child with one press, by the names she was told of by."""
    client = browser(sqlite_house, "ada")
    due = {f"children-0-expected_on-{part}": value for part, value in (("day", "3"), ("month", "3"), ("year", "2027"))}
    mother = {"adults-0-given_name": "Una", "adults-0-relation": "mother", "adults-0-born_on-year": "2010"}
    mother |= {"adults-0-born_on-day": "1", "adults-0-born_on-month": "2"}
    assert "Then she is a child too, and has a case of her own" in words_of(client.get(NEW).text)
    at = press(client, f"{NEW}?shape=whole", "mother", **FACTS, **due, **mother)
    assert shown(client, at)["children-1-given_name"] == "Una"
    saved = press(client, at, "save")
    children = [one for one in kept.rows(sqlite_house, Person) if one.kind is not PersonKind.adult]
    assert [one.kind for one in children] == [PersonKind.expected_child, PersonKind.child]
    assert len(kept.rows(sqlite_house, CaseChild, case=ref(saved))) == 2


def test_one_child_seen_siblings_missed(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    press(client, f"{NEW}?shape=whole", "save", **FACTS)
    asked = [one for one in kept.rows(sqlite_house, Task) if one.kind is TaskKind.children_to_ask_about]
    assert len(asked) == 1
    page = words_of(client.get(NEW).text)
    assert "How many children are there in the sibling group?" in page
    assert "whom the person causing harm sees" in page


def test_address_of_a_refuge(sqlite_house: made.House) -> None:
    """A sealed address is on no page but its own; adding to what was told neither unseals it nor loses it."""
    client = browser(sqlite_house, "ada")
    secret = {"address": "4 Hidden Lane", "address_sealed": "yes"}
    saved = press(client, f"{NEW}?shape=whole", "save", **FACTS, **secret)
    assert "Hidden Lane" not in client.get(saved).text
    assert "Sealed" in words_of(client.get(saved).text)
    again = f"/cases/{ref(saved)}/contact"
    assert shown(client, again)["address"] == "Sealed"
    assert all(one.address_sealed for one in kept.rows(sqlite_house, Person))
    form = shown(client, again)
    del form["address_sealed"]
    assert client.post(again, data=form | {"strengths": "Safe there", "_press": "save"}).status_code == 303
    assert {(one.address, one.address_sealed) for one in kept.rows(sqlite_house, Person)} == {("4 Hidden Lane", True)}
    assert "Hidden Lane" not in client.get(saved).text
    child = kept.rows(sqlite_house, Person)[0].public_id
    assert "4 Hidden Lane" in client.get(f"/people/{child}/address").text
