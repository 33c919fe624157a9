"""Is the history whole, and do the rows still say what it says? Proved, put right and erased from a terminal."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathway.cli.published import fail

if TYPE_CHECKING:  # a command imports only what it needs
    from pathway.store.history.anchors import AnchorLine
    from pathway.store.history.verified import Seen

audit = typer.Typer(help="Prove the history, and put rows right from it.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
By = Annotated[str, typer.Option(help="The email address of whoever does it: an administrator or head of service.")]


@audit.command("verify")
def verify(
    against: Annotated[
        Path | None, typer.Option(help="A copy of the anchors that was kept elsewhere, as 'audit anchors' wrote it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look at every chain and every anchor, and say what isn't as it was left; changes nothing."""
    from pathway.cli.installation import to_read
    from pathway.store.history.verified import Seen
    from pathway.store.history.verified import verify as found_in

    copy, seen, faults = _copy(against), Seen(), []
    with to_read() as desk, desk.database.at_one_moment() as session:
        for fault in found_in(session, seen, copy):
            faults.append(fault)
            if not as_json:
                typer.echo(fault.sentence)
    if as_json:
        told = {"entries": seen.entries, "chains": seen.chains, "anchors": seen.covered.anchors}
        _print(told | {"not_anchored": seen.covered.beyond, "faults": [asdict(one) for one in faults]})
    else:
        _say_what_was_seen(seen, len(faults))
    if faults:
        raise typer.Exit(1)


@audit.command("anchors")
def list_anchors() -> None:
    """Print every anchor, one to a line, to be kept somewhere else: 'pathway audit anchors > FILE'."""
    from pathway.cli.installation import to_read
    from pathway.store.history.anchors import anchors

    with to_read() as desk, desk.database.at_one_moment() as session:
        for one in anchors(session):
            typer.echo(one.line)


@audit.command("rebuild")
def rebuild(
    write: Annotated[bool, typer.Option("--write", help="Put the rows right; without it nothing is changed.")] = False,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """List where the rows of records disagree with their entries; with --write, lay them anew from the entries."""
    if write and not by:
        raise fail("Say who puts them right: --by, an administrator or head of service.")
    found = _put_right(by, as_json) if write else _differing(as_json)
    if as_json:
        _print({"records": found})
    elif not found:
        typer.echo("The rows of every record are what its entries amount to.")
    if any(not one["entry"] for one in found):
        raise typer.Exit(1)


@audit.command("erase")
def erase(
    entry: Annotated[str, typer.Argument(help="The entry's reference, as it stands in the address of its correction.")],
    by: By,
    reason: Annotated[str, typer.Option(help="Why, and who decided. It stays on the record.")],
) -> None:
    """Erase what an entry says, for good. The entry stays, and another says whose text was erased, why and by whom."""
    from pathway import acts
    from pathway.cli.installation import as_person

    with _refused_in_sentences(), as_person(by) as (desk, viewer):
        done = acts.erase(desk, viewer, entry=entry, reason=reason)
    typer.echo(f"Erased. Entry {done.entry} says so.")
    typer.echo("What was written still stands in backups that were made before, until those are destroyed.")


def _copy(against: Path | None) -> tuple["AnchorLine", ...]:
    from pathway.store.history.anchors import NotACopy, copied

    if against is None:
        return ()
    try:
        return copied(against.read_text("utf-8").splitlines())
    except NotACopy as wrong:
        raise fail(f"{against}: {wrong}") from None
    except (OSError, UnicodeDecodeError):
        raise fail(f"There is no file {against} that can be read.") from None


def _say_what_was_seen(seen: "Seen", faults: int) -> None:
    from pathway.store.history.anchors import said

    covered = seen.covered
    typer.echo(f"{seen.entries:,} entries in {seen.chains:,} chains, and {covered.anchors:,} anchors: {_whole(faults)}")
    if covered.beyond_since is not None:
        since = f"No anchor covers {covered.beyond:,} of them yet, the oldest from {said(covered.beyond_since)}."
        typer.echo(f"{since} The worker anchors every hour.")


def _whole(faults: int) -> str:
    return "all as they were left." if not faults else "1 fault." if faults == 1 else f"{faults:,} faults."


def _differing(as_json: bool) -> list[dict[str, object]]:
    from pathway.cli.installation import to_read
    from pathway.store.history.rebuilt import every_difference

    found = []
    with to_read() as desk, desk.database.at_one_moment() as session:
        for one in every_difference(session):
            found.append(_record(one.case["public_id"], one.sentences, as_json))
    return found


def _put_right(by: str, as_json: bool) -> list[dict[str, object]]:
    from pathway.acts.put_right import put_all_right
    from pathway.cli.installation import as_person

    found = []
    with _refused_in_sentences(), as_person(by) as (desk, viewer):
        for one in put_all_right(desk, viewer):
            found.append(_record(one.case, one.differences, as_json, one.entry, one.refused))
    return found


def _record(
    case: str, differences: tuple[str, ...], as_json: bool, entry: str = "", refused: str = ""
) -> dict[str, object]:
    if not as_json:
        done = f", put right by entry {entry}" if entry else ""
        typer.echo(f"Record {case}{done}:")
        for sentence in (*differences, *filter(None, [refused])):
            typer.echo(f"  {sentence}")
    return {"record": case, "differences": list(differences), "entry": entry, "refused": refused}


@contextmanager
def _refused_in_sentences() -> Iterator[None]:
    from pathway.acts import NotFound, Unacceptable
    from workflows import Refused

    try:
        yield
    except Refused as wrong:
        raise fail(*wrong.refusals) from None
    except (NotFound, Unacceptable) as wrong:
        raise fail(wrong) from None


def _print(content: object) -> None:
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
