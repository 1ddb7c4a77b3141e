"""What a file is, by its content; a name may be wrong."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

Format = Literal[
    "text", "html", "mail", "web archive", "hwp", "pdf", "office", "table", "zip", "image",
    "encrypted office", "unknown",
]  # fmt: skip

# All that zipfile raises for an archive whose bytes are not right.
DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    IndexError,
    OSError,
    RuntimeError,
    ValueError,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HEADER = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|subject|received|mime-version|message-id):", re.IGNORECASE | re.MULTILINE
)
_WEB_ARCHIVE = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_PDF_WITHIN = 1024
_PARTS_OF_OFFICE = ("word/", "ppt/", "xl/")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)


def detect(data: bytes, suffix: str) -> Format:
    """The format of a file's bytes; ``suffix``, such as ``.csv``, only tells apart what is
    text either way."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data)
    if data.startswith(_OLE):
        return _of_compound_file(data)
    if data.startswith(b"HWP Document File"):
        return "hwp"
    if data.startswith(b"{\\rtf"):
        return "office"
    if data.startswith(_IMAGES):
        return "image"
    head = _HEADER.match(data[:20_000])
    if head and len(_MAIL_HEADER.findall(head[0])) >= 2:
        return "web archive" if _WEB_ARCHIVE.search(head[0]) else "mail"
    if suffix in (".html", ".htm", ".xhtml") or _HTML.match(data[:2000]):
        return "html"
    return "table" if suffix in (".csv", ".tsv") else "text"


def _of_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGED_ZIP:
        return "unknown"
    if "mimetype" in names or any(name.startswith("Contents/section") for name in names):
        is_hwpx = any(name.startswith("Contents/") for name in names)
        return "hwp" if is_hwpx else "office"
    if "[Content_Types].xml" in names and any(n.startswith(_PARTS_OF_OFFICE) for n in names):
        return "office"
    return "zip"


def _of_compound_file(data: bytes) -> Format:
    """OLE files name their streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted office"
    if "FileHeader".encode("utf-16-le") in data and b"HWP Document File" in data:
        return "hwp"
    older = ("WordDocument", "Workbook", "PowerPoint Document")
    return "office" if any(name.encode("utf-16-le") in data for name in older) else "unknown"
