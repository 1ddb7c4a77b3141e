"""Word, PowerPoint, Excel, OpenDocument and RTF files, each by the reader for its content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

from geungeo.ingest.formats.packaged.package import is_title
from geungeo.ingest.formats.result import LoadError, Read
from geungeo.ingest.formats.signatures import DAMAGED_ZIP

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
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except DAMAGED_ZIP as error:
        raise LoadError(f"the file is damaged: {error}") from error
    if kind.strip().startswith(b"application/vnd.oasis.opendocument"):
        from geungeo.ingest.formats.opendocument.reader import read_odf

        return read_odf
    if any(name.startswith("word/") for name in names):
        from geungeo.ingest.formats.office.docx import read_docx

        return read_docx
    if any(name.startswith("ppt/") for name in names):
        from geungeo.ingest.formats.office.pptx import read_pptx

        return read_pptx
    if any(name.startswith("xl/") for name in names):
        return _read_workbook
    raise LoadError(f"{kind.decode('ascii', 'replace') or 'an archive'} is not read")


def _read_workbook(data: bytes, name: str) -> Read:
    """By openpyxl, or, where that cannot open what another program wrote, by kreuzberg."""
    from geungeo.ingest.formats.office.xlsx import read_xlsx

    try:
        return read_xlsx(data, name)
    except LoadError as reason:
        try:
            found = _read_older(data, name)
        except Exception:
            raise reason from None
        note = f"joined cells, formats of numbers and what is hidden are not told apart ({reason})"
        return replace(found, notes=(note,))


def _read_older(data: bytes, name: str) -> Read:
    """DOC, XLS, PPT and RTF, whose text kreuzberg gives as Markdown."""
    import kreuzberg
    from kreuzberg import ExtractionConfig, extract_bytes_sync

    from geungeo.ingest.formats.plain.markdown import markdown_blocks

    found = extract_bytes_sync(
        data, _older_type(data), config=ExtractionConfig(output_format="markdown")
    )
    title = str(found.metadata.get("title") or "").strip()
    return Read(
        tuple(markdown_blocks(found.content)),
        given={"title": title} if is_title(title) else {},
        loader=f"kreuzberg {kreuzberg.__version__}",
    )


def _older_type(data: bytes) -> str:
    if data.startswith(b"{\\rtf"):
        return "application/rtf"
    if data.startswith(b"PK"):
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return next(kind for part, kind in _OLDER if part.encode("utf-16-le") in data)
