"""Does every edition keep the promises of judging, whatever is told?"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judged import EDITIONS, OF_CHILD, OF_CONTACT, advice, children, contacts, indicators, named, presenting, rank, seen

from thresholds import Edition, Indicator, judge

few = settings(max_examples=12)
"""Few for each of many: every run draws others, over every edition and question."""

every = pytest.mark.parametrize("edition", EDITIONS, ids=named)
WITH_INDICATORS = [edition for edition in EDITIONS if edition.indicators]
WITH_LEVELS = [edition for edition in EDITIONS if edition.levels]
CONTEXTS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (({}, {}), ({}, {"safe_tonight": "yes"}))


@every
@few
@given(data=st.data())
def test_the_same_contact_always_gets_the_same_advice(edition: Edition, data: st.DataObject):
    child, more = data.draw(children(edition)), data.draw(contacts)
    shuffled = child | {"observed": data.draw(st.permutations(child["observed"] * 2))}
    assert advice(edition, child, **more) == advice(edition, shuffled, **more)


@pytest.mark.parametrize("edition", WITH_INDICATORS, ids=named)
@few
@given(data=st.data())
def test_one_more_worry_never_lowers_anything(edition: Edition, data: st.DataObject):
    child, more, worry = data.draw(children(edition)), data.draw(contacts), data.draw(indicators(edition))
    wider = child | {"observed": [*child["observed"], {"indicator": worry}]}
    assert rank(edition, advice(edition, wider, **more)) >= rank(edition, advice(edition, child, **more))


@every
@pytest.mark.parametrize(
    ("question", "worse"),
    [
        ("domestic_abuse", "yes"),
        ("exploitation", "yes"),
        ("others_at_risk", "yes"),
        ("missing", "missing_now"),
        ("earlier_contacts", 9),
        ("safe_tonight", "no"),
    ],
)
@few
@given(data=st.data())
def test_a_worse_answer_never_lowers_anything(edition: Edition, question: str, worse: object, data: st.DataObject):
    child, more = data.draw(children(edition)), data.draw(contacts)
    answered = (child | {question: worse}, more) if question in OF_CHILD else (child, more | {question: worse})
    after = advice(edition, answered[0], **answered[1])
    if more.get("safe_tonight") == "yes" and question == "safe_tonight":
        assert after.immediate
    assert rank(edition, after) >= rank(edition, advice(edition, child, **more))


@every
@pytest.mark.parametrize("question", ["agreement", "raised_by", "how", "household_told"])
@few
@given(data=st.data())
def test_who_tells_and_who_agrees_never_changes_the_level_or_where_it_goes(
    edition: Edition, question: str, data: st.DataObject
):
    """Nor who takes part; but a document may have somebody join for a caller who can't write an assessment."""
    child, more = data.draw(children(edition)), data.draw(contacts)
    told = [advice(edition, child, **more | {question: answer}) for answer in OF_CONTACT[question]]
    assert len({outcome(one) for one in told}) == 1
    joining = [set(one.also) for one in told]
    always = set.intersection(*joining)
    assert always in joining
    assert question == "raised_by" or all(one == always for one in joining)


@pytest.mark.parametrize("edition", WITH_LEVELS, ids=named)
@few
@given(data=st.data())
def test_every_child_is_sent_somewhere(edition: Edition, data: st.DataObject):
    assert advice(edition, data.draw(children(edition)), **data.draw(contacts)).destination is not None


@every
@few
@given(data=st.data())
def test_one_child_never_changes_the_advice_for_another(edition: Edition, data: st.DataObject):
    first, second, more = data.draw(children(edition)), data.draw(children(edition)), data.draw(contacts)
    assert judge(edition, presenting(edition, first, second, **more)).children[0] == advice(edition, first, **more)


@pytest.mark.parametrize("edition", WITH_LEVELS, ids=named)
@few
@given(data=st.data())
def test_the_family_has_the_highest_level_of_its_children(edition: Edition, data: st.DataObject):
    drawn, more = [data.draw(children(edition)) for _ in range(3)], data.draw(contacts)
    family = judge(edition, presenting(edition, *drawn, **more))
    order = {None: -1} | {level.id: level.order for level in edition.levels}
    assert order[family.level] == max(order[child.level] for child in family.children)


def matters(edition: Edition, indicator: Indicator) -> bool:
    """Whether noting it alone changes what is advised, in some plain situation."""
    return any(
        outcome(advice(edition, child, **more)) != outcome(advice(edition, child | seen(indicator.id), **more))
        for child, more in CONTEXTS
    )


def outcome(judged: Any) -> tuple[object, ...]:
    return judged.level, judged.immediate, judged.destination


@pytest.mark.parametrize("edition", WITH_INDICATORS, ids=named)
def test_every_example_can_matter_or_is_listed_as_only_informing(edition: Edition):
    idle = {one.id for one in edition.indicators if not matters(edition, one)}
    assert idle == {one.id for one in edition.indicators if one.informs_only}


ASKED = {
    "disability": "Whether the child has a disability",
    "missing": "Whether the child is missing",
    "exploitation": "Whether somebody exploits",
    "services": "How many services",
    "involvement": "Whether somebody works with",
    "domestic_abuse": "Whether there is domestic abuse",
    "agreement": "Whether the family agrees",
    "raised_by": "Who raises it",
    "how": "How it reached us",
}
UNKNOWN = {"agreement": "not_asked"}


@every
@pytest.mark.parametrize("question", ASKED)
@few
@given(data=st.data())
def test_what_would_change_what_is_said_is_asked_while_nobody_knows_it(
    edition: Edition, question: str, data: st.DataObject
):
    """Worked out here from the outside: each answer is tried on the contact itself."""
    child, more = data.draw(children(edition)), data.draw(contacts)
    answers = OF_CHILD.get(question) or OF_CONTACT[question]
    tried = [
        advice(edition, child | {question: answer}, **more)
        if question in OF_CHILD
        else advice(edition, child, **more | {question: answer})
        for answer in answers
    ]
    open_one = tried[answers.index(UNKNOWN.get(question, "unknown"))]
    if any(said(one) != said(open_one) for one in tried):
        assert any(line.startswith(ASKED[question]) for line in open_one.unknown) or told_already(
            edition, child, question
        )


def said(judged: Any) -> tuple[object, ...]:
    return (*outcome(judged), judged.also, judged.cautions, judged.must_happen)


def told_already(edition: Edition, child: dict[str, Any], question: str) -> bool:
    """Whether something else told answers it: an example noted, or a worker named."""
    if question == "agreement":
        return any(one.id == "dont-ask-the-family" for one in advice(edition, child).cautions)
    return False
