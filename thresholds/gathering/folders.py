"""Does every file lie where it is read, so that no document is left out without a word?

`<authority>/<YYYY-MM-DD>/document.yaml`, `source-map.yaml` beside it, and forms in `forms/`. Other kinds of
files are nobody's business here; YAML that nobody reads, and a folder of a date without a document, are faults.
"""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path

READ = ("document.yaml", "source-map.yaml")
Misplaced = tuple[Path, str, str]  # the path, what is wrong with it, how to mend it


def misplaced(root: Path) -> Iterator[Misplaced]:
    """Folders without a document, folders that aren't a day, and YAML files that nobody reads."""
    for authority in _folders(root) if root.is_dir() else ():
        editions = _folders(authority)
        for edition in editions:
            yield from _wrong_folder(edition)
        if not editions:
            sentence = f"There is no edition of {authority.name} in this folder."
            mend = "Add a folder named for the day it is in force from, or take this one out."
            yield authority, sentence, mend
    for path in sorted((*root.rglob("*.yaml"), *root.rglob("*.yml"))):
        if not _is_read(path.relative_to(root).parts) and not _hidden(path.relative_to(root)):
            yield path, "Nobody reads this file: it isn't where a document lies.", _mend(path)


def _is_read(steps: tuple[str, ...]) -> bool:
    """Whether a file is one that is read, by the folders and the name that lead to it."""
    *folders, name = steps
    if len(folders) == 3:
        return folders[-1] == "forms" and name.endswith(".yaml")
    return len(folders) == 2 and name in READ


def _wrong_folder(edition: Path) -> Iterator[Misplaced]:
    if not (edition / "document.yaml").exists():
        yield edition, "There is no document.yaml in this folder.", "Add one, or take the folder out."
    if not _is_day(edition.name):
        sentence = f"This folder is called {edition.name}, which isn't a day."
        yield edition, sentence, "Call it by the day it is in force from, as 2026-04-01."


def _mend(path: Path) -> str:
    near = get_close_matches(path.name, READ, n=1)
    right = near[0] if near else "document.yaml"
    return f"Put it in <authority>/<YYYY-MM-DD>/ and call it {right}, or take it out."


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _folders(within: Path) -> list[Path]:
    return sorted(path for path in within.iterdir() if path.is_dir() and not _hidden(Path(path.name)))


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)
