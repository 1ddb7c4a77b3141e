"""Word, PowerPoint, Excel, OpenDocument and RTF files, by kreuzberg."""

from __future__ import annotations

import io
import re
import zipfile

import kreuzberg
from kreuzberg import ExtractionConfig, extract_bytes_sync

from ingest.formats.detect import DAMAGED_ZIP
from ingest.formats.read import LoadError, Page, Read
from ingest.formats.text import markdown_to_text

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_TYPES = (
    ("word/", f"{_OPEN_XML}wordprocessingml.document"),
    ("ppt/", f"{_OPEN_XML}presentationml.presentation"),
    ("xl/", f"{_OPEN_XML}spreadsheetml.sheet"),
)
_OLDER = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")
# The programs' own names and templates' titles say nothing of a document.
_NO_TITLE = re.compile(
    r"(?i)^(?:(?:PowerPoint|Word|Excel).{0,20}|.*프레젠테이션|슬라이드\s?\d+|제목 없음|untitled)$"
)


def read_office(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is broken, locked or empty."""
    kind = _mime_type(data)
    try:
        found = extract_bytes_sync(data, kind, config=ExtractionConfig(output_format="markdown"))
    except Exception as error:
        raise LoadError(f"the file is damaged: {error}") from error
    text = _MIDNIGHT.sub(r"\1", markdown_to_text(found.content))
    if not re.search(r"\w", text):
        raise LoadError("no text in it")
    about = found.metadata
    given = {}
    title = str(about.get("title") or "").strip()
    if title and not _NO_TITLE.match(title):
        given["title"] = title
    return Read((Page(text),), given, f"kreuzberg {kreuzberg.__version__}")


def _mime_type(data: bytes) -> str:
    if data.startswith(b"{\\rtf"):
        return "application/rtf"
    if not data.startswith(b"PK"):
        return next(kind for name, kind in _OLDER if name.encode("utf-16-le") in data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                return archive.read("mimetype")[:100].decode("ascii", errors="replace").strip()
            return next(
                kind for part, kind in _TYPES if any(name.startswith(part) for name in names)
            )
    except (*DAMAGED_ZIP, StopIteration) as error:
        raise LoadError(f"the file is damaged: {error}") from error
