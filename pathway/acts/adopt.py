"""Which published edition runs here? Adoption keeps its canonical text and hash, so that no folder can change it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record_for_authority
from pathway.store.editions import NEWEST_FIRST
from pathway.tables import AdoptedEdition
from thresholds import Catalogue, Limit, canonical, edition_hash
from workflows import PROCESSES, Process, Refusal, Refused, Role, refuse


def adopt(desk: Desk, viewer: Viewer, *, catalogue: Catalogue, on: date) -> Done:
    """Adopt the authority's edition in force on a date, resolved with all it builds on.

    Raises `Refused` with every gap that a live case would fall into. The same text may be adopted again from another
    date, or again after another; adopting what is in force from that date already changes nothing.
    """
    with work(desk, viewer) as unit:
        if not viewer.has(Role.administrator, Role.head_of_service, Role.system):
            raise refuse("Adopting a document isn't part of your role.", who_can="Ask an administrator.")
        edition = catalogue.resolve(viewer.authority, on)
        check_can_run_live(edition.why_not_live(), edition.limits)
        text, digest = canonical(edition), edition_hash(edition)
        before = _from(unit, on)
        if before and before[0].edition_hash == digest:
            return Done("", 0, "", 0, {"edition": digest})
        row = next((one for one in before if one.edition_hash == digest), None) or AdoptedEdition(
            authority=viewer.authority,
            edition_hash=digest,
            in_force_from=on,
            content=text,
            adopted_at=unit.now,
            adopted_by_id=viewer.id,
        )
        row.adopted_at, row.adopted_by_id = unit.now, viewer.id
        unit.session.add(row)
        patch = Patch()
        patch.change("adopted_edition", digest, in_force_from=on)
        done = record_for_authority(unit, Line("edition_adopted", patch))
        return Done("", 0, done.entry, done.sequence, {"edition": digest})


def _from(unit: Work, on: date) -> Sequence[AdoptedEdition]:
    """What was adopted from that very date, the one that holds first."""
    return unit.session.exec(
        select(AdoptedEdition)
        .where(col(AdoptedEdition.authority) == unit.viewer.authority, col(AdoptedEdition.in_force_from) == on)
        .order_by(*NEWEST_FIRST)
    ).all()


def check_can_run_live(reasons: tuple[str, ...], limits: Iterable[Limit]) -> None:
    """An edition goes live only once it answers every clock that a process starts, and no open state lacks ours."""
    published = {limit.id: limit for limit in limits}
    found = [Refusal(reason, "The partnership must decide it and publish it in its own folder.") for reason in reasons]
    for process in PROCESSES:
        for limit in sorted(process.limits - published.keys()):
            found.append(
                Refusal(
                    f"{process.words.capitalize()} needs the limit '{limit}'.", "Add it to the authority's document."
                )
            )
        found.extend(_not_ours(process, published))
    if found:
        raise Refused(*found)


def _not_ours(process: Process, published: Mapping[str, Limit]) -> Iterator[Refusal]:
    """Each clock that an open state rests on must oblige us, and somebody must hear when it passes."""
    for name in sorted(frozenset[str]().union(*(state.clocks for state in process.open_states)) & published.keys()):
        limit = published[name]
        if limit.obliged != "us" or not limit.rungs:
            yield Refusal(
                f"{process.words.capitalize()} waits on the limit '{name}', and nobody here would hear that it passed.",
                "Publish it as ours, with a ladder, in the authority's document.",
            )
