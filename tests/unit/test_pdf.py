"""PDF files drawn here, read as they look."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from geungeo.ingest.formats import Read, read

FONT = "HYSMyeongJo-Medium"
TOP = 780.0
LEFT_COLUMN = (
    "갯마을 협동조합은 지난해 가을부터 마을",
    "어귀의 빈 창고를 고쳐 작은 목욕탕과",
    "빨래방을 함께 열었다. 조합원이 아닌",
    "주민에게도 같은 값에 쓰게 하고 있다.",
    "올해에는 손수레를 빌려 주는 일도 시작",
    "하였으며 봄마다 나무를 심는다.",
)
RIGHT_COLUMN = (
    "산마을 조합은 오래된 방앗간을 사들여",
    "책방으로 꾸몄다. 책은 모두 주민이 내",
    "놓은 것이며 빌리는 값은 없다. 한 달에",
    "두 번은 밤에도 문을 열어 아이들에게",
    "옛이야기를 읽어 주고, 겨울에는 난로",
    "곁에서 뜨개질을 함께 배운다.",
)


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    for page in pages:
        canvas.setFont(FONT, 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def write(
    canvas: Canvas, lines: Sequence[str], left: float = 60, top: float = TOP, size: float = 11
) -> float:
    canvas.setFont(FONT, size)
    for number, line in enumerate(lines):
        canvas.drawString(left, top - number * size * 1.6, line)
    return top - len(lines) * size * 1.6


def rule(canvas: Canvas, columns: Sequence[float], rows: Sequence[float]) -> None:
    for x in columns:
        canvas.line(x, rows[0], x, rows[-1])
    for y in rows:
        canvas.line(columns[0], y, columns[-1], y)


def fill(
    canvas: Canvas, cells: Sequence[Sequence[str]], columns: Sequence[float], top: float
) -> None:
    rows = [top - 20 * number for number in range(len(cells) + 1)]
    rule(canvas, columns, rows)
    for number, row in enumerate(cells):
        for left, text in zip(columns, row, strict=False):
            canvas.drawString(left + 4, rows[number] - 14, text)


def texts(data: bytes, kind: str = "") -> list[str]:
    return [one.text for one in read(data, "a.pdf").blocks if kind in ("", one.kind)]


@pytest.mark.parametrize("row_by_row", [False, True])
def test_two_columns_are_read_one_after_the_other(row_by_row: bool) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, ["마을 조합이 하는 일"], size=16)
        if row_by_row:
            for number, pair in enumerate(zip(LEFT_COLUMN, RIGHT_COLUMN, strict=True)):
                for left, line in zip((60, 310), pair, strict=True):
                    write(canvas, [line], left, TOP - 40 - number * 18)
        else:
            write(canvas, LEFT_COLUMN, 60, TOP - 40)
            write(canvas, RIGHT_COLUMN, 310, TOP - 40)

    blocks = read(drawn(page), "a.pdf").blocks
    assert [one.kind for one in blocks] == ["heading", "paragraph", "paragraph"]
    assert blocks[1].text.endswith("빌려 주는 일도 시작하였으며 봄마다 나무를 심는다.")
    assert "책은 모두 주민이 내놓은 것이며" in blocks[2].text


def test_a_ruled_table_beside_a_column_leaves_its_sentences_whole() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LEFT_COLUMN, 60, TOP)
        fill(
            canvas,
            [["배", "값"], ["갈매기호", "2천 원"], ["두루미호", "3천 원"]],
            (320, 420, 500),
            TOP,
        )

    found = texts(drawn(page))
    assert "| 배: 두루미호 | 값: 3천 원 |" in found
    assert any(one.startswith("갯마을") and one.endswith("나무를 심는다.") for one in found)


ROUTES = [
    ["배", "떠나는 곳", "값"],
    ["갈매기호", "윗나루", "2천 원"],
    ["두루미호", "솔섬", "3천 원"],
]


def lay_across(canvas: Canvas) -> None:
    write(canvas, ["붙임. 뱃길과 뱃삯"], 60, 500, size=15)
    write(canvas, ["배는 하루에 두 번 떠나며, 물결이 높은 날에는 쉰다."], 60, 470)
    fill(canvas, ROUTES, (60, 200, 400, 700), 440)


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("is_shown_upright", [False, True])
def test_a_page_is_turned_until_its_text_is_upright(quarters: int, is_shown_upright: bool) -> None:
    def page(canvas: Canvas) -> None:
        if is_shown_upright:
            canvas.setPageRotation(90 * quarters)
        x, y = ((0, 0), (0, 842), (595, 842), (595, 0))[quarters]
        canvas.translate(x, y)
        canvas.rotate(-90 * quarters)
        lay_across(canvas)

    assert texts(drawn(page)) == [
        "붙임. 뱃길과 뱃삯",
        "배는 하루에 두 번 떠나며, 물결이 높은 날에는 쉰다.",
        "| 배: 갈매기호 | 떠나는 곳: 윗나루 | 값: 2천 원 |",
        "| 배: 두루미호 | 떠나는 곳: 솔섬 | 값: 3천 원 |",
    ]


def test_text_that_stands_aslant_parts_no_line_and_is_told() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LEFT_COLUMN)
        canvas.translate(60, 620)
        canvas.rotate(40)
        canvas.drawString(0, 0, "사본은 쓰지 마시오")

    found = read(drawn(page), "a.pdf")
    assert [one.text[-6:] for one in found.blocks] == ["를 심는다."]
    [note] = found.notes
    assert note == "text that stands aslant on the pages 1 is left out: 사본은 쓰지 마시오"


def test_what_stands_in_a_box_is_read_apart() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LEFT_COLUMN[:4], 60, TOP)
        canvas.rect(310, TOP - 90, 160, 105)
        at_a_glance = ["한눈에 보기", "목욕탕과 빨래방은 누구나", "같은 값에 씀", "문의: 조합"]
        write(canvas, at_a_glance, 318)
        canvas.rect(55, TOP - 125, 240, 44)
        write(canvas, ["손수레란 사람이 손으로 끄는 작은", "수레를 말한다."], 62, TOP - 98)
        write(canvas, LEFT_COLUMN[4:], 60, TOP - 145)

    found = texts(drawn(page))
    assert found[0].endswith("같은 값에 쓰게 하고 있다.")
    assert found[1] == "손수레란 사람이 손으로 끄는 작은 수레를 말한다."
    assert found[2] == "올해에는 손수레를 빌려 주는 일도 시작하였으며 봄마다 나무를 심는다."
    assert found[3:] == ["한눈에 보기", "목욕탕과 빨래방은 누구나 같은 값에 씀", "문의: 조합"]


def test_letters_set_apart_make_words_and_a_date_goes_on_after_its_line() -> None:
    def page(canvas: Canvas) -> None:
        for top, letters, value in (
            (TOP, "판결", ""), (TOP - 30, "사건", "2031가단77 대여금"),
            (TOP - 50, "원고", "나루협동조합"), (TOP - 70, "피고", "윗나루 주식회사"),
            (TOP - 90, "주문", ""),
        ):  # fmt: skip
            for left, letter in zip((80, 109), letters, strict=True):
                canvas.drawString(left, top, letter)
            canvas.drawString(132, top, value)
        first = "1. 피고는 원고에게 3,000,000원과 이에 대하여 2031. 2. 1.부터 2031. 9."
        write(canvas, [first], 80, 660)
        write(
            canvas,
            ["24.까지는 연 5%의, 그다음 날부터 다 갚는 날까지는 연 12%의 돈을", "주라."],
            96,
            642,
        )

    assert texts(drawn(page)) == [
        "판 결",
        "| 사건: 2031가단77 대여금 |",
        "| 원고: 나루협동조합 |",
        "| 피고: 윗나루 주식회사 |",
        "주 문",
        "1. 피고는 원고에게 3,000,000원과 이에 대하여 2031. 2. 1.부터 2031. 9. 24.까지는 연 5%의, "
        "그다음 날부터 다 갚는 날까지는 연 12%의 돈을 주라.",
    ]


def test_joined_header_cells_label_the_columns_below_them() -> None:
    def page(canvas: Canvas) -> None:
        columns, rows = (60, 160, 230, 300, 370, 440), (700, 680, 660, 640, 620)
        rule(canvas, (columns[0], columns[1], columns[3], columns[5]), (700, 680))
        rule(canvas, columns, rows[1:])
        canvas.line(60, 700, 60, 620)
        heads = ((64, 686, "나루"), (164, 686, "2031년"), (304, 686, "2032년"))
        for left, base, text in heads:
            canvas.drawString(left, base, text)
        for row, cells in enumerate(
            (("", "봄", "가을", "봄", "가을"), ("윗나루", "3척", "4척", "5척", "6척"),
             ("아랫나루", "1척", "2척", "2척", "9척")), 1
        ):  # fmt: skip
            for left, text in zip(columns, cells, strict=False):
                canvas.drawString(left + 4, rows[row] - 14, text)

    [first, second] = texts(drawn(page), "row")
    assert "2032년 가을: 9척" in second
    assert "2031년 봄: 3척" in first


def test_a_table_goes_on_over_pages_with_its_header() -> None:
    def cells(start: int, end: int) -> list[list[str]]:
        return [[f"{n}호", f"갈매기{n}", f"{n * 3}명"] for n in range(start, end)]

    columns = (60, 160, 260, 360)
    data = drawn(
        lambda canvas: fill(canvas, [["번호", "배", "정원"], *cells(1, 30)], columns, 800),
        lambda canvas: fill(canvas, cells(30, 40), columns, 800),
    )
    blocks = read(data, "a.pdf").blocks
    assert blocks[34].text == "| 번호: 35호 | 배: 갈매기35 | 정원: 105명 |"
    assert (blocks[28].page, blocks[34].page) == (1, 2)


def test_aligned_columns_without_rules_are_a_table() -> None:
    def page(canvas: Canvas) -> None:
        rows = (
            ("뱃길", "어른", "어린이"),
            ("솔섬", "5,000원", "2,500원"),
            ("돌섬", "7,000원", "3,500원"),
        )
        for number, row in enumerate(rows):
            for left, text in zip((60, 200, 320), row, strict=True):
                canvas.drawString(left, TOP - 20 * number, text)

    assert texts(drawn(page), "row")[1] == "| 뱃길: 돌섬 | 어른: 7,000원 | 어린이: 3,500원 |"


def test_heads_feet_and_footnotes_do_not_cut_a_sentence() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            write(canvas, ["마을 조합 연차 보고 | 갯마을"], 60, 820, 8)
            lines = LEFT_COLUMN[:3] if number == 1 else LEFT_COLUMN[3:]
            write(canvas, lines, 60, TOP)
            if number == 1:
                write(canvas, ["1) 창고는 소금을 두던 곳이다."], 60, 80, 8)
            write(canvas, [f"- {number} -"], 290, 30, 8)

        return draw

    blocks = read(drawn(page(1), page(2)), "a.pdf").blocks
    assert [one.kind for one in blocks] == ["paragraph", "note"]
    assert "조합원이 아닌 주민에게도 같은 값에" in blocks[0].text


def a_page(canvas: Canvas) -> None:
    write(canvas, LEFT_COLUMN)


def test_what_is_typed_into_a_form_stands_at_its_field() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, TOP, "Name:")
        canvas.acroForm.textfield(
            name="who", value="Oh Garam", x=110, y=TOP - 6, width=160, height=18
        )

    assert texts(drawn(page)) == ["Name: Oh Garam"]


def test_a_damaged_file_is_named() -> None:
    from geungeo.ingest.formats import LoadError

    with pytest.raises(LoadError, match="damaged"):
        read(drawn(a_page)[:300], "a.pdf")


def test_pages_are_counted() -> None:
    found: Read = read(drawn(*[a_page] * 3), "a.pdf")
    assert found.pages == 3
