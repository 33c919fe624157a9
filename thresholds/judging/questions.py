"""Which facts about a child can be asked for, when is one not known, and what would each answer be?

One table. What isn't known and what would change the advice are both worked out from it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from thresholds.editions.edition import Edition
from thresholds.judging.deciding import Decision
from thresholds.judging.facts import Facts

Alternative = tuple[str, Facts]
"""A condition in words, and the facts were it so."""

Answers = Callable[[Edition, Facts], Iterator[Alternative]]


@dataclass(frozen=True)
class Question:
    """One thing that may not be known about a child.

    `always`: asked even where no answer would change the advice, because a child is lost when nobody asks.
    `may_change`: what is known today may be otherwise tonight, so other answers are said all the same.
    """

    fact: str
    asks: str
    is_open: Callable[[Decision], bool]
    answers: Answers
    always: bool = False
    may_change: bool = False


def _choice(fact: str, asks: str, open_at: tuple[str, ...], said: dict[str, str], *, always: bool = False) -> Question:
    """A question with a list of answers: `said` gives each its condition in words."""

    def answers(_: Edition, facts: Facts) -> Iterator[Alternative]:
        for answer, condition in said.items():
            yield condition, facts.but(**{fact: answer})

    return Question(fact, asks, lambda decision: getattr(decision.facts, fact) in open_at, answers, always)


def _safety(_: Edition, facts: Facts) -> Iterator[Alternative]:
    if not facts.in_danger:
        yield "If the child isn't safe tonight", facts.but(in_danger=True, said_safe=False)
        if not facts.said_safe:
            yield "If the child is known to be safe tonight", facts.but(said_safe=True)


def _ages(edition: Edition, facts: Facts) -> Iterator[Alternative]:
    outside = {edition.indicator(id_).first_age_outside for id_ in facts.indicators}
    for age in sorted(limit for limit in outside if limit is not None):
        yield f"If the child is {age} or older", facts.but(age=age)


def _born(_: Edition, facts: Facts) -> Iterator[Alternative]:
    yield "If the baby has been born", facts.but(unborn=False, birth="born", age=0)


def _hours(_: Edition, facts: Facts) -> Iterator[Alternative]:
    if facts.hours == "in_hours":
        yield "Once the office has closed", facts.but(hours="out_of_hours")
    elif facts.hours == "out_of_hours":
        yield "Once the office is open", facts.but(hours="in_hours")


def _involvement(_: Edition, facts: Facts) -> Iterator[Alternative]:
    for kind, words in (
        ("early_help", "If early help works with the child already"),
        ("child_in_need", "If the child has a child in need plan"),
        ("protection_plan", "If the child has a child protection plan"),
        ("in_our_care", "If the child is in our care"),
    ):
        yield words, facts.but(involvement=kind, already_open=True)


def _none(*_: object) -> Iterator[Alternative]:
    yield from ()


QUESTIONS: tuple[Question, ...] = (
    Question(
        "safe_tonight",
        "Whether the child is safe tonight. Ask this first.",
        lambda decision: not (decision.facts.in_danger or decision.facts.said_safe),
        _safety,
        always=True,
        may_change=True,
    ),
    Question(
        "observed",
        "Nothing has been noted about this child yet. That isn't a sign that nothing is wrong.",
        lambda decision: not decision.facts.observed,
        _none,
        always=True,
    ),
    Question("age", "The child's age.", lambda decision: decision.facts.age is None, _ages, always=True),
    Question(
        "due_date", "When the baby is due.", lambda decision: decision.facts.birth == "due_unknown", _none, always=True
    ),
    Question(
        "birth",
        "Whether the baby has been born: the due date has passed.",
        lambda decision: decision.facts.birth == "overdue",
        _born,
        always=True,
    ),
    Question(
        "expecting",
        "Whether a baby is expected. If so it is a child here too, with a decision of its own.",
        lambda decision: not decision.facts.unborn and any(met.indicator.unborn for met in decision.met),
        _none,
        always=True,
    ),
    _choice(
        "missing",
        "Whether the child is missing now, or has been.",
        ("unknown",),
        {
            "missing_now": "If the child is missing now",
            "found": "If the child was missing and has been found",
            "no": "If the child isn't missing",
        },
    ),
    _choice(
        "domestic_abuse",
        "Whether there is domestic abuse.",
        ("unknown",),
        {"yes": "If there is domestic abuse", "no": "If there is no domestic abuse"},
    ),
    _choice(
        "exploitation",
        "Whether somebody exploits the child, or may.",
        ("unknown",),
        {"yes": "If somebody exploits the child, or may", "no": "If nobody exploits the child"},
    ),
    _choice(
        "disability",
        "Whether the child has a disability, and how lasting and substantial it is.",
        ("unknown", "uncertain"),
        {
            "substantial_and_lifelong": "If a disability is substantial and lifelong",
            "mild_to_moderate": "If a disability is mild to moderate",
            "none": "If there is no disability",
        },
        always=True,
    ),
    _choice(
        "sibling_group",
        "How many brothers and sisters there are, and whether anybody has seen them.",
        ("unknown",),
        {"large": "If it is a large sibling group", "not_large": "If it isn't a large sibling group"},
        always=True,
    ),
    Question(
        "household_told", "Who lives there.", lambda decision: not decision.facts.household_told, _none, always=True
    ),
    _choice(
        "others_at_risk",
        "Whether the person causing harm has contact with other children.",
        ("unknown",),
        {"yes": "If the person causing harm has contact with other children"},
        always=True,
    ),
    Question(
        "involvement",
        "Whether somebody works with the child already.",
        lambda decision: decision.facts.involvement == "unknown" and not decision.facts.already_open,
        _involvement,
    ),
    _choice(
        "services",
        "How many services it would take to meet the need.",
        ("unknown",),
        {
            "one": "If one service can meet the need",
            "several": "If it takes several services",
            "unclear": "If the need is unclear",
        },
    ),
    _choice(
        "repeated",
        "Whether there were earlier contacts about this child or household.",
        ("unknown",),
        {"yes": "If there were as many earlier contacts as the document looks at"},
    ),
    _choice(
        "agreement",
        "Whether the family agrees.",
        ("not_asked",),
        {
            "given": "If the family agrees",
            "refused": "If the family declines, which is their right",
            "not_safe_to_ask": "If asking the family isn't safe",
        },
    ),
    _choice(
        "raised_by",
        "Who raises it.",
        ("unknown",),
        {
            "professional": "If a professional raises it",
            "public": "If a member of the public raises it",
            "family": "If the family raises it",
            "child": "If the child raises it",
        },
    ),
    _choice(
        "how",
        "How it reached us.",
        ("unknown",),
        {"telephone": "If it came by telephone", "written": "If it came in writing"},
    ),
    Question(
        "hours",
        "Whether it is within office hours: the document has none.",
        lambda decision: decision.facts.hours is None,
        _hours,
        always=True,
        may_change=True,
    ),
)
