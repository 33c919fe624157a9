"""Is what comes in refused where it can't be so, with every field and a sentence to show beside it?"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds import Edition, PresentingChild, Unjudgeable, judge, read_presenting

AT = "2026-12-04T16:50:00+00:00"


def given_child(**child: object) -> dict[str, object]:
    return {"authority": "exampleton", "at": AT, "children": [{"ref": "one"} | child]}


def refusal(edition: Edition, presenting: dict[str, object]) -> dict[str, str]:
    with pytest.raises(Unjudgeable) as refused:
        judge(edition, read_presenting(presenting))
    return {misfit.field: misfit.sentence for misfit in refused.value.misfits}


@pytest.mark.parametrize(
    ("child", "field", "sentence"),
    [
        ({"age_years": -1}, "children[0]", "can't be less than 0"),
        ({"age_years": 18}, "children[0]", "18 or over"),
        ({"born_on": "2008-12-04"}, "children[0].born_on", "18 or over"),
        ({"born_on": "2026-12-05"}, "children[0].born_on", "after the contact"),
        ({"born_on": 20190101}, "children[0].born_on", "Write the date out"),
        ({"born_on": "2019-01-01", "age_years": 7}, "children[0]", "only one of them"),
        ({"unborn": True, "age_years": 0}, "children[0]", "not born yet has no age"),
        ({"shoe_size": 31}, "children[0].shoe_size", "Nobody asks for this"),
        ({"observed": [{"indicator": "bruising-under-too"}]}, "children[0].observed[0].indicator", "-under-two"),
        ({"observed": [{"indicator": "goes-missing", "seen": "x" * 20_001}]}, "children[0].observed[0].seen", "20,000"),
    ],
)  # fmt: skip
def test_what_cant_be_so_is_refused_with_its_field(exampleton: Edition, child: dict, field: str, sentence: str):
    assert sentence in refusal(exampleton, given_child(**child))[field]


def test_everything_wrong_is_said_at_once():
    wrong = {"authority": "exampleton", "at": "2026-12-04T16:50:00", "children": [{"age_years": 40}], "extra": 1}
    with pytest.raises(Unjudgeable) as refused:
        read_presenting(wrong)
    assert {misfit.field for misfit in refused.value.misfits} >= {"at", "children[0].ref", "extra"}


def test_a_contact_names_at_least_one_child(exampleton: Edition):
    nobody = {"authority": "exampleton", "at": AT, "children": []}
    assert "at least one child" in refusal(exampleton, nobody)["children"]


def test_two_children_are_told_apart(exampleton: Edition):
    twins = {"authority": "exampleton", "at": AT, "children": [{"ref": "twin"}, {"ref": "twin"}]}
    assert "same ref" in refusal(exampleton, twins)["presenting"]


def test_an_edition_judges_only_its_own_contacts(exampleton: Edition):
    elsewhere = given_child() | {"authority": "nottingham-city"}
    assert "authority" in refusal(exampleton, elsewhere)


def test_the_day_before_the_eighteenth_birthday_is_still_a_child(exampleton: Edition):
    assert judge(exampleton, read_presenting(given_child(born_on="2008-12-05"))).children


@given(born=st.dates(date(2009, 1, 1), date(2020, 1, 1)), day=st.dates(date(2020, 1, 2), date(2026, 1, 1)))
def test_age_is_whole_years_lived(born: date, day: date):
    age = PresentingChild(ref="one", born_on=born).age_on(day)
    assert age is not None
    lived = born.replace(year=born.year + age) if (born.month, born.day) != (2, 29) else None
    assert lived is None or lived <= day < lived.replace(year=lived.year + 1)


def test_a_leap_day_birthday_falls_on_the_first_of_march():
    leap = PresentingChild(ref="one", born_on=date(2024, 2, 29))
    assert (leap.age_on(date(2026, 2, 28)), leap.age_on(date(2026, 3, 1))) == (1, 2)


def test_the_day_of_a_contact_is_the_london_day(exampleton: Edition):
    """23:30 UTC in June is already the next day in London, on which the baby was born."""
    late = read_presenting(given_child(born_on="2026-06-02") | {"at": datetime(2026, 6, 1, 23, 30, tzinfo=UTC)})
    assert judge(exampleton, late).children


def test_a_due_date_gone_by_asks_whether_the_baby_is_born(exampleton: Edition):
    overdue = judge(exampleton, read_presenting(given_child(expected_on="2026-12-01")))
    assert "Whether the baby has been born: the due date has passed." in overdue.children[0].unknown


def test_json_text_reads_like_plain_data():
    text = '{"authority": "exampleton", "at": "2026-12-04T16:50:00Z", "children": [{"ref": "one"}]}'
    assert read_presenting(text) == read_presenting(given_child())
