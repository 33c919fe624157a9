"""Is a password guessed slowly, and is nobody locked out by a stranger?"""

import dataclasses
import threading
from datetime import timedelta
from importlib import import_module

import kept
import made
import pytest

from pathway.acts import SignInRefused, passwords, sign_in
from pathway.acts.passwords import TooBusy
from pathway.tables import SignInAttempt

SERVICES_OWN = passwords._HASHER
"""As the service has it, before the tests keep passwords more quickly."""

SIGN_IN = import_module("pathway.acts.sign_in")
HOME = "192.0.2.1"


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A password is looked at without its slow hash; what was tried is counted."""
    tried: list[str] = []

    def matches(password: str, digest: str | None, *, at_once: int) -> bool:
        tried.append(password)
        return password == made.PASSWORD and digest is not None

    monkeypatch.setattr(SIGN_IN, "matches", matches)
    return tried


def with_settings(house: made.House, **settings: object) -> made.House:
    changed = house.desk.settings.model_copy(update=settings)
    return dataclasses.replace(house, desk=dataclasses.replace(house.desk, settings=changed))


def enter(house: made.House, password: str = made.PASSWORD, address: str = HOME, name: str = "ada") -> None:
    sign_in(house.desk, email=made.email(name), password=password, address=address)


def fail(house: made.House, times: int = 1, address: str = HOME, name: str = "ada") -> SignInRefused:
    refused = SignInRefused("")
    for _ in range(times):
        with pytest.raises(SignInRefused) as caught:
            enter(house, "a wrong password", address, name)
        refused = caught.value
    return refused


def test_wrong_passwords_at_once_all_count(house: made.House, quick: list[str]) -> None:
    ready = threading.Barrier(12)

    def one() -> None:
        ready.wait()
        with pytest.raises(SignInRefused):
            enter(house, "a wrong password")

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(quick) == house.desk.settings.attempts_before_lock


def test_after_too_many_failures_the_account_rests_from_there_for_as_long_as_it_says(house: made.House) -> None:
    assert fail(house, 5).wait is None
    house.clock.forward(minutes=4)
    refused = fail(house)
    assert refused.wait == timedelta(minutes=11)
    assert "Wait 11 minutes" in str(refused)
    house.clock.forward(minutes=11)
    enter(house)


def test_a_success_begins_the_count_again(sqlite_house: made.House) -> None:
    for _ in range(3):
        fail(sqlite_house, 4)
        enter(sqlite_house)
        sqlite_house.clock.forward(seconds=1)


def test_a_stranger_elsewhere_cannot_lock_somebody_out(sqlite_house: made.House) -> None:
    enter(sqlite_house)
    house = with_settings(sqlite_house, attempts_an_hour_anywhere=6)
    for number in range(6):
        fail(house, 1, f"203.0.113.{number}")
    assert "from several places" in str(fail(house, 1, "198.51.100.7"))
    enter(house)


def test_an_account_tried_from_everywhere_rests_for_those_who_never_signed_in_from_there(
    sqlite_house: made.House,
) -> None:
    house = with_settings(sqlite_house, attempts_an_hour_anywhere=6)
    for number in range(6):
        fail(house, 1, f"203.0.113.{number}")
    assert fail(house).wait == timedelta(hours=1)


def test_a_network_is_slowed_down_by_failures_only(sqlite_house: made.House) -> None:
    house = with_settings(sqlite_house, attempts_a_minute=3)
    for _ in range(5):
        enter(house)
    for name in ("ben", "sol", "may"):
        fail(house, 1, HOME, name)
    refused = fail(house, 1, HOME, "eve")
    assert "your network. Wait 1 minute and" in str(refused)
    assert refused.wait == timedelta(minutes=1)
    house.clock.forward(minutes=1)
    enter(house)


def test_every_address_of_one_ipv6_network_counts_together(house: made.House) -> None:
    for number in range(5):
        fail(house, 1, f"2001:db8:1:2::{number:x}")
    assert fail(house, 1, "2001:DB8:1:2:ffff:ffff:ffff:ffff").wait == timedelta(minutes=15)
    enter(house, address="2001:db8:1:3::1")
    assert {one.address for one in kept.rows(house, SignInAttempt)} == {"2001:db8:1:2::/64", "2001:db8:1:3::/64"}


def test_a_whole_ipv6_network_is_slowed_down_whoever_is_tried_from_it(sqlite_house: made.House) -> None:
    house = with_settings(sqlite_house, attempts_a_minute=3)
    for number, name in enumerate(("ben", "sol", "may")):
        fail(house, 1, f"2001:db8:1:2:{number}::1", name)
    assert "from your network" in str(fail(house, 1, "2001:db8:1:2:9::1", "eve"))
    assert fail(house, 1, "2001:db8:1:3::1", "eve").wait is None


def test_where_somebody_signed_in_from_stays_theirs_when_their_ipv6_address_changes(sqlite_house: made.House) -> None:
    enter(sqlite_house, address="2001:db8:1:2::1")
    house = with_settings(sqlite_house, attempts_an_hour_anywhere=6)
    for number in range(6):
        fail(house, 1, f"2001:db8:f:{number}::1")
    assert "from several places" in str(fail(house, 1, "2001:db8:e:1::1"))
    enter(house, address="2001:db8:1:2:abcd::77")


def test_an_attempt_stands_before_the_password_is_tried(house: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object, **kwargs: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(SIGN_IN, "matches", killed)
    with pytest.raises(KeyboardInterrupt):
        enter(house)
    assert [one.succeeded for one in kept.rows(house, SignInAttempt)] == [False]


def test_with_no_room_for_another_hash_one_is_asked_to_wait(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> bool:
        raise TooBusy

    monkeypatch.setattr(SIGN_IN, "matches", full)
    assert fail(sqlite_house).wait == timedelta(seconds=5)


def test_an_address_longer_than_any_is_simply_wrong(house: made.House) -> None:
    with pytest.raises(SignInRefused, match="isn't right"):
        sign_in(house.desk, email="a" * 1_000, password="x", address=HOME)


def test_a_password_is_kept_as_a_hash_that_is_slow_and_large_and_its_own() -> None:
    one, other = (SERVICES_OWN.hash(made.PASSWORD) for _ in range(2))
    assert one != other
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert [SERVICES_OWN.verify(said, one) for said in (made.PASSWORD, "a wrong password")] == [True, False]


def test_no_more_are_hashed_at_once_than_there_is_memory_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "LONGEST_WAIT_SECONDS", 0)
    with passwords._room(1), pytest.raises(TooBusy):
        passwords.matches(made.PASSWORD, None, at_once=1)
    assert not passwords.matches(made.PASSWORD, None, at_once=1)
