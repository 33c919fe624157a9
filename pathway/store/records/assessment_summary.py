"""What of an assessment may other agencies read, on one page? Own words only where whoever said them lets everybody."""

from dataclasses import dataclass

from pathway.store.records.assessment_views import AskedView, AssessmentView
from workflows.assessment_facts import Readers

LEFT_OUT = frozenset({Readers.writer_and_manager})
"""Whose readers aren't other agencies: on paper nobody can tell who reads, so not even the writer's own has it."""


@dataclass(frozen=True, slots=True)
class SummaryView:
    """`sections` are those in which anything was answered, each with its answers; `left_out` how many are kept back."""

    sections: tuple[tuple[str, tuple[AskedView, ...]], ...]
    left_out: int
    not_for_parents: bool
    """Whether anything on it isn't for the parents or carers."""


def summary(view: AssessmentView) -> SummaryView:
    answered = {one.name: tuple(asked for asked in one.asked if _is_answered(asked)) for one in view.sections}
    shown = {name: tuple(one for one in asked if not _left_out(one)) for name, asked in answered.items()}
    every = [one for asked in shown.values() for one in asked]
    return SummaryView(
        sections=tuple((name, asked) for name, asked in shown.items() if asked),
        left_out=sum(len(asked) for asked in answered.values()) - len(every),
        not_for_parents=any(one.answer and one.answer.readers is Readers.not_parents for one in every),
    )


def _is_answered(asked: AskedView) -> bool:
    return asked.answer is not None and bool(asked.answer.said or asked.answer.withheld)


def _left_out(asked: AskedView) -> bool:
    return asked.answer is None or asked.answer.withheld or asked.answer.readers in LEFT_OUT
