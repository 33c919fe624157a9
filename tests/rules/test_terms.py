"""Is a document said in today's words, whole and never twice, and is text without its words left alone?"""

from dataclasses import dataclass

import pytest
from everyshire import DAY
from hypothesis import given
from hypothesis import strategies as st

from thresholds import Edition, Term, read_editions
from thresholds.editions.terms import Piece, printed, said_today, spoken
from thresholds.gathering.shelf import held

EDITIONS = [one.edition for one in held(read_editions(), DAY)]
NOTTINGHAM = next(one for one in EDITIONS if one.authority == "nottingham-city")
WORDS = [term.word for term in NOTTINGHAM.terms] + [term.today for term in NOTTINGHAM.terms]
PLAIN = st.sampled_from(["a", "the", "family", ".", "A", "plan", "(", ")", "in any", "-", "work", "\n", "Mum’s"])
SENTENCES = st.lists(st.one_of(st.sampled_from(WORDS), PLAIN), max_size=12).map(" ".join)


@dataclass(frozen=True)
class Spoken:
    terms: tuple[Term, ...]


def of(*pairs: tuple[str, str], in_place: bool = True) -> Spoken:
    entry = {"cite": "x 1", "basis": "published", "year": 2014, "in_place": in_place}
    return Spoken(
        tuple(Term(id=f"t{index}", word=word, today=today, **entry) for index, (word, today) in enumerate(pairs))
    )


CAF = of(
    ("CAF", "early help assessment"),
    ("CAF threshold", "early help"),
    ("case", "family"),
    ("LAC", "child"),
    ("common assessment", "early help assessment"),
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The CAF.", "The early help assessment."),
        ("CAF threshold", "Early help"),
        ("a CAF and an LAC", "an early help assessment and a child"),
        ("CAFE, lac and a suit-case", "CAFE, lac and a suit-case"),
        ("Case held. This case", "Family held. This family"),
        ("early help assessment (CAF)", "early help assessment"),
        ("over the CAF\n threshold", "over the early help"),
        ("a CAF assessment", "an early help assessment"),
        ("Common Assessment (CAF)", "Early help assessment"),
        ("", ""),
    ],
)
def test_whole_words_are_said_in_todays_the_longest_first(text: str, said: str) -> None:
    assert said_today(CAF, text) == said


def test_each_piece_keeps_the_documents_own_word_and_its_year() -> None:
    assert spoken(CAF, "Ask for a CAF") == (
        Piece("Ask for an "),
        Piece("early help assessment", "CAF", 2014),
    )


def test_in_print_the_documents_own_word_follows() -> None:
    assert printed(CAF, "By CAF") == "By early help assessment (“CAF”, 2014)"


def test_the_longest_of_two_that_overlap_is_taken() -> None:
    crossing = of(("team around", "meeting"), ("around the child plan", "family plan"))
    assert said_today(crossing, "the team around the child plan") == "the team family plan"


def test_a_word_that_only_guides_how_to_write_is_never_swapped() -> None:
    assert said_today(of(("case", "family or child"), in_place=False), "in any case") == "in any case"


@given(SENTENCES)
def test_saying_it_again_changes_nothing(text: str) -> None:
    once = said_today(NOTTINGHAM, text)
    assert said_today(NOTTINGHAM, once) == once


@given(st.text(alphabet="abdegh ,.\n’-", max_size=60))
def test_text_without_its_words_is_left_as_it_is(text: str) -> None:
    assert said_today(NOTTINGHAM, text) == text
    assert all(not piece.own for piece in spoken(NOTTINGHAM, text))


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.authority)
def test_no_shipped_text_keeps_an_old_word_that_can_be_said_today(edition: Edition) -> None:
    for entry in (*edition.indicators, *edition.rules, *edition.limits):
        said = said_today(edition, entry.words)
        assert said_today(edition, said) == said
