"""What a question on the collection is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.topics import topic

_LISTS = Path(__file__).parents[2] / "lang" / "data" / "no_topic"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("등대에 관한 보고서가 있나요?", "등대"),
        ("관련 문서의 목록을 보여 주세요", ""),
        ("有没有关于灯塔的文件？", "灯塔"),
        ("请列出所有文件", ""),
        ("这里有多少份文件？", ""),
        ("共有几份关于灯塔的报告？", "灯塔"),
        ("Do you have anything on lighthouses?", "lighthouses"),
        ("List ALL the documents, please", ""),
    ],
)
def test_a_topic_is_what_is_not_only_asking(
    analyzer: Analyzer, question: str, expected: str
) -> None:
    assert topic(question, analyzer) == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_lists_have_every_word_once_and_none_that_no_analysis_leaves(
    analyzer: Analyzer, code: str
) -> None:
    lines = (_LISTS / f"{code}.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert len(words) == len(set(words))
    assert all(word == word.strip().lower() for word in words)
    if code != "ko":  # What Kiwi leaves of a word hangs on its sentence.
        assert [word for word in words if not analyzer.content_words(word.strip("*"))] == []
