"""What else is done on a record? Notes, corrections, documents, who answers for it, and breaking the glass."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Response, UploadFile
from fastapi.responses import FileResponse

from pathway import acts
from pathway.acts import FieldFault, NotFound, Unacceptable
from pathway.acts.attach import OFFICE, SIGNATURES
from pathway.api.answers import DoneBody
from pathway.api.asked import IfMatch, Key, Ref, version_in
from pathway.api.bodies import (
    AssignBody,
    CorrectionBody,
    CoverBody,
    GlassBody,
    NoteBody,
    ReasonGiven,
    RestrictBody,
    VerifiedBody,
)
from pathway.api.cases import TAGGED, told
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import CANT_KEEP, Told, can_be_kept
from pathway.store.history.files import file_of
from workflows.referral_facts import Take

router = APIRouter(prefix="/cases/{ref}", tags=["On a record"])
MADE: dict[int | str, dict[str, Any]] = {201: TAGGED}
KINDS = sorted({media for _, media in SIGNATURES if media != "application/zip"} | {*OFFICE.values(), "text/plain"})
WHOLE_FILE = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS}


@router.post("/notes", status_code=201, responses=MADE, summary="Add a note", operation_id="note")
def add_note(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Told[NoteBody], key: Key = None
) -> DoneBody:
    return told(acts.note(desk, viewer, case=ref, text=body.text, key=key), response)


@router.post("/corrections", status_code=201, responses=MADE, summary="Correct an entry", operation_id="correct")
def correct(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Told[CorrectionBody], key: Key = None
) -> DoneBody:
    """Nothing is rewritten: the first entry stays, shown as corrected."""
    return told(acts.correct(desk, viewer, case=ref, entry=body.entry, text=body.text, key=key), response)


@router.post("/verification", status_code=201, responses=MADE, summary="Verify a referrer", operation_id="verify")
def verify(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Told[VerifiedBody], key: Key = None
) -> DoneBody:
    """A professional who told us, without an account: from then on they see the status of what they told us."""
    done = acts.verify_referrer(desk, viewer, case=ref, referrer=body.referrer, how=body.how, key=key)
    return told(done, response)


@router.post("/told", responses={200: TAGGED}, summary="Add to what was told", operation_id="tell_more")
def tell_more(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    take: Told[Take],
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    """The whole as it stands now, judged again. `ref` names a child or adult who is on the record; without it they
    are new. Whoever isn't named stays, and no decision changes.
    """
    return told(acts.tell_more(desk, viewer, case=ref, take=take, version=version_in(if_match), key=key), response)


@router.post("/documents", status_code=201, responses=MADE, summary="Attach a document", operation_id="attach")
def attach(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    document: Annotated[UploadFile, File(description="The file, under its own name")],
    key: Key = None,
) -> DoneBody:
    """What kind of file it is, is told by its content. `named.document` is its reference."""
    name = check_name(document.filename or "")
    content = document.file.read(desk.settings.largest_document_bytes + 1)
    return told(acts.attach(desk, viewer, case=ref, name=name, content=content, key=key), response)


@router.get(
    "/documents/{document_ref}",
    response_class=FileResponse,
    responses={200: {"content": WHOLE_FILE}},
    summary="Download a document",
    operation_id="document",
)
def download(desk: AtDesk, viewer: SignedIn, ref: Ref, document_ref: Ref) -> FileResponse:
    """For one who may see the whole record. The look is recorded."""
    with desk.database.reading() as session:
        found = file_of(session, viewer, desk.settings.files, ref, document_ref, desk.clock())
    if found is None:
        raise NotFound("document")
    acts.look(desk, viewer, page="api document", cases=[ref])
    return FileResponse(found.path, media_type=found.media_type, filename=found.name)


@router.post("/assignments", status_code=201, responses=MADE, summary="Propose who answers", operation_id="assign")
def assign(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    body: Told[AssignBody],
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    """A practitioner is asked and accepts; a staffed team, or oneself, answers at once."""
    version = version_in(if_match)
    return told(acts.assign(desk, viewer, case=ref, to=body.to, reason=body.reason, version=version, key=key), response)


@router.post("/acceptance", responses={200: TAGGED}, summary="Accept a handover", operation_id="accept")
def accept(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, key: Key = None, if_match: IfMatch = None
) -> DoneBody:
    return told(acts.accept(desk, viewer, case=ref, version=version_in(if_match), key=key), response)


@router.post("/refusal", responses={200: TAGGED}, summary="Decline a handover", operation_id="decline")
def decline(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    body: Told[ReasonGiven],
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    """Whoever answered before still does."""
    version = version_in(if_match)
    return told(acts.decline(desk, viewer, case=ref, reason=body.reason, version=version, key=key), response)


@router.post("/cover", status_code=201, responses=MADE, summary="Name cover", operation_id="cover")
def cover(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    body: Told[CoverBody],
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    """Cover starts now, is for this one record, and ends by itself."""
    version = version_in(if_match)
    return told(acts.cover(desk, viewer, case=ref, by=body.by, until=body.until, version=version, key=key), response)


@router.post("/restriction", responses={200: TAGGED}, summary="Restrict who may see it", operation_id="restrict")
def restrict(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    body: Told[RestrictBody],
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    """A manager's decision. Only those named, and whoever answers for it, see it from now on."""
    version = version_in(if_match)
    done = acts.restrict(desk, viewer, case=ref, names=body.names, reason=body.reason, version=version, key=key)
    return told(done, response)


@router.post("/break-glass", responses={200: TAGGED}, summary="Break the glass", operation_id="break_glass")
def break_glass(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Told[GlassBody], key: Key = None
) -> DoneBody:
    """See a record that isn't yours to see, for some hours. Its manager and its holder hear at once."""
    return told(acts.break_glass(desk, viewer, case=ref, reason=body.reason, key=key), response)


def check_name(name: str) -> str:
    if not can_be_kept(name):
        raise Unacceptable(FieldFault("document", CANT_KEEP))
    return name
