"""How does a file come onto the disk? Whole and synced under its name, or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def keep(path: Path, content: Iterable[bytes]) -> None:
    """Write a file in its folder, which is made where there is none."""
    make(path.parent)
    with written_whole(path) as half:
        for chunk in content:
            half.write(chunk)


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, for its owner alone. A crash at any moment leaves all of it or none of it under its name."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", suffix=".part", delete=False) as half:
        try:
            yield half
            half.flush()
            os.fsync(half.fileno())
        except BaseException:
            Path(half.name).unlink()
            raise
    Path(half.name).replace(path)
    sync(path.parent)


def make(folder: Path) -> None:
    if not folder.exists():
        make(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def sync(folder: Path) -> None:
    """A name is safe once its folder is; a file's own sync says nothing of it."""
    opened_folder = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened_folder)
    finally:
        os.close(opened_folder)
