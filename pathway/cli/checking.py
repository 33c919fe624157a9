"""Does the structure keep the promise? Every proof, printed."""

from typing import Annotated

import typer


def check(
    live: Annotated[bool, typer.Option("--live", help="Look at this installation's open records too.")] = False,
) -> None:
    """Prove what can be proven: processes, words, and every published document; fails where anything is broken."""
    from pathway.checks import check_own_packages, findings, live_editions, live_findings
    from pathway.cli.published import folders
    from pathway.settings import Settings
    from thresholds import BrokenDocument, read_editions

    check_own_packages()
    try:
        editions = live_editions(read_editions(*folders()))
    except BrokenDocument as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(1) from None
    found = [*findings(editions), *(live_findings(Settings()) if live else ())]
    for one in found:
        typer.echo(f"{one.verdict}: {one.sentence}")
    if any(one.verdict == "broken" for one in found):
        raise typer.Exit(1)
