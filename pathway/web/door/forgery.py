"""Did this form come from our own page, shown to this person? A hidden mark signed with the session token.

The mark carries who it was shown to, so that what was typed before a session ended is given back to that
person and to nobody else.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

FIELD = "_csrf"
OWN_SITE = frozenset({"same-origin", "none"})


def mark(token: str, ref: str) -> str:
    """The mark for a page shown to `ref` in the session of `token`."""
    return f"{ref}.{_signed(token, ref)}"


def shown_to(token: str, given: str) -> str | None:
    """Whom a mark was made for, or None where it isn't of this session."""
    ref, _, signature = given.partition(".")
    if token and ref and hmac.compare_digest(signature, _signed(token, ref)):
        return ref
    return None


def from_own_site(request: Request) -> bool:
    """What the browser says about where a post comes from. A browser that says nothing still needs the mark."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site in OWN_SITE
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _signed(token: str, ref: str) -> str:
    return hmac.new(token.encode(), f"pathway form for {ref}".encode(), hashlib.sha256).hexdigest()
