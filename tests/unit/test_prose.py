"""How far apart the numbers of a sentence are."""

from __future__ import annotations

import pytest

from geungeo.rag.question.expansion import Expander
from geungeo.rag.question.understanding import taken_as_it_is
from geungeo.rag.reckoning.prose import how_far_apart
from geungeo.vectorstore import Store


@pytest.mark.parametrize(
    ("question", "sentence", "line"),
    [
        (
            "모금액이 목표에서 얼마 모자란 건가요?",
            "목표는 9,500억원이고 모은 돈은 9,100억원이다.",
            "9,500억원 − 9,100억원 = 400억원",
        ),
        (
            "아직 돌아오지 못한 사람이 몇 명이나 되나요?",
            "승객 1,240명 중 1,015명이 돌아왔다(81.9%).",
            "1,240명 − 1,015명 = 225명",
        ),
        (
            "捐款离目标还差多少韩元？",
            "목표는 300만원이고 모은 돈은 120만원이다.",
            "3,000,000韩元 − 1,200,000韩元 = 1,800,000韩元",
        ),
        ("모금액이 목표에서 얼마 모자란 건가요?", "목표는 9,500억원이다.", ""),
        ("모금액이 목표에서 얼마 모자란 건가요?", "갑은 3억원, 을은 2억원, 병은 1억원을 냈다.", ""),
        ("목표는 얼마인가요?", "목표는 9,500억원이고 모은 돈은 9,100억원이다.", ""),
    ],
)
def test_two_numbers_that_a_sentence_sets_against_each_other(
    question: str, sentence: str, line: str, store: Store
) -> None:
    asked = taken_as_it_is(question, Expander.of(store))
    assert how_far_apart(asked, sentence) == line
