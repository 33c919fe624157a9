"""What did the browser send? Fields and files, read whole or refused for their size, never cut short."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from pathway.trouble import trouble_in

MOST_FIELDS = 20_000
DRAIN = 10
"""How many times the limit is still read, and thrown away, so that the browser hears the answer."""


class TooLarge(Exception):
    """More was sent than is taken at once."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"More than {limit} bytes were sent.")


class Unreadable(Exception):
    """What was sent isn't a form."""


@dataclass(frozen=True)
class Form:
    """Names that begin with an underscore are our own; the rest was typed."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        return self.fields.get(name, [""])[0]

    def number(self, name: str) -> int | None:
        """A whole number as a page sends it; None for anything else, or for more than any of ours comes to."""
        given = self.one(name)
        return int(given) if given.isdecimal() and len(given) < 10 else None

    def every(self, name: str) -> list[str]:
        return list(self.fields.get(name, []))

    def has(self, name: str, value: str) -> bool:
        return value in self.fields.get(name, [])

    @property
    def key(self) -> str:
        """The key that came with it, so that sending it again acts once; or a new one."""
        return self.one("_key") or new_key()

    @property
    def kept(self) -> dict[str, list[str]]:
        """Everything but the mark, which belongs to one session."""
        return {name: values for name, values in self.fields.items() if name != "_csrf"}

    @property
    def typed(self) -> dict[str, list[str]]:
        """What a person typed or chose, without what the page itself carries."""
        return {
            name: values
            for name, values in self.fields.items()
            if not name.startswith("_") and any(map(str.strip, values))
        }


def new_key() -> str:
    """A key that lets the same form act once, however often it is sent."""
    return secrets.token_urlsafe(18)


async def read_form(request: Request, limit: int) -> Form:
    """The form in a request. Raises `TooLarge`, `Unreadable`."""
    counted = _Counted(request, limit)
    if int(request.headers.get("content-length") or 0) > limit:
        await counted.drain()
        raise TooLarge(limit)
    try:
        sent = await Request(request.scope, counted.receive).form(
            max_files=5, max_fields=MOST_FIELDS, max_part_size=limit
        )
    except MultiPartException as wrong:
        raise Unreadable(str(wrong)) from None
    except Exception as wrong:
        if isinstance(wrong, TooLarge) or trouble_in(wrong):
            raise
        raise Unreadable(type(wrong).__name__) from None
    fields: dict[str, list[str]] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            files[name] = (_clean(value.filename or ""), await value.read())
        else:
            fields.setdefault(_clean(name), []).append(_clean(value))
    await sent.close()
    return Form(fields, files)


def _clean(text: str) -> str:
    """One kind of line end, and no character that a database can't hold."""
    plain = text.replace("\r\n", "\n").replace("\x00", "")
    return plain.encode("utf-8", "replace").decode("utf-8")


class _Counted:
    """The request's own messages, counted as they come."""

    def __init__(self, request: Request, limit: int) -> None:
        self._receive, self._limit, self._got = request.receive, limit, 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._got += len(message.get("body", b""))
        if self._got > self._limit:
            if message.get("more_body"):
                await self.drain()
            raise TooLarge(self._limit)
        return message

    async def drain(self) -> None:
        more = True
        while more and self._got < self._limit * DRAIN:
            message = await self._receive()
            self._got += len(message.get("body", b""))
            more = bool(message.get("more_body"))
