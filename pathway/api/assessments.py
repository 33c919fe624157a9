"""How is a family assessed? The assessments of a record: begun, answered bit by bit, widened, completed."""

from fastapi import APIRouter, Response

from pathway import acts
from pathway.acts import NotFound
from pathway.api.answers import AssessmentBody, AssessmentsBody, DoneBody
from pathway.api.asked import Key, Ref
from pathway.api.cases import told
from pathway.api.on_a_case import MADE
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.store.records.assessments import assessment as one
from pathway.store.records.assessments import assessments
from workflows.assessment_facts import Answered, AssessmentBegun

router = APIRouter(prefix="/cases/{ref}/assessments", tags=["Assessments"])


@router.get("", summary="List a record's assessments", operation_id="assessments")
def read_all(desk: AtDesk, viewer: SignedIn, ref: Ref) -> AssessmentsBody:
    """Newest first, and the forms by which one could be begun. The look is recorded."""
    with desk.database.reading() as session:
        found = assessments(session, viewer, ref, desk.clock())
    if found is None:
        raise NotFound
    acts.look(desk, viewer, page="api assessments", cases=[ref])
    return AssessmentsBody(
        assessments=found.assessments, forms={id_: name for id_, name, _ in found.forms}, open_now=found.open_now
    )


@router.post("", status_code=201, responses=MADE, summary="Begin an assessment", operation_id="begin_assessment")
def begin(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Told[AssessmentBegun], key: Key = None
) -> DoneBody:
    """By one of the document's forms, light-touch or full. `named.assessment` is its reference."""
    return told(acts.begin_assessment(desk, viewer, case=ref, told=body, key=key), response)


@router.get("/{assessment}", summary="Read an assessment", operation_id="assessment")
def read(desk: AtDesk, viewer: SignedIn, ref: Ref, assessment: Ref) -> AssessmentBody:
    """How far it is, what was answered, and what is known already. The look is recorded."""
    with desk.database.reading() as session:
        found = one(session, viewer, ref, assessment, desk.clock())
    if found is None:
        raise NotFound
    acts.look(desk, viewer, page="api assessment", cases=[ref])
    return AssessmentBody(assessment=found)


@router.post(
    "/{assessment}/answers",
    status_code=201,
    responses=MADE,
    summary="Answer, or confirm what is known already",
    operation_id="answer_assessment",
)
def answer(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, assessment: Ref, body: Told[Answered], key: Key = None
) -> DoneBody:
    """A section or a few answers; all of them or none are saved. Each says in `based_on` upon which answer it was
    written: where another stands by now, 409 says who answered. `named.opened` are questions that this opened.
    """
    done = acts.answer_assessment(desk, viewer, case=ref, assessment=assessment, told=body, key=key)
    return told(done, response)


@router.post(
    "/{assessment}/widening",
    status_code=201,
    responses=MADE,
    summary="Widen it to the full form",
    operation_id="widen_assessment",
)
def widen(desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, assessment: Ref, key: Key = None) -> DoneBody:
    """Everything that was answered stays."""
    return told(acts.widen_assessment(desk, viewer, case=ref, assessment=assessment, key=key), response)


@router.post(
    "/{assessment}/completion",
    status_code=201,
    responses=MADE,
    summary="Say that it is complete",
    operation_id="complete_assessment",
)
def complete(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, assessment: Ref, key: Key = None
) -> DoneBody:
    """Refused (422) while anything is left: `faults` name every question with its section."""
    return told(acts.complete_assessment(desk, viewer, case=ref, assessment=assessment, key=key), response)
