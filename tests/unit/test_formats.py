"""Files of every format that is read, and what is broken or none of them."""

from __future__ import annotations

import io
from email.message import EmailMessage

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from PIL.ImageFilter import GaussianBlur

from geungeo.ingest.chunk import chunk
from geungeo.ingest.formats import LoadError, NotADocumentError, detect
from geungeo.ingest.formats.pdf.ocr import NoOcrError, UnreadError, recognise
from geungeo.ingest.load import load
from geungeo.lang import Analyzer
from tests.conftest import SHARED, needs_shared
from tests.unit.made import (
    a_docx,
    a_docx_with_a_footnote,
    a_mail,
    a_pdf,
    a_pptx,
    a_zip,
    an_odt,
    an_xlsx,
    drawn,
)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", a_docx()), ("a.pptx", a_pptx()), ("a.xlsx", an_xlsx())],
    ids=["docx", "pptx", "xlsx"],
)
def test_tables_of_office_files_are_rows_with_bars(name: str, data: bytes) -> None:
    loaded = load(name, data)
    assert "예산" in loaded.text
    assert "| 팀: 경제팀 | 2024년: 4억 원 | 2025년: 5억 원 |" in loaded.text
    assert "---" not in loaded.text


def test_the_title_of_an_office_file_is_its_own() -> None:
    assert load("a.docx", a_docx()).given["title"] == "도시외교 연차보고"
    assert "title" not in load("a.pptx", a_pptx()).given


def test_odt_and_mail() -> None:
    assert load("a.odt", an_odt()).parts[0].kind == "heading"
    mail = load("a.eml", a_mail(a_docx()))
    assert mail.text == "경제팀의 2025년 예산은 5억 원입니다."
    assert mail.given == {"title": "예산 회의", "date": "2024-09-02"}
    assert [member.name for member in mail.members] == ["예산.docx"]


def test_a_page_saved_as_one_file() -> None:
    page = EmailMessage()
    page["Subject"] = "통합위원회 예산"
    page["MIME-Version"] = "1.0"
    page.set_content("<html><body><nav>메뉴</nav><p>예산은 5억 원이다.</p></body></html>", "html")
    page.make_related()
    loaded = load("a.mhtml", bytes(page))
    assert loaded.text == "예산은 5억 원이다."
    assert loaded.given["title"] == "통합위원회 예산"


def test_a_table_in_text() -> None:
    source = "팀,2024년,2025년\n경제팀,4억 원,5억 원\n".encode("cp949")
    assert load("a.csv", source).text == "| 팀: 경제팀 | 2024년: 4억 원 | 2025년: 5억 원 |"


def test_what_stands_alone_above_and_below_a_table_in_text_is_text() -> None:
    table = "이름,면적,\n동관,30,\n서관,40,\n"
    source = f"체육관 현황,,\n체육관은 새벽 5시에 연다.,,\n{table}겨울에는 쉰다.\n"
    assert load("a.csv", source.encode()).text.split("\n\n") == [
        "체육관 현황",
        "체육관은 새벽 5시에 연다.",
        "| 이름: 동관 | 면적: 30 |\n| 이름: 서관 | 면적: 40 |",
        "겨울에는 쉰다.",
    ]


def test_a_pdf_has_pages_tables_with_joined_cells_and_no_headers(analyzer: Analyzer) -> None:
    loaded = load("a.pdf", a_pdf())
    assert loaded.pages == 4
    assert loaded.given["title"] == "도시외교 연차보고"
    assert "연차보고서" not in loaded.text
    assert "- 2 -" not in loaded.text
    assert "| 팀: 경제팀 | 예산 2024년: 4억 원 | 예산 2025년: 5억 원 |" in loaded.text
    for piece in chunk(loaded.text, loaded.parts, analyzer):
        text = loaded.text[piece.start : piece.end]
        assert f"{piece.page}쪽의" in text or "경제팀" in text


@pytest.mark.parametrize("row_by_row", [True, False])
def test_a_page_of_two_columns_is_read_one_after_the_other(row_by_row: bool) -> None:
    left = [(60.0, 760 - 16 * n, f"왼쪽 단의 {n}번째 줄에는 서울 이야기") for n in range(20)]
    right = [(320.0, 760 - 16 * n, f"오른쪽 단의 {n}번째 줄은 베이징 이야기") for n in range(20)]
    rows = [line for pair in zip(left, right, strict=True) for line in pair]
    head = (60.0, 800.0, "두 도시의 협력을 다룬 보고서의 제목은 두 단에 걸쳐 길게 놓인다")
    foot = (60.0, 60.0, "1) 이 수치는 2019년을 기준으로 하며 그 뒤의 변화는 본문에 따로 적는다")
    text = load("a.pdf", drawn([head, *(rows if row_by_row else left + right), foot])).text
    assert "".join(text.split()) == "".join(
        "".join(line.split()) for *_, line in (head, *left, *right, foot)
    )


def test_a_table_without_rules_stays_in_rows() -> None:
    cells = [(60.0, 760 - 16 * n, f"{n}월") for n in range(1, 13)]
    values = [(320.0, 760 - 16 * n, f"{n * 10}명이 다녀갔다") for n in range(1, 13)]
    labels = [(90.0, 780.0, "달"), (320.0, 780.0, "방문한 사람의 수와 그 전 해와 견준 것")]
    rows = [line for pair in zip(cells, values, strict=True) for line in pair]
    assert "| 3월: 30명이 다녀갔다 |" in load("a.pdf", drawn([*labels, *rows])).text


def test_letters_that_are_set_apart_make_words(analyzer: Analyzer) -> None:
    text = load(
        "a.pdf", drawn([(60, 700, "서 울 시 는  협 력 을  넓 힌 다. 그 때 온 사람이다.")])
    ).text
    assert text == "서울시는협력을넓힌다. 그 때 온 사람이다."
    assert {"서울", "협력", "넓히다"} <= set(analyzer.terms(text))


def test_footnotes_and_captions_are_kept() -> None:
    page = (
        "<article><h1>보고서</h1><p>방문객이 늘었다.<sup>1)</sup></p>"
        '<figure><img src="a.png"><figcaption>두 시장이 만나는 모습</figcaption></figure>'
        "<table><caption>표 1. 예산</caption><tr><th>팀</th></tr><tr><td>경제</td></tr></table>"
        "<p>1) 2019년을 기준으로 한다.</p></article>"
    )
    text = load("a.html", f"<html><body>{page}</body></html>".encode()).text
    for kept in ("늘었다.1)", "두 시장이 만나는 모습", "표 1. 예산", "1) 2019년을 기준으로 한다."):
        assert kept in text
    assert "각주의 수치는 2019년" in load("a.docx", a_docx_with_a_footnote()).text


@pytest.fixture
def ocr() -> None:
    try:
        recognise(Image.new("L", (50, 50), 255))
    except UnreadError:
        raise
    except NoOcrError as error:
        pytest.skip(str(error))


@pytest.mark.usefixtures("ocr")
def test_a_grainy_scan_is_read() -> None:
    page = pdfium.PdfDocument(a_pdf(1))[0].render(scale=300 / 72).to_pil().convert("L")
    grain = np.random.default_rng(0).normal(0, 18, (page.height, page.width))
    grey = np.asarray(page.filter(GaussianBlur(1.2))) * 0.75 + 40 + grain
    scan = io.BytesIO()
    Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(scan, "PDF", resolution=300)
    loaded = load("scan.pdf", scan.getvalue())
    assert loaded.recognised_pages == (1,)
    assert "1쪽의3번째이야기" in "".join(loaded.text.split())


def test_a_pdf_whose_structure_is_damaged_keeps_its_text() -> None:
    data = a_pdf(1).replace(b"/ProcSet", b"/b'Set x", 1)
    assert "1쪽의 3번째 이야기" in load("a.pdf", data).text


def test_content_decides_not_the_name() -> None:
    assert detect(a_docx(), ".txt") == "office"
    assert "경제팀" in load("a.txt", an_xlsx()).text
    assert "경제팀" in load("a.hwp", a_docx()).text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", a_pdf()[:2000], "damaged"),
        ("a.docx", a_docx()[:-400], "damaged"),
        ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "damaged"),
        ("a.zip", a_zip({}), "no files"),
        ("a.txt", b"\0\1\2" * 100, "NUL"),
    ],
    ids=["pdf", "docx", "hwp", "zip", "txt"],
)
def test_what_is_broken_is_named(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason) as caught:
        load(name, data)
    assert not isinstance(caught.value, NotADocumentError)


@pytest.mark.parametrize(
    ("name", "data"), [("photo.jpg", b"\xff\xd8\xff\xe0"), ("tool.exe", b"MZ\0\0" * 50)]
)
def test_what_is_no_document_is_told_apart(name: str, data: bytes) -> None:
    with pytest.raises(NotADocumentError):
        load(name, data)


def test_files_of_an_archive_stay_within_it() -> None:
    data = a_zip(
        {"../../etc/서울.txt": b"x", "/abs/b.txt": b"y", "C:/c.txt": b"z", ".hidden": b"h"}
    )
    names = [member.name for member in load("a.zip", data).members]
    assert names == ["etc/서울.txt", "abs/b.txt", "c.txt"]


def test_a_bomb_is_left_out_and_said() -> None:
    data = a_zip({"bomb.txt": b"\0" * 50_000_000, "good.txt": "서울이다.".encode()})
    loaded = load("a.zip", data)
    assert [member.name for member in loaded.members] == ["good.txt"]
    assert "bomb.txt: unpacks to 50,000,000 bytes" in loaded.notes[0]


def test_an_archive_with_a_broken_stream_is_named() -> None:
    data = bytearray(a_zip({"a.txt": bytes(range(256)) * 40}))
    start = data.index(b"a.txt") + len("a.txt")
    data[start : start + 60] = b"\xff" * 60
    with pytest.raises(LoadError, match="archive is damaged"):
        load("a.zip", bytes(data))


def test_a_locked_archive_is_named() -> None:
    data = bytearray(a_zip({"a.txt": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(LoadError, match="password"):
        load("a.zip", bytes(data))


@needs_shared
def test_the_real_hwp_files() -> None:
    files = {file.name: file for file in (SHARED / "hwp").glob("*.hwp*")}

    def text(name: str) -> str:
        return load(name, files[name].read_bytes()).text

    assert "행사일시: 2023. 10. 21.(토) 15:00 ~ 20:40" in text("20230728_test.hwpx")
    assert len(text("20230728_test.hwpx")) > 20_000
    assert "울산광역시 남구 공고 제2021-174호" in text("20240626_no_manifest.hwpx")
    assert "| 이름: 개똥이 | 국어: 89 | 영어: 65 | 수학: 78 |" in text("textextractor_Table.hwpx")
    assert "| 6,0 | 6,1 |" in text("merging-cell.hwp")
    with pytest.raises(LoadError, match="배포용"):
        text("distribution.hwp")
