"""Is who is who written on the record, put right without being rewritten, and rebuilt from the entries?"""

from datetime import date

import families
import kept
import made
import pytest
from sqlmodel import col, select

from pathway.acts import NotFound, Unacceptable, correct_tie, end_tie, receive, tie_people
from pathway.acts.ties import PutRight, Somebody, ToldTie
from pathway.tables import CaseChild, Entry, Person, PersonLink, Tie
from pathway.tables.people import PersonKind
from workflows import Refused
from workflows.referral_facts import Relation, YesNo

BROTHER = Somebody(kind=PersonKind.child, given_name="Noah", family_name="Example", age_years=12)


def told(house: made.House, **facts: object) -> ToldTie:
    plain = {"new": BROTHER, "of": families.refs(house)["Ava"], "relation": Relation.half_sibling}
    return ToldTie.model_validate(plain | facts)


def a_tie(house: made.House, relation: Relation) -> Tie:
    return next(one for one in kept.rows(house, Tie) if one.relation is relation)


def test_a_brother_who_is_not_on_the_record_is_a_person_and_not_a_child_to_decide_about(house: made.House) -> None:
    case = families.fled(house).case
    before = len(kept.rows(house, CaseChild))
    done = tie_people(house.desk, house.viewer("ada"), case=case, told=told(house))
    assert len(kept.rows(house, CaseChild)) == before
    assert families.shown(house, "ada", done.named["person"]).person.name == "Noah Example"
    assert "Noah Example" in {
        one.person.name for one in families.shown(house, "ada", families.refs(house)["Ava"]).other_children
    }
    assert kept.rows(house, Entry, case=case)[-1].kind == "tied"
    assert kept.faults(house) == []


def test_what_a_tie_says_is_personal_and_stands_outside_the_patch(house: made.House) -> None:
    case = families.fled(house).case
    tie_people(house.desk, house.viewer("ada"), case=case, told=told(house))
    assert "Noah" not in kept.rows(house, Entry, case=case)[-1].effects


def test_a_tie_is_put_right_and_ended_and_the_rows_rebuild(house: made.House) -> None:
    case, ada = families.fled(house).case, house.viewer("ada")
    father = a_tie(house, Relation.father)
    right = PutRight(relation=Relation.step_parent, lives_with=YesNo.no, since=date(2024, 2, 1))
    correct_tie(house.desk, ada, case=case, tie=father.public_id, right=right, reason="His own words")
    end_tie(house.desk, ada, case=case, tie=father.public_id, until=date(2026, 1, 5), reason="They parted")
    row = a_tie(house, Relation.step_parent)
    assert (row.public_id, row.since, row.until) == (father.public_id, date(2024, 2, 1), date(2026, 1, 5))
    assert [one.kind for one in kept.rows(house, Entry, case=case)][-2:] == ["tie_corrected", "tie_ended"]
    assert kept.faults(house) == []


def test_the_same_press_twice_ties_once(house: made.House) -> None:
    case = families.fled(house).case
    before = len(kept.rows(house, Person))
    for _ in range(2):
        tie_people(house.desk, house.viewer("ada"), case=case, told=told(house), key="once")
    assert len(kept.rows(house, Person)) == before + 1


def test_somebody_believed_to_be_known_is_a_new_row_and_a_link_for_a_second_person(house: made.House) -> None:
    case = families.fled(house).case
    known = families.refs(house)["Theo"]
    new = BROTHER.model_copy(update={"same_as": known})
    tie_people(house.desk, house.viewer("ada"), case=case, told=told(house, new=new))
    assert [one.agreed_at for one in kept.rows(house, PersonLink)] == [None]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"of": "NOSUCHREF0"}, "of"),
        ({"new": None, "who": ""}, "who"),
        ({"new": Somebody()}, "new.given_name"),
        ({"new": Somebody(born_on=date(2027, 1, 1))}, "new.born_on"),
        ({"new": Somebody(given_name="A", expected_on=date(2027, 1, 1))}, "new.kind"),
        ({"since": date(2027, 1, 1)}, "since"),
        ({"since": date(2020, 1, 2), "until": date(2020, 1, 1)}, "until"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    sqlite_house: made.House, facts: dict[str, object], field: str
) -> None:
    case = families.fled(sqlite_house).case
    with pytest.raises(Unacceptable) as wrong:
        tie_people(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, told=told(sqlite_house, **facts))
    assert field in {one.field for one in wrong.value.faults}


def test_nobody_is_tied_to_themselves_or_to_somebody_of_another_record(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = families.fled(house).case
    ava = families.refs(house)["Ava"]
    receive(house.desk, house.viewer("ada"), take=made.take(children=(made.child(given_name="Mia", age_years=1),)))
    for who in (ava, families.refs(house)["Mia"]):
        with pytest.raises(Unacceptable):
            tie_people(house.desk, house.viewer("ada"), case=case, told=told(house, new=None, who=who))


def test_a_tie_of_another_record_looks_like_none_and_who_only_reads_writes_none(sqlite_house: made.House) -> None:
    house = sqlite_house
    families.fled(house)
    other = receive(house.desk, house.viewer("ada"), take=made.take()).case
    tie = a_tie(house, Relation.mother).public_id
    with pytest.raises(NotFound):
        end_tie(house.desk, house.viewer("ada"), case=other, tie=tie, until=date(2026, 1, 1), reason="x")
    with pytest.raises(Refused):
        tie_people(house.desk, house.viewer("aud"), case=other, told=told(house))
    with pytest.raises(NotFound):
        tie_people(house.desk, house.viewer("gil"), case=other, told=told(house))


def test_a_tie_that_ended_keeps_nobody_in_the_household(house: made.House) -> None:
    case = families.fled(house).case
    ava = families.refs(house)["Ava"]
    with house.desk.database.reading() as session:
        ties = session.exec(select(Tie.public_id).where(col(Tie.relation) == Relation.mother)).all()
    for tie in ties:
        end_tie(house.desk, house.viewer("ada"), case=case, tie=tie, until=date(2026, 1, 5), reason="Moved out")
    assert families.shown(house, "ada", ava).household == (ava,)
