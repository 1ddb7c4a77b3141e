"""Text of documents as HTML: tables are tables, quotes are marked, nothing is markup."""

from geungeo.ui.page.passage import as_html

TABLE = "예산은 다음과 같다.\n| 팀: 환경 | 예산: 2억 |\n| 팀: 경제 | 예산: 4억 |\n이상이다."


def test_rows_are_a_table_under_their_labels_and_lines_are_lines() -> None:
    assert as_html(TABLE) == (
        '예산은 다음과 같다.<div class="scroll"><table><tr><th>팀</th><th>예산</th></tr>'
        "<tr><td>환경</td><td>2억</td></tr><tr><td>경제</td><td>4억</td></tr></table></div>이상이다."
    )


def test_rows_without_labels_have_no_head() -> None:
    assert "<th>" not in as_html("| 팀 | 예산 |\n| 경제 | 4억 |")


def test_the_cells_that_a_quote_reaches_are_marked() -> None:
    start = TABLE.index("| 팀: 경제")
    whole = as_html(TABLE, (start, start + len("| 팀: 경제 | 예산: 4억 |")))
    assert "<td><mark>경제</mark></td><td><mark>4억</mark></td>" in whole
    assert whole.count("<mark>") == 2
    start = TABLE.index("4억")
    assert as_html(TABLE, (start, start + 2)).count("<mark>") == 1


def test_a_stretch_of_lines_is_marked() -> None:
    assert as_html("하나\n둘\n셋", (1, 4)) == "하<mark>나\n둘</mark>\n셋"
    assert as_html("하나", (0, 0)) == "하나"


def test_markup_stays_text() -> None:
    hostile = "<script>x</script>\n| <img src=x> | [a](javascript:x) |\n<svg onload=x>"
    shown = as_html(hostile, (0, len(hostile)))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<svg" not in shown
    assert "href" not in shown
