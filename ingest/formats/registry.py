"""Which reader takes which format: the one table of them.

A format is added by a reader in the folder of its family, a function of a file's bytes and its
name that gives a ``Read``; by its name and how its content shows it in ``signatures``; and by
a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from geungeo.ingest.formats.result import PROTECTED, LoadError, NotADocumentError, Read
from geungeo.ingest.formats.signatures import Format, detect

Reader = Callable[[bytes, str], Read]
"""Reads a file's bytes; the name is that of the file."""


@dataclass(frozen=True)
class Entry:
    """``reader`` is a function by its module among the formats; ``suffixes`` are the names that
    such files usually have, in the order in which they are told."""

    reader: str
    suffixes: tuple[str, ...] = ()


READERS: Mapping[Format, Entry] = {
    "hwp": Entry("hangul.reader:read_hwp", (".hwp", ".hwpx")),
    "pdf": Entry("pdf.reader:read_pdf", (".pdf",)),
    "office": Entry(
        "office.reader:read_office",
        (".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".doc", ".ppt", ".xls", ".rtf"),
    ),
    "table": Entry("data.delimited:read_csv", (".csv", ".tsv")),
    "html": Entry("plain.text:read_text", (".html", ".htm", ".xhtml")),
    "web archive": Entry("containers.mail:read_mail", (".mht", ".mhtml")),
    "text": Entry("plain.text:read_text", (".md", ".markdown", ".txt")),
    "mail": Entry("containers.mail:read_mail", (".eml",)),
    "epub": Entry("web.epub:read_epub", (".epub",)),
    "xml": Entry("data.xml:read_xml", (".xml",)),
    "json": Entry("data.json:read_json", (".json", ".jsonl", ".ndjson")),
    "subtitles": Entry("plain.subtitles:read_subtitles", (".srt", ".vtt")),
    "zip": Entry("containers.archive:read_archive", (".zip",)),
}
REFUSED: Mapping[Format, str] = {
    "encrypted office": PROTECTED,
    "outlook": "a message of Outlook (MSG) is not read; save it as EML or as a web page",
}
"""What is known and never read, and what to do."""

SUPPORTED_SUFFIXES = tuple(suffix for entry in READERS.values() for suffix in entry.suffixes)
_NAMES = " ".join(suffix.removeprefix(".") for suffix in SUPPORTED_SUFFIXES)


def read(data: bytes, name: str) -> Read:
    """Read a file by its content; ``name`` is its file name.

    Raises:
        LoadError: the format is not read, or the content is broken, locked or empty.
    """
    suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    is_expected = suffix in SUPPORTED_SUFFIXES
    found = detect(data, suffix)
    if found == "image" and not is_expected:
        raise NotADocumentError(
            f"{suffix or 'a picture'} is not read: only pictures within PDF files are, by OCR"
        )
    if found in REFUSED:
        raise LoadError(REFUSED[found])
    if found not in READERS:
        kind = LoadError if is_expected else NotADocumentError
        raise kind(f"damaged, or of a format that is not read (read: {_NAMES})")
    try:
        return reader(found)(data, name)
    except LoadError as error:
        if found == "text" and not is_expected:
            raise NotADocumentError(f"{suffix or 'the file'}: {error}") from error
        raise


def reader(found: Format) -> Reader:
    """The reader of a format; its libraries are loaded when it is asked for."""
    module, _, function = READERS[found].reader.partition(":")
    taken: Reader = getattr(import_module(f"geungeo.ingest.formats.{module}"), function)
    return taken
