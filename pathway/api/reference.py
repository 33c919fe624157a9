"""What can be asked of the API, on one page? Written from its own description, so that the two can't part."""

from typing import Any

from pathway.acts import Desk
from pathway.api.application import create_api, described
from pathway.api.ways import BASE, WAYS, Open, Way
from pathway.database import Database
from pathway.settings import Settings

OPENING = f"""# The API

Everything under `{BASE}` does what the pages do, by the same rules and with the same words. The whole description,
with every body and answer, is at `{BASE}/openapi.json` (OpenAPI 3.1). This page is written by
`python scripts/api_reference.py`; a test keeps it in step.

- **Sign in** at `POST /sign-in` with `email` and `password`; send the token as `Authorization: Bearer …`. Without one
  every other address answers 401. A sign-in that fails, for whatever reason, is 401 too; after repeated failures it is
  429, and `Retry-After` says how many seconds to stay away.
- **Bodies** are JSON, read strictly: `"7"` is no number, an unknown field is refused, a time carries its zone, and a
  NUL character is refused. `POST …/documents` takes a form with one file, `document`.
- **Once only**: send `Idempotency-Key` (up to 100 printable characters). The same request again gets the first answer
  and does nothing; another request under that key is refused with 422.
- **Nobody overwritten**: answers about a record carry its version as `ETag`. Send it back as `If-Match`. If an officer
  has changed the record since, the answer is 409 with `since`: who did what, and when.
- **Pages**: `GET /cases` gives `next`; send it as `cursor` until it is null. The order is the board's, worst first.
- **Looking is recorded**, as on the pages.

## When it can't be done

Every error is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, and lists that say it apart.

| Status | `type` | Means |
|---|---|---|
| 400 | `urn:pathway:unreadable` | The body can't be read |
| 401 | `urn:pathway:not-signed-in` | No token, or one that has ended; `WWW-Authenticate: Bearer` |
| 403 | `urn:pathway:refused` | It may not happen now: `reasons` gives each `sentence`, `who_can` and `where` |
| 404 | `urn:pathway:not-found` | Not there, or not yours to know: the two look the same |
| 409 | `urn:pathway:changed-since` | The record changed since your `If-Match`: `since`, and the `version` that stands |
| 409 | `urn:pathway:nothing-in-force` | No published document is in force, or no calendar reaches that far |
| 409 | `urn:pathway:documents-broken` | The documents have faults: `detail` says file, line, sentence and mend |
| 413, 415 | `about:blank` | Too large; not JSON |
| 422 | `urn:pathway:unacceptable` | `faults` gives each `field` and a `sentence` |
| 422 | `urn:pathway:key-reused` | The `Idempotency-Key` was used for something else |
| 429 | `urn:pathway:slow-down` | Too many sign-ins failed: `Retry-After` says how many seconds to wait |
| 500 | `urn:pathway:our-fault` | Ours; nothing was saved |
| 503 | `urn:pathway:database-away` | The database is gone, perhaps after it saved this: send the same key again |
| 503 | `urn:pathway:database-busy` | Too much is being written just now, and nothing was saved: send it again |
| 507 | `urn:pathway:disk-full` | No room is left, and nothing was saved: somebody must make some |

## Addresses

A move is one address, made from the table of its process; its body is the move's own facts.

| | | |
|---|---|---|
"""


def reference() -> str:
    settings = Settings(database="sqlite://")
    paths = described(create_api(Desk(Database(settings.database), settings)))["paths"]
    return OPENING + "".join(_line(way, paths[way.path]) for way in WAYS if way.path in paths)


def _line(way: Way, methods: dict[str, Any]) -> str:
    known = methods[way.method.lower()]
    shut = " (no sign-in)" if way.to is Open.to_anyone else ""
    return f"| `{way.method}` | `{way.path}` | {known['summary']}{shut} |\n"
