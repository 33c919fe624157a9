"""Who is shown around a child, and to whom? Family, household, others, levels, and people shown as one."""

import families
import kept
import made
import pytest
from listening import counted

from pathway.acts import agree_link, assign, propose_link, receive, restrict, undo_link
from pathway.tables import Person


def names(view: families.PersonView) -> set[str]:
    return {one.name for one in view.people}


def hide(house: made.House, case: str) -> None:
    may = house.viewer("may")
    assign(house.desk, may, case=case, to=may.ref)
    restrict(house.desk, may, case=case, names=(), reason="A colleague's child")


def test_a_child_is_shown_with_the_family_household_and_who_is_around(house: made.House) -> None:
    families.fled(house)
    view = families.shown(house, "ada", families.refs(house)["Ava"])
    by_ref = {one.ref: one.name for one in view.people}
    assert names(view) == {"Ava Example", "Theo Example", "Rosa Example", "Dan Example"}
    assert {by_ref[one] for one in view.household} == {"Ava Example", "Theo Example", "Rosa Example"}
    assert [(one.person.name, one.sibling) for one in view.other_children] == [("Theo Example", True)]
    assert {one.who for one in view.around} == {"Front Door (team)", "Exampleton Primary"}
    assert ("Rosa Example", "Mother", "Ava Example") in {
        (one.who_name, one.relation_words, one.of_name) for one in view.relations
    }


def test_an_adult_has_a_page_too_and_leads_to_the_other_children_they_are_tied_to(house: made.House) -> None:
    families.fled(house)
    first = families.refs(house)
    other = receive(
        house.desk, house.viewer("ada"),
        take=made.take(children=(made.child(given_name="Mia", age_years=2),), adults=(families.FATHER,)),
    )  # fmt: skip
    second = families.refs(house)
    families.agreed(house, first["Dan"], second["Dan"])
    dan = families.shown(house, "ada", second["Dan"])
    assert {one.record.ref for one in dan.records} >= {other.case}
    ava = families.shown(house, "ada", first["Ava"])
    assert [(one.person.name, one.how, one.sibling) for one in ava.other_children] == [
        ("Theo Example", "Also the child of Rosa Example and Dan Example", True),
        ("Mia", "Also the child of Dan Example", True),
    ]


@pytest.mark.parametrize("name", sorted(name for name, *_ in made.STAFF))
def test_a_person_is_there_only_for_whoever_may_see_a_whole_record_of_theirs(
    sqlite_house: made.House, name: str
) -> None:
    families.fled(sqlite_house)
    may = name in families.SEE_WHOLE
    for person in families.refs(sqlite_house).values():
        assert (families.page(sqlite_house, name, person) is not None) is may


def test_what_stands_on_a_restricted_record_is_not_there_at_all_for_anybody_else(house: made.House) -> None:
    families.fled(house)
    first = families.refs(house)
    hidden = receive(
        house.desk, house.viewer("ada"),
        take=made.take(
            children=(made.child(given_name="Mia", age_years=2), made.child(given_name="Ava", age_years=7)),
            adults=(families.FATHER | {"relation": "step_parent"},),
        ),
    ).case  # fmt: skip
    second = families.refs(house)
    families.agreed(house, first["Ava"], second["Ava"])
    families.agreed(house, first["Dan"], second["Dan"])
    propose_link(house.desk, house.viewer("ada"), person=first["Theo"], same_as=second["Mia"], reason="May be")
    before = families.shown(house, "ada", first["Ava"])
    assert "Mia" in names(before)
    hide(house, hidden)
    after = families.shown(house, "ada", first["Ava"])
    text = repr(after)
    assert hidden not in text
    assert "Mia" not in text
    assert "Step-parent" not in text
    assert families.shown(house, "ada", first["Theo"]).same == ()
    assert families.page(house, "ada", second["Mia"]) is None
    assert "Mia" in names(families.shown(house, "may", first["Ava"]))


def test_a_link_that_waits_shows_two_apart_and_an_agreed_one_shows_them_as_one(house: made.House) -> None:
    families.fled(house)
    first = families.refs(house)["Ava"]
    told = made.child(given_name="Ava", family_name="Exemple", born_on="2019-05-01", same_as=first)
    again = receive(house.desk, house.viewer("ada"), take=made.take(children=(told,))).case
    second = families.refs(house)["Ava"]
    waits = families.shown(house, "ada", first)
    assert [(one.person, one.agreed) for one in waits.same] == [(second, False)]
    assert again not in {one.record.ref for one in waits.records}
    link = waits.same[0].link
    agree_link(house.desk, house.viewer("ben"), link=link, reason="Same school")
    one = families.shown(house, "ada", first)
    assert again in {row.record.ref for row in one.records}
    assert (one.person.name, one.person.other_names, one.person.age) == ("Ava Exemple", ("Ava Example",), "7")
    undo_link(house.desk, house.viewer("ben"), link=link, reason="Cousins")
    assert again not in {row.record.ref for row in families.shown(house, "ada", first).records}


def test_each_child_has_a_level_of_their_own_and_the_family_shows_the_highest(house: made.House) -> None:
    families.decided(house, families.fled(house).case)
    found = families.refs(house)
    assert [one.name for one in families.shown(house, "ada", found["Ava"]).levels] == ["Additional"]
    assert families.shown(house, "ada", found["Ava"]).family_level == "Extensive (Theo Example)"


def test_a_persons_page_asks_a_number_of_questions_that_the_family_does_not_raise(house: made.House) -> None:
    families.fled(house)
    few = _questions(house, families.refs(house)["Ava"])
    many = tuple(made.child(given_name=f"Child {number}", age_years=number) for number in range(1, 13))
    families.fled(house, children=many)
    assert _questions(house, families.refs(house)["Child 1"]) <= few
    assert few <= 34


def _questions(house: made.House, person: str) -> int:
    viewer = house.viewer("ada")
    with house.desk.database.reading() as session, counted(house) as said:
        assert families.persons.person(session, viewer, person, house.clock()) is not None
    return len([one for one in said if not one.startswith(("BEGIN", "PRAGMA"))])


def test_nobody_who_was_told_of_is_taken_for_somebody_known(house: made.House) -> None:
    families.fled(house)
    families.fled(house)
    assert len(kept.rows(house, Person)) == 8
    assert families.shown(house, "ada", families.refs(house)["Ava"]).same == ()
