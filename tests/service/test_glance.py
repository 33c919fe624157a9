"""Does an undecided record say first what somebody at the front door has seconds to see?"""

from datetime import UTC, datetime

import kept
import made
import pytest

from pathway.acts import move, receive
from pathway.store.parts.views import CaseView
from pathway.store.records.cases import case as case_of

FRIDAY = datetime(2026, 11, 20, 16, 50, tzinfo=UTC)
NIGHT = "Emergency Duty Team"


def glance(house: made.House, case: str) -> tuple[str, ...]:
    with house.desk.database.reading() as session:
        view = case_of(session, house.viewer("ada"), case, house.clock())
    assert isinstance(view, CaseView)
    return view.glance


def taken(house: made.House, *indicators: str, **child: object) -> str:
    taking = made.take(children=(made.child(given_name="Ava", observed=indicators, **child),))
    return receive(house.desk, house.viewer("ada"), take=taking).case


def test_on_friday_at_ten_to_five_it_says_who_takes_over_and_how_a_babys_age_is_read(sqlite_house: made.House) -> None:
    sqlite_house.clock.moment = FRIDAY
    case = taken(sqlite_house, "substance-use-under-one", "bruising-under-two")
    assert glance(sqlite_house, case) == (
        "Ava: age not known, treated as under one.",
        f"{NIGHT} takes over at 17:00.",
    )


def test_an_age_that_is_known_is_treated_as_itself(sqlite_house: made.House) -> None:
    assert glance(sqlite_house, taken(sqlite_house, "bruising-under-two", age_years=1)) == ()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 20, 10, 0, tzinfo=UTC), ()),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), (f"{NIGHT} answers now, until 08:30 on Monday.",)),
        (datetime(2026, 11, 21, 2, 0, tzinfo=UTC), (f"{NIGHT} answers now, until 08:30 on Monday.",)),
    ],
)
def test_at_other_hours_it_says_who_answers_now(sqlite_house: made.House, at: datetime, said: tuple[str, ...]) -> None:
    sqlite_house.clock.moment = at
    assert glance(sqlite_house, taken(sqlite_house)) == said


def test_once_every_child_is_decided_nothing_of_it_stands_first(sqlite_house: made.House) -> None:
    sqlite_house.clock.moment = FRIDAY
    case = taken(sqlite_house)
    for name, facts in (("start_screening", made.NOTHING), ("decide", made.decide(kept.children(sqlite_house, case)))):
        move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name=name, facts=facts)
    assert glance(sqlite_house, case) == ()
