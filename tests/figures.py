"""How much was broken, and what did it come to? Figures of one run; a long one writes them into docs/faults.md."""

import os
import platform
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import made

SOAK = int(os.environ.get("PATHWAY_FAULTS", "0"))
"""How many times something is to be killed, half of them on each database; nought is the short run."""

PAGE = Path(__file__).parents[1] / "docs/faults.md"
DATABASES = ("SQLite", "PostgreSQL")
WRITTEN = """# What breaks, and what it costs

What is lost when things break? `make soak` walks referrals at random, and then breaks what they run on a thousand
times (`FAULTS=` says how often); that writes this page. A shorter run of the same is in `make test`.

Run with Python {python} on {cores} cores ({machine}); load {load:.1f}, its own and whatever else was going on.

{table}

## What is broken, and what is held against it

- **Killed.** Clients take contacts and go on with them over the API, several at once, each sending again under the
  same key until it is answered. The real service and its workers are killed with SIGKILL: at no moment in
  particular, just before a mail server takes a message, just after, and all together for more than a day. Then
  every answer that a client was given stands in the records once, and nothing stands there besides; the same
  request is answered as before; no open record is without a next step; every chain and anchor is whole, and the
  rows rebuild from the entries; each rung rang once; and what counts as sent was taken by the mail server. *Handed
  over again* counts messages that it had taken as the worker was killed: by SMTP nobody can be asked, so they go
  again, under the same Message-ID.
- **The database away.** A PostgreSQL server is stopped at once, under load, just as a message has been handed over:
  for a minute here, for a moment in `make test`. Programs and people hear 503 and what to do; nothing is restarted,
  the service and the workers go on by themselves, and that message isn't sent again while its lease holds. An
  SQLite file that another program holds is answered in the same way.
- **The disk full.** SQLite is given room for one page more each time until an act goes through; before that it
  fails whole, with 507, and what was typed stands in the answer, to be sent again. No message is lost, and none
  that has gone goes again. PostgreSQL isn't given a small disk, which takes rights that tests don't have: a trigger
  makes it say that it is full, at one table after another. A document goes to a device that is always full.
- **The clock.** It jumps a week forward, an hour back, and through both changes of London's time. Each rung comes
  once and says how late it was. A delivery that a worker held as the clock went back is free again once the clock
  has come to where its lease ends: later by as much as it went back, and never held by two.
- **The provider.** It takes a message or loses it, and answers truly, late, twice or not at all. Each delivery says
  what became of it, or is *uncertain* and asked about before it is sent again. Where nobody can say, that is
  somebody's task: for an urgent one within twenty minutes. A delivery that is given up counts as *failed*, and its
  task says whether it may have arrived all the same.
"""


@dataclass
class Figures:
    """Counts by what was counted, for each database."""

    of: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, house: made.House, **counted: int) -> None:
        database = "SQLite" if house.desk.database.is_sqlite else "PostgreSQL"
        self.of.setdefault(database, Counter()).update(counted)

    def table(self) -> str:
        names = dict.fromkeys(name for one in DATABASES for name in self.of.get(one, ()))
        rows = (
            f"| {name} | {' | '.join(f'{self.of.get(one, Counter())[name]:,}' for one in DATABASES)} |"
            for name in names
        )
        return "\n".join(["| | SQLite | PostgreSQL |", "|---|---|---|", *rows])

    def _said(self, database: str, name: str) -> str:
        """Nought was counted; a dash was not."""
        counted = self.of.get(database, Counter())
        return f"{counted[name]:,}" if name in counted else "–"

    def write(self) -> None:
        said: dict[str, object] = {
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "machine": platform.machine(),
        }
        said["load"] = os.getloadavg()[1]
        PAGE.write_text(WRITTEN.format(table=self.table(), **said), "utf-8")


FIGURES = Figures()
