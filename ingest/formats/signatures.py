"""What a file is, by its content; a name may be wrong."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

Format = Literal[
    "text", "html", "mail", "web archive", "hwp", "pdf", "office", "table", "zip", "image",
    "epub", "xml", "json", "subtitles", "outlook", "encrypted office", "unknown",
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
_EPUB = b"application/epub+zip"
_PDF_WITHIN = 1024
_PARTS_OF_OFFICE = ("word/", "ppt/", "xl/")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_JSON = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*[\[{\"])")
_SUBTITLES = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:WEBVTT\b|\s*\d+[ \t]*\r?\n\d\d?:\d\d:\d\d[,.]\d{3} --> )"
)
_BY_SUFFIX: dict[str, Format] = {
    ".csv": "table",
    ".tsv": "table",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".geojson": "json",
    ".xml": "xml",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}


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
    return _of_text(data, suffix)


def _of_text(data: bytes, suffix: str) -> Format:
    by_suffix = _BY_SUFFIX.get(suffix)
    if by_suffix == "html" or _HTML.match(data[:2000]):
        return "html"
    if _SUBTITLES.match(data[:200]):
        return "subtitles"
    if _XML.match(data[:200]):
        return "xml"
    if by_suffix:
        return by_suffix
    # Markdown and plain text may begin with a bracket.
    return "json" if suffix not in (".md", ".markdown") and _JSON.match(data[:200]) else "text"


def _of_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except DAMAGED_ZIP:
        return "unknown"
    if kind.strip() == _EPUB or (
        not kind and "META-INF/container.xml" in names and _has_opf(names)
    ):
        return "epub"
    if "mimetype" in names or any(name.startswith("Contents/section") for name in names):
        is_hwpx = any(name.startswith("Contents/") for name in names)
        return "hwp" if is_hwpx else "office"
    if "[Content_Types].xml" in names and any(n.startswith(_PARTS_OF_OFFICE) for n in names):
        return "office"
    return "zip"


def _has_opf(names: list[str]) -> bool:
    return any(name.endswith(".opf") for name in names)


def _of_compound_file(data: bytes) -> Format:
    """OLE files name their streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted office"
    if "FileHeader".encode("utf-16-le") in data and b"HWP Document File" in data:
        return "hwp"
    if "__properties_version1.0".encode("utf-16-le") in data:
        return "outlook"
    older = ("WordDocument", "Workbook", "PowerPoint Document")
    return "office" if any(name.encode("utf-16-le") in data for name in older) else "unknown"
