"""PowerPoint decks: slides in order, what their shapes say, and what is left out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pptx
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats import read
from geungeo.ingest.formats.packaged.graphics import diagram_blocks
from geungeo.ingest.formats.packaged.package import Package
from geungeo.ingest.formats.result import Read

BOX = (Inches(1), Inches(2), Inches(4), Inches(2))


def saved(deck: Any) -> bytes:
    data = io.BytesIO()
    deck.save(data)
    return data.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return packed.getvalue()


def texts(found: Read, kind: str = "") -> list[str]:
    return [block.text for block in found.blocks if kind in ("", block.kind)]


def add_box(shapes: Any, text: str, left: float, top: float) -> None:
    shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1)).text_frame.text = text


def test_titles_bullets_and_speaker_notes() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "항만 계획"
    slide.placeholders[1].text_frame.text = "부두를 넓힌다"
    slide.placeholders[1].text_frame.add_paragraph().text = "수심을 잰다"
    slide.notes_slide.notes_text_frame.text = "파업으로 줄었다."
    other = deck.slides.add_slide(deck.slide_layouts[5])
    other.shapes.title.text = "둘째"
    found = read(saved(deck), "a.pptx")
    assert found.blocks == (
        Block("heading", "항만 계획", 1, 1),
        Block("item", "• 부두를 넓힌다", 1),
        Block("item", "• 수심을 잰다", 1),
        Block("note", "파업으로 줄었다.", 1),
        Block("heading", "둘째", 2, 1),
    )
    assert found.pages == 2


def test_shapes_are_read_from_the_top_and_then_from_the_left() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    add_box(slide.shapes, "아래", 1, 5)
    add_box(slide.shapes, "오른쪽", 5, 2.1)
    group = slide.shapes.add_group_shape()
    add_box(group.shapes, "왼쪽 둘", 1, 3)
    add_box(group.shapes, "왼쪽 하나", 1, 2)
    assert texts(read(saved(deck), "a.pptx")) == ["왼쪽 하나", "왼쪽 둘", "오른쪽", "아래"]


def test_tables_with_joined_cells_and_charts_are_rows() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, *BOX).table
    rows = (("부두", "2030년", "2031년"), ("동부두", "210", "190"), ("", "30척", "40척"))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    data: Any = CategoryChartData(number_format="0%")  # type: ignore[no-untyped-call]
    data.categories = ["봄", "가을"]
    data.add_series("동항", (0.5, 0.25))
    data.add_series("서항", (0.1, None))
    chart = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    chart.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, data)
    assert texts(read(saved(deck), "a.pptx"), "row") == [
        "| 부두: 동부두 | 2030년: 210 | 2031년: 190 |",
        "| 부두: 동부두 | 2030년: 30척 | 2031년: 40척 |",
        "| 봄 | 동항: 50% | 서항: 10% |",
        "| 가을 | 동항: 25% |",
    ]


def test_a_picture_that_is_linked_or_missing_costs_a_note() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    add_box(slide.shapes, "균열은 세 곳이다.", 1, 1)
    picture = io.BytesIO()
    Image.new("L", (4, 4)).save(picture, "PNG")
    slide.shapes.add_picture(picture, *BOX)
    data = changed(saved(deck), "ppt/slides/slide1.xml", b"r:embed=", b"r:link=")
    data = changed(
        data, "ppt/slides/_rels/slide1.xml.rels", b"../media/image1.png", b"../media/NULL"
    )
    found = read(data, "a.pptx")
    assert texts(found) == ["균열은 세 곳이다."]
    assert found.notes == ("1 picture left out",)


def test_hidden_and_broken_slides_are_named() -> None:
    deck = pptx.Presentation()
    for text in ("첫째", "숨은", "깨진", "끝"):
        add_box(deck.slides.add_slide(deck.slide_layouts[6]).shapes, text, 1, 1)
    deck.slides[1]._element.set("show", "0")
    name = "ppt/slides/slide3.xml"
    with zipfile.ZipFile(io.BytesIO(saved(deck))) as archive:
        content = archive.read(name)
    found = read(changed(saved(deck), name, content, b"not xml"), "a.pptx")
    assert [(block.text, block.page) for block in found.blocks] == [("첫째", 1), ("끝", 4)]
    assert found.notes == ("hidden slides left out: 2", "broken slides left out: 3")


def test_numbers_are_counted() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    add_box(slide.shapes, "하나\n둘\v이어진 줄\n셋", 1, 1)
    data = saved(deck)
    part = "ppt/slides/slide1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(part)
    numbered = re.sub(
        rb"<a:p>(?=<a:r>)", b'<a:p><a:pPr><a:buAutoNum type="arabicParenR"/></a:pPr>', xml
    )
    found = read(changed(data, part, xml, numbered), "a.pptx")
    assert texts(found, "item") == ["1) 하나", "2) 둘 이어진 줄", "3) 셋"]


def test_a_diagram_is_read_in_the_order_of_its_outline() -> None:
    def point(key: str, text: str, kind: str = "node") -> str:
        words = f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        return f'<d:pt modelId="{key}" type="{kind}"><d:t>{words}</d:t></d:pt>'

    def link(source: str, place: int, target: str) -> str:
        return f'<d:cxn modelId="c{target}" srcId="{source}" destId="{target}" srcOrd="{place}"/>'

    xml = (
        '<d:dataModel xmlns:d="urn:d" xmlns:a="urn:a"><d:ptLst>'
        + point("3", "심사") + point("0", "", "doc") + point("9", "무늬", "pres")
        + point("1", "접수") + point("2", "서류 확인")
        + "</d:ptLst><d:cxnLst>" + link("0", 1, "3") + link("0", 0, "1") + link("1", 0, "2")
        + "</d:cxnLst></d:dataModel>"
    )  # fmt: skip
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("data.xml", xml)
    root = Package(data.getvalue()).xml("data.xml")
    assert [b.text for b in diagram_blocks(root)] == ["• 접수", "• 서류 확인", "• 심사"]
