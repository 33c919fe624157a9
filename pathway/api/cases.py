"""How are records taken in and read? A worry in, the list worst first, one record, and what may be done next."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from pathway import acts
from pathway.access import Viewer
from pathway.acts import Desk, Done, FieldFault, NotFound, Unacceptable
from pathway.api.answers import Cases, Choices, DoneBody, Record, ReferrersRecord, WholeRecord
from pathway.api.asked import Key, Ref, etag
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.api.ways import BASE
from pathway.store.lists.listing import Place, open_cases
from pathway.store.parts.views import CaseView, ReferrerView
from pathway.store.records.cases import case
from workflows.referral_facts import Take

router = APIRouter(tags=["Records"])
TAGGED = {"headers": {"ETag": {"description": "The version", "schema": {"type": "string"}}}}
MADE = {"headers": {**TAGGED["headers"], "Location": {"description": "The record", "schema": {"type": "string"}}}}
Whose = Annotated[Literal["all", "team", "mine"], Query(description="Whose open records")]
Cursor = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{1,200}$", description="The `next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.post("/cases", status_code=201, responses={201: MADE}, summary="Take a worry in", operation_id="receive")
def receive(desk: AtDesk, viewer: SignedIn, response: Response, take: Told[Take], key: Key = None) -> DoneBody:
    """Four facts save it. It is judged, given to a staffed team and timed in one step; `Location` is its record."""
    done = acts.receive(desk, viewer, take=take, key=key)
    response.headers["Location"] = f"{BASE}/cases/{done.case}"
    return told(done, response)


@router.get("/cases", summary="List open records, worst first", operation_id="cases")
def list_cases(desk: AtDesk, viewer: SignedIn, whose: Whose = "all", cursor: Cursor = None, limit: Limit = 50) -> Cases:
    """Immediate first, then by time left. Follow `next` until it is null."""
    after = _place(cursor) if cursor else None
    with desk.database.reading() as session:
        listed = open_cases(session, viewer, desk.clock(), whose=whose, after=after, limit=limit)
    acts.look(desk, viewer, page="api cases", cases=[row.ref for row in listed.rows])
    return Cases(cases=listed.rows, next=_cursor(listed.end) if listed.end else None)


@router.get("/cases/{ref}", responses={200: TAGGED}, summary="Read a record", operation_id="case")
def read_case(desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref) -> Record:
    """The whole record, or what its referrer hears. The look is recorded."""
    found = looked_at(desk, viewer, ref, "api case")
    response.headers["ETag"] = etag(found.version)
    return WholeRecord(record=found) if isinstance(found, CaseView) else ReferrersRecord(record=found)


@router.get("/cases/{ref}/choices", responses={200: TAGGED}, summary="See what may be done", operation_id="choices")
def read_choices(desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref) -> Choices:
    """Every move that starts from here, with every reason why not and who can put it right."""
    found = looked_at(desk, viewer, ref, "api choices")
    response.headers["ETag"] = etag(found.version)
    return Choices(version=found.version, choices=found.choices)


def looked_at(desk: Desk, viewer: Viewer, ref: str, page: str) -> CaseView | ReferrerView:
    """The record as this viewer may see it, once the look is recorded. Raises `NotFound`."""
    with desk.database.reading() as session:
        found = case(session, viewer, ref, desk.clock())
    if found is None:
        raise NotFound
    acts.look(desk, viewer, page=page, cases=[ref])
    return found


def told(done: Done, response: Response) -> DoneBody:
    """The answer of an act on a record, with the record's new version as its ETag."""
    response.headers["ETag"] = etag(done.version)
    return DoneBody(
        case=done.case, version=done.version, entry=done.entry, sequence=done.sequence, named=dict(done.named)
    )


def _cursor(place: Place) -> str:
    words = f"{int(place.immediate)} {place.due_at.isoformat()} {place.ref}"
    return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def _place(cursor: str) -> Place:
    try:
        words = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        immediate, due_at, ref = words.split(" ")
        at = datetime.fromisoformat(due_at)
        if at.tzinfo is None or not ref.isalnum():
            raise ValueError
        return Place(immediate == "1", at, ref)
    except (ValueError, binascii.Error):
        raise Unacceptable(FieldFault("cursor", "This isn't a page of ours. Start again without a cursor.")) from None
