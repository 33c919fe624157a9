"""Does the board stay as things are while somebody looks at it, without taking the keyboard from them?"""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from pathway.access import viewer_of
from pathway.acts import receive, sign_out
from pathway.sample.staff import email
from pathway.tables import Practitioner
from workflows.referral_facts import Take

SignIn = Callable[[str], Page]


def a_contact(service: Any) -> str:
    with service.desk.database.reading() as session:
        robin = session.exec(select(Practitioner.id).where(col(Practitioner.email) == email("robin"))).one()
        viewer = viewer_of(session, robin or 0, service.desk.clock())
    assert viewer is not None
    take = Take(told_by="A neighbour", worry="Shouting.", safe_tonight="yes", ring_back="none", other_children="none")
    return receive(service.desk, viewer, take=take).case


def test_a_new_contact_comes_by_itself_and_is_said_aloud(signed_in: SignIn, service: Any) -> None:
    page = signed_in("robin")
    page.clock.install()
    page.goto("/board")
    page.get_by_role("link", name="My team’s").focus()
    case = a_contact(service)
    expect(page.get_by_role("link", name=case, exact=True)).to_have_count(0)
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("link", name=case, exact=True)).to_be_visible()
    expect(page.locator("[data-live-said]")).to_have_text("1 new")
    expect(page.get_by_role("link", name="My team’s")).to_be_focused()
    expect(page.locator("[data-live-state]")).to_contain_text("stays up to date by itself")


def test_once_the_session_has_ended_the_list_says_so_and_stops(
    signed_in: SignIn, service: Any, cookies: dict[str, list[object]]
) -> None:
    page = signed_in("robin")
    page.clock.install()
    page.goto("/board")
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "pathway")
    sign_out(service.desk, token)
    cookies.pop("robin")
    page.clock.fast_forward(21_000)
    expect(page.locator("[data-live-state]")).to_contain_text("You’ve been signed out")
