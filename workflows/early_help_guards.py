"""What must be true before early help may go on? Each guard raises `Refused` with the way out."""

from dataclasses import replace
from datetime import datetime, timedelta

from thresholds.timing.calendar import london
from workflows.early_help_facts import (
    ActionEnd,
    AddAction,
    BeginEarlyHelp,
    ChildsPage,
    EndAction,
    EndEarlyHelp,
    Ending,
    Result,
    Reviewed,
)
from workflows.referral_facts import YesNo
from workflows.refusals import refuse
from workflows.situation import Situation
from workflows.table import Outcome, ToBeDone, ToDo

FURTHEST = timedelta(days=366)
NO_BETTER = ToDo(
    "no_better_twice",
    "Two reviews in a row found this family no better. Look at it with whoever leads: change the plan, or step up.",
)

CHECK_BACK = ToDo(
    "check_back", "The family wished to be asked how they are. Ask them; if they need help again, it begins again."
)

GOES_ON = {
    Ending.one_agency: "Say which agency goes on alone, and who there.",
    Ending.stepped_up: "Give the reference of the record that goes on, so that nobody lets go before somebody holds.",
    Ending.moved: "Say where the family has moved, and who knows of them there.",
}


def check_safe_tonight(facts: BeginEarlyHelp, now: datetime) -> None:
    """Help that waits for agreement is no answer to danger."""
    if facts.safe_tonight is YesNo.no:
        raise refuse(
            "A child who isn’t safe tonight is protected first.",
            who_can="Go back to the record and press Protect now. Early help can begin beside it afterwards.",
        )


def check_agreed(situation: Situation) -> None:
    """Early help is done with a family: whoever brings a child up, or a young person who understands it, agrees."""
    if not situation.agreed:
        raise refuse(
            "Nobody in the family has agreed to this help yet.",
            who_can="Ask a parent, or a young person who understands it, and record what they say under Agreement.",
            where="agreements",
        )


def check_assessed(situation: Situation) -> None:
    """What help is planned on stands on the record: by the document's own form, where it has one."""
    if "open" in situation.assessments.values():
        raise refuse(
            "The assessment isn’t complete yet.",
            who_can="Go on with it under Assessments. Light-touch may be enough; nothing is lost by widening it.",
            where="assessments",
        )
    if situation.assesses and "complete" not in situation.assessments.values():
        raise refuse(
            "Nothing has been assessed on this record yet, or not again since.",
            who_can="Begin an assessment with the family. Light-touch asks a few questions, and can be widened.",
            where="assessments",
        )


def check_day_to_come(situation: Situation, facts: AddAction) -> None:
    today = london(situation.now).date()
    if facts.by < today:
        raise refuse("The day by which it is to be done has passed.", who_can="Check the day and the year.")
    if facts.by > today + FURTHEST:
        raise refuse("That is more than a year away.", who_can="Agree a first step that is nearer, or check the year.")


def check_actions_open(situation: Situation) -> None:
    if not situation.actions:
        raise refuse("Nothing that was taken on is open.", who_can="Add what somebody will do first.")


def check_action_open(situation: Situation, facts: EndAction) -> None:
    if facts.action not in situation.actions:
        raise refuse("That isn’t open any more.", who_can="Choose from what is still to be done.")


def check_actions_settled(situation: Situation, facts: EndEarlyHelp) -> None:
    """Nothing that somebody was counted on for is forgotten with the rest."""
    if many := len(situation.actions):
        still = "1 thing is still to be done." if many == 1 else f"{many} things are still to be done."
        raise refuse(still, who_can="Say of each that it is done, or that it is no longer needed.")


def check_nothing_arranged(situation: Situation, facts: EndEarlyHelp) -> None:
    """Nobody comes to a meeting about help that has ended without knowing."""
    if "meeting" in situation.begun_here.values():
        refs = ", ".join(ref for ref, process in situation.begun_here.items() if process == "meeting")
        raise refuse(f"A meeting is still to be held or minuted: {refs}.", who_can="Hold it first, or call it off.")


def check_asked_again(situation: Situation, facts: EndEarlyHelp) -> None:
    if facts.check_back is None:
        return
    today = london(situation.now).date()
    if not today < facts.check_back <= today + FURTHEST:
        raise refuse("That is no day to ask how they are.", who_can="Choose one to come, within a year, or none.")


def check_somebody_goes_on(situation: Situation, facts: EndEarlyHelp) -> None:
    if facts.how in GOES_ON and not facts.who_goes_on.strip():
        raise refuse("Nobody is named who goes on.", who_can=GOES_ON[facts.how])


def action_added(situation: Situation, facts: AddAction) -> Outcome:
    return Outcome(action=ToBeDone(facts.owner, facts.by))


def check_child_here(situation: Situation, facts: ChildsPage) -> None:
    if situation.child(facts.child) is None:
        raise refuse("That child isn’t on this record.", who_can="Choose from the children who are.")


def ended(situation: Situation, facts: EndEarlyHelp) -> Outcome:
    return Outcome(gives=replace(CHECK_BACK, on=facts.check_back)) if facts.check_back else Outcome()


def reviewed(situation: Situation, facts: Reviewed) -> Outcome:
    """Twice no better is for two people to look at: the plan changes, or the help steps up."""
    before = tuple(situation.reviews.values())
    stuck = facts.result is not Result.better and before and before[-1] != Result.better
    return Outcome(gives=NO_BETTER) if stuck else Outcome()


def action_ended(situation: Situation, facts: EndAction) -> Outcome:
    return Outcome(ends_action=facts.action, dropped=facts.how is ActionEnd.not_needed)
