"""What if rows don't say what the entries say? A record's rows are laid anew from its entries, and that is recorded.

Only where history itself is whole: rows laid from a history that has lost its end would hide that it has.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.exc import IntegrityError

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.erase import check_keeps_history
from pathway.acts.laying import lay
from pathway.acts.opened import opened_unseen
from pathway.acts.record import Line, record
from pathway.store.history.links import Fault
from pathway.store.history.rebuilt import broken, compared, every_difference
from pathway.store.history.verified import Seen, verify
from workflows import Refused, refuse

SHOWN = 10
WORDS = {
    "case": "the record itself",
    "case_child": "a child's part",
    "assignment": "who answers for it",
    "deadline": "a time by which something is due",
    "level": "a level of need",
    "access_grant": "who may see it",
    "ask": "a question to another agency",
    "tie": "who is who",
    "agreement": "who agreed to what",
    "plan_action": "what somebody has taken on",
    "meeting": "when people meet",
    "invitation": "who is invited",
    "assessment": "an assessment",
    "answer": "an answer in an assessment",
    "payload": "a text that was erased",
}
"""What each table holds, as the timeline calls it."""


@dataclass(frozen=True, slots=True)
class Righted:
    """A record whose rows disagreed with its entries, and where. `refused` says why they stay as they are."""

    case: str
    differences: tuple[str, ...]
    entry: str = ""
    refused: str = ""


def put_all_right(desk: Desk, viewer: Viewer) -> Iterator[Righted]:
    """Put every record of the viewer's authority right, each in a transaction of its own, as it is done.

    Raises `Refused` where any entry or anchor isn't as it was written: nothing is laid then.
    """
    check_keeps_history(viewer)
    with desk.database.at_one_moment() as session:
        with closing(verify(session, Seen())) as faults:
            check_history_whole(faults)
        found = [
            one.case["public_id"] for one in every_difference(session) if one.case["authority"] == viewer.authority
        ]
    for ref in found:
        try:
            done = put_right(desk, viewer, case=ref)
        except Refused as wrong:
            done = Righted(ref, (), refused=str(wrong))
        if done is not None:
            yield done


def put_right(desk: Desk, viewer: Viewer, *, case: str) -> Righted | None:
    """Lay the rows of one record anew from its entries; None where they agree. An entry says what was put right.

    Raises `Refused` where the record's own history isn't whole, or other rows stand in the way.
    """
    check_keeps_history(viewer)
    try:
        with work(desk, viewer) as unit:
            return _put_right(unit, case)
    except IntegrityError as wrong:
        sentence = f"Record {case} can't be put right by itself: other rows stand in the way ({wrong.orig})."
        raise refuse(sentence, who_can="Restore a backup, or have somebody look who knows the database.") from wrong


def check_history_whole(faults: Iterable[Fault]) -> None:
    """Raises `Refused` with what is wrong; a text that isn't as it was said stands in no row."""
    told = list(islice((one.sentence for one in faults if one.kind != "text"), SHOWN))
    if told:
        raise refuse(
            f"History itself isn't whole, and rows laid from it would hide that. {' '.join(told)}",
            who_can="See all of it with 'pathway audit verify', and what a backup holds.",
        )


def _put_right(unit: Work, ref: str) -> Righted | None:
    case = opened_unseen(unit, ref)
    check_history_whole(broken(unit.session, case))
    found = compared(unit.session, case)
    if not found.apart:
        return None
    patch, taken_out = lay(unit, case, found)
    said = {
        "put_right": list(dict.fromkeys(WORDS[one.table] for one in found.apart)),
        "differences": list(found.sentences),
        "taken_out": taken_out,
    }
    done = record(unit, case, Line("put_right", patch, said=said))
    return Righted(ref, found.sentences, done.entry)
