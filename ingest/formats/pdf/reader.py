"""PDF files: letters and rules by PDFium, put in order by ``ingest.layout``; scans by OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from textwrap import shorten

import pypdfium2 as pdfium

from geungeo.ingest.formats.pdf.forms import form_values, forms_of
from geungeo.ingest.formats.pdf.ocr import DPI, NoOcrError, recognise
from geungeo.ingest.formats.pdf.rules import Ruled, rules_of
from geungeo.ingest.formats.pdf.text import segments
from geungeo.ingest.formats.pdf.turns import Standing, Turn
from geungeo.ingest.formats.result import PROTECTED, LoadError, Read
from geungeo.ingest.layout import Piece, blocks_of_pages, common_gutters, lines_of_page, text_lines
from geungeo.ingest.layout.frames import with_frames
from geungeo.ingest.layout.page import Segment, Table, Thing, rows_of
from geungeo.ingest.tables import Cell
from geungeo.lang.documents.styles import PDF_NO_TITLE

MOST_PAGES = 5000
# A page with fewer letters than this and a picture on it is a scan.
_LEAST_LETTERS = 12
_LONGEST_NOTE = 100
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
    aslant: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: pdfium.PdfDocument) -> _Found:
        found = cls()
        forms = forms_of(document)
        placed: list[list[list[Thing]]] = []
        scanned: dict[int, str] = {}
        for index in range(len(document)):
            page = document[index]
            try:
                placed.append(found.place(page, index + 1, forms))
                if _is_scan(page, placed[-1]):
                    scanned[index] = found.recognise(page, index + 1)
            finally:
                page.close()
        gutters = common_gutters([own for held in placed for own in held])
        for number, held in enumerate(placed, 1):
            if text := scanned.get(number - 1):
                found.pages.append(list(text_lines(text, number)))
            else:
                lines = [lines_of_page(own, number, gutters) for own in held]
                found.pages.append(list(chain.from_iterable(lines)))
        return found

    def place(
        self, page: pdfium.PdfPage, number: int, forms: pdfium.PdfFormEnv | None
    ) -> list[list[Thing]]:
        """What stands on a page, one list for each way in which it has to be held."""
        text_page = page.get_textpage()
        try:
            standing = Standing.of(page, text_page)
            if standing.aslant:
                self.aslant[number] = standing.aslant
            placed = [_things(page, text_page, standing, turn, number) for turn in standing.turns]
        finally:
            text_page.close()
        if forms:
            placed[0] += form_values(forms, page, standing.turns[0])
        return placed

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
        notes = []
        if self.aslant:
            told = shorten("; ".join(dict.fromkeys(self.aslant.values())), _LONGEST_NOTE)
            pages = _ranges(list(self.aslant))
            notes.append(f"text that stands aslant on the pages {pages} is left out: {told}")
        if self.unread:
            notes.append(f"no text on the scanned pages {_ranges(self.unread)}: {self.why}")
        return notes


def _things(
    page: pdfium.PdfPage,
    text_page: pdfium.PdfTextPage,
    standing: Standing,
    turn: Turn,
    number: int,
) -> list[Thing]:
    """What stands upright on a page as it is held: its ruled tables, the text outside them, and
    what is framed."""
    rules = rules_of(page, turn)
    walls = [
        (x, top, bottom)
        for table in rules.tables
        for (left, top, right, bottom), *_ in table.cells
        for x in (left, right)
    ]
    rest = list(segments(text_page, standing.quarters, turn, walls))
    things: list[Thing] = []
    for table in rules.tables:
        inside = [one for one in rest if one.is_within(table.box)]
        if inside:
            rest = [one for one in rest if not one.is_within(table.box)]
            things.append(Table(*table.box, tuple(_cells(table, inside)), number))
    return with_frames([*things, *rest], rules.frames)


def _cells(table: Ruled, inside: Sequence[Segment]) -> Iterator[Cell]:
    """Cells with their lines parted by line breaks."""
    for box, row, column, rows, columns in table.cells:
        own = [one for one in inside if one.is_within(box)]
        lines = (" ".join(one.text for one in line) for line in rows_of(own))
        yield Cell("\n".join(lines), row, column, rows, columns)


def _is_scan(page: pdfium.PdfPage, placed: Sequence[Sequence[Thing]]) -> bool:
    """Whether a page is a picture with hardly a letter on it."""
    things = list(chain.from_iterable(placed))
    if not all(isinstance(one, Segment) for one in things):
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
