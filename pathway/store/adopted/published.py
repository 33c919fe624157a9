"""Which published documents can be read here? What is adopted, from the database; all others, from the folders."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session

from pathway.clock import day_of
from pathway.settings import Settings
from pathway.store.adopted.editions import NothingAdopted, in_force
from thresholds import BrokenDocument, Catalogue, Edition, Fault, Unpublished, beside_ours, edition_hash, read_editions
from thresholds.gathering.shelf import Held, held, named, opened, why_not_live

Stamp = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class HeldDocuments:
    """What the folders hold, ours and the authority's own. Where its own are broken, ours alone, and the faults."""

    catalogue: Catalogue
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Shelved:
    """One document to be read. Of one that is in force here the adopted text, whatever its folder says by now."""

    held: Held
    in_force: bool = False

    @property
    def edition(self) -> Edition:
        return self.held.edition

    @property
    def digest(self) -> str:
        return edition_hash(self.held.edition)

    @property
    def address(self) -> str:
        return f"/documents/{self.edition.authority}/{self.edition.in_force_from}"


def held_documents(settings: Settings) -> HeldDocuments:
    """Read once, and again when a file of the authority's own folder has changed."""
    return _read(settings.documents, _stamp(settings.documents))


def shelf(session: Session, settings: Settings, authority: str, now: datetime) -> tuple[Shelved, ...]:
    """Every document there is, authority by authority, with what is in force here first."""
    documents, on = held_documents(settings), day_of(now)
    mine = adopted(session, authority, now)
    others = (Shelved(one) for one in _held(settings.documents, _stamp(settings.documents), on))
    rest = tuple(one for one in others if mine is None or one.held.key != mine.held.key)
    return rest if mine is None else (_with_maps(mine, documents, on), *rest)


def one_document(session: Session, settings: Settings, authority: str, now: datetime, asked: str) -> Shelved:
    """A document by `authority@YYYY-MM-DD`, or by authority. Raises `Unpublished` where there is none."""
    documents, on = held_documents(settings), day_of(now)
    mine = adopted(session, authority, now)
    if mine and asked in (mine.held.key, mine.edition.authority):
        return _with_maps(mine, documents, on)
    return Shelved(named(documents.catalogue, asked, on))


def adopted(session: Session, authority: str, now: datetime) -> Shelved | None:
    """What is in force here, as it was adopted."""
    try:
        _, edition = in_force(session, authority, now)
    except NothingAdopted:
        return None
    return Shelved(Held(edition, tuple(why_not_live(edition, day_of(now)))), in_force=True)


def _with_maps(mine: Shelved, documents: HeldDocuments, on: date) -> Shelved:
    """What is adopted, with the source map that lies beside its document, if that is still there."""
    try:
        beside = opened(documents.catalogue, mine.edition.authority, mine.edition.in_force_from, on)
    except Unpublished:
        return mine
    return replace(mine, held=replace(mine.held, maps=beside.maps))


def _stamp(own: Path | None) -> Stamp:
    """What tells whether a folder has changed: all that lies in it, and when each was last written."""
    return tuple(_written(own)) if own else ()


def _written(own: Path) -> Iterator[tuple[str, int]]:
    for path in sorted((own, *own.rglob("*"))):
        if path.exists():
            yield str(path), path.stat().st_mtime_ns


@lru_cache(maxsize=4)
def _read(own: Path | None, stamp: Stamp) -> HeldDocuments:
    try:
        return HeldDocuments(read_editions(*beside_ours(own)))
    except BrokenDocument as wrong:
        return HeldDocuments(read_editions(), wrong.faults)


@lru_cache(maxsize=4)
def _held(own: Path | None, stamp: Stamp, on: date) -> tuple[Held, ...]:
    return held(_read(own, stamp).catalogue, on)
