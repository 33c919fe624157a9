"""Does a code open one visit to one person, and nothing to anybody else?"""

from datetime import timedelta

import kept
import made
import outsiders
import pytest
from outsiders import HERE

from pathway.acts import SignInRefused, open_visit, receive, send_code, visiting
from pathway.acts.deliver import lease, resolve
from pathway.acts.sweep import sweep
from pathway.tables import Delivery, OneTimeCode, Outsider, SignInAttempt, Task
from pathway.tables.outbox import DeliveryStatus


@pytest.fixture
def nurse(house: made.House) -> Outsider:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    return outsiders.asked_nurse(house, case)


def opens(house: made.House, outsider: Outsider, code: str, address: str = HERE) -> str | None:
    return open_visit(house.desk, outsider=outsider.public_id, code=code, address=address)


def wrong(code: str) -> str:
    return ("2" if code[0] != "2" else "3") + code[1:]


def test_the_right_code_opens_a_visit_of_half_an_hour(house: made.House, nurse: Outsider) -> None:
    token = opens(house, nurse, outsiders.code(house, nurse)) or ""
    found = visiting(house.desk, token)
    assert found is not None
    assert found.ref == nurse.public_id
    house.clock.forward(minutes=30)
    assert visiting(house.desk, token) is None
    assert token not in str(kept.everything(house))


def test_a_code_is_typed_as_people_type(house: made.House, nurse: Outsider) -> None:
    code = outsiders.code(house, nurse)
    assert opens(house, nurse, f" {code.lower().replace('-', ' ')} ")


def test_a_code_is_used_once(house: made.House, nurse: Outsider) -> None:
    code = outsiders.code(house, nurse)
    assert opens(house, nurse, code)
    assert opens(house, nurse, code) is None


def test_a_code_runs_out_after_a_quarter_of_an_hour(house: made.House, nurse: Outsider) -> None:
    code = outsiders.code(house, nurse)
    house.clock.forward(minutes=15)
    assert opens(house, nurse, code) is None


def test_a_code_wrong_five_times_is_spent(house: made.House, nurse: Outsider) -> None:
    code = outsiders.code(house, nurse)
    for number in range(5):
        assert opens(house, nurse, wrong(code), f"10.0.1.{number}") is None
    assert opens(house, nurse, code) is None
    assert [one.code for one in kept.rows(house, OneTimeCode)] == [None]


def test_a_code_wrong_four_times_still_opens(house: made.House, nurse: Outsider) -> None:
    code = outsiders.code(house, nurse)
    for _ in range(4):
        assert opens(house, nurse, wrong(code)) is None
    assert opens(house, nurse, code)


def test_only_the_newest_code_stands(house: made.House, nurse: Outsider) -> None:
    first = outsiders.code(house, nurse)
    second = outsiders.code(house, nurse)
    assert opens(house, nurse, first) is None
    assert opens(house, nurse, second)


def test_two_browsers_each_have_a_visit_of_their_own(house: made.House, nurse: Outsider) -> None:
    first = opens(house, nurse, outsiders.code(house, nurse))
    second = opens(house, nurse, outsiders.code(house, nurse))
    assert first != second
    assert visiting(house.desk, first or "")
    assert visiting(house.desk, second or "")


def test_a_code_for_one_opens_nothing_to_another(house: made.House, nurse: Outsider) -> None:
    other = outsiders.told_by_mail(house)
    assert opens(house, other, outsiders.code(house, nurse)) is None


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_codes_again_and_again_is_slowed_down_known_or_not(
    house: made.House, nurse: Outsider, known: bool
) -> None:
    ref = nurse.public_id if known else "NOSUCHREF0"
    for _ in range(5):
        send_code(house.desk, outsider=ref, address=HERE)
    with pytest.raises(SignInRefused) as refused:
        send_code(house.desk, outsider=ref, address=HERE)
    assert (
        str(refused.value)
        == "There have been too many tries with this link. Wait 15 minutes and try again, or ring us."
    )


@pytest.mark.parametrize("known", [True, False])
def test_guessing_is_slowed_down_known_or_not(house: made.House, nurse: Outsider, known: bool) -> None:
    ref = nurse.public_id if known else "NOSUCHREF0"
    for _ in range(5):
        assert open_visit(house.desk, outsider=ref, code="2222-2222", address=HERE) is None
    with pytest.raises(SignInRefused, match="Wait 15 minutes"):
        open_visit(house.desk, outsider=ref, code="2222-2222", address=HERE)


def test_codes_are_slowed_down_for_a_whole_ipv6_network(house: made.House, nurse: Outsider) -> None:
    for number in range(5):
        send_code(house.desk, outsider=nurse.public_id, address=f"2001:db8:1:2::{number:x}")
        assert opens(house, nurse, "2222-2222", f"2001:db8:1:2:{number:x}::1") is None
    with pytest.raises(SignInRefused, match="too many tries with this link"):
        send_code(house.desk, outsider=nurse.public_id, address="2001:db8:1:2:f::f")
    with pytest.raises(SignInRefused, match="too many tries with this link"):
        opens(house, nurse, "2222-2222", "2001:db8:1:2:f::f")
    send_code(house.desk, outsider=nurse.public_id, address="2001:db8:1:3::1")


def test_an_unknown_reference_leaves_the_same_rows_but_no_code_and_no_message(house: made.House) -> None:
    before = kept.count(house)
    send_code(house.desk, outsider="NOSUCHREF0", address=HERE)
    assert {name: n - before[name] for name, n in kept.count(house).items() if n != before[name]} == {
        SignInAttempt.__tablename__: 1
    }


def test_an_old_code_is_forgotten(house: made.House, nurse: Outsider) -> None:
    outsiders.code(house, nurse)
    house.clock.forward(minutes=16)
    sweep(house.desk, house.system)
    assert [one.code for one in kept.rows(house, OneTimeCode)] == [None]


def test_a_code_that_ran_out_before_it_went_is_not_sent_and_is_nobodys_task(house: made.House, nurse: Outsider) -> None:
    resolve(house.desk, house.system, channel="post")
    lease(house.desk, house.system, worker="one", limit=50)
    outsiders.code(house, nurse)
    resolve(house.desk, house.system, channel="post")
    house.clock.forward(minutes=16)
    before = len(kept.rows(house, Task))
    leased = lease(house.desk, house.system, worker="two", limit=50)
    assert not [one for one in leased if "code" in one.outgoing.subject]
    assert kept.rows(house, Delivery)[-1].status is DeliveryStatus.failed
    assert len(kept.rows(house, Task)) == before


def test_the_mail_with_the_code_says_nothing_in_its_subject(house: made.House, nurse: Outsider) -> None:
    code = outsiders.code(house, nurse)
    resolve(house.desk, house.system, channel="post")
    mails = [one.outgoing for one in lease(house.desk, house.system, worker="one", limit=50)]
    (mail,) = [one for one in mails if code in one.body]
    assert (mail.to, mail.urgent) == (outsiders.NURSE, True)
    assert mail.subject == f"The code you asked for: {nurse.about}"


def test_nobody_who_left_the_visit_lying_keeps_it(house: made.House, nurse: Outsider) -> None:
    token = opens(house, nurse, outsiders.code(house, nurse)) or ""
    house.clock.moment += timedelta(minutes=29, seconds=59)
    assert visiting(house.desk, token)
    assert visiting(house.desk, "") is None
