"""The text of one file with its pages, by whichever library reads its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from geungeo.errors import GeungeoError
from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.detect import Format, detect

# The formats are told by content; these are the names that such files usually have.
SUPPORTED_SUFFIXES = (
    ".hwp", ".hwpx", ".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".doc", ".ppt",
    ".xls", ".rtf", ".csv", ".tsv", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".md",
    ".markdown", ".txt", ".eml", ".epub", ".xml", ".json", ".jsonl", ".ndjson", ".srt", ".vtt",
    ".zip",
)  # fmt: skip
_NAMES = " ".join(suffix.removeprefix(".") for suffix in SUPPORTED_SUFFIXES)


class LoadError(GeungeoError):
    """The file cannot be read as a document; the message says why and what to do."""


class NotADocumentError(LoadError):
    """The file is of a kind that holds no text of its own, such as a picture."""


@dataclass(frozen=True)
class Member:
    """A file within a file: of an archive, or attached to a mail."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Read:
    """What a file holds.

    ``blocks`` are in reading order, on ``pages`` pages, of which ``recognised`` (their numbers,
    from 1) have their text from OCR. ``loader`` names the libraries that read it, ``given`` is
    what the file itself says of its title, date and author, and ``notes`` say what of the file
    was not read (a chart, hidden text), each in a phrase of its own.
    """

    blocks: tuple[Block, ...] = ()
    pages: int = 1
    recognised: tuple[int, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    loader: str = ""
    members: tuple[Member, ...] = ()
    notes: tuple[str, ...] = ()


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
    if found == "encrypted office":
        raise LoadError("protected by a password; save it without one")
    if found == "outlook":
        raise LoadError("a message of Outlook (MSG) is not read; save it as EML or as a web page")
    if found in ("image", "unknown"):
        kind = LoadError if is_expected else NotADocumentError
        raise kind(f"damaged, or of a format that is not read (read: {_NAMES})")
    try:
        return _reader(found)(data, name)
    except LoadError as error:
        if found == "text" and not is_expected:
            raise NotADocumentError(f"{suffix or 'the file'}: {error}") from error
        raise


def _reader(found: Format) -> Callable[[bytes, str], Read]:
    """Libraries are loaded for the formats that they are needed for."""
    if found == "hwp":
        from geungeo.ingest.formats.hwp import read_hwp

        return read_hwp
    if found == "pdf":
        from geungeo.ingest.formats.pdf import read_pdf

        return read_pdf
    if found == "office":
        from geungeo.ingest.formats.office import read_office

        return read_office
    if found in ("mail", "web archive"):
        from geungeo.ingest.formats.mail import read_mail

        return read_mail
    if found == "zip":
        from geungeo.ingest.formats.archive import read_archive

        return read_archive
    if found == "epub":
        from geungeo.ingest.formats.epub import read_epub

        return read_epub
    return _reader_of_text(found)


def _reader_of_text(found: Format) -> Callable[[bytes, str], Read]:
    if found == "table":
        from geungeo.ingest.formats.delimited import read_csv

        return read_csv
    if found == "xml":
        from geungeo.ingest.formats.xml_data import read_xml

        return read_xml
    if found == "json":
        from geungeo.ingest.formats.json_data import read_json

        return read_json
    if found == "subtitles":
        from geungeo.ingest.formats.subtitles import read_subtitles

        return read_subtitles
    from geungeo.ingest.formats.text import read_text

    return read_text
