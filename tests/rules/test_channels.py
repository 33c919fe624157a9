"""Which channels there are, and what each may carry."""

import io

import pytest

from notifications import CHANNELS, MEDIA, ConsoleChannel, Outgoing, Result, kinds, may_carry, open_channel

SETTINGS = {
    "console": {"stream": io.StringIO()},
    "smtp": {"host": "127.0.0.1", "port": 1, "sender": "pathway@partnership.example.gov.uk"},
}
OUTGOING = Outgoing(id="d41", to="officer@example.org", subject="Due soon: K7Q-2041", body="Look.", urgent=True)


class TextsOnly(ConsoleChannel):
    carries = frozenset({"text"})


def test_the_console_shows_the_message():
    shown = io.StringIO()
    assert ConsoleChannel(shown).send(OUTGOING).result is Result.SENT
    assert "d41 to officer@example.org (urgent)\nDue soon: K7Q-2041" in shown.getvalue()


def test_a_closed_console_does_not_raise():
    shown = io.StringIO()
    shown.close()
    assert ConsoleChannel(shown).send(OUTGOING).result is Result.UNCERTAIN


@pytest.mark.parametrize("name", CHANNELS)
def test_every_listed_channel_opens_under_its_own_name(name):
    """A new channel needs a line of settings here."""
    channel = open_channel(name, **SETTINGS[name])
    assert channel.name == name
    assert channel.carries
    assert channel.carries <= MEDIA
    assert channel.look_up("never-sent") is None or channel.look_up("never-sent").result is Result.TRY_AGAIN


@pytest.mark.parametrize("words", kinds().values(), ids=lambda words: words.kind)
def test_every_kind_can_go_by_every_mail_channel(words):
    assert may_carry(open_channel("smtp", **SETTINGS["smtp"]), words)
    assert not may_carry(TextsOnly(), words)


@pytest.mark.parametrize(("name", "settings"), [("pigeon", {}), ("smtp", {}), ("console", {"colour": "red"})])
def test_a_channel_there_is_not_is_refused_in_a_sentence(name, settings):
    with pytest.raises(ValueError, match=name):
        open_channel(name, **settings)
