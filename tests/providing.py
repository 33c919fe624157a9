"""Who takes the mail? A real mail server that writes down every hand-over by its key, and can be told to fail."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from running import free_port

TAKEN = "250 taken"


Answer = Callable[[Any], Coroutine[Any, Any, str]]
"""What comes after a message was taken, given the connection's server."""


def nothing() -> None:
    """What happens unless something is told to."""


async def at_once(server: Any) -> str:
    return TAKEN


async def never(server: Any) -> str:
    """Silent until the other side hangs up."""
    while not server.transport.is_closing():
        await asyncio.sleep(0.01)
    return TAKEN


async def breaking_off(server: Any) -> str:
    server.transport.close()
    return TAKEN


@dataclass
class Provider:
    """`taken` counts how often each key was handed over whole; what is to happen then, or just before, can be told."""

    port: int
    taken: Counter[str] = field(default_factory=Counter)
    when_offered: Callable[[], None] = nothing
    when_taken: Callable[[], None] = nothing
    answer: Answer = at_once

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.when_offered()
        envelope.rcpt_tos.append(address)
        return "250 go on"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken[key_of(envelope.content)] += 1
        self.when_taken()
        return await self.answer(server)


def key_of(mail: bytes) -> str:
    return str(message_from_bytes(mail)["Message-ID"]).strip("<>").partition("@")[0]


@contextmanager
def a_provider() -> Iterator[Provider]:
    provider = Provider(free_port())
    controller = Controller(provider, hostname="127.0.0.1", port=provider.port)
    controller.start()
    yield provider
    controller.stop()
