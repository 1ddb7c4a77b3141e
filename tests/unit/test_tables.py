"""Tables as rows that can be read alone."""

from __future__ import annotations

from geungeo.ingest.blocks import Block
from geungeo.ingest.tables import Cell, plain_cells, table_blocks


def rows(*cells: Cell) -> list[str]:
    return [block.text for block in table_blocks(cells)]


def below(start: int, *texts: tuple[str, ...]) -> list[Cell]:
    return [Cell(c.text, c.row + start, c.column) for c in plain_cells(texts)]


def test_a_second_header_row_is_found_without_cells_joined_downwards() -> None:
    head = [Cell("구분", 0, 0), Cell("2030년", 0, 1, 1, 2), Cell("2031년", 0, 3, 1, 2)]
    half = ("상반기", "하반기")
    assert rows(*head, *below(1, ("", *half, *half), ("멸치", "12톤", "9톤", "8톤", "7톤"))) == [
        "| 구분: 멸치 | 2030년 상반기: 12톤 | 2030년 하반기: 9톤 | 2031년 상반기: 8톤 "
        "| 2031년 하반기: 7톤 |"
    ]


def test_a_form_with_joined_cells_has_no_second_header_row() -> None:
    form = [Cell("성명", 0, 0), Cell("김항구", 0, 1, 1, 2)]
    assert rows(*form, *below(1, ("주소", "바닷길", "동구"), ("직업", "어부", "선장")))[:1] == [
        "| 성명: 김항구 |"
    ]


def test_a_first_row_of_one_cell_names_the_table() -> None:
    head = Cell("창고 현황", 0, 0, 1, 3)
    table = below(1, ("이름", "주소", "면적"), ("동창고", "바닷길", "30"), ("서창고", "산길", "40"))
    assert table_blocks([head, *table]) == [
        Block("caption", "창고 현황"),
        Block("row", "| 이름: 동창고 | 주소: 바닷길 | 면적: 30 |"),
        Block("row", "| 이름: 서창고 | 주소: 산길 | 면적: 40 |"),
    ]


def test_a_label_may_begin_with_a_year_or_with_a_number() -> None:
    head = ("작목반", "회원 수", "2030년 출하액", "1인당 지급액", "2031 budget")
    values = [
        ("샛별반", "24", "18억 원", "42만 원", "3"),
        ("한빛반", "31", "21억 원", "7만 원", "4"),
    ]
    for row, own in zip(rows(*below(0, head, *values)), values, strict=True):
        assert row == f"| {' | '.join(map(': '.join, zip(head, own, strict=True)))} |"


def test_values_with_their_units_are_no_labels() -> None:
    table = (("9월 14일", "30명 이상", "2031년 3월"), ("9월 15일", "20명 이상", "2031년 4월"))
    assert rows(*below(0, *table)) == [
        "| 9월 14일 | 30명 이상 | 2031년 3월 |",
        "| 9월 15일 | 20명 이상 | 2031년 4월 |",
    ]


def test_a_pivot_table_is_labelled_by_its_full_row_and_an_empty_first_cell_is_the_one_above() -> (
    None
):
    head = (("어획량(톤)", "", "연도", "", ""), ("어종", "항구", "2030", "2031", "총합계"))
    body = (
        ("가자미", "윗나루", "12", "15", "27"),
        ("", "솔섬", "7", "", "7"),
        ("가자미 요약", "", "19", "15", "34"),
    )
    assert table_blocks([*below(0, *head), *below(2, *body)]) == [
        Block("caption", "어획량(톤) · 연도"),
        Block("row", "| 어종: 가자미 | 항구: 윗나루 | 2030: 12 | 2031: 15 | 총합계: 27 |"),
        Block("row", "| 어종: 가자미 | 항구: 솔섬 | 2030: 7 | 총합계: 7 |"),
        Block("row", "| 어종: 가자미 요약 | 2030: 19 | 2031: 15 | 총합계: 34 |"),
    ]


def test_a_wrapped_cell_is_no_row_of_the_group_above() -> None:
    head, body = (
        ("배", "하는 일", "값"),
        (("두루미호", "손님을 나르고", "3척"), ("", "고기도 잡음", "")),
    )
    assert rows(*below(0, head, *body))[1] == "| 하는 일: 고기도 잡음 |"
