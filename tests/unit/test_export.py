"""Conversations as Markdown, as text and as a Word file."""

import io
import zipfile
from dataclasses import replace

import docx

from geungeo.ingest.load import load
from geungeo.rag.answer.answer import Answer, Citation
from geungeo.ui.page.export import markdown, plain
from geungeo.ui.page.footnotes import word_file
from geungeo.vectorstore import Passage

PASSAGE = Passage(
    1, "a.txt", "/a.txt", "보고서", "2024-05-02", "", "", "ko", "1. 배경", 3, 0, 20,
    "버스는 18대이다.", (),
)  # fmt: skip
CITATION = Citation(1, "버스는\n18대이다.", 0, 9, 0.9, PASSAGE)
ANSWER = Answer("몇 대?", "18대이다. [1] 각주 [7]", False, "ko", "extractive", (CITATION,))
REFUSAL = Answer("왜?", "없습니다.", True, "ko", "extractive")


def test_quotes_become_footnotes_of_their_answer() -> None:
    assert markdown([ANSWER, REFUSAL]) == (
        "## 몇 대?\n\n18대이다. [^1-1] 각주 [7]\n\n"
        "[^1-1]: “버스는 18대이다.” 보고서, 2024-05-02, a.txt, p. 3, 1. 배경\n\n"
        "## 왜?\n\n없습니다.\n\n\n"
    )


def test_one_answer_is_pasted_with_its_sources() -> None:
    assert plain(ANSWER) == (
        "몇 대?\n\n18대이다. [1] 각주 [7]\n\n"
        "[1] “버스는 18대이다.” 보고서, 2024-05-02, a.txt, p. 3, 1. 배경\n"
    )


def test_a_word_file_has_the_quotes_as_footnotes() -> None:
    hostile = replace(ANSWER, question="<b>몇\x00 대?</b>")
    data = word_file([hostile, REFUSAL])
    read = docx.Document(io.BytesIO(data))
    assert [p.text for p in read.paragraphs] == [
        "<b>몇 대?</b>", "18대이다. 각주", "왜?", "없습니다."
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(data)) as word:
        body, notes = (word.read(f"word/{part}.xml").decode() for part in ("document", "footnotes"))
    assert body.count("w:footnoteReference") == 1
    assert "“버스는 18대이다.” 보고서" in notes
    assert load("a.docx", data).text.count("버스는 18대이다.") == 1
