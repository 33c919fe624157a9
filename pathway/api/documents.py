"""What do the published documents say? Every one held here, one resolved as it is read, and two side by side."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from pathway.access import Viewer
from pathway.acts import Desk, NotFound
from pathway.api.asked import ID
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.store.adopted.published import Shelved, one_document, shelf
from thresholds import Edition, Level, Rule, Unpublished
from thresholds.editions.comparing import Difference, HowLong, Section, compare

router = APIRouter(tags=["What is published"])
Authority = Annotated[str, Path(pattern=ID, max_length=80, description="Whose document, such as `exampleton`")]
Dated = Annotated[date, Path(description="The day it is in force from")]
Named = Annotated[
    str,
    Query(
        pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*(?:@[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
        max_length=100,
        description="A document as `authority@YYYY-MM-DD`, or an authority for its newest",
    ),
]


class ListedBody(BaseModel):
    """One document. Where `why_not_live` says anything it is for history, teaching or others to build on."""

    authority: str
    authority_name: str
    in_force_from: date
    status: str
    in_force: bool = Field(description="Adopted here and in force now")
    why_not_live: tuple[str, ...]


class Documents(BaseModel):
    documents: tuple[ListedBody, ...]


class DocumentBody(ListedBody):
    """A document resolved: laid over all it builds on. One in force here is the text that was adopted."""

    hash: str = Field(description="SHA-256 of its canonical text")
    edition: Edition


class ComparisonBody(BaseModel):
    """Two documents side by side. Pairs hold what stands in the first and in the second, null where it isn't there."""

    a: str
    b: str
    same: bool
    head: tuple[Difference, ...]
    sections: tuple[Section, ...]
    levels: tuple[tuple[Level | None, Level | None], ...]
    limits: tuple[HowLong, ...]
    rules: tuple[tuple[Rule | None, Rule | None], ...]


@router.get("/documents", summary="List the published documents", operation_id="published_documents")
def list_documents(desk: AtDesk, viewer: SignedIn) -> Documents:
    """Every document held here, what is in force first, with every reason why another can't run live cases."""
    with desk.database.reading() as session:
        found = shelf(session, desk.settings, viewer.authority, desk.clock())
    return Documents(documents=tuple(ListedBody.model_validate(_listed(one)) for one in found))


@router.get("/documents/compare", summary="Lay two documents side by side", operation_id="compare_documents")
def compare_documents(desk: AtDesk, viewer: SignedIn, a: Named, b: Named) -> ComparisonBody:
    """What stands in one only, what differs field by field, and levels, limits and rules in pairs."""
    one, other = _one(desk, viewer, a), _one(desk, viewer, b)
    made = compare(one.edition, other.edition)
    return ComparisonBody(
        a=one.held.key,
        b=other.held.key,
        same=made.is_same,
        head=made.head,
        sections=made.sections,
        levels=made.levels,
        limits=made.limits,
        rules=made.rules,
    )


@router.get("/documents/{authority}/{dated}", summary="Read a published document", operation_id="published_document")
def read_document(desk: AtDesk, viewer: SignedIn, authority: Authority, dated: Dated) -> DocumentBody:
    """The document over all it builds on: every level, example, destination, rule, limit and gap, with its source."""
    found = _one(desk, viewer, f"{authority}@{dated.isoformat()}")
    return DocumentBody.model_validate({**_listed(found), "hash": found.digest, "edition": found.edition})


def _one(desk: Desk, viewer: Viewer, asked: str) -> Shelved:
    try:
        with desk.database.reading() as session:
            return one_document(session, desk.settings, viewer.authority, desk.clock(), asked)
    except Unpublished:
        raise NotFound("document") from None


def _listed(one: Shelved) -> dict[str, object]:
    edition = one.edition
    return {
        "authority": edition.authority,
        "authority_name": edition.authority_name,
        "in_force_from": edition.in_force_from,
        "status": edition.status,
        "in_force": one.in_force,
        "why_not_live": one.held.why_not_live,
    }
