"""People of whom a question gives the surname and a title."""

import pytest

from geungeo.lang.surnames import titled


@pytest.mark.parametrize(
    ("question", "name", "form"),
    [
        ("What time does Mayor Oh leave?", "Oh", "오"),
        ("Did President Lee agree?", "Lee", "이"),
        ("What did Prof. Park say?", "Park", "박"),
        ("Where was Mayor Yin before?", "Yin", "인"),
    ],
)
def test_a_title_tells_a_surname(question: str, name: str, form: str) -> None:
    assert form in titled(question)[name]


@pytest.mark.parametrize(
    "question", ["Where is the park?", "Who is Mayor Oh Se-hoon?", "the Mayor of Seoul", "Oh no"]
)
def test_other_words_are_none(question: str) -> None:
    assert titled(question) == {}
