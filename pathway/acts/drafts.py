"""What was half typed? A draft is kept, resumed or used; nothing ever deletes it."""

from sqlalchemy import insert, update
from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.store.chain import canonical_json
from pathway.tables import Draft
from pathway.tables.columns import public_id, table_of

DRAFT = table_of(Draft)


def keep_draft(
    desk: Desk,
    viewer: Viewer,
    *,
    form: str,
    body: dict[str, object],
    draft: str | None = None,
    case_id: int | None = None,
) -> str:
    """Keep what was typed so far; returns the draft's reference, a new one where `draft` is a record already."""
    with work(desk, viewer) as unit:
        text = canonical_json(body)
        if draft is not None and _own(unit, draft) is not None:
            unit.session.execute(update(DRAFT).where(DRAFT.c.public_id == draft).values(body=text, saved_at=unit.now))
            return draft
        ref = public_id()
        unit.session.execute(
            insert(DRAFT).values(
                public_id=ref,
                authority=viewer.authority,
                practitioner_id=viewer.id,
                case_id=case_id,
                form=form,
                body=text,
                saved_at=unit.now,
            )
        )
        return ref


def set_aside(desk: Desk, viewer: Viewer, *, draft: str) -> None:
    """Take a draft off the list of what is unfinished; it is kept all the same."""
    with work(desk, viewer) as unit:
        used(unit, draft)


def used(unit: Work, draft: str | None) -> None:
    """Mark a draft as turned into a record, in the transaction of that record."""
    if draft is not None and _own(unit, draft) is not None:
        unit.session.execute(update(DRAFT).where(DRAFT.c.public_id == draft).values(used_at=unit.now))


def _own(unit: Work, draft: str) -> Draft | None:
    return unit.session.exec(
        select(Draft).where(
            col(Draft.public_id) == draft, col(Draft.practitioner_id) == unit.viewer.id, col(Draft.used_at).is_(None)
        )
    ).first()
