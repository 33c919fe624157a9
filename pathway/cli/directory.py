"""How does the directory get its services? From a file or a feed, at a terminal or every night by itself."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathway.cli.published import fail

if TYPE_CHECKING:  # a command imports only what it needs
    from pathway.access import Viewer
    from pathway.acts import Desk
    from pathway.acts.directory import Imported, Listing
    from pathway.acts.directory.taking import Source

directory = typer.Typer(help="The directory of services.", no_args_is_help=True)
SHOWN = 50


@directory.callback()
def about() -> None:
    """The directory of services."""


@directory.command("import")
def import_services(
    where: Annotated[str, typer.Argument(help="A JSON file as Open Referral UK 3.0 has it, or the address of a feed.")],
    as_: Annotated[str, typer.Option("--as", help="The email address of an administrator; the system if none.")] = "",
    source: Annotated[str, typer.Option(help="What to call a file, where its name changes from time to time.")] = "",
    fewer: Annotated[bool, typer.Option("--fewer", help="It really holds less than half of what it held.")] = False,
    everything: Annotated[bool, typer.Option("--everything", help="Ask a feed for unchanged services too.")] = False,
) -> None:
    """Take services in from a file or a feed: good ones in, bad ones back with every reason."""
    from pathway.acts.directory import refuse_import, take_services
    from pathway.acts.importing import Unreadable
    from workflows import Refused

    with _somebody(as_) as (desk, viewer):
        try:
            named = _source(where, source, desk)
            listing = _listing(desk, viewer, named, where, everything)
            done = take_services(desk, viewer, source=named, listing=listing, fewer=fewer)
        except Unreadable as wrong:
            refuse_import(desk, viewer, source=named, sentence=str(wrong))
            raise fail(*wrong.sentences) from None
        except Refused as wrong:
            raise fail(*(f"{one.sentence} {one.who_can}" for one in wrong.refusals)) from None
    _tell(done)


def _somebody(email: str) -> AbstractContextManager[tuple["Desk", "Viewer"]]:
    from pathway.cli.installation import as_person, as_system

    return as_person(email) if email else as_system()


def _is_feed(where: str) -> bool:
    return "://" in where


def _source(where: str, called: str, desk: "Desk") -> "Source":
    from pathway.acts.directory.feed import base_of
    from pathway.acts.directory.taking import Source
    from pathway.acts.importing import Unreadable
    from pathway.tables import SourceKind

    if not _is_feed(where):
        return Source(SourceKind.file, (called or Path(where).name)[:500])
    try:
        return Source(SourceKind.feed, base_of(where, insecure=desk.settings.feeds_without_https)[:500])
    except Unreadable as wrong:
        raise fail(*wrong.sentences) from None


def _listing(desk: "Desk", viewer: "Viewer", source: "Source", where: str, everything: bool) -> "Listing":
    from pathway.acts.directory import Feed, check_may_import, read_feed, read_file
    from pathway.cli.importing import bytes_of
    from pathway.store.directory.sources import held_from

    check_may_import(viewer)
    largest = desk.settings.largest_directory_bytes
    if not _is_feed(where):
        return read_file(bytes_of(Path(where), largest), largest=largest)
    with desk.database.reading() as session:
        known = {} if everything else held_from(session, viewer.authority, source.address)
    settings = desk.settings
    return read_feed(
        Feed(source.address, known, insecure=settings.feeds_without_https, pause=settings.feed_pause_seconds)
    )


def _tell(done: "Imported") -> None:
    for one in done.faults[:SHOWN]:
        typer.echo(
            f"{one.row} {one.service or '(no name)'}: {f'{one.field}: ' if one.field else ''}{one.sentence} {one.mend}"
        )
    if len(done.faults) > SHOWN:
        typer.echo(f"… and {len(done.faults) - SHOWN} more reasons, on the page Directory sources.")
    if done.refused:
        raise fail(done.refused)
    typer.echo(
        f"{done.found} found: {done.added} new, {done.changed} changed, {done.returned} back again, "
        f"{done.gone} gone, {done.sent_back} sent back."
    )
    if done.sent_back:
        raise typer.Exit(1)
