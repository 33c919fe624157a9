"""May this person come to this address? Asked of every route there is."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import made
import pytest
from browsing import Page, browser, nobody, site, words_of
from fastapi.routing import APIRoute

from pathway import web
from pathway.acts import receive
from pathway.web.door.who_may import ACCESS, ANYONE, SIGNED_IN, who_may

ROLES = {name: role for name, _, role, _ in made.STAFF}


def addresses() -> Iterator[str]:
    for router in web.ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods:
                yield f"{method} {route.path}"


def filled(path: str, reference: str = "NOSUCHREF0") -> str:
    named = {"reference": reference, "name": "decide", "step": "worry", "elsewhere:page": "nowhere"}
    return re.sub(r"\{([^}]+)\}", lambda part: named.get(part.group(1), "NOSUCHREF0"), path)


def split(address: str) -> tuple[str, str]:
    method, _, path = address.partition(" ")
    return method, path


CLOSED = [address for address in ACCESS if ACCESS[address] is not ANYONE]
OF_A_RECORD = [one for one in ACCESS if "{reference}" in one and ACCESS[one] is SIGNED_IN]
BY_ROLE = [address for address in CLOSED if ACCESS[address] is not SIGNED_IN]


def test_every_address_declares_who_may_come() -> None:
    assert sorted(addresses()) == sorted(ACCESS)


def test_every_file_with_pages_is_mounted_and_nothing_else_is(sqlite_house: made.House) -> None:
    modules = [import_module(found.name) for found in pkgutil.walk_packages(web.__path__, "pathway.web.")]
    routers = [module.pages for module in modules if hasattr(module, "pages")]
    assert len(routers) >= 8
    assert all(router in web.ROUTERS for router in routers)
    assert len(site(sqlite_house).routes) == len(web.ROUTERS) + len(["/assets"])


def test_an_address_nobody_declared_is_open_to_nobody() -> None:
    assert who_may("GET", "/forgotten") == frozenset()


@pytest.mark.parametrize("address", CLOSED)
def test_without_a_session_one_is_sent_to_sign_in_and_back(sqlite_house: made.House, address: str) -> None:
    method, path = split(address)
    answer = nobody(sqlite_house).request(method, filled(path))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=/")


@pytest.mark.parametrize("address", BY_ROLE)
def test_the_wrong_role_is_told_so_in_plain_words(sqlite_house: made.House, address: str) -> None:
    method, path = split(address)
    who = ACCESS[address]
    assert isinstance(who, frozenset)
    outsider = next(name for name, role in ROLES.items() if role not in who)
    answer = browser(sqlite_house, outsider).request(method, filled(path))
    assert answer.status_code == 403
    assert "isn’t part of your role" in words_of(answer.text)


@pytest.mark.parametrize("address", OF_A_RECORD)
def test_another_agencys_record_looks_like_one_that_does_not_exist(sqlite_house: made.House, address: str) -> None:
    theirs = receive(sqlite_house.desk, sqlite_house.viewer("pat"), take=made.take()).case
    method, path = split(address)
    client = browser(sqlite_house, "gil")
    form = {"_csrf": Page(client.get("/drafts").text).form("/sign-out")["_csrf"], "text": "x", "to": "x", "by": "x"}
    form |= {"until-day": "1", "until-month": "1", "until-year": "2030", "reason": "x"}
    answers = [
        client.request(method, filled(path, one), data=form if method == "POST" else None)
        for one in (theirs, "NOSUCHREF0")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    seen, unseen = (words_of(answer.text) for answer in answers)
    assert seen == unseen
    assert theirs not in seen


def test_who_may_break_the_glass_is_offered_it_for_any_reference(sqlite_house: made.House) -> None:
    offered = browser(sqlite_house, "dot").get("/cases/NOSUCHREF0").text
    assert "/break-glass?reference=NOSUCHREF0" in offered
    assert "/break-glass" not in browser(sqlite_house, "gil").get("/cases/NOSUCHREF0").text


@pytest.mark.parametrize(
    ("name", "address"),
    [("ada", "/board"), ("may", "/board"), ("pat", "/referrals"), ("ann", "/documents"), ("aud", "/board")],
)
def test_the_first_page_fits_the_role(sqlite_house: made.House, name: str, address: str) -> None:
    client = browser(sqlite_house, name)
    assert client.get("/").headers["location"] == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ROLES)
def test_navigation_leads_only_where_one_may_go(sqlite_house: made.House, name: str) -> None:
    client = browser(sqlite_house, name)
    page = client.get("/drafts").text
    links = {link.split('"')[0] for link in page.split('href="')[1:]} - {"#main-content"}
    links = {link for link in links if not link.startswith("/assets")}
    assert len(links) >= 4
    assert {client.get(link).status_code for link in links - {"/"}} == {200}


def test_the_front_doors_menu_is_short_and_others_are_asked_in_their_own_words(sqlite_house: made.House) -> None:
    def menu(name: str) -> str:
        return browser(sqlite_house, name).get("/documents").text.split("</header>")[0]

    assert [menu(name).count("<li ") for name in ("ada", "may")] == [7, 7]
    assert ["Tell us about a worry" in menu(name) for name in ("ada", "pat")] == [False, True]
