"""Is it found where a message would have no words, somebody else's words, or no way out, and a task no kind?"""

import pytest
from small import small

from notifications import Channel, Outcome, Outgoing
from pathway.checks.messages import OF_EVERY_KIND, PROPERTIES
from pathway.settings import Settings
from workflows import Audience, Tell, ToDo
from workflows.properties import Flaw


class Texts:
    """A channel that carries nothing but short texts."""

    name, carries = "texts", frozenset({"text"})

    def send(self, outgoing: Outgoing) -> Outcome:
        raise AssertionError

    def look_up(self, reference: str) -> Outcome | None:
        raise AssertionError


def flaws(name: str, about: object) -> list[Flaw]:
    return list(next(one for one in (*PROPERTIES, *OF_EVERY_KIND) if one.name == name).flaws(about))


def test_a_message_without_words_is_found_where_it_would_be_told() -> None:
    (offered, agreed) = flaws("every message has words", small())
    assert str(offered) == "open → offer: no words are written for 'offered'."
    assert str(agreed) == "open → propose → second → agree: no words are written for 'agreed'."


def test_a_message_worded_for_somebody_else_is_found() -> None:
    table = small(offer={"tells": (Tell("decision_recorded", Audience.holder),)}, agree={"tells": ()})
    (flaw,) = flaws("every message is worded for whoever hears it", table)
    assert str(flaw) == "open → offer: 'decision_recorded' goes to holder, and its words are for referrer."


def test_a_task_of_no_kind_that_is_known_is_found() -> None:
    (flaw,) = flaws("every task that is given is of a kind we know", small(finish={"gives": ToDo("nothing", "Do it")}))
    assert "'finish' gives a task of the kind 'nothing'" in flaw.sentence


def test_words_that_are_not_safe_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathway.checks.messages.check_words", lambda: ["overdue.md.j2: the subject says child."])
    (flaw,) = flaws("each renders, and none can carry personal text", Settings())
    assert "the subject says child" in flaw.sentence


def test_a_channel_that_does_not_carry_a_message_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    channel: Channel = Texts()
    monkeypatch.setattr("pathway.jobs.worker.channel_of", lambda settings: channel)
    found = flaws("the channel in use carries each", Settings())
    assert "'overdue' goes by email, and 'texts' doesn't carry that." in [one.sentence for one in found]
