"""Text in pictures, by Tesseract where it is installed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import lru_cache

from PIL.Image import Image

_WANTED = ("kor", "chi_sim", "eng")
_SECONDS = 120
# Tesseract sets a space between any two syllables that stand apart a little.
_SPACED_OUT = re.compile(r"(?<=(?<![가-힣])[가-힣]) (?=[가-힣](?![가-힣]))")


class NoOcrError(Exception):
    """Tesseract or its languages are not installed; the message says what to install."""


def recognise(picture: Image) -> str:
    """The text of a picture.

    Raises:
        NoOcrError: Tesseract is not installed, or fails on the picture.
    """
    languages = _languages()
    data = io.BytesIO()
    picture.convert("L").save(data, "PNG")
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", "+".join(languages), "--psm", "4"],
            input=data.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise NoOcrError(f"OCR failed: {error}") from error
    text = done.stdout.decode("utf-8", errors="replace").replace("\f", "\n")
    return _SPACED_OUT.sub("", text)


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
