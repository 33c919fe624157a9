"""How does a child come onto a record? With what is advised for them, and nothing decided."""

from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.tables.columns import public_id


def undecided(
    unit: Work,
    patch: Patch,
    person_id: int,
    immediate: bool,
    level: str | None,
    destination: str | None,
    *,
    stands: str | None = None,
) -> str:
    """Add a child to the patch's case, by the reference returned; `level` and `destination` are what is advised.

    `stands` is the level that was decided for them elsewhere, where they go on here with it.
    """
    ref = public_id()
    patch.add(
        "case_child",
        ref,
        person_id=person_id,
        since=unit.now,
        immediate=immediate,
        advised_level=level,
        advised_destination=destination,
        level=stands,
        decision=None,
        destination=None,
        proposed_decision=None,
        proposed_level=None,
        proposed_destination=None,
        decided_at=None,
        decided_by_id=None,
        taken_up_at=None,
    )
    return ref
