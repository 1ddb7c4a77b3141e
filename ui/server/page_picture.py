"""Pages of PDF files as pictures with a quote marked.

They are drawn in a process of their own: a file that breaks PDFium breaks no conversation.
"""

from __future__ import annotations

import io
import multiprocessing
import re
import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from geungeo.rag.answer.tables import label_and_value, row_cells

_DOTS_PER_POINT = 1.6
_LONGEST_SIDE = 2400
_SECONDS = 20
_WORDS_SOUGHT = 4
_MARKER = (255, 214, 64, 110)
_WHITE_SPACE = re.compile(r"\s+")


class PagePictures:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: ProcessPoolExecutor | None = None

    def draw(self, file: Path, page: int, quote: str) -> bytes:
        """A page, counted from 1, as PNG. Raises ``ValueError`` where it cannot be drawn."""
        with self._lock:
            if self._process is None:
                spawn = multiprocessing.get_context("spawn")
                self._process = ProcessPoolExecutor(1, mp_context=spawn)
            drawn = self._process.submit(draw, file, page, quote)
            try:
                return drawn.result(_SECONDS)
            except Exception as error:
                self._process.shutdown(wait=False, cancel_futures=True)
                self._process = None
                raise ValueError(f"{file.name}: page {page} cannot be drawn: {error}") from error


def draw(file: Path, page: int, quote: str) -> bytes:
    """As ``PagePictures.draw``, in this process."""
    document = pdfium.PdfDocument(file)
    try:
        shown = document[page - 1]
        scale = min(_DOTS_PER_POINT, _LONGEST_SIDE / max(shown.get_size()))
        picture: Image.Image = shown.render(scale=scale).to_pil().convert("RGBA")
        layer = Image.new("RGBA", picture.size)
        brush = ImageDraw.Draw(layer)
        for left, bottom, right, top in _places(shown, quote):
            height = shown.get_height()
            box = (left, height - top, right, height - bottom)
            brush.rectangle([side * scale for side in box], fill=_MARKER)
        data = io.BytesIO()
        Image.alpha_composite(picture, layer).convert("RGB").save(data, "PNG", optimize=True)
        return data.getvalue()
    finally:
        document.close()


def _places(page: pdfium.PdfPage, quote: str) -> list[tuple[float, float, float, float]]:
    """The boxes (left, bottom, right, top) of a quote in points; where it goes over lines that
    the page holds elsewhere, those of its beginning and its end."""
    text_page = page.get_textpage()
    try:
        written = text_page.get_text_range()
        # Where each letter that is no space stands, since lines break where a quote does not.
        letters = [place for place, letter in enumerate(written) if not letter.isspace()]
        bare = "".join(written[place] for place in letters)
        spans = []
        whole, *parts = _pieces(quote)
        for sought in [whole] if whole in bare else parts:
            start = bare.find(sought)
            if sought and start >= 0:
                spans.append((letters[start], letters[start + len(sought) - 1]))
        boxes = []
        for first, last in spans:
            for number in range(text_page.count_rects(first, last - first + 1)):
                boxes.append(text_page.get_rect(number))
        return boxes
    finally:
        text_page.close()


def _pieces(quote: str) -> list[str]:
    """What is sought of a quote: all of it, then its beginning and its end; of a row the values
    of its cells, whose labels stand elsewhere."""
    if cells := [label_and_value(cell)[1] for cell in row_cells(quote)]:
        return [_bare(part) for part in ("".join(cells), *cells)]
    words = quote.split()
    parts = (quote, " ".join(words[:_WORDS_SOUGHT]), " ".join(words[-_WORDS_SOUGHT:]))
    return [_bare(part) for part in parts]


def _bare(text: str) -> str:
    return _WHITE_SPACE.sub("", text)
