"""How do contacts come in from a spreadsheet at a terminal? Checked, taken in, and the rest written to a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathway.cli.published import fail

if TYPE_CHECKING:  # a command imports only what it needs
    from pathway.acts.importing import Checked

imports = typer.Typer(help="Take in what others keep in files.", no_args_is_help=True)


@imports.callback()
def about() -> None:
    """Take in what others keep in files."""


@imports.command("contacts")
def contacts(
    file: Annotated[Path, typer.Argument(help="The spreadsheet (.xlsx) or CSV file.")],
    as_: Annotated[str, typer.Option("--as", help="The email address of whoever takes them in.")],
    check: Annotated[bool, typer.Option("--check", help="Only say what would come in; take nothing in.")] = False,
    put_right: Annotated[Path | None, typer.Option(help="Write the other rows to this .xlsx file.")] = None,
) -> None:
    """Take in the good rows of a spreadsheet; say of each other row what to put right."""
    from pathway.acts import importing
    from pathway.cli.installation import as_person
    from pathway.store.adopted.editions import NothingAdopted
    from workflows import Refused

    with as_person(as_) as (desk, viewer):
        try:
            largest = desk.settings.largest_import_bytes
            rows = importing.read(file.name, bytes_of(file, largest), largest=largest).rows
            done = (importing.check_contacts if check else importing.take_contacts)(desk, viewer, rows)
        except importing.Unreadable as wrong:
            raise fail(*wrong.sentences) from None
        except Refused as wrong:
            raise fail(*(f"{one.sentence} {one.who_can}" for one in wrong.refusals)) from None
        except NothingAdopted as wrong:
            raise fail(wrong) from None
    for one in done:
        typer.echo(_line(one))
    bad = [one for one in done if not one.good]
    typer.echo(f"{sum(one.came_in for one in done)} in, {len(bad)} to put right.")
    if put_right is not None:
        put_right.write_bytes(importing.bad_rows(bad))
    if bad:
        raise typer.Exit(1)


def bytes_of(file: Path, largest: int) -> bytes:
    """The file, and no more of it than tells that it is too large."""
    try:
        with file.open("rb") as opened:
            return opened.read(largest + 1)
    except OSError:
        raise fail(f"There is no file {file} that can be read.") from None


def _line(one: "Checked") -> str:
    if one.came_in:
        return f"Row {one.number}: {one.case}{' (came in before)' if one.again else ''}"
    if one.good:
        return f"Row {one.number}: can come in{', first: danger now' if one.first else ''}"
    return f"Row {one.number}: " + " ".join(one.reasons)
