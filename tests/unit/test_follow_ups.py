"""What to ask next: parts of the cited document that were not cited, if they are answered."""

from dataclasses import replace

from geungeo.rag.answer.answer import Answer, Citation
from geungeo.ui.page.follow_ups import follow_ups
from geungeo.vectorstore import Passage


def passage(section: str) -> Passage:
    return Passage(
        1, "a.txt", "/a.txt", "협력 보고서", "", "", "", "ko", section, 1, 0, 3, "본문.", ()
    )


SECTIONS = (
    "협력 보고서",
    "참고문헌",
    "협력 보고서 › 1. 배경",
    "협력 보고서 › 2. 예산",
    "협력 보고서 › Ⅲ 결론",
)
PASSAGES = [passage(section) for section in SECTIONS]
ANSWER = Answer(
    "예산은?", "4억이다. [1]", False, "ko", "extractive",
    (Citation(1, "본문.", 0, 3, 0.9, PASSAGES[3]),),
)  # fmt: skip


def test_the_other_parts_of_the_document() -> None:
    found = follow_ups(ANSWER, lambda path: PASSAGES, lambda question: True)
    assert found[0] == "‘협력 보고서’에서 ‘배경’의 내용은 무엇인가요?"
    assert len(found) == 2
    english = follow_ups(replace(ANSWER, language="en"), lambda path: PASSAGES, lambda q: True)
    assert english[0] == "What does “협력 보고서” say about “배경”?"


def test_after_a_refusal_that_came_close_all_parts_of_the_nearest_documents() -> None:
    refusal = replace(ANSWER, refused=True, close=True)
    found = follow_ups(refusal, lambda path: PASSAGES, lambda question: True)
    assert found[1] == "‘협력 보고서’에서 ‘예산’의 내용은 무엇인가요?"


def test_nothing_after_a_question_that_has_nothing_to_do_with_the_documents() -> None:
    refusal = replace(ANSWER, refused=True)
    assert follow_ups(refusal, lambda path: PASSAGES, lambda question: True) == []


def test_only_what_would_be_answered() -> None:
    assert follow_ups(ANSWER, lambda path: PASSAGES, lambda question: "배경" not in question) == [
        "‘협력 보고서’에서 ‘Ⅲ 결론’의 내용은 무엇인가요?"
    ]
