"""How does a message leave by mail, and what does the mail server's answer mean?

Whose fault decides. This message's or this person's (a refused address, refused content) is final. Ours
(no connection, no TLS, wrong password, refused sender) is tried again: once mended, everything goes.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import ClassVar

from notifications.appointment import Appointment, calendar_of
from notifications.outgoing import Outcome, Outgoing

# One plain address: no list, no display name, no line break, so that nothing can be added to a header.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_DETAIL = re.compile(rb"\d\.\d{1,3}\.\d{1,3}\b")
_POLICY = SMTP.clone(cte_type="7bit")  # not every server on the way takes eight bits


@dataclass(frozen=True)
class SmtpChannel:
    """Hands mail to one mail server. With `starttls` it never falls back to plain."""

    host: str
    port: int
    sender: str
    starttls: bool = True
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 10.0

    name: ClassVar[str] = "smtp"
    carries: ClassVar[frozenset[str]] = frozenset({"email"})

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.sender):
            raise ValueError("The sender is one plain mail address, without a display name.")
        if self.username and not self.starttls:
            raise ValueError("A password is only sent over TLS: turn starttls on.")

    def send(self, outgoing: Outgoing) -> Outcome:
        try:
            mail = compose(outgoing, self.sender)
        except ValueError as fault:
            return Outcome.failed(str(fault))
        try:
            server = self._connect()
        except (smtplib.SMTPException, OSError) as fault:
            return Outcome.try_again(f"The mail server could not be used ({type(fault).__name__}).")
        try:
            return _offer(server, self.sender, outgoing.to) or _hand_over(server, mail)
        finally:
            _leave(server)

    def look_up(self, reference: str) -> Outcome | None:
        return None  # SMTP has no such question

    def _connect(self) -> smtplib.SMTP:
        domain = self.sender.partition("@")[2]
        server = smtplib.SMTP(self.host, self.port, local_hostname=domain, timeout=self.timeout)
        try:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
            if self.username:
                server.login(self.username, self.password or "")
        except BaseException:
            server.close()
            raise
        return server


def compose(outgoing: Outgoing, sender: str) -> EmailMessage:
    """The mail, the same at every attempt; raises `ValueError` for an address or subject no mail can have."""
    if not _ADDRESS.fullmatch(outgoing.to):
        raise ValueError("This is not one plain mail address.")
    if not outgoing.subject.isprintable():
        raise ValueError("The subject is not one line of text.")
    mail = EmailMessage(policy=_POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, outgoing.to, outgoing.subject
    mail["Message-ID"] = f"<{outgoing.id}@{sender.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # so that absence notes are not sent back
    if outgoing.written_at:
        mail["Date"] = outgoing.written_at
    if outgoing.urgent:
        mail["Importance"] = "high"
    mail.set_content(outgoing.body)
    if outgoing.appointment:
        _add_appointment(mail, outgoing.appointment, sender, outgoing.to)
    return mail


def _add_appointment(mail: EmailMessage, appointment: Appointment, sender: str, to: str) -> None:
    """As another way to read the message, which calendars offer to take in; an attachment would stay a file."""
    calendar = calendar_of(appointment, sender, to).decode()
    mail.add_alternative(calendar, subtype="calendar", params={"method": appointment.method})


def _offer(server: smtplib.SMTP, sender: str, to: str) -> Outcome | None:
    """Who it is from and for; None when the server will take it. Nothing has gone so far, whatever happens."""
    try:
        code, reply = server.mail(sender)
        if code != 250:
            return Outcome.try_again(f"The mail server refused us as sender {_cited(code, reply)}.")
        code, reply = server.rcpt(to)
    except (smtplib.SMTPException, OSError):
        return Outcome.try_again("The mail server broke off before the message.")
    return None if code in (250, 251) else _refused("this address", code, reply)


def _hand_over(server: smtplib.SMTP, mail: EmailMessage) -> Outcome:
    """The message itself. A connection lost from here on leaves open whether it has gone."""
    try:
        code, reply = server.data(mail.as_bytes())
    except smtplib.SMTPDataError as refused:
        code, reply = refused.smtp_code, _bytes(refused.smtp_error)
    except (smtplib.SMTPException, OSError):
        return Outcome.uncertain("The connection was lost while the message was handed over.")
    if 400 <= code < 600:
        return _refused("this message", code, reply)
    if code == 250:
        return Outcome.sent()
    return Outcome.uncertain("The mail server gave no clear answer after the message.")


def _refused(what: str, code: int, reply: bytes) -> Outcome:
    if 500 <= code < 600:
        return Outcome.failed(f"The mail server refused {what} for good {_cited(code, reply)}.")
    return Outcome.try_again(f"The mail server would not take {what} yet {_cited(code, reply)}.")


def _cited(code: int, reply: bytes) -> str:
    """Numbers only: servers repeat the address, and sometimes the content, in their replies."""
    detail = _DETAIL.match(reply)
    return f"({code} {detail[0].decode()})" if detail else f"({code})"


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()


def _leave(server: smtplib.SMTP) -> None:
    """What happens at the goodbye changes nothing: the message was taken or refused before."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()
