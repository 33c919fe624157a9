"""How is a worry taken in? Judged, given to a staffed team, its clocks started, its people told: all at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pathway.access import Viewer
from pathway.acts import clocks, outsiders, people
from pathway.acts.children import undecided
from pathway.acts.coming_along import family_along
from pathway.acts.danger import ask_what_was_meant, takeable
from pathway.acts.desk import Desk, Work, work
from pathway.acts.drafts import used
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.front_door import front_door
from pathway.acts.holding import answers
from pathway.acts.judging import children_of, judged
from pathway.acts.link import taken_for
from pathway.acts.making import make
from pathway.acts.new_case import new_case
from pathway.acts.once import once
from pathway.acts.patch import Patch
from pathway.acts.protectors import protectors
from pathway.acts.recognise import tell_who_knows_them
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.tasks import raise_task
from pathway.acts.worded import check_email
from pathway.store.adopted.editions import in_force
from pathway.tables import Agency, Case
from pathway.tables.timing import TaskKind
from thresholds import Judgement
from workflows import REFERRAL, refuse
from workflows.referral import DANGER
from workflows.referral_facts import Caller, Protect, Take

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(minutes=5)
PROTECTS = "protection_needed"


def receive(desk: Desk, viewer: Viewer, *, take: Take, key: str | None = None, draft: str | None = None) -> Done:
    """Take a worry in. Raises `Refused` where it isn't the viewer's to take, `Unacceptable` field by field."""
    with work(desk, viewer) as unit:
        done = once(unit, key, ("receive", take), lambda: received(unit, take), urgent=take.immediate_danger)
        used(unit, draft, done)
        return done


def received(unit: Work, take: Take, on: Case | None = None, known: Sequence[int] = ()) -> Done:
    """The taking inside a transaction that another act owns; danger now is protected in the same act.

    `on` is the open record on which it came up, and `known` the children there whom it is about, in their order.
    """
    check_may_take(unit.viewer)
    check_receipt(take)
    occurred_at = occurred(unit, take)
    edition_hash, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    take = takeable(unit, edition, take) if take.immediate_danger else take
    judgement = judged(unit, edition, take)
    case, patch = _case(unit, take, edition_hash, occurred_at, judgement.immediate, on)
    children = _people(unit, take, judgement, patch, known)
    if on is not None:
        family_along(unit, patch, on, children)
    person, team = protectors(unit, case, on, edition, patch) if on and case.restricted else front_door(unit, edition)
    answers(unit, case, patch, practitioner_id=person, team_id=team)
    protects = DANGER if judgement.immediate and not take.immediate_danger else frozenset()
    clocks.start(patch, edition, REFERRAL.opening.starts(take) | protects, unit.now)
    tells = [Telling(tell.message, tell.to) for tell in REFERRAL.opening.tells(take)]
    tells += outsiders.receipts(unit, case, take)
    if judgement.immediate and not take.immediate_danger:
        tells += [Telling(PROTECTS, "social_work"), Telling(PROTECTS, "manager")]
    said = {"take": take.model_dump(mode="json"), "judgement": judgement.model_dump(mode="json")}
    done = record(unit, case, Line("received", patch, said=said, tells=tells, occurred_at=occurred_at))
    _ask_about_others(unit, take, case, person, team)
    tell_who_knows_them(unit, case, take, zip(children_of(take), children, strict=True), take.adults)
    if not take.immediate_danger:
        return done
    ask_what_was_meant(unit, case, take)
    return make(unit, case, "protect", Protect(), Patch())


def check_may_take(viewer: Viewer) -> None:
    if not viewer.roles & REFERRAL.opening.who:
        raise refuse(
            "Taking in a worry isn't part of your role.", who_can="Ring the front door, or ask a triage adviser."
        )


def check_receipt(take: Take) -> None:
    """A receipt goes to a work address; to a child or family member only where they said how they can be reached.

    Danger waits for no address.
    """
    if take.immediate_danger:
        return
    check_email("told_by_email", take.told_by_email)
    if take.told_by_email and take.caller in (Caller.family, Caller.child) and not take.safe_contact.strip():
        sentence = "Say first how it is safe to reach them: somebody else may read a family member's email."
        raise Unacceptable(FieldFault("told_by_email", sentence))


def occurred(unit: Work, take: Take) -> datetime:
    """When we heard, checked. Raises `Unacceptable`, but for danger: that is heard now, whatever was written."""
    at = take.occurred_at or unit.now
    if take.immediate_danger and (at.tzinfo is None or not EARLIEST <= at <= unit.now + CLOCK_SKEW):
        return unit.now
    if at.tzinfo is None:
        raise Unacceptable(FieldFault("occurred_at", "Give the time with its zone, such as 2026-12-04T16:50:00Z."))
    if at > unit.now + CLOCK_SKEW:
        raise Unacceptable(FieldFault("occurred_at", "This time hasn't come yet. Check the date and the hour."))
    if at < EARLIEST:
        raise Unacceptable(FieldFault("occurred_at", "This is too long ago to be when we heard. Check the year."))
    return at


def _case(
    unit: Work, take: Take, edition_hash: str, occurred_at: datetime, immediate: bool, on: Case | None
) -> tuple[Case, Patch]:
    outside = not unit.viewer.contact_teams and not unit.viewer.is_system
    kept_close = on is not None and on.restricted
    return new_case(
        unit,
        REFERRAL,
        edition_hash=edition_hash,
        kind=take.kind.value,
        occurred_at=occurred_at,
        source_code=_source_code(unit, take, outside),
        safe_tonight=take.safe_tonight,
        immediate=immediate,
        restricted=kept_close,
        referrer_id=unit.viewer.id if outside else None,
        referrer_agency_id=min(unit.viewer.agencies, default=None) if outside and not kept_close else None,
        parent_id=on.id if on else None,
    )


def _source_code(unit: Work, take: Take, outside: bool) -> str:
    if not outside or take.source_code != "10":
        return take.source_code
    agency = unit.session.get(Agency, min(unit.viewer.agencies, default=0))
    return agency.source_code if agency else take.source_code


def _people(unit: Work, take: Take, judgement: Judgement, patch: Patch, known: Sequence[int]) -> list[int]:
    """A row for everybody who was told of, with what is advised for each child, and who they are to each other.

    The children's rows are handed back.
    """
    children = []
    for index, (told, advice) in enumerate(zip(children_of(take), judgement.children, strict=True)):
        children.append(person_id := known[index] if known else people.child(unit, take, told))
        undecided(unit, patch, person_id, advice.immediate, advice.level, advice.destination)
        taken_for(unit, person_id, told.same_as, f"children[{index}].same_as")
    adults = [(people.adult(unit, take, told), told) for told in take.adults]
    people.ties(patch, adults, children)
    for index, (person_id, told_of) in enumerate(adults):
        taken_for(unit, person_id, told_of.same_as, f"adults[{index}].same_as")
    return children


def _ask_about_others(unit: Work, take: Take, case: Case, person: int | None, team: int | None) -> None:
    """One child seen, siblings missed: not knowing who else is there stands as a task."""
    if take.other_children or take.siblings is not None:
        return
    raise_task(
        unit,
        TaskKind.children_to_ask_about,
        case.public_id,
        "Ask about other children: in the household, and others whom the person causing harm sees.",
        case_id=case.id,
        practitioner_id=person,
        team_id=team,
    )
