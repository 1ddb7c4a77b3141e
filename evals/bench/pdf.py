"""PDF files drawn from texts: whether their sentences are read as from the text, and how fast.

The lines of each page of a text are drawn as they are, in one column and in two; what is read
from the text itself is what has to be read from the PDF.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from geungeo.evals.extra import extra
from geungeo.ingest.load import load
from geungeo.ingest.sentences import sentences_of
from geungeo.lang import Analyzer

with extra("dev"):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

_FONT = "HYSMyeongJo-Medium"
_WIDTH, _HEIGHT, _MARGIN, _GUTTER = 595.0, 842.0, 50.0, 24.0
_LARGEST, _LEADING = 11.0, 1.6
_USUAL = 0.97
Draw = Callable[[str], bytes]


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """For each layout the share of sentences that are as read from the text, and pages a second
    beside pypdf's.

    Raises:
        LoadError: a text, or a PDF drawn from it, cannot be read.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    analyzer = Analyzer()
    texts = {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}
    expected = {name: _sentences(name, data, analyzer) for name, data in texts.items()}
    layouts: Mapping[str, Draw] = {"one column": _one_column, "two columns": _two_columns}
    result = {}
    for layout, draw in layouts.items():
        drawn = {name: draw(data.decode("utf-8-sig")) for name, data in texts.items()}
        found = {name: _sentences(f"{name}.pdf", data, analyzer) for name, data in drawn.items()}
        same = sum((expected[name] & found[name]).total() for name in texts)
        pages = sum(text.count(b"\f") + 1 for text in texts.values())
        result[layout] = {
            "same sentences": same / sum(own.total() for own in expected.values()),
            "pages/s": pages / _seconds(lambda d: load("a.pdf", d), drawn.values()),
            "pypdf pages/s": pages / _seconds(_by_pypdf, drawn.values()),
        }
    return result


def _sentences(name: str, data: bytes, analyzer: Analyzer) -> Counter[str]:
    loaded = load(name, data)
    read = sentences_of(loaded.text, loaded.parts, analyzer)
    return Counter(loaded.text[slice(*span)] for _, spans in read for span in spans)


def _seconds(read: Callable[[bytes], object], files: Iterable[bytes]) -> float:
    started = time.perf_counter()
    for data in files:
        read(data)
    return time.perf_counter() - started


def _by_pypdf(data: bytes) -> str:
    with extra("dev"):
        from pypdf import PdfReader
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _one_column(text: str) -> bytes:
    return _drawn(text, 1)


def _two_columns(text: str) -> bytes:
    return _drawn(text, 2)


def _drawn(text: str, columns: int) -> bytes:
    """A PDF with a page for each page of the text, the same letters in every line."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT))
    width = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GUTTER) / columns
    pages = [
        [" ".join(line.split()) for line in page.strip("\n").split("\n")]
        for page in text.replace("\r\n", "\n").split("\f")
    ]
    size = _size(pages, width, columns)
    for lines in pages:
        canvas.setFont(_FONT, size)
        for number, part in enumerate(_parted(lines, columns)):
            left = _MARGIN + number * (width + _GUTTER)
            for place, line in enumerate(part, 1):
                _write(canvas, line, left, _HEIGHT - _MARGIN - place * size * _LEADING, width, size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _parted(lines: Sequence[str], columns: int) -> Iterator[Sequence[str]]:
    longest = -(-len(lines) // columns)
    for start in range(0, len(lines), longest or 1):
        yield lines[start : start + longest]


def _size(pages: Sequence[Sequence[str]], width: float, columns: int) -> float:
    """The height of letters for which most lines have room, and every page."""
    widths = sorted(pdfmetrics.stringWidth(line, _FONT, 1.0) for page in pages for line in page)
    usual = widths[int(_USUAL * (len(widths) - 1))]
    most = max(-(-len(page) // columns) for page in pages)
    by_height = (_HEIGHT - 2 * _MARGIN) / (_LEADING * (most + 1))
    return float(min(_LARGEST, width / max(usual, 1.0), by_height))


def _write(canvas: Canvas, line: str, left: float, base: float, width: float, size: float) -> None:
    """A line at its place, pressed together where it is too long."""
    text = canvas.beginText(left, base)
    needed = pdfmetrics.stringWidth(line, _FONT, size)
    text.setHorizScale(100 * min(1.0, width / needed) if needed else 100)
    text.textOut(line)
    canvas.drawText(text)
