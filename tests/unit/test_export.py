"""A conversation as Markdown."""

from rag.answer import Answer, Citation
from ui.export import markdown
from vectorstore import Passage


def test_quotes_become_footnotes_of_their_answer() -> None:
    passage = Passage(
        1, "a.txt", "/a.txt", "보고서", "2024-05-02", "", "", "ko", "1. 배경", 3, 0, 20,
        "버스는 18대이다.", (),
    )  # fmt: skip
    citation = Citation(1, "버스는\n18대이다.", 0, 9, 0.9, passage)
    answer = Answer("몇 대?", "18대이다. [1] 각주 [7]", False, "ko", "extractive", (citation,))
    refusal = Answer("왜?", "없습니다.", True, "ko", "extractive")
    assert markdown([answer, refusal]) == (
        "## 몇 대?\n\n18대이다. [^1-1] 각주 [7]\n\n"
        "[^1-1]: “버스는 18대이다.” 보고서, 2024-05-02, a.txt, p. 3, 1. 배경\n\n"
        "## 왜?\n\n없습니다.\n\n\n"
    )
