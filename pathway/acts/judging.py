"""What does the published document advise for what was told? A taking, turned into what the judge reads."""

from pydantic import ValidationError

from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.store.people.earlier import earlier_contacts
from thresholds import Edition, Judgement, Presenting, Unjudgeable, judge, misfits
from workflows.referral_facts import Take, TakenChild

A_CHILD = TakenChild()
"""Who it is about when nobody has been named yet: still one child, who gets a decision."""


def children_of(take: Take) -> tuple[TakenChild, ...]:
    return take.children or (A_CHILD,)


def judged(unit: Work, edition: Edition, take: Take) -> Judgement:
    """The advice, now. Raises `Unacceptable` with every field that can't be judged."""
    try:
        presenting = Presenting.model_validate(_presenting(unit, edition, take))
        return judge(edition, presenting)
    except ValidationError as wrong:
        raise Unacceptable(*(FieldFault(fit.field, fit.sentence) for fit in misfits(wrong))) from None
    except Unjudgeable as wrong:
        raise Unacceptable(*(FieldFault(fit.field, fit.sentence) for fit in wrong.misfits)) from None


def _presenting(unit: Work, edition: Edition, take: Take) -> dict[str, object]:
    return {
        "authority": unit.viewer.authority,
        "at": unit.now,
        "immediate_danger": take.immediate_danger,
        "safe_tonight": take.safe_tonight.value,
        "siblings": take.siblings or None,
        "household_told": bool(take.household.strip()),
        "others_at_risk": take.others_at_risk.value,
        "domestic_abuse": take.domestic_abuse.value,
        "agreement": take.agreement.value,
        "raised_by": take.caller.value if take.caller else "unknown",
        "how": take.how.value if take.how else "unknown",
        "children": tuple(_child(unit, edition, index, child) for index, child in enumerate(children_of(take))),
    }


def _child(unit: Work, edition: Edition, index: int, child: TakenChild) -> dict[str, object]:
    return {
        "ref": str(index),
        "name": f"{child.given_name} {child.family_name}".strip() or None,
        "born_on": child.born_on,
        "expected_on": child.expected_on,
        "age_years": child.age_years,
        "disability": child.disability.value,
        "missing": child.missing.value,
        "exploitation": child.exploitation.value,
        "involvement": child.involvement.value,
        "services": child.services.value,
        "earlier_contacts": _earlier(unit, edition, child),
        "observed": tuple({"indicator": one.indicator, "seen": one.seen[:20_000]} for one in child.observed),
    }


def _earlier(unit: Work, edition: Edition, child: TakenChild) -> int | None:
    """Counted for a child already known; for others nobody has looked yet, which isn't none."""
    if not child.same_as:
        return None
    return earlier_contacts(unit.session, unit.viewer, edition, child.same_as, unit.now)
