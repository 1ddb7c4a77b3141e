"""PDF files, page by page: text by PDFium, ruled tables by pdfplumber, pictures of text by OCR."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress

import pdfplumber
import pypdfium2 as pdfium
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF

from ingest.formats.columns import by_columns
from ingest.formats.ocr import DPI, NoOcrError, recognise
from ingest.formats.read import LoadError, Page, Read

MOST_PAGES = 5000
# A page with fewer letters than this and a picture on it is a scan.
_LEAST_LETTERS = 12
# So many lines and boxes may rule a table.
_LEAST_RULES = 6
_HYPHENATED = re.compile(r"(?<=[a-z])-\r?\n(?=[a-z])")
# 서 울 시 는: letters set apart. Words then end where letters do, which nothing here tells; the
# analyzer reads Korean without spaces.
_SPACED_OUT = re.compile(r"(?<![가-힣])(?:[가-힣] ){3,}[가-힣](?![가-힣])")
_LETTER = re.compile(r"\w")
_SOFT_BREAK = re.compile("[\ufffe\uffff\x02]\r?\n?")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_DEFAULT_TITLE = re.compile(
    r"(?i)^(?:microsoft word|untitled|무제|제목 없음).*|.*\.(?:docx?|hwpx?|pptx?|pdf)$"
)


def read_pdf(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is damaged, locked, too long or without text."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise LoadError(
            "protected by a password; save it without one" if locked else f"damaged: {error}"
        ) from error
    try:
        if len(document) > MOST_PAGES:
            raise LoadError(f"{len(document):,} pages; {MOST_PAGES:,} are the most")
        with _Tables(data) as tables:
            pages, notes = _pages(document, tables)
        given = _given(document)
    except (pdfium.PdfiumError, ValueError, KeyError, TypeError, AssertionError) as error:
        raise LoadError(f"damaged: {error}") from error
    finally:
        document.close()
    if not any(_LETTER.search(page.text) for page in pages):
        raise LoadError("; ".join(("no text in it", *notes)))
    return Read(tuple(pages), given, "pypdfium2, pdfplumber", notes=tuple(notes))


class _Tables:
    """The ruled tables of a file's pages. What pdfplumber cannot read has none."""

    def __init__(self, data: bytes) -> None:
        self._plumber: PDF | None = None
        with suppress(Exception):
            self._plumber = pdfplumber.open(io.BytesIO(data))

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        if self._plumber is not None:
            # Closing looks at every page once more.
            with suppress(Exception):
                self._plumber.close()

    def text(self, number: int) -> str:
        """The text of a page, counted from 0, with its tables; "" where it has none."""
        if self._plumber is None:
            return ""
        with suppress(Exception):
            return _with_tables(self._plumber.pages[number])
        return ""


def _pages(document: pdfium.PdfDocument, tables: _Tables) -> tuple[list[Page], list[str]]:
    pages: list[Page] = []
    unread: list[int] = []
    why = ""
    for number in range(len(document)):
        page = document[number]
        text = _text(page)
        kinds = [thing.type for thing in page.get_objects(max_depth=2)]
        if kinds.count(pdfium.raw.FPDF_PAGEOBJ_PATH) >= _LEAST_RULES:
            text = tables.text(number) or text
        recognised = False
        is_scan = len(_LETTER.findall(text)) < _LEAST_LETTERS
        if is_scan and pdfium.raw.FPDF_PAGEOBJ_IMAGE in kinds:
            try:
                text = recognise(page.render(scale=DPI / 72).to_pil())
                recognised = bool(_LETTER.search(text))
            except NoOcrError as error:
                unread.append(number + 1)
                why = str(error)
        pages.append(Page(text, recognised))
        page.close()
    notes = [f"no text on the scanned pages {_ranges(unread)}: {why}"] if unread else []
    return pages, notes


def _text(page: pdfium.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        text: str = by_columns(text_page) or text_page.get_text_range()
    finally:
        text_page.close()
    text = _SOFT_BREAK.sub("", text)
    text = _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), text)
    return _HYPHENATED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _with_tables(page: PlumberPage) -> str:
    """The text of a page with its ruled tables as rows with bars, from top to bottom; "" where
    it has none. Cells that are joined repeat their text in every row and column."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    tables = [t for t in tables if max(len(row.cells) for row in t.rows) > 1]
    if not tables:
        return ""
    parts: list[str] = []
    top = page.bbox[1]
    for table in sorted(tables, key=lambda one: one.bbox[1]):
        _, upper, _, lower = table.bbox
        if upper > top:
            parts.append(_cropped(page, top, upper))
        parts.append("\n".join(_rows(table.extract())))
        top = max(top, lower)
    parts.append(_cropped(page, top, page.bbox[3]))
    return "\n\n".join(part for part in parts if part.strip())


def _cropped(page: PlumberPage, top: float, bottom: float) -> str:
    if bottom - top < 1:
        return ""
    text: str = page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text()
    return _HYPHENATED.sub("", text)


def _rows(table: list[list[str | None]]) -> Iterator[str]:
    """What a joined cell leaves is None: it spans columns in the first row, rows below it."""
    above: list[str] = []
    for row in table:
        cells: list[str] = []
        for column, cell in enumerate(row):
            if cell is not None:
                cells.append(" ".join(cell.split()))
            elif above:
                cells.append(above[column])
            else:
                cells.append(cells[-1] if cells else "")
        above = cells
        if any(cells):
            yield "| " + " | ".join(cells) + " |"


def _given(document: pdfium.PdfDocument) -> dict[str, str]:
    about = document.get_metadata_dict()
    given = {}
    title = (about.get("Title") or "").strip()
    if len(title) > 3 and not _DEFAULT_TITLE.match(title):
        given["title"] = title
    if made := _DATE.match(about.get("CreationDate") or ""):
        given["made"] = "-".join(made.groups())
    return given


def _ranges(numbers: list[int]) -> str:
    """1, 2, 3, 7 as 1–3, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
