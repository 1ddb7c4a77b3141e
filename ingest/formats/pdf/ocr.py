"""Text in pictures, by Tesseract where it is installed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import lru_cache

from PIL.Image import Image
from PIL.ImageFilter import GaussianBlur

from geungeo.errors import GeungeoError
from geungeo.lang.documents.pages import SPACED_SYLLABLES

_WANTED = ("kor", "chi_sim", "eng")
_SECONDS = 120
DPI = 300
"""At which pages are drawn for OCR."""
ONE_COLUMN = 4
"""One column of text of different sizes; tesseract(1), --psm."""
# Pixels. Grain and frayed edges are gone, strokes of print at 300 dpi are not.
_SMOOTHING = 1.5


class NoOcrError(GeungeoError):
    """Tesseract or its languages are not installed; the message says what to install."""


class UnreadError(NoOcrError):
    """Tesseract fails on a picture, or takes too long."""


def recognise(picture: Image) -> str:
    """The text of a page, drawn at ``DPI``.

    Raises:
        NoOcrError: Tesseract is not installed, or did not read the picture.
    """
    smooth = picture.convert("L").filter(GaussianBlur(_SMOOTHING))
    return SPACED_SYLLABLES.sub("", tesseract(smooth, ONE_COLUMN))


def tesseract(picture: Image, layout: int) -> str:
    """What Tesseract reads in a picture whose layout is one of its page segmentation modes.

    Raises:
        NoOcrError: Tesseract is not installed.
        UnreadError: it fails on the picture or takes too long.
    """
    languages = _languages()
    data = io.BytesIO()
    picture.save(data, "PNG")
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", "+".join(languages), "--psm", str(layout)],
            input=data.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            # Its threads wait for each other longer than one works alone.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadError(f"OCR took more than {_SECONDS} seconds") from error
    except (subprocess.SubprocessError, OSError) as error:
        raise UnreadError(f"OCR failed: {error}") from error
    return done.stdout.decode("utf-8", errors="replace").replace("\f", "\n")


@lru_cache(1)
def _languages() -> tuple[str, ...]:
    """Those of the wanted languages that are installed, Korean among them."""
    advice = "for OCR install tesseract-ocr, tesseract-ocr-kor and tesseract-ocr-chi-sim"
    if shutil.which("tesseract") is None:
        raise NoOcrError(advice)
    try:
        listed = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise NoOcrError(f"tesseract does not run: {error}") from error
    there = listed.stdout.decode(errors="replace").split()
    if "kor" not in there:
        raise NoOcrError(advice)
    return tuple(name for name in _WANTED if name in there)
