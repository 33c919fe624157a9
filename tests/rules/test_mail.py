"""What each answer of a mail server means, against a real one in a thread."""

import smtplib
import socket
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from notifications import Outgoing, Result, SmtpChannel, render

SENDER = "pathway@partnership.example.gov.uk"


def outgoing(**changed) -> Outgoing:
    given = {"id": "d41", "to": "officer@example.org", "subject": "Due soon: K7Q-2041", "body": "Look.\n.\nSoon.\n"}
    return Outgoing(**(given | changed))


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Post:
    """Takes mail, or answers as told."""

    def __init__(self, *, at_sender="", at_recipient="", at_data="", drop=False):
        self.at_sender, self.at_recipient, self.at_data, self.drop = at_sender, at_recipient, at_data, drop
        self.taken = []

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return self.at_sender or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if not self.at_recipient:
            envelope.rcpt_tos.append(address)
        return self.at_recipient or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if not self.at_data:
            self.taken.append(envelope)
        if self.drop:
            server.transport.abort()
        return self.at_data or "250 taken"


@contextmanager
def mail_server(**answers):
    post = Post(**answers)
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield post, mail_channel(controller.port)
    finally:
        controller.stop()


@contextmanager
def rough_server(*replies: bytes, silent: bool = False, timeout: float = 3):
    """Says each reply in turn, one to each line heard, then hangs up without a word, or falls silent."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as heard, suppress(OSError):
            for reply in replies:
                connection.sendall(reply)
                heard.readline()
            while silent and heard.readline():
                pass

    thread = Thread(target=answer)
    thread.start()
    with listening:
        yield mail_channel(listening.getsockname()[1], timeout=timeout)
        thread.join(5)


def mail_channel(port: int, **changed) -> SmtpChannel:
    settings = {"host": "127.0.0.1", "port": port, "sender": SENDER, "starttls": False, "timeout": 3}
    return SmtpChannel(**(settings | changed))


def test_mail_is_delivered_whole():
    with mail_server() as (post, channel):
        assert channel.send(outgoing()).result is Result.SENT
    envelope = post.taken[0]
    mail = message_from_bytes(envelope.content, policy=default)
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["officer@example.org"])
    assert (mail["To"], mail["Subject"]) == ("officer@example.org", "Due soon: K7Q-2041")
    assert mail.get_content().replace("\r\n", "\n") == "Look.\n.\nSoon.\n"


def test_the_same_message_bears_the_same_id_each_time():
    with mail_server() as (post, channel):
        for _ in range(2):
            channel.send(outgoing(written_at=datetime(2026, 11, 22, 10, tzinfo=UTC)))
    first, second = (envelope.content for envelope in post.taken)
    assert first == second
    assert b"Message-ID: <d41@partnership.example.gov.uk>\r\n" in first
    assert b"Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n" in first


@pytest.mark.parametrize("urgent", [True, False])
def test_an_urgent_mail_says_so(urgent):
    with mail_server() as (post, channel):
        channel.send(outgoing(urgent=urgent))
    assert (b"Importance: high" in post.taken[0].content) is urgent


def test_a_real_message_and_its_long_link_arrive_unbroken():
    link = "https://pathway.example.gov.uk/" + "w" * 160
    written = render("glass_broken", {"reference": "K7Q-2041", "link": link})
    with mail_server() as (post, channel):
        channel.send(outgoing(subject=written.subject, body=written.body))
    mail = message_from_bytes(post.taken[0].content, policy=default)
    assert link in mail.get_content()


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({"at_recipient": "550 5.1.1 <officer@example.org> unknown"}, Result.FAILED),
        ({"at_recipient": "450 4.2.1 busy"}, Result.TRY_AGAIN),
        ({"at_data": "451 4.3.0 later"}, Result.TRY_AGAIN),
        ({"at_data": "554 5.7.1 not this: Look."}, Result.FAILED),
        ({"at_sender": "553 5.7.1 not you"}, Result.TRY_AGAIN),
        ({"drop": True}, Result.UNCERTAIN),
    ],
    ids=str,
)
def test_each_answer_has_its_meaning(answers, result):
    with mail_server(**answers) as (_, channel):
        outcome = channel.send(outgoing())
    assert outcome.result is result
    assert outcome.reason
    assert "officer" not in outcome.reason
    assert "Look" not in outcome.reason


HELLO = (b"220 hello\r\n", b"250 hello\r\n")


@pytest.mark.parametrize(
    ("replies", "result"),
    [
        ((), Result.TRY_AGAIN),
        ((b"554 closed\r\n",), Result.TRY_AGAIN),
        (HELLO, Result.TRY_AGAIN),
        ((*HELLO, b"250 OK\r\n"), Result.TRY_AGAIN),
        ((*HELLO, b"250 OK\r\n", b"250 OK\r\n"), Result.UNCERTAIN),
        ((*HELLO, b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"), Result.UNCERTAIN),
        ((*HELLO, b"250 OK\r\n", b"250 OK\r\n", b"452 full\r\n"), Result.TRY_AGAIN),
        ((*HELLO, b"250 OK\r\n", b"250 OK\r\n", b"nonsense\r\n"), Result.UNCERTAIN),
    ],
    ids=lambda value: str(len(value)) if isinstance(value, tuple) else value,
)
def test_a_connection_that_breaks_off_is_uncertain_only_once_the_message_is_on_its_way(replies, result):
    with rough_server(*replies) as channel:
        assert channel.send(outgoing()).result is result


@pytest.mark.parametrize(
    ("replies", "result"),
    [((), Result.TRY_AGAIN), ((*HELLO, b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"), Result.UNCERTAIN)],
    ids=["at once", "after the message"],
)
def test_a_server_that_falls_silent_is_not_waited_for_for_ever(replies, result):
    with rough_server(*replies, silent=True, timeout=0.2) as channel:
        assert channel.send(outgoing()).result is result


def test_a_server_that_is_not_there_is_tried_again():
    assert mail_channel(1).send(outgoing()).result is Result.TRY_AGAIN


def test_a_failed_goodbye_does_not_unsend(monkeypatch):
    def broken(self):
        raise smtplib.SMTPResponseException(500, b"no goodbye")

    monkeypatch.setattr(smtplib.SMTP, "quit", broken)
    with mail_server() as (post, channel):
        assert channel.send(outgoing()).result is Result.SENT
    assert post.taken


def test_where_tls_is_asked_for_nothing_goes_without_it():
    with mail_server() as (post, channel):
        safe = mail_channel(channel.port, starttls=True)
        assert safe.send(outgoing()).result is Result.TRY_AGAIN
    assert not post.taken


def test_a_refused_password_is_our_fault_and_loses_nothing(monkeypatch):
    def refused(self, user, password):
        raise smtplib.SMTPAuthenticationError(535, b"no")

    monkeypatch.setattr(smtplib.SMTP, "starttls", lambda self, context: None)
    monkeypatch.setattr(smtplib.SMTP, "login", refused)
    with mail_server() as (_, channel):
        outcome = mail_channel(channel.port, starttls=True, username="u", password="p").send(outgoing())
    assert outcome.result is Result.TRY_AGAIN


@pytest.mark.parametrize(
    "changed",
    [
        {"to": "officer@example.org\r\nBcc: all@example.org"},
        {"to": "officer@example.org\n"},
        {"to": "a@example.org, b@example.org"},
        {"to": "Officer <officer@example.org>"},
        {"to": "officer"},
        {"to": ""},
        {"subject": "Due soon\r\nBcc: all@example.org"},
    ],
    ids=str,
)
def test_no_header_can_be_slipped_in(changed):
    outcome = mail_channel(1).send(outgoing(**changed))
    assert outcome.result is Result.FAILED
    assert "Bcc" not in outcome.reason


@pytest.mark.parametrize("id", ["", "a b", "a@b", "a>\r\nBcc: x", "-", "a" * 101])
def test_an_id_that_could_break_a_header_is_refused(id):  # noqa: A002
    with pytest.raises(ValueError, match="id"):
        outgoing(id=id)


@given(st.text())
def test_no_address_makes_a_second_header_or_a_second_recipient(to):
    outcome = mail_channel(1).send(outgoing(to=to + "\r\nBcc: x@example.org"))
    assert outcome.result is Result.FAILED


@pytest.mark.parametrize(
    "settings", [{"sender": "Pathway <a@example.org>"}, {"sender": "a\n@example.org"}, {"username": "u"}], ids=str
)
def test_unsafe_settings_are_refused_at_once(settings):
    with pytest.raises(ValueError, match=r"plain mail address|over TLS"):
        mail_channel(1, **settings)


def test_the_password_is_not_shown():
    assert "secret" not in repr(mail_channel(1, starttls=True, username="u", password="secret"))
