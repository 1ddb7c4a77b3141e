"""Word, PowerPoint, Excel, OpenDocument and RTF files, each by the reader for its content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from ingest.formats.detect import DAMAGED_ZIP
from ingest.formats.read import LoadError, Read

_OLDER = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)


def read_office(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is broken, locked or empty."""
    try:
        found = _reader(data)(data, name)
    except LoadError:
        raise
    except Exception as error:
        raise LoadError(
            f"the file is damaged ({error}); open it in its program and save it anew"
        ) from error
    if not any(re.search(r"\w", block.text) for block in found.blocks):
        raise LoadError("; ".join(("no text in it", *found.notes)))
    return found


def _reader(data: bytes) -> Callable[[bytes, str], Read]:
    """Libraries are loaded for the formats that they are needed for."""
    if not data.startswith(b"PK"):
        return _read_older
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGED_ZIP as error:
        raise LoadError(f"the file is damaged: {error}") from error
    if "mimetype" in names:
        from ingest.formats.odf import read_odf

        return read_odf
    if any(name.startswith("word/") for name in names):
        from ingest.formats.docx import read_docx

        return read_docx
    if any(name.startswith("ppt/") for name in names):
        from ingest.formats.pptx import read_pptx

        return read_pptx
    from ingest.formats.xlsx import read_xlsx

    return read_xlsx


def _read_older(data: bytes, name: str) -> Read:
    """DOC, XLS, PPT and RTF, whose text kreuzberg gives as Markdown."""
    import kreuzberg
    from kreuzberg import ExtractionConfig, extract_bytes_sync

    from ingest.formats.markdown import markdown_blocks

    kind = "application/rtf"
    if not data.startswith(b"{\\rtf"):
        kind = next(kind for part, kind in _OLDER if part.encode("utf-16-le") in data)
    found = extract_bytes_sync(data, kind, config=ExtractionConfig(output_format="markdown"))
    given = {}
    return Read(
        tuple(markdown_blocks(found.content)),
        given=given,
        loader=f"kreuzberg {kreuzberg.__version__}",
    )
