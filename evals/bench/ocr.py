"""How well scanned pages are read: ``geungeo bench ocr``.

Pages are drawn from the text of documents and made worse as scanners and fax machines do. The
error is the characters to be changed, added and removed (Levenshtein), without spaces, per
character of the page; Tesseract's own way stands beside ours in the same run.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

from geungeo.ingest.formats import LoadError
from geungeo.ingest.formats.pdf.ocr import (
    DPI,
    ONE_COLUMN,
    NoOcrError,
    UnreadError,
    recognise,
    tesseract,
)
from geungeo.ingest.load import load

Picture = Image.Image

_FONT = "Noto Serif CJK KR"
_A4_INCHES = (8.27, 11.69)
_MARGIN_INCHES = 0.9
_POINTS = 10.5
_LINE = 1.7
_LEAST_CHARACTERS = 400
# Tesseract's default page segmentation: columns and blocks that it finds itself.
_AUTOMATIC = 3


@dataclass(frozen=True)
class _Page:
    picture: Picture
    text: str


def measure(folder: Path, pages: int) -> dict[str, dict[str, float]]:
    """By way of reading and kind of page, the share of wrong characters; ``seconds`` a page.

    Raises:
        LoadError: a document cannot be read, or none has enough text.
        NoOcrError: Tesseract, or a font to draw Korean with, is not installed.
    """
    texts = list(_texts(folder, pages))
    if not texts:
        raise LoadError(f"{folder}: no document with {_LEAST_CHARACTERS} characters of text")
    random = np.random.default_rng(0)
    kinds: dict[str, tuple[int, Callable[[Picture], Picture]]] = {
        "clean": (300, lambda picture: picture),
        "coarse": (150, lambda picture: picture),
        "tilted": (300, _tilted),
        "noisy": (300, lambda picture: _noisy(picture, random)),
        "fax": (200, lambda picture: _faxed(_noisy(picture, random))),
    }
    drawn = {
        kind: [_Page(_scanned(worsen(page.picture)), page.text) for page in _drawn(texts, dpi)]
        for kind, (dpi, worsen) in kinds.items()
    }
    ways: dict[str, Callable[[Picture], str]] = {
        "ours": recognise,
        "not smoothed": lambda picture: tesseract(picture, ONE_COLUMN),
        "tesseract's own": lambda picture: tesseract(picture, _AUTOMATIC),
    }
    return {way: _errors(drawn, read) for way, read in ways.items()}


def _errors(drawn: dict[str, list[_Page]], read: Callable[[Picture], str]) -> dict[str, float]:
    started = time.perf_counter()
    found: dict[str, float] = {}
    for kind, pages in drawn.items():
        wrong = sum(Levenshtein.distance(_plain(_read(p, read)), _plain(p.text)) for p in pages)
        found[kind] = wrong / sum(len(_plain(page.text)) for page in pages)
    count = sum(map(len, drawn.values()))
    return {**found, "seconds": (time.perf_counter() - started) / count}


def _read(page: _Page, read: Callable[[Picture], str]) -> str:
    try:
        return read(page.picture)
    except UnreadError:
        return ""


def _texts(folder: Path, count: int) -> Iterator[str]:
    """The texts of the first documents of a folder that fill a good part of a page."""
    files = (file for file in sorted(folder.iterdir()) if file.is_file())
    texts = (load(file.name, file.read_bytes()).text for file in files)
    yield from islice((text for text in texts if len(text) >= _LEAST_CHARACTERS), count)


def _plain(text: str) -> str:
    return "".join(text.split())


def _font(size: int) -> ImageFont.FreeTypeFont:
    finder = shutil.which("fc-match")
    found = ""
    if finder:
        asked = [finder, "-f", "%{family}|%{file}|%{index}", _FONT]
        found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    family, _, rest = found.partition("|")
    if "CJK" not in family:
        raise NoOcrError(f"{_FONT} is not installed; install fontconfig and fonts-noto-cjk")
    file, _, index = rest.partition("|")
    return ImageFont.truetype(file, size, index=int(index))


def _drawn(texts: Sequence[str], dpi: int) -> Iterator[_Page]:
    font = _font(round(_POINTS * dpi / 72))
    for text in texts:
        yield _draw(text, font, dpi)


def _draw(text: str, font: ImageFont.FreeTypeFont, dpi: int) -> _Page:
    width, height = (round(inches * dpi) for inches in _A4_INCHES)
    margin = round(_MARGIN_INCHES * dpi)
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    step = round(font.size * _LINE)
    lines = list(_lines(text, lambda line: draw.textlength(line, font) <= width - 2 * margin))
    lines = lines[: (height - 2 * margin) // step]
    for number, line in enumerate(lines):
        draw.text((margin, margin + number * step), line, 0, font=font)
    return _Page(picture, "\n".join(lines))


def _lines(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    for paragraph in filter(str.strip, text.splitlines()):
        line = ""
        for character in paragraph:
            if not fits(line + character):
                yield line
                line = ""
            line += character
        yield line


def _scanned(picture: Picture) -> Picture:
    """The picture as a page of a PDF is rendered for OCR, whatever it was scanned at."""
    width, height = (round(inches * DPI) for inches in _A4_INCHES)
    return picture.resize((width, height), Image.Resampling.BICUBIC)


def _tilted(picture: Picture) -> Picture:
    return picture.rotate(1.2, fillcolor=255, resample=Image.Resampling.BICUBIC)


def _noisy(picture: Picture, random: np.random.Generator) -> Picture:
    """Grey, out of focus and grainy."""
    blurred = picture.filter(ImageFilter.GaussianBlur(picture.width / 2000))
    grey = np.asarray(blurred, np.float32) * 0.75 + 40
    grey += random.normal(0, 18, grey.shape)
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def _faxed(picture: Picture) -> Picture:
    """Squeezed, then black and white only."""
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=25)
    return Image.open(data).convert("L").point(lambda value: 255 if value > 150 else 0)
