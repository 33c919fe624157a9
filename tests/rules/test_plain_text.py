"""Is markup made words, whatever it is, and is what is no markup left as it was written?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway.acts.directory.cleaning import cleaned, plain


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("Plain words", "Plain words"),
        ("Ages < 5 & over 3", "Ages < 5 & over 3"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("a<br/>b", "a\nb"),
        ("<ul><li>Tea<li>Toys</ul>", "• Tea\n• Toys"),
        ("AT&amp;T", "AT&T"),
        ("&lt;p&gt;Twice&lt;/p&gt;", "Twice"),
        ("<script>alert(1)</script>After", "After"),
        ("<style>p {}</style>After", "After"),
        ("<svg><title>x</title></svg>After", "After"),
        ("<!-- said to nobody -->Said", "Said"),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<b>never ended", "never ended"),
        ("tab\there\r\nline\n\n\n\nend ", "tab here\nline\n\nend"),
        ("a\x00b\x07c\u202ed\u200be", "abcde"),
        ("half \ud800", "half"),
        ("no\xa0break", "no break"),
    ],
)
def test_what_comes_of_a_text(sent: str, words: str) -> None:
    assert plain(sent) == words


def test_an_addresss_ampersand_is_its_own() -> None:
    assert cleaned({"url": "https://e.org/?a=1&copy=2", "name": "A &copy; B"}) == {
        "url": "https://e.org/?a=1&copy=2",
        "name": "A © B",
    }


@given(st.text())
def test_nothing_that_no_eye_sees_is_left_and_nothing_is_tidied_twice(text: str) -> None:
    once = plain(text)
    assert all(one == "\n" or one.isprintable() or one.isspace() for one in once)
    assert once == once.strip()


PARTS = st.sampled_from(
    ["<script>", "</script>", "<p>", "</p", "<", ">", "&lt;", "&amp;", "alert(1)", "words ", "<img x>"]
)


@given(st.lists(PARTS).map("".join))
def test_no_script_is_left_of_any_jumble_of_markup(text: str) -> None:
    """Pages escape whatever is left; this keeps them readable."""
    assert "<script>" not in plain(text)


def test_what_is_no_text_stays_as_it_is() -> None:
    assert cleaned([1, None, True, {"a": [2.5]}]) == [1, None, True, {"a": [2.5]}]
