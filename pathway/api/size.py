"""How much may be sent? A body over the size is refused as soon as that is known, and never held in memory."""

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pathway.settings import Settings

ROUND_A_DOCUMENT = 100_000
"""What a form adds round the document itself."""


class TooLarge:
    """Middleware. Documents have a size of their own; everything else has a page's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        largest, declared, taken = largest_for(scope), _declared(scope), 0

        async def measured() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if max(taken, declared) > largest:
                raise HTTPException(413, f"This is larger than {largest / 1_000_000:.1f} MB. Send less at once.")
            return message

        await self.app(scope, measured, send)


def largest_for(scope: Scope) -> int:
    settings: Settings = scope["app"].state.desk.settings
    if scope["path"].endswith("/documents"):
        return settings.largest_document_bytes + ROUND_A_DOCUMENT
    return settings.largest_page_bytes


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
