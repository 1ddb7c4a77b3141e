"""PDF files: letters and rules by PDFium, put in order by ``ingest.layout``; scans by OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from geungeo.ingest.formats.pdf.forms import form_values
from geungeo.ingest.formats.pdf.ocr import DPI, NoOcrError, recognise
from geungeo.ingest.formats.pdf.rules import Ruled, ruled_tables
from geungeo.ingest.formats.pdf.text import segments
from geungeo.ingest.formats.result import PROTECTED, LoadError, Read
from geungeo.ingest.layout import Piece, blocks_of_pages, common_gutters, lines_of_page, text_lines
from geungeo.ingest.layout.page import Segment, Table, Thing, rows_of
from geungeo.ingest.tables import Cell
from geungeo.lang.documents.styles import PDF_NO_TITLE

MOST_PAGES = 5000
# A page with fewer letters than this and a picture on it is a scan.
_LEAST_LETTERS = 12
_LETTER = re.compile(r"\w")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read_pdf(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is damaged, locked, too long or without text."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise LoadError(PROTECTED if locked else f"damaged: {error}") from error
    try:
        if len(document) > MOST_PAGES:
            raise LoadError(f"{len(document):,} pages; {MOST_PAGES:,} are the most")
        found = _Found.of(document)
        given = _given(document)
    except (pdfium.PdfiumError, ValueError, KeyError, TypeError, AssertionError) as error:
        raise LoadError(f"damaged: {error}") from error
    finally:
        document.close()
    blocks = blocks_of_pages(found.pages)
    if not any(_LETTER.search(block.text) for block in blocks):
        raise LoadError("; ".join(("no text in it", *found.notes)))
    return Read(
        tuple(blocks),
        len(found.pages),
        tuple(found.recognised),
        given,
        "pypdfium2, pdfplumber",
        notes=tuple(found.notes),
    )


@dataclass
class _Found:
    """The pages that have been read so far."""

    pages: list[Sequence[Piece]] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    why: str = ""

    @classmethod
    def of(cls, document: pdfium.PdfDocument) -> _Found:
        found = cls()
        fields = form_values(document)
        placed: list[list[Thing]] = []
        scanned: dict[int, str] = {}
        for index in range(len(document)):
            page = document[index]
            try:
                placed.append([*_things(page, index + 1), *fields.get(index, ())])
                if _is_scan(page, placed[-1]):
                    scanned[index] = found.recognise(page, index + 1)
            finally:
                page.close()
        gutters = common_gutters(placed)
        for index, things in enumerate(placed):
            if scanned.get(index):
                found.pages.append(list(text_lines(scanned[index], index + 1)))
            else:
                found.pages.append(lines_of_page(things, index + 1, gutters))
        return found

    def recognise(self, page: pdfium.PdfPage, number: int) -> str:
        """The text of a scanned page; "" where it has none or cannot be read."""
        try:
            text = recognise(page.render(scale=DPI / 72).to_pil())
        except NoOcrError as error:
            self.unread.append(number)
            self.why = str(error)
            return ""
        if not _LETTER.search(text):
            return ""
        self.recognised.append(number)
        return text

    @property
    def notes(self) -> list[str]:
        if not self.unread:
            return []
        return [f"no text on the scanned pages {_ranges(self.unread)}: {self.why}"]


def _things(page: pdfium.PdfPage, number: int) -> list[Thing]:
    """What stands on a page: its ruled tables, and the text outside them."""
    ruled = ruled_tables(page)
    walls = [
        (x, top, bottom)
        for table in ruled
        for (left, top, right, bottom), *_ in table.cells
        for x in (left, right)
    ]
    rest = segments(page, walls)
    things: list[Thing] = []
    for table in ruled:
        inside = [one for one in rest if _is_within(one, table.box)]
        if inside:
            rest = [one for one in rest if not _is_within(one, table.box)]
            things.append(Table(*table.box, tuple(_cells(table, inside)), number))
    return [*things, *rest]


def _cells(table: Ruled, inside: Sequence[Segment]) -> Iterator[Cell]:
    """Cells with their lines parted by line breaks."""
    for box, row, column, rows, columns in table.cells:
        own = [one for one in inside if _is_within(one, box)]
        lines = (" ".join(one.text for one in line) for line in rows_of(own))
        yield Cell("\n".join(lines), row, column, rows, columns)


def _is_within(one: Segment, box: tuple[float, float, float, float]) -> bool:
    x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_scan(page: pdfium.PdfPage, things: Sequence[Thing]) -> bool:
    """Whether a page is a picture with hardly a letter on it."""
    if any(isinstance(one, Table) for one in things):
        return False
    letters = sum(len(_LETTER.findall(one.text)) for one in things if isinstance(one, Segment))
    if letters >= _LEAST_LETTERS:
        return False
    kinds = [pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    return any(True for _ in page.get_objects(filter=kinds, max_depth=2))


def _given(document: pdfium.PdfDocument) -> dict[str, str]:
    about = document.get_metadata_dict()
    given = {}
    title = (about.get("Title") or "").strip()
    if len(title) > 3 and not PDF_NO_TITLE.match(title):
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
