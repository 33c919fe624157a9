"""How is everything kept safe, and brought back? A backup in one file, and a restore that proves itself."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from pathway.cli.published import fail

if TYPE_CHECKING:  # a command imports only what it needs
    from pathway.database import Database
    from pathway.store.history.backup import Manifest

STANDARD = "-"


def backup(
    file: Annotated[str, typer.Argument(help="The file to write; - for standard output, to be encrypted at once.")],
) -> None:
    """Keep everything in one file: every row as it stands at one moment, and every document. Nobody need stop."""
    from pathway.cli.installation import to_read
    from pathway.migrations import head
    from pathway.store.history.backup import back_up, dangling

    with _written(file) as out, to_read() as desk, desk.database.at_one_moment() as session:
        manifest = back_up(session, desk.settings.files, out, revision=head(), taken_at=desk.clock())
        loose = dangling(session)
    aside = file == STANDARD
    _say(manifest, "Kept" if aside else f"Kept in {file}", aside=aside)
    typer.echo("It holds children's records. Encrypt it, and keep it apart from this machine.", err=aside)
    if manifest.lost:
        typer.echo(f"The files of {len(manifest.lost)} documents are gone or changed, and aren't in it:", err=True)
        typer.echo("\n".join(manifest.lost), err=True)
    if loose:
        typer.echo(f"Rows of {', '.join(loose)} name others that aren't there: no database will take them.", err=True)
    if manifest.lost or loose:
        raise typer.Exit(1)


def restore(file: Annotated[Path, typer.Argument(help="The backup; it must be decrypted first.")]) -> None:
    """Restore a backup into a database that holds nothing, and prove that it is the same."""
    from pathway.acts.restore import CannotRestore
    from pathway.acts.restore import restore as restored
    from pathway.database import Database
    from pathway.settings import Settings
    from pathway.store.history.kept import Damaged, open_file, whole

    settings = Settings()
    try:
        with open_file(file) as opened, whole(opened) as kept:
            database = Database(settings.database)
            restored(database, settings.files, kept)
            manifest = kept.manifest
    except (Damaged, CannotRestore) as wrong:
        raise fail(f"{file} wasn't restored. {wrong}") from None
    _say(manifest, "Restored")
    found = _prove(database)
    database.dispose()
    for sentence in found:
        typer.echo(sentence)
    if found:
        raise fail("The database is as it was when the backup was taken. What is listed was wrong then already.")
    typer.echo("Every chain, every anchor and every row was looked at again: all as they were left.")


@contextmanager
def _written(file: str) -> Iterator[IO[bytes]]:
    """The file under its name once it is whole, and for nobody but its owner; nothing under it before."""
    from pathway.acts.on_disk import written_whole

    if file == STANDARD:
        yield sys.stdout.buffer
        return
    path = Path(file)
    if path.exists():
        raise fail(f"There is a file {path} already, and a backup is never written over. Choose another name.")
    if not path.parent.is_dir():
        raise fail(f"There is no folder {path.parent}.")
    with written_whole(path) as half:
        yield half


def _say(manifest: "Manifest", what: str, *, aside: bool = False) -> None:
    """`aside`: not where the backup itself is being written."""
    from pathway.store.history.anchors import said

    held = f"{manifest.rows:,} rows of {len(manifest.tables)} tables and {len(manifest.files):,} documents"
    typer.echo(f"{what}: {held}, as they stood at {said(manifest.taken_at)}.", err=aside)
    typer.echo(f"They come to {manifest.proof}.", err=aside)


def _prove(database: "Database") -> tuple[str, ...]:
    from pathway.store.history.rebuilt import every_difference
    from pathway.store.history.verified import Seen, verify

    with database.at_one_moment() as session:
        faults = [fault.sentence for fault in verify(session, Seen())]
        return (*faults, *(sentence for one in every_difference(session) for sentence in one.sentences))
