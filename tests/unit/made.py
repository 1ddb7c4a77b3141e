"""Files of every format that is read, made here by the libraries that offices' programs use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import docx
import openpyxl
import pptx
from odf.opendocument import OpenDocumentText
from odf.text import H, P
from pptx.util import Inches
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

FONT = "HYSMyeongJo-Medium"
ROWS = [["팀", "2024년", "2025년"], ["경제팀", "4억 원", "5억 원"], ["문화팀", "3억 원", "4억 원"]]


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    data = io.BytesIO()
    save(data)
    return data.getvalue()


def fill(table: Any) -> None:
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text


def a_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = "도시외교 연차보고"
    document.add_heading("예산", 1)
    document.add_paragraph("통합위원회의 예산은 다음과 같다.")
    table = document.add_table(rows=3, cols=3)
    fill(table)
    return saved(document.save)


def a_docx_with_a_footnote() -> bytes:
    """python-docx writes none, so that its parts are put in by hand."""
    document = docx.Document()
    document.add_paragraph("방문객이 늘었다.")
    plain = zipfile.ZipFile(io.BytesIO(saved(document.save)))
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="2"><w:p><w:r><w:t>각주의 수치는 2019년의 것이다.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    added = {
        "word/document.xml": (
            "</w:t></w:r>", '</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        ),
        "[Content_Types].xml": (
            "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
        ),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>',
        ),
    }  # fmt: skip
    files = {name: plain.read(name) for name in plain.namelist()}
    for name, (old, new) in added.items():
        files[name] = files[name].decode().replace(old, new, 1).encode()
    return a_zip({**files, "word/footnotes.xml": note.encode()})


def a_pptx() -> bytes:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "예산"
    size = (Inches(1), Inches(2), Inches(6), Inches(2))
    table = slide.shapes.add_table(3, 3, *size).table
    fill(table)
    return saved(slides.save)


def an_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "예산"
    for row in ROWS:
        sheet.append(row)
    return saved(book.save)


def an_odt() -> bytes:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="예산"))
    document.text.addElement(P(text="경제팀의 2025년 예산은 5억 원이다."))
    return saved(document.save)


def a_mail(attached: bytes = b"") -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "예산 회의"
    mail["From"] = "a@example.org"
    mail["Date"] = "Mon, 02 Sep 2024 10:00:00 +0900"
    mail.set_content("경제팀의 2025년 예산은 5억 원입니다.")
    if attached:
        mail.add_attachment(
            attached, maintype="application", subtype="octet-stream", filename="예산.docx"
        )
    return bytes(mail)


def a_pdf(pages: int = 4) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("body", fontName=FONT, fontSize=11, leading=16)

    def edges(canvas: object, document: object) -> None:
        canvas.setFont(FONT, 9)  # type: ignore[attr-defined]
        canvas.drawString(72, 810, "한강도시연구소 연차보고서")  # type: ignore[attr-defined]
        canvas.drawString(280, 30, f"- {document.page} -")  # type: ignore[attr-defined]

    story: list[object] = []
    for page in range(1, pages + 1):
        lines = (f"{page}쪽의 {n}번째 이야기는 도시 {page * 10 + n}곳을 다룬다." for n in range(6))
        story.extend(Paragraph(line, style) for line in lines)
        if page == 2:
            grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT)]
            joined = [["팀", "예산", ""], ["", "2024년", "2025년"], *ROWS[1:]]
            spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))]
            story.append(Table(joined, style=TableStyle([*grid, *spans])))
        story.append(PageBreak())
    data = io.BytesIO()
    SimpleDocTemplate(data, title="도시외교 연차보고").build(
        story, onFirstPage=edges, onLaterPages=edges
    )
    return data.getvalue()


def a_zip(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def drawn(lines: list[tuple[float, float, str]]) -> bytes:
    """A page with text at places in points, written in the order given."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    data = io.BytesIO()
    page = Canvas(data, pagesize=(595, 842))
    page.setFont(FONT, 10)
    for left, bottom, text in lines:
        page.drawString(left, bottom, text)
    page.save()
    return data.getvalue()


def a_page_of_two_columns() -> bytes:
    """Its columns are held row by row."""
    return drawn(
        [
            (left, 760.0 - 16 * n, f"{side} 단의 {n}번째 줄에는 도시 이야기")
            for n in range(20)
            for left, side in ((60.0, "왼쪽"), (320.0, "오른쪽"))
        ]
    )
