"""How does a list stay as things are while somebody looks at it? It asks for itself again, and is sent if it changed.

A look is recorded once for each page, and again only when other records come to stand on it: the list's tag names
the records that were shown in this session, signed, so that nothing is shown without its row in the look log.
"""

import hashlib
import hmac
from typing import Any

from starlette.responses import Response

from pathway.web.door.rendering import ALWAYS
from pathway.web.door.visit import LIVE, Visit


def kept_live(visit: Visit, name: str, refs: tuple[str, ...], template: str, part: str, **about: Any) -> Response:
    """The page `template`, or the `part` of it alone where the page asks by itself. `refs` are the records on it."""
    shown = _signed(visit.token, name, refs)
    if LIVE not in visit.request.headers:
        visit.looked(name, *refs)
        return visit.page(template, live_tag=shown, **about)
    before = visit.request.headers.get("if-none-match", "").strip('"')
    if not hmac.compare_digest(before.partition(".")[0].encode(), shown.encode()):
        visit.looked(name, *refs)
    answer = visit.page(part, **about)
    tag = f"{shown}.{hashlib.sha256(bytes(answer.body)).hexdigest()}"
    if tag == before:
        return Response(status_code=304, headers=ALWAYS | {"ETag": f'"{tag}"'})
    answer.headers["ETag"] = f'"{tag}"'
    return answer


def _signed(token: str, name: str, refs: tuple[str, ...]) -> str:
    said = f"pathway list {name} {sorted(refs)}"
    return hmac.new(token.encode(), said.encode(), hashlib.sha256).hexdigest()
