"""Does a mail arrive from a real mail server, and does nothing of the child leave with it?"""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import made
import outsiders
import pytest
from aiosmtpd.controller import Controller
from sqlmodel import col, select

from pathway.acts import answer_outside, assign, attach, move, note, open_visit, receive, send_code, visiting
from pathway.jobs.worker import Worker
from pathway.tables import CaseChild, Delivery
from pathway.tables.outbox import DeliveryStatus
from workflows.referral_facts import Acknowledge, Chase, Decision, Protect, TakenUp

TOLD = {
    "told_by": "Wilhelmina Tattersall",
    "worry": "Bruises like fingermarks, and Zebedee flinches at his stepfather.",
    "caller_role": "Headteacher of Quillfeather Academy",
    "ring_back": "0161 496 0000",
    "household": "12 Nightingale Mews",
    "childs_words": "I want to sleep at Nana's",
    "safe_contact": "Ring Nana first",
    "how": "online",
    "siblings": 1,
}
PERSONAL = (
    "zebedee", "quicksilver", "tattersall", "quillfeather", "bruise", "fingermark", "stepfather", "flinch", "nana",
    "nightingale", "0161", "child protection", "protection", "additional", "extensive", "universal", "early help",
    "social care", "ofsted", "born", "2019",
)  # fmt: skip


class Post:
    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"

    def to(self, name: str) -> list[EmailMessage]:
        return [mail for mail in self.taken if mail["To"] == made.email(name)]


@pytest.fixture
def post() -> Iterator[Post]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    post.port = port
    yield post
    controller.stop()


@pytest.fixture
def mailing(house: made.House, post: Post) -> made.House:
    settings = house.desk.settings.model_copy(
        update={"channel": "smtp", "smtp_port": post.port, "smtp_sender": "pathway@example.gov.uk"}
    )
    return replace(house, desk=replace(house.desk, settings=settings))


def taken(house: made.House) -> str:
    zebedee = made.child(given_name="Zebedee", family_name="Quicksilver", born_on="2019-03-04")
    return receive(house.desk, house.viewer("pat"), take=made.take(**TOLD, children=(zebedee,))).case


def work(house: made.House) -> None:
    worker = Worker(house.desk)
    while worker.once():
        pass


def plain(mail: EmailMessage) -> str:
    return f"{mail['Subject']}\n{mail.get_content()}"


def test_the_referrer_hears_by_mail_that_it_has_come(mailing, post):
    case = taken(mailing)
    move(mailing.desk, mailing.viewer("ada"), case=case, name="acknowledge", facts=Acknowledge(how=made.HOW))
    work(mailing)
    receipt, mail = post.to("pat")
    assert "What you told us has reached us" in receipt.get_content()
    assert case in mail["Subject"]
    assert f"Your referral {case} has reached us and somebody is answerable for it." in mail.get_content()
    assert mail["Message-ID"].endswith("@example.gov.uk>")


def walk(house: made.House) -> None:
    """Nearly everything that can happen to one referral, and every time running out on the way."""
    case = taken(house)

    def does(who: str, name: str, facts=made.NOTHING) -> None:
        move(house.desk, house.viewer(who), case=case, name=name, facts=facts)
        work(house)

    with house.desk.database.reading() as session:
        (ref,) = session.exec(select(CaseChild.public_id))
    work(house)
    house.clock.forward(days=8)
    does("pat", "chase", Chase(words="Zebedee is still bruised"))
    does("ada", "acknowledge", Acknowledge(how=made.HOW))
    does("ada", "start_screening")
    note(house.desk, house.viewer("ada"), case=case, text="Rang Quillfeather")
    attach(house.desk, house.viewer("ada"), case=case, name="Zebedee.pdf", content=b"%PDF-1.4 Zebedee")
    does("ada", "propose_no_further_action", made.decide([ref], Decision.no_further_action, "universal"))
    house.clock.forward(days=3)
    does("sol", "return_to_screening", made.REASON)
    does("ada", "protect", Protect(danger="Bruises like fingermarks"))
    house.clock.forward(hours=2)
    does("dot", "take_protection")
    assign(house.desk, house.viewer("dot"), case=case, to=house.viewer("sol").ref, reason="Zebedee knows her")
    does("sol", "decide", made.decide([ref], Decision.social_care_assessment, "child-in-need"))
    house.clock.forward(days=4)
    does("ada", "tell_referrer", made.TOLD)
    does("ada", "confirm_taken_up", TakenUp(child=ref, by="Dot Duty"))
    house.clock.forward(days=9)
    does("ada", "close", made.REASON)
    does("ada", "reopen", made.REASON)


def test_nothing_of_the_child_leaves_in_any_mail_of_a_whole_referral(mailing, post):
    walk(mailing)
    assert len({mail["Subject"].split(":")[0] for mail in post.taken}) >= 8
    for mail in post.taken:
        said = plain(mail).lower()
        assert not [word for word in PERSONAL if word in said], said


def test_every_delivery_of_a_whole_referral_went(mailing, post):
    walk(mailing)
    mailing.clock.forward(minutes=5)
    work(mailing)
    with mailing.desk.database.reading() as session:
        assert set(session.exec(select(Delivery.status))) == {DeliveryStatus.sent}
        sent = session.exec(select(Delivery.id).where(col(Delivery.sent_at).is_not(None))).all()
    assert len(sent) == len(post.taken) == len({mail["Message-ID"] for mail in post.taken})
    assert mailing.clock() - made.MONDAY > timedelta(days=20)


def test_somebody_outside_is_asked_comes_in_by_a_mailed_code_and_answers(mailing, post):
    case = taken(mailing)
    ask = outsiders.ask(mailing, case, email=outsiders.NURSE, question="Is Zebedee still bruised?")
    work(mailing)
    nurse = outsiders.last(mailing)
    send_code(mailing.desk, outsider=nurse.public_id, address=outsiders.HERE)
    work(mailing)
    question, mail = [one for one in post.taken if one["To"] == outsiders.NURSE]
    assert question["Subject"] == f"A question for you: {ask}"
    code = re.search(r"is (\S{4}-\S{4})\.", mail.get_content())
    token = open_visit(mailing.desk, outsider=nurse.public_id, code=code[1], address=outsiders.HERE)
    answer_outside(mailing.desk, visiting(mailing.desk, token), learned="Zebedee has new bruises", key="once")
    mailing.clock.forward(days=2)
    work(mailing)
    for one in post.taken:
        assert not [word for word in PERSONAL if word in plain(one).lower()], plain(one)
    assert case not in plain(question) + plain(mail)


def test_whoever_was_asked_and_is_silent_is_asked_again_by_mail(mailing, post):
    ask = outsiders.ask(mailing, taken(mailing), email=outsiders.NURSE)
    mailing.clock.forward(days=3)
    work(mailing)
    subjects = [one["Subject"] for one in post.taken if one["To"] == outsiders.NURSE]
    assert subjects == [f"A question for you: {ask}", f"We have not heard: {ask}"]
