import re
from dataclasses import replace

from geungeo.rag.answer.answer import Answer, Citation
from geungeo.ui.page import render
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import Passage

SAY = STRINGS["ko"]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> ${7*7} {{7*7}}"


def passage(text: str) -> Passage:
    return Passage(
        1, HOSTILE, "/d", HOSTILE, "", HOSTILE, "", "ko", HOSTILE, 1, 0, len(text), text, ()
    )


def test_no_text_of_a_document_or_reader_is_html() -> None:
    citation = Citation(1, HOSTILE, 0, len(HOSTILE), 0.5, passage(HOSTILE))
    answer = Answer(HOSTILE, f"{HOSTILE} [1]", False, "ko", "extractive", (citation,))
    for html in (
        render.conversation([answer], SAY),
        render.conversation([], SAY, waiting=HOSTILE),
        render.sources(answer, SAY),
    ):
        assert "<script" not in html
        assert "<img" not in html


def test_the_quote_is_marked_in_its_passage() -> None:
    text = "앞 문장. 인용된 문장. 뒤 문장."
    citation = Citation(1, "인용된 문장.", 6, 13, 0.5, passage(text))
    answer = Answer("물음", "인용된 문장. [1]", False, "ko", "extractive", (citation,))
    assert "앞 문장. <mark>인용된 문장.</mark> 뒤 문장." in render.sources(answer, SAY)


def test_a_refusal_that_came_close_says_what_is_near() -> None:
    row = "| 시설: 바람관 | 면적: 2,300 |"
    citation = Citation(1, row, 0, len(row), 0.5, passage(row))
    far = Answer("물음", "없다", True, "ko", "extractive", (citation,))
    assert "바람관" not in render.conversation([far], SAY).replace(row, "")
    shown = render.conversation([replace(far, close=True)], SAY)
    assert "시설: 바람관 · 면적: 2,300" in shown
    assert SAY.close_to_it in shown
    assert SAY.nearest not in shown


def test_a_long_conversation_shows_its_newest_turns_and_the_way_to_the_others() -> None:
    turns = [Answer(f"물음 {n}쯤", "답", False, "ko", "extractive") for n in range(100)]
    newest = render.conversation(turns, SAY)
    asked = re.findall(r"물음 (\d+)쯤", newest)
    assert asked == [str(n) for n in range(100 - len(asked), 100)]
    assert SAY.earlier.format(100 - len(asked)) in newest
    whole = render.whole_conversation(turns, SAY)
    assert re.findall(r"물음 (\d+)쯤", whole) == [str(n) for n in range(100)]
    assert len(render.conversation([*turns, turns[0]], SAY)) < len(newest) * 1.05
    assert 'class="earlier"' not in render.conversation(turns[:10], SAY)


def test_a_mark_without_a_citation_stays_text() -> None:
    answer = Answer("물음", "각주 [7]가 있는 문장", False, "ko", "extractive")
    assert "각주 [7]가" in render.conversation([answer], SAY)


def test_what_a_refusal_adds_is_said_in_its_language() -> None:
    said = STRINGS["zh"].searched.format(3)
    answer = Answer("问题", "没有", True, "zh", "extractive", searched_documents=3)
    assert said in render.conversation([answer], SAY)
    assert SAY.copy in render.conversation([answer], SAY)


def test_a_refusal_does_not_look_like_an_answer() -> None:
    answer = Answer("물음", "없다", True, "ko", "extractive")
    assert "refused" in render.conversation([answer], SAY)
    assert "답은 아님" in render.sources(answer, SAY)
    assert "답은 아님" not in render.sources(replace(answer, refused=False), SAY)
