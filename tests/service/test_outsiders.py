"""Who without an account is written to, and who never is? Whoever was asked; whoever told us, where that is safe."""

import kept
import made
import outsiders
import pytest
from sqlmodel import col, select

from notifications import Outcome
from pathway.acts import NotFound, Unacceptable, move, receive, tell_more, verify_referrer
from pathway.acts.deliver import lease, resolve, settle
from pathway.store.parts.told import told_on
from pathway.store.records.cases import case as case_of
from pathway.store.records.outside import seen_by
from pathway.tables import Delivery, Entry, Message, Outsider, Task
from pathway.tables.doors import OutsiderPart
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows.referral_facts import Acknowledge, Caller, TellReferrer, Told

HOW = "Rang back through the hospital's switchboard"


def sent(house: made.House) -> dict[str, list[str]]:
    """The kinds of message that left, by address."""
    resolve(house.desk, house.system, channel="post")
    found: dict[str, list[str]] = {}
    for one in lease(house.desk, house.system, worker="one", limit=100):
        found.setdefault(one.outgoing.to, []).append(one.outgoing.subject.split(":")[0])
    return found


def referred(house: made.House, outsider: Outsider) -> str:
    with house.desk.database.reading() as session:
        return seen_by(session, outsider, house.clock()).case


def verified(house: made.House, **told: object) -> tuple[str, Outsider]:
    outsider = outsiders.told_by_mail(house, **told)
    case = referred(house, outsider)
    verify_referrer(house.desk, house.viewer("ada"), case=case, referrer=outsider.public_id, how=HOW)
    return case, outsiders.last(house)


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def test_whoever_is_asked_by_mail_hears_of_the_question_and_never_of_the_record(house: made.House, case: str) -> None:
    ref = outsiders.ask(house, case, email=outsiders.NURSE)
    (row,) = kept.rows(house, Outsider)
    assert (row.part, row.about, row.email, row.name) == (OutsiderPart.asked, ref, outsiders.NURSE, "The school nurse")
    resolve(house.desk, house.system, channel="post")
    mails = [one.outgoing for one in lease(house.desk, house.system, worker="one", limit=100)]
    (mail,) = [one for one in mails if one.to == outsiders.NURSE]
    assert mail.subject == f"A question for you: {ref}"
    assert f"/outside/{row.public_id}" in mail.body
    assert "5pm on Tuesday 17 November 2026" in mail.body
    assert case not in mail.subject + mail.body
    assert outsiders.QUESTION not in mail.body
    assert kept.faults(house) == []


@pytest.mark.parametrize(
    "email", ["nurse", "nurse@surgery", "a b@surgery.invalid", "a@b.uk\nBcc: all@b.uk", "<a@b.uk>"]
)
def test_what_is_no_address_is_a_fault_beside_its_field(sqlite_house: made.House, email: str) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    with pytest.raises(Unacceptable) as wrong:
        outsiders.ask(sqlite_house, case, email=email)
    assert [one.field for one in wrong.value.faults] == ["email"]
    with pytest.raises(Unacceptable) as wrong:
        receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(told_by_email=email))
    assert [one.field for one in wrong.value.faults] == ["told_by_email"]


@pytest.mark.parametrize(
    ("told", "hears"),
    [
        ({"caller": "professional"}, True),
        ({"caller": "public"}, True),
        ({"caller": "family", "immediate_danger": True}, False),
        ({"caller": "child", "immediate_danger": True}, False),
        ({"caller": None}, False),
        ({"caller": "family", "safe_contact": "Her own mailbox; he doesn't know of it"}, True),
    ],
)
def test_no_link_at_all_goes_to_a_family_member_without_a_recorded_safe_contact(
    sqlite_house: made.House, told: dict[str, object], hears: bool
) -> None:
    """Outside danger the taker is asked first how they can be reached; in danger nothing waits, and nothing goes."""
    receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(told_by_email=outsiders.TEACHER, **told))
    assert (outsiders.TEACHER in sent(sqlite_house)) is hears
    assert len(kept.rows(sqlite_house, Outsider)) == int(hears)


def test_the_receipt_comes_at_once_whoever_told_us(house: made.House) -> None:
    outsiders.told_by_mail(house)
    receive(house.desk, house.viewer("pat"), take=made.take(how="online"))
    told = sent(house)
    assert told[outsiders.TEACHER] == told[made.email("pat")] == ["We have it"]


def test_one_who_is_not_verified_hears_nothing_but_the_receipt(house: made.House) -> None:
    outsider = outsiders.told_by_mail(house)
    case = referred(house, outsider)
    assert sent(house)[outsiders.TEACHER] == ["We have it"]
    move(house.desk, house.viewer("ada"), case=case, name="acknowledge", facts=Acknowledge(how=made.HOW))
    assert outsiders.TEACHER not in sent(house)
    with house.desk.database.reading() as session:
        seen = seen_by(session, outsider, house.clock())
    assert (seen.question, seen.heard) == (None, None)


def test_a_verified_professional_hears_what_a_referrer_with_an_account_hears(house: made.House) -> None:
    case, outsider = verified(house)
    sent(house)
    move(house.desk, house.viewer("ada"), case=case, name="acknowledge", facts=Acknowledge(how=made.HOW))
    assert sent(house)[outsiders.TEACHER] == [f"We have received {case}"]
    with house.desk.database.reading() as session:
        heard = seen_by(session, outsider, house.clock()).heard
    assert heard is not None
    assert heard.acknowledged


def test_verifying_is_an_entry_that_says_how_and_by_whom(house: made.House) -> None:
    case, row = verified(house)
    assert (row.verified_at, row.verified_by_id, row.verified_how) == (house.clock(), house.ids["ada"], HOW)
    assert [one.kind for one in kept.rows(house, Entry, case=case)] == ["received", "referrer_verified"]
    assert kept.faults(house) == []


def test_nobody_is_verified_twice_nor_without_saying_how(sqlite_house: made.House) -> None:
    case, outsider = verified(sqlite_house)
    with pytest.raises(Refused, match="verified already"):
        verify_referrer(sqlite_house.desk, sqlite_house.viewer("ben"), case=case, referrer=outsider.public_id, how=HOW)
    other = outsiders.told_by_mail(sqlite_house)
    with pytest.raises(Unacceptable, match="Say how you made sure"):
        verify_referrer(
            sqlite_house.desk,
            sqlite_house.viewer("ada"),
            case=referred(sqlite_house, other),
            referrer=other.public_id,
            how=" ",
        )


@pytest.mark.parametrize("caller", ["public", None])
def test_only_a_professional_can_be_verified(sqlite_house: made.House, caller: str | None) -> None:
    """The referrer may be the abuser, or stand beside one."""
    outsider = outsiders.told_by_mail(sqlite_house, caller=caller, safe_contact="This address")
    case = referred(sqlite_house, outsider)
    with pytest.raises(Refused, match="Only a professional"):
        verify_referrer(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, referrer=outsider.public_id, how=HOW)


@pytest.mark.parametrize("name", [one[0] for one in made.STAFF])
def test_who_may_verify(sqlite_house: made.House, name: str) -> None:
    outsider = outsiders.told_by_mail(sqlite_house)
    case = referred(sqlite_house, outsider)

    def verifies() -> None:
        verify_referrer(sqlite_house.desk, sqlite_house.viewer(name), case=case, referrer=outsider.public_id, how=HOW)

    if name in ("ada", "ben", "sol", "may", "eve", "sid", "hal"):
        verifies()
        assert outsiders.last(sqlite_house).verified_at
    else:
        with pytest.raises((NotFound, Refused)):
            verifies()


def decided(house: made.House, case: str) -> None:
    for name, facts in (("start_screening", made.NOTHING), ("decide", made.decide(kept.children(house, case)))):
        move(house.desk, house.viewer("ada"), case=case, name=name, facts=facts)


def closed(house: made.House, case: str) -> set[str]:
    with house.desk.database.reading() as session:
        return set(case_of(session, house.viewer("ada"), case, house.clock()).closed_ways)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("told", "ways"),
    [
        ({"caller": "professional"}, {"behind_sign_in"}),
        ({"caller": "public"}, {"behind_sign_in"}),
        ({"caller": "family"}, {"behind_sign_in", "letter"}),
        ({"caller": None}, {"behind_sign_in", "letter"}),
        ({"caller": "family", "safe_contact": "Her mother's house"}, {"behind_sign_in"}),
    ],
)
def test_whoever_can_read_it_nowhere_safely_is_told_by_voice(
    sqlite_house: made.House, told: dict[str, str], ways: set[str]
) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(**told)).case
    decided(sqlite_house, case)
    assert closed(sqlite_house, case) == ways
    for way in ways:
        facts = TellReferrer(how=Told(way), said="What was decided")
        with pytest.raises(Refused) as refused:
            move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="tell_referrer", facts=facts)
        assert "by voice" in refused.value.refusals[0].who_can
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="tell_referrer", facts=made.TOLD)


def test_behind_sign_in_is_open_to_an_account_and_to_a_verified_professional(house: made.House) -> None:
    signed_in = receive(house.desk, house.viewer("pat"), take=made.take(how="online")).case
    case, _ = verified(house)
    decided(house, case)
    assert closed(house, signed_in) == closed(house, case) == set()
    facts = TellReferrer(how=Told.behind_sign_in, said="Early help with the school nurse")
    move(house.desk, house.viewer("ada"), case=case, name="tell_referrer", facts=facts)
    with house.desk.database.reading() as session:
        heard = seen_by(session, outsiders.last(house), house.clock()).heard
    assert heard is not None
    assert (heard.told_how, heard.told) == ("behind_sign_in", "Early help with the school nurse")
    assert "There is news about" in str(sent(house)[outsiders.TEACHER])


def test_a_message_to_somebody_outside_that_bounced_is_a_task(house: made.House, case: str) -> None:
    outsiders.asked_nurse(house, case)
    resolve(house.desk, house.system, channel="post")
    leased = [
        one for one in lease(house.desk, house.system, worker="one", limit=50) if one.outgoing.to == outsiders.NURSE
    ]
    settle(house.desk, house.system, leased=leased[0], outcome=Outcome.failed("No such address."), worker="one")
    tasks = [one for one in kept.rows(house, Task) if one.kind is TaskKind.delivery_failed]
    assert [one.practitioner_id for one in tasks] == [house.ids["may"]]


def test_each_delivery_goes_to_one_or_the_other(house: made.House, case: str) -> None:
    outsiders.ask(house, case, email=outsiders.NURSE, agency=outsiders.agency(house, "Primary"))
    resolve(house.desk, house.system, channel="post")
    rows = kept.rows(house, Delivery)
    assert {(one.practitioner_id is None, one.outsider_id is None) for one in rows} == {(True, False), (False, True)}
    with house.desk.database.reading() as session:
        asked = select(Message.id).where(col(Message.kind) == "information_wanted")
        people = select(Delivery.practitioner_id).where(col(Delivery.message_id).in_(asked))
        assert set(session.exec(people)) == {house.ids["zoe"]}


def retold(house: made.House, case: str, **told: object) -> None:
    with house.desk.database.reading() as session:
        before = told_on(session, kept.the(session, case))
    assert before is not None
    tell_more(house.desk, house.viewer("ada"), case=case, take=before.model_copy(update=told))


def test_danger_waits_for_no_address(house: made.House) -> None:
    take = made.take(told_by_email="not an address", immediate_danger=True)
    case = receive(house.desk, house.viewer("ada"), take=take).case
    assert (kept.case(house, case).state, kept.rows(house, Outsider)) == ("protecting", [])


def test_a_receipt_goes_once_it_is_told_later_who_told_us(house: made.House) -> None:
    take = made.take(caller=None, told_by_email=outsiders.TEACHER)
    case = receive(house.desk, house.viewer("ada"), take=take).case
    assert outsiders.TEACHER not in sent(house)
    retold(house, case, caller=Caller.professional)
    retold(house, case, caller=Caller.professional, household="Mother and two children")
    assert sent(house)[outsiders.TEACHER] == ["We have it"]
    assert kept.faults(house) == []


def test_one_who_turns_out_to_be_of_the_family_sees_and_hears_no_status_any_more(house: made.House) -> None:
    """The referrer may be the abuser, or stand beside one."""
    case, outsider = verified(house)
    sent(house)
    retold(house, case, caller=Caller.family, safe_contact="This address")
    with house.desk.database.reading() as session:
        assert seen_by(session, outsider, house.clock()).heard is None
    move(house.desk, house.viewer("ada"), case=case, name="acknowledge", facts=Acknowledge(how=made.HOW))
    assert outsiders.TEACHER not in sent(house)
    assert closed(house, case) == {"behind_sign_in"}
