"""What do the published documents say? List them, read one, search it, lay two side by side, print their schema."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pathway.cli.published import a_day, fail

if TYPE_CHECKING:
    from thresholds import Catalogue

Named = Annotated[str, typer.Argument(help="An authority, or one of its documents as authority@YYYY-MM-DD.")]
On = Annotated[str, typer.Option(help="As on this date, such as 2026-12-04; today if left out.")]


def list_all() -> None:
    """List every document that is held, and which can run live cases."""
    from pathway.cli.telling import shelf_lines
    from thresholds.gathering.shelf import held

    with sentences():
        _say(shelf_lines(held(_catalogue(), _day(""))))


def show(
    authority: Named,
    on: On = "",
    section: Annotated[str, typer.Option(help="One section, such as limits.")] = "",
    search: Annotated[str, typer.Option(help="Only what these everyday words find.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The resolved edition as JSON.")] = False,
    map_: Annotated[bool, typer.Option("--map", help="How its sources were carried over.")] = False,
) -> None:
    """Read a document: its head, levels, examples, limits, rules, gaps and sources, or a part of it."""
    from pathway.cli.telling import document_lines, found_lines, map_lines
    from thresholds.editions import searching
    from thresholds.gathering.shelf import named

    with sentences():
        held = named(_catalogue(), authority, _day(on))
        _check_section(section)
        if search:
            found = searching.search(held.edition, search)
            _say(found_lines(held.edition, found) if found else ("Nothing in it has any of these words.",))
        elif map_:
            _say(map_lines(held.edition, held.maps) if held.maps else ("No source map lies beside this document.",))
        elif as_json:
            content = json.loads(held.edition.canonical_text)
            _print(content.get(section, []) if section else content)
        else:
            _say(document_lines(held, section))


def compare(a: Named, b: Named, on: On = "") -> None:
    """Lay two documents side by side: levels, times, rules, and every entry that isn't the same."""
    from pathway.cli.telling_two import comparison_lines
    from thresholds.editions import comparing
    from thresholds.gathering.shelf import named

    with sentences():
        catalogue, day = _catalogue(), _day(on)
        one, other = named(catalogue, a, day), named(catalogue, b, day)
        _say(comparison_lines(one.key, other.key, comparing.compare(one.edition, other.edition)))


def schema(
    map_: Annotated[bool, typer.Option("--map", help="That of source-map.yaml instead.")] = False,
    form: Annotated[bool, typer.Option("--form", help="That of a form in forms/ instead.")] = False,
) -> None:
    """Print the JSON Schema of document.yaml, for an editor."""
    from thresholds.reading.schema import document_schema, form_schema, source_map_schema

    _print(source_map_schema() if map_ else form_schema() if form else document_schema())


@contextmanager
def sentences() -> Iterator[None]:
    """What can't be read is said in a sentence."""
    from thresholds import BrokenDocument, Unpublished

    try:
        yield
    except (BrokenDocument, Unpublished) as wrong:
        raise fail(wrong) from None


def _catalogue() -> "Catalogue":
    from pathway.cli.published import folders
    from thresholds import read_editions

    return read_editions(*folders())


def _day(on: str) -> date:
    from pathway.clock import LONDON, now

    return a_day(on, "2026-12-04") if on else now().astimezone(LONDON).date()


def _check_section(section: str) -> None:
    from thresholds.published.contents import SECTIONS

    if section and section not in SECTIONS:
        raise fail(f"A document has no section '{section}'. There are: {', '.join(sorted(SECTIONS))}.")


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _print(content: object) -> None:
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
