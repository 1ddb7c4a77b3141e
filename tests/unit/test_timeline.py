"""Documents over time."""

from geungeo.ui.page.timeline import timeline
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import DocumentSummary

SAY = STRINGS["ko"]


def document(date: str, organisation: str, title: str = "보고서") -> DocumentSummary:
    return DocumentSummary("/a", "a", "x", title, date, organisation, "", "ko", 1, "", "", 1)


def test_a_row_for_each_organisation_and_a_mark_for_each_document() -> None:
    shown = timeline(
        [document("2018-12-17", "서울연구원"), document("2024", "서울연구원"),
         document("2024-07", "", "<b>보도</b>"), document("", "날짜 없음")],
        SAY,
    )  # fmt: skip
    assert shown.count("<i ") == 3
    assert "서울연구원" in shown
    assert "기관 미상" in shown
    assert "날짜 없음" not in shown
    assert "&lt;b&gt;보도" in shown
    assert ">2019<" in shown
    assert ">2024<" in shown


def test_nothing_to_compare_shows_nothing() -> None:
    assert timeline([], SAY) == ""
    assert timeline([document("2024-07-30", "서울시")], SAY) == ""
    assert timeline([document("2024-13-40", "a"), document("작년", "b")], SAY) == ""
