"""Does the structure keep the promise? Every proof, printed."""

from collections import Counter
from typing import Annotated

import typer


def check(
    live: Annotated[
        bool, typer.Option("--live", help="Look at this installation too: what is in force, who is in post.")
    ] = False,
) -> None:
    """Prove what can be proven: processes, words, every document, ours and your own; fails where anything is broken.

    With --live a gap that a live case needs fails an edition that is in force here.
    """
    from pathway.checks import check_own_packages, findings, live_editions, live_findings
    from pathway.cli.published import fail, folders
    from pathway.settings import Settings
    from thresholds import BrokenDocument, read_editions

    check_own_packages()
    settings = Settings()
    try:
        editions = live_editions(read_editions(*folders()))
    except BrokenDocument as wrong:
        raise fail(wrong) from None
    found = (*findings(editions, settings), *(live_findings(settings) if live else ()))
    for one in found:
        typer.echo(str(one))
    many = Counter(one.verdict for one in found)
    typer.echo(f"{many['proven']} proven, {many['broken']} broken, {many['gap']} gaps.")
    if many["broken"]:
        raise typer.Exit(1)
