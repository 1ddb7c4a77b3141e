"""Word documents: what a reader sees of them, and what is named as left out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats import LoadError, read
from geungeo.ingest.formats.result import Read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def saved(document: Any, parts: dict[str, str] | None = None) -> bytes:
    """A document's bytes; ``parts`` are put in beside the body, by their kinds."""
    plain = io.BytesIO()
    document.save(plain)
    if not parts:
        return plain.getvalue()
    source = zipfile.ZipFile(plain)
    files = {name: source.read(name) for name in source.namelist()}
    relations = "".join(
        f'<Relationship Id="x{kind}" Type="{KINDS}{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    rels = "word/_rels/document.xml.rels"
    files[rels] = files[rels].replace(b"</Relationships>", f"{relations}</Relationships>".encode())
    files |= {f"word/{kind}.xml": text.encode() for kind, text in parts.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def with_xml(*paragraphs: str, **parts: str) -> Read:
    document = docx.Document()
    for xml in paragraphs:
        tag = re.match(r"<w:\w+", xml)
        assert tag
        element = parse_xml(xml.replace(tag[0], f"{tag[0]} {NAMES}", 1))
        document.element.body.insert(-1, element)
    return read(saved(document, parts), "a.docx")


def texts(found: Read, kind: str = "") -> list[str]:
    return [block.text for block in found.blocks if kind in ("", block.kind)]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_headings_lists_and_captions() -> None:
    document = docx.Document()
    document.core_properties.title = "항만 연보"
    document.core_properties.author = "항만과"
    document.add_heading("항만 연보", 0)
    document.add_heading("현황", 2)
    own = document.styles.add_style("보고서 절", 1)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("부두", style="보고서 절")
    document.add_paragraph("첫째 일", style="List Number")
    document.add_paragraph("둘째 일", style="List Number")
    document.add_paragraph("점 하나", style="List Bullet")
    document.add_paragraph("○ 손으로 쓴 표시")
    document.add_paragraph("표 1. 부두의 수", style="Caption")
    document.add_paragraph("부두는 일곱 곳이다.")
    found = read(saved(document), "a.docx")
    assert found.blocks == (
        Block("heading", "항만 연보", level=1),
        Block("heading", "현황", level=2),
        Block("heading", "부두", level=3),
        Block("item", "1. 첫째 일"),
        Block("item", "2. 둘째 일"),
        Block("item", "• 점 하나"),
        Block("item", "○ 손으로 쓴 표시"),
        Block("caption", "표 1. 부두의 수"),
        Block("paragraph", "부두는 일곱 곳이다."),
    )
    assert found.given == {"title": "항만 연보", "author": "항만과"}


def test_numbers_of_several_levels_begin_anew_below() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in (
            (0, "decimal", "%1."),
            (1, "ganada", "%2."),
            (2, "decimal", "%1-%3)"),
        )
    )
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def entry(level: int) -> str:
        numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'
        return f"<w:p><w:pPr>{numbered}</w:pPr>{run('일')}</w:p>"

    document = docx.Document()
    body = "".join(entry(level) for level in (0, 1, 1, 0, 1, 2))
    for element in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        document.element.body.insert(-1, element)
    rels = document.part.rels
    part = next(rel.target_part for rel in rels.values() if rel.reltype.endswith("/numbering"))
    part._element = parse_xml(numbering)
    assert texts(read(saved(document), "a.docx")) == [
        "1. 일", "가. 일", "나. 일", "2. 일", "가. 일", "2-1) 일",
    ]  # fmt: skip


def test_changes_are_read_as_accepted_and_named() -> None:
    found = with_xml(
        f"<w:p>{run('비용은 ')}<w:del>{run('3억 ')}</w:del><w:ins>{run('5억 ')}</w:ins>"
        f"{run('원이다.')}</w:p>",
        f"<w:p><w:moveFrom>{run('옮긴 글')}</w:moveFrom></w:p>",
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('앞의 줄은')}</w:p>",
        f"<w:p>{run('이어진다.')}</w:p>",
        f"<w:p>{run('보인다.')}{run('숨은 글', '<w:vanish/>')}</w:p>",
    )
    assert texts(found) == ["비용은 5억 원이다.", "앞의 줄은 이어진다.", "보인다."]
    assert "tracked changes: 2 deletions left out, 1 insertion read" in found.notes
    assert "hidden text left out (4 letters)" in found.notes


def test_notes_follow_their_paragraph() -> None:
    footnotes = (
        f'<w:footnotes {NAMES}><w:footnote w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="5"><w:p>{run("둘째 각주")}</w:p></w:footnote>'
        f'<w:footnote w:id="3"><w:p>{run("첫 각주")}</w:p></w:footnote></w:footnotes>'
    )
    endnotes = (
        f'<w:endnotes {NAMES}><w:endnote w:id="1"><w:p>{run("미주")}</w:p></w:endnote></w:endnotes>'
    )
    mark = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    found = with_xml(
        f"<w:p>{run('물가가')}{mark.format('footnote', 3)}{run(' 올랐다.')}</w:p>",
        f"<w:p>{run('끝났다.')}{mark.format('footnote', 5)}{mark.format('endnote', 1)}</w:p>",
        footnotes=footnotes,
        endnotes=endnotes,
        comments=f'<w:comments {NAMES}><w:comment w:id="0"/><w:comment w:id="1"/></w:comments>',
    )
    assert texts(found) == ["물가가 올랐다.", "1) 첫 각주", "끝났다.", "2) 둘째 각주", "i) 미주"]
    assert texts(found, "note") == ["1) 첫 각주", "2) 둘째 각주", "i) 미주"]
    assert "2 comments left out" in found.notes


def test_joined_cells_headers_and_nested_tables() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    rows = (
        ("부두", "물동량", ""),
        ("", "2030년", "2031년"),
        ("동부두", "210", "190"),
        ("", "30", "40"),
    )
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    document.add_paragraph("사이")
    frame = document.add_table(rows=1, cols=1).cell(0, 0)
    frame.paragraphs[0].text = "상자 안의 문장이다."
    inner = frame.add_table(rows=2, cols=2)
    for place, text in enumerate(("품목", "수량", "볼트", "720개")):
        inner.cell(place // 2, place % 2).text = text
    assert texts(read(saved(document), "a.docx")) == [
        "| 부두: 동부두 | 물동량 2030년: 210 | 물동량 2031년: 190 |",
        "| 부두: 동부두 | 물동량 2030년: 30 | 물동량 2031년: 40 |",
        "사이",
        "상자 안의 문장이다.",
        "| 품목: 볼트 | 수량: 720개 |",
    ]


def test_rows_that_the_file_names_as_headers_label_the_others() -> None:
    header = "<w:trPr><w:tblHeader/></w:trPr>"
    rows = "".join(
        f"<w:tr>{header if not number else ''}"
        + "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in row)
        + "</w:tr>"
        for number, row in enumerate((("담당", "이름"), ("항만", "김항구"), ("어업", "이바다")))
    )
    found = with_xml(f"<w:tbl>{rows}</w:tbl>")
    assert texts(found, "row") == ["| 담당: 항만 | 이름: 김항구 |", "| 담당: 어업 | 이름: 이바다 |"]


def test_text_boxes_are_read_once_and_line_breaks_part_only_entries() -> None:
    box = f"<w:txbxContent><w:p>{run('글상자의 글이다.')}</w:p></w:txbxContent>"
    line_break = "<w:r><w:br/></w:r>"
    found = with_xml(
        f"<w:p>{run('본문이다.')}<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='x'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        f"<w:p>{run('줄을 바꾼')}{line_break}{run('한 문장이다.')}</w:p>",
        f"<w:p>{run('담당: 항만과')}{line_break}{run('전화: 032-555-0199')}</w:p>",
    )
    assert texts(found) == [
        "본문이다.",
        "글상자의 글이다.",
        "줄을 바꾼 한 문장이다.",
        "담당: 항만과",
        "전화: 032-555-0199",
    ]


def test_equations_are_lines() -> None:
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>"
    fraction = f"<m:f>{part.format('num', 'a+b')}{part.format('den', '2')}</m:f>"
    power = f"<m:sSup>{part.format('e', 'x')}{part.format('sup', '2')}</m:sSup>"
    found = with_xml(
        f"<w:p>{run('면적은 ')}<m:oMath>{fraction}{power}</m:oMath>{run('이다.')}</w:p>"
    )
    assert texts(found) == ["면적은 (a+b)/2x^2이다."]


def test_a_chart_is_read_and_a_broken_one_is_named() -> None:
    def cache(kind: str, *values: str) -> str:
        points = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))
        return f"<c:{kind}Ref><c:{kind}Cache>{points}</c:{kind}Cache></c:{kind}Ref>"

    series = (
        f"<c:ser><c:tx>{cache('str', '어획량(톤)')}</c:tx>"
        f"<c:cat>{cache('str', '봄', '가을')}</c:cat>"
        f"<c:val>{cache('num', '12', '30.5')}</c:val></c:ser>"
    )
    chart = (
        f"<c:chartSpace {NAMES}><c:chart><c:plotArea>{series}</c:plotArea></c:chart></c:chartSpace>"
    )
    drawing = '<w:p><w:r><w:drawing><c:chart r:id="{}"/></w:drawing></w:r></w:p>'
    found = with_xml(drawing.format("xchart"), drawing.format("rId999"), chart=chart)
    assert texts(found) == ["| 봄 | 어획량(톤): 12 |", "| 가을 | 어획량(톤): 30.5 |"]
    assert "a chart left out: it holds no text" in found.notes


def test_page_headers_are_named_once() -> None:
    document = docx.Document()
    document.add_paragraph("본문이다.")
    document.sections[0].header.paragraphs[0].text = "내부 문서 제7호"
    document.add_section().header.is_linked_to_previous = True
    found = read(saved(document), "a.docx")
    assert texts(found) == ["본문이다."]
    assert found.notes == ("page header left out: 내부 문서 제7호",)


@pytest.mark.parametrize("said", ["2", "9"])
def test_pages_are_taken_where_word_counted_as_many(said: str) -> None:
    document = docx.Document()
    document.add_paragraph("앞쪽이다.")
    document.element.body.insert(
        -1,
        parse_xml(f"<w:p {NAMES}><w:r><w:lastRenderedPageBreak/><w:t>뒤쪽이다.</w:t></w:r></w:p>"),
    )
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    app = "docProps/app.xml"
    files[app] = re.sub(rb"<Pages>\d+", f"<Pages>{said}".encode(), files[app])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    found = read(packed.getvalue(), "a.docx")
    assert (found.pages, [b.page for b in found.blocks]) == (
        (2, [1, 2]) if said == "2" else (1, [1, 1])
    )


def a_docx_without(part: str) -> bytes:
    document = docx.Document()
    document.add_paragraph("글")
    source = zipfile.ZipFile(io.BytesIO(saved(document)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in source.namelist():
            if name != part:
                archive.writestr(name, source.read(name))
    return packed.getvalue()


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "docProps/core.xml"])
def test_a_missing_part_costs_no_text(part: str) -> None:
    assert texts(read(a_docx_without(part), "a.docx")) == ["글"]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: a_docx_without("word/document.xml"), "main part is missing"),
        (lambda: saved(docx.Document()), "no text in it"),
    ],
)
def test_what_cannot_be_read_says_why(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        read(make(), "a.docx")


def test_a_heading_is_known_without_its_style() -> None:
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading7"/></w:pPr>{run("절")}</w:p>'
    document = docx.Document()
    document.styles.element.remove(document.styles["Heading 7"].element)
    document.element.body.insert(-1, parse_xml(heading.replace("<w:p>", f"<w:p {NAMES}>", 1)))
    assert read(saved(document), "a.docx").blocks == (Block("heading", "절", level=7),)
