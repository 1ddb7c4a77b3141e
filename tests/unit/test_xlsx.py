"""Excel workbooks: tables with their labels, values as they are shown, what is left out."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats import LoadError, read
from geungeo.ingest.formats.office.number_format import displayed, displayed_date
from geungeo.ingest.formats.result import Read


def a_book(name: str = "명부") -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    return book, sheet


def as_read(book: Any) -> Read:
    data = io.BytesIO()
    book.save(data)
    return read(data.getvalue(), "a.xlsx")


def texts(found: Read, kind: str = "") -> list[str]:
    return [block.text for block in found.blocks if kind in ("", block.kind)]


def test_every_row_has_its_labels_however_far_below() -> None:
    book, sheet = a_book()
    sheet.append(["이름", "주소", "면적(㎡)"])
    for number in range(1, 201):
        sheet.append([f"창고{number}", f"바닷길 {number}", 100 + number])
    found = as_read(book)
    assert found.blocks[0] == Block("heading", "명부", level=1)
    assert texts(found, "row")[199] == "| 이름: 창고200 | 주소: 바닷길 200 | 면적(㎡): 300 |"


def test_a_lone_sheet_of_the_default_name_has_no_heading() -> None:
    book, sheet = a_book("Sheet1")
    sheet.append(["이름", "값"])
    sheet.append(["가", 1])
    assert [block.kind for block in as_read(book).blocks] == ["row"]


def test_titles_remarks_joined_cells_and_two_tables() -> None:
    book, sheet = a_book()
    sheet.append(["2031년 항만 현황"])
    sheet.append([None, None, None, "(단위: 만 톤)"])
    sheet.append(["구분", "부두", "물동량", None])
    sheet.append([None, None, "상반기", "하반기"])
    sheet.append(["동항", "1부두", 210, 190])
    sheet.append([None, "2부두", 30, 40])
    sheet.append(["※ 잠정치이다."])
    sheet.append([])
    sheet.append(["선박", "척수", "톤수"])
    sheet.append(["어선", 12, 340])
    for box in ("A1:D1", "A3:A4", "B3:B4", "C3:D3", "A5:A6"):
        sheet.merge_cells(box)
    assert [(b.kind, b.text) for b in as_read(book).blocks[1:]] == [
        ("caption", "2031년 항만 현황"),
        ("caption", "(단위: 만 톤)"),
        ("row", "| 구분: 동항 | 부두: 1부두 | 물동량 상반기: 210 | 물동량 하반기: 190 |"),
        ("row", "| 구분: 동항 | 부두: 2부두 | 물동량 상반기: 30 | 물동량 하반기: 40 |"),
        ("paragraph", "※ 잠정치이다."),
        ("row", "| 선박: 어선 | 척수: 12 | 톤수: 340 |"),
    ]


def test_a_table_goes_on_below_an_empty_row_and_stands_apart_beside_an_empty_column() -> None:
    book, sheet = a_book()
    sheet.append(["부두", "길이", "폭", None, "선박", "척수", "톤수"])
    sheet.append(["동부두", 100, 20, None, "어선", 3, 9])
    sheet.append([])
    sheet.append(["서부두", 200, 30])
    assert texts(as_read(book), "row") == [
        "| 부두: 동부두 | 길이: 100 | 폭: 20 |",
        "| 선박: 어선 | 척수: 3 | 톤수: 9 |",
        "| 부두: 서부두 | 길이: 200 | 폭: 30 |",
    ]


def test_values_are_as_shown() -> None:
    book, sheet = a_book()
    sheet.append(["날짜", "비율", "금액", "확인"])
    sheet.append([dt.date(2031, 4, 2), 0.15, 1234567, True])
    for cell, code in (("A2", 'yyyy"년" m"월" d"일"'), ("B2", "0%"), ("C2", '#,##0"원"')):
        sheet[cell].number_format = code
    assert texts(as_read(book), "row") == [
        "| 날짜: 2031-04-02 | 비율: 15% | 금액: 1,234,567원 | 확인: TRUE |"
    ]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (830, "General", "830"),
        (0.1 + 0.2, "G/표준", "0.3"),
        (0.153, "0.0%", "15.3%"),
        (-5, "#,##0;△#,##0", "△5"),
        (-1234.5, "#,##0.0", "-1,234.5"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"_-', "-"),
        (12000, "#,##0,", "12"),
        (7, "000", "007"),
        (325550142, "0##-###-####", "032-555-0142"),
        (4000, "[$₩-412]#,##0", "₩4,000"),
        (2.5, '0.00"㎡"', "2.50㎡"),
        (1.5, "# ?/?", "1.5"),
        (5, "[>=100]0;0.0", "5"),
    ],
)
def test_formats_of_numbers(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


def test_formats_of_dates() -> None:
    assert displayed_date(dt.datetime(2031, 4, 2, 9, 5), "yyyy-mm-dd h:mm") == "2031-04-02 09:05"
    assert displayed_date(dt.datetime(2031, 4, 1), 'yyyy"년" mm"월"') == "2031-04"
    assert displayed_date(dt.time(9, 30), "h:mm") == "09:30"


def test_what_is_hidden_or_drawn_is_named() -> None:
    book, sheet = a_book()
    sheet.append(["이름", "비밀", "값", "비고"])
    sheet.append(["가", "숨은 열", 1, "하나"])
    sheet.append(["숨은 줄", "x", 2, "둘"])
    sheet.append(["나", "숨은 열", 3, "셋"])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A2"].comment = Comment("덧붙인 말", "나")
    sheet["E9"] = "=SUM(C2:C4)"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=4))
    sheet.add_chart(chart, "H2")
    other = book.create_sheet("속셈")
    other.sheet_state = "hidden"
    other["A1"] = "숨은 시트의 글"
    found = as_read(book)
    assert texts(found) == [
        "명부",
        "| 이름: 가 | 값: 1 | 비고: 하나 |",
        "| 이름: 나 | 값: 3 | 비고: 셋 |",
    ]
    assert found.notes == (
        "hidden sheet left out: 속셈",
        "명부: 1 hidden row left out",
        "명부: 1 hidden column left out",
        "명부: 1 cell comment left out",
        "명부: 1 chart left out, the values are in cells",
        "명부: 1 formula without a value left out; save the workbook in Excel",
    )


def test_a_filter_names_the_header() -> None:
    book, sheet = a_book()
    sheet.append(["부서", "담당"])
    sheet.append(["항만과", "김항구"])
    sheet.append(["어업과", "이바다"])
    sheet.auto_filter.ref = "A1:B3"
    assert texts(as_read(book), "row") == [
        "| 부서: 항만과 | 담당: 김항구 |",
        "| 부서: 어업과 | 담당: 이바다 |",
    ]


def test_cells_at_the_far_edge_cost_nothing() -> None:
    book, sheet = a_book()
    sheet["A1"] = "처음의 글이다."
    sheet["XFD1048576"] = "끝의 글이다."
    sheet.merge_cells("A1:XFD1")
    assert texts(as_read(book))[1:] == ["처음의 글이다.", "끝의 글이다."]


def test_an_empty_workbook_says_so() -> None:
    book, _ = a_book()
    with pytest.raises(LoadError, match="no text in it"):
        as_read(book)
