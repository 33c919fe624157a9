"""Who protects on a record that few may know of? People by name: a team can't hold what its members may not see."""

from pathway.access import takers
from pathway.acts.audience import people_for
from pathway.acts.desk import Work
from pathway.acts.front_door import front_door
from pathway.acts.named import grant, who_may_know
from pathway.acts.patch import Patch
from pathway.tables import Case
from pathway.tables.cases import GrantWhy
from thresholds import Edition
from workflows import Audience


def protectors(unit: Work, case: Case, on: Case, edition: Edition, patch: Patch) -> tuple[int | None, int | None]:
    """Social workers and managers of this hour, and whoever may know of the record where it came up, see it; one of
    them answers. Where none of them is there, whoever is at the front door does.
    """
    workers, managers = (people_for(unit, case, one) for one in (Audience.social_work, Audience.manager))
    for one in sorted({*workers, *managers, *who_may_know(unit, on.id or 0)}):
        grant(unit, patch, one, GrantWhy.named)
    here = takers(unit.session, unit.now)
    first = min(workers & here, default=None) or min(managers & here, default=None)
    return (first, None) if first else front_door(unit, edition)
