"""What does a published document say? Judge a worry, time a limit, check the documents: no database needed."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

documents = typer.Typer(help="Published documents: check them, adopt one by two people.", no_args_is_help=True)

Authority = Annotated[str, typer.Option(help="Whose document, such as 'exampleton' or 'nottingham-city'.")]


def fail(*sentences: object) -> typer.Exit:
    for sentence in sentences:
        typer.echo(str(sentence), err=True)
    return typer.Exit(1)


def folders(own: Path | None = None) -> tuple[Path, ...]:
    """Ours, and beside it the folder asked for, or else the one that the settings name (`PATHWAY_DOCUMENTS`)."""
    from pathway.settings import Settings
    from thresholds import beside_ours

    return beside_ours(own or Settings().documents)


def a_day(typed: str, like: str) -> date:
    """A day as somebody typed it; `like` shows in the refusal how one is written."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise fail(f"'{typed}' isn't a date. Write it like {like}.") from None


def triage(
    file: Annotated[str, typer.Argument(help="A file of JSON as the API takes it, or - for standard input.")],
    explain: Annotated[bool, typer.Option(help="Say it in sentences instead of JSON.")] = False,
) -> None:
    """Judge a worry against its authority's published document and print the judgement as JSON."""
    from thresholds import BrokenDocument, Unjudgeable, Unpublished, judge, london, read_editions, read_presenting

    try:
        presenting = read_presenting(_read(file))
        edition = read_editions(*folders()).resolve(presenting.authority, london(presenting.at).date())
        judgement = judge(edition, presenting)
    except Unjudgeable as wrong:
        raise fail(*wrong.misfits) from None
    except (Unpublished, BrokenDocument) as wrong:
        raise fail(wrong) from None
    if not explain:
        typer.echo(judgement.model_dump_json(indent=2))
        return
    from pathway.cli.explaining import explained

    typer.echo("\n".join(explained(judgement)))


def due(
    limit: Annotated[str, typer.Argument(help="The limit, such as 'acknowledgement'.")],
    start: Annotated[str, typer.Option("--from", help="When the clock starts, such as 2026-12-04T16:50.")],
    authority: Authority = "exampleton",
) -> None:
    """Say when something is due, and why, in sentences."""
    from thresholds import LONDON, BrokenDocument, Unpublished, read_editions

    try:
        began = datetime.fromisoformat(start)
    except ValueError:
        raise fail(f"'{start}' isn't a time. Write it like 2026-12-04T16:50.") from None
    began = began if began.tzinfo else began.replace(tzinfo=LONDON)
    try:
        edition = read_editions(*folders()).resolve(authority, began.astimezone(LONDON).date())
        found = edition.due(limit, began)
    except (Unpublished, BrokenDocument) as wrong:
        raise fail(wrong) from None
    typer.echo("\n".join(found.explanation))
    typer.echo(f"Source: {edition.citation(edition.limit(limit))}")


@documents.command("check")
def check_all(
    path: Annotated[
        Path | None, typer.Argument(help="Your own folder; the one that the settings name if none.")
    ] = None,
) -> None:
    """Read every document strictly, ours and your own, and list and count every fault: file, line, sentence, mend."""
    from thresholds import check_documents

    faults = check_documents(*folders(path))
    if faults:
        count = "1 fault." if len(faults) == 1 else f"{len(faults)} faults."
        raise fail(*faults, count)
    typer.echo("Every document reads cleanly.")


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    path = Path(file)
    if not path.is_file():
        raise fail(f"There is no file '{file}'. Give a file of JSON, or - for standard input.")
    return path.read_bytes()
