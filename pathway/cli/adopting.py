"""How is a document adopted from a terminal? One person proposes it, another agrees, either takes it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pathway.cli.published import a_day, fail, folders

if TYPE_CHECKING:  # a command imports only what it needs
    from pathway.access import Viewer
    from pathway.acts import Desk
    from pathway.store.adopted.adoptions import AdoptionView

LIKE = "2026-04-01"
By = Annotated[str, typer.Option(help="The email address of whoever does it: an administrator or head of service.")]
Which = Annotated[str, typer.Argument(help="The hash or reference that 'propose' printed; needed if several wait.")]


def propose(
    on: Annotated[str, typer.Option("--from", help="The date it is to be in force from, such as 2026-04-01.")],
    by: By,
    reason: Annotated[str, typer.Option(help="Where it was decided, such as the minute.")],
    edition: Annotated[str, typer.Option(help="The edition's own date; the one in force on the date if none.")] = "",
) -> None:
    """Propose the authority's document from a date; it is in force once another person agrees."""
    from pathway.acts import propose_edition
    from thresholds import read_editions

    day, dated = a_day(on, LIKE), a_day(edition, LIKE) if edition else None
    with _refused_in_sentences(by) as (desk, viewer):
        catalogue = read_editions(*folders())
        done = propose_edition(desk, viewer, catalogue=catalogue, on=day, edition=dated, reason=reason)
    named = done.named["edition"]
    if done.named["stands"] == "agreed":
        typer.echo(f"In force from that date already: {named}")
        return
    typer.echo(f"{'Proposed' if done.entry else 'Proposed already'}: {named}")
    typer.echo(f"Another person agrees: pathway documents agree --by EMAIL {named}")


def agree(by: By, which: Which = "") -> None:
    """Agree to the document that another person proposed; from its date it is in force."""
    from pathway.acts import agree_edition

    with _refused_in_sentences(by) as (desk, viewer):
        waits = _waiting(desk, viewer, which)
        agree_edition(desk, viewer, adoption=waits.ref, edition=waits.edition)
    typer.echo(f"In force from {waits.in_force_from:%-d %B %Y}: {waits.edition}")


def withdraw(by: By, reason: Annotated[str, typer.Option(help="Why.")], which: Which = "") -> None:
    """Take a proposal back, one's own or another's, before it is agreed."""
    from pathway.acts import withdraw_edition

    with _refused_in_sentences(by) as (desk, viewer):
        waits = _waiting(desk, viewer, which)
        withdraw_edition(desk, viewer, adoption=waits.ref, reason=reason)
    typer.echo(f"Taken back: {waits.edition}")


@contextmanager
def _refused_in_sentences(email: str) -> Iterator[tuple["Desk", "Viewer"]]:
    from pathway.acts import NotFound, Unacceptable
    from pathway.cli.installation import as_person
    from thresholds import BrokenDocument
    from workflows import Refused

    try:
        with as_person(email) as here:
            yield here
    except Refused as wrong:
        raise fail(*wrong.refusals) from None
    except (BrokenDocument, NotFound, Unacceptable) as wrong:
        raise fail(wrong) from None


def _waiting(desk: "Desk", viewer: "Viewer", which: str) -> "AdoptionView":
    """The proposal meant: by hash, its beginning, or reference; or the only one there is, so that an end is said."""
    from pathway.store.adopted.adoptions import adoptions

    with desk.database.reading() as session:
        every = adoptions(session, viewer, desk.clock())
    waiting = [one.adoption for one in every.waiting if _is(one.adoption, which)]
    if not waiting and which:
        waiting = [one for one in every.ended if _is(one, which)][:1]
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise fail("Nothing like that is proposed. Propose it: 'pathway documents propose'.")
    listed = [f"{one.ref}  {one.edition}  from {one.in_force_from}, by {one.proposed_by}" for one in waiting]
    raise fail("Several proposals wait. Say which, by reference:", *listed)


def _is(adoption: "AdoptionView", which: str) -> bool:
    return adoption.ref == which or adoption.edition.startswith(which)
