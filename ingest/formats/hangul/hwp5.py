"""HWP 5 files: records in the streams of a compound file."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from importlib.metadata import version

import olefile

from geungeo.ingest.formats.hangul.document import Paragraph, Seen, hangul_blocks
from geungeo.ingest.formats.hangul.hwp5_body import Section
from geungeo.ingest.formats.hangul.hwp5_records import Record, decoded, inflated, records, tree
from geungeo.ingest.formats.hangul.hwp5_styles import Styles
from geungeo.ingest.formats.result import PROTECTED, LoadError, Read
from geungeo.lang.documents.styles import HWP_NO_AUTHOR, IS_DISTRIBUTION_COPY

_SUMMARY = "\x05HwpSummaryInformation"
_AUTHOR, _SAVED = 4, 13
_TEXT, _TIME = 0x1F, 0x40
_EPOCH = datetime(1601, 1, 1)
_MOST_SECONDS = 20_000_000_000
_MOST_PROPERTIES, _LONGEST_NAME = 64, 60
_SECTION = re.compile(r"Section(\d+)$", re.I)
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _DRM, _TRACKED = 0, 1, 2, 4, 14
_CERTIFICATE = (8, 10)


def read_hwp5(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is locked, a distribution copy or without sections, and
    whatever olefile does for one that is broken."""
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        return _read(file)


def _read(file: olefile.OleFileIO) -> Read:
    header = file.openstream("FileHeader").read()
    flags = int.from_bytes(header[36:40], "little")
    if flags >> _PASSWORD & 1:
        raise LoadError(PROTECTED)
    if flags >> _DISTRIBUTION & 1:
        raise LoadError(IS_DISTRIBUTION_COPY)
    if flags >> _DRM & 1 or any(flags >> bit & 1 for bit in _CERTIFICATE):
        raise LoadError("locked by rights management; ask its author for a PDF")
    seen = Seen()
    if flags >> _TRACKED & 1:
        seen.others.append("tracked changes: deletions are not told apart in HWP; save it as HWPX")

    def stream(*path: str) -> bytes:
        raw: bytes = file.openstream(list(path)).read()
        return inflated(raw) if flags >> _COMPRESSED & 1 else raw

    styles = Styles.of(list(records(stream("DocInfo"))))
    sections = [path for path in file.listdir() if path[0] == "BodyText" and len(path) == 2]
    paragraphs: list[Paragraph] = []
    for path in sorted(sections, key=_number):
        try:
            roots = tree(stream(*path))
        except Exception as error:
            seen.others.append(f"{path[-1]} left out: it is damaged ({error})")
            continue
        paragraphs += Section(roots, styles, seen).paragraphs()
    if not paragraphs:
        raise LoadError("; ".join(("the HWP file is damaged: no section is left", *seen.others)))
    blocks, pages = hangul_blocks(paragraphs, seen)
    return Read(
        blocks, pages, given=_given(file), loader=f"olefile {version('olefile')}",
        notes=tuple(seen.notes()),
    )  # fmt: skip


def _number(path: list[str]) -> int:
    found = _SECTION.search(path[-1])
    return int(found[1]) if found else 0


def _given(file: olefile.OleFileIO) -> dict[str, str]:
    """Who made the file, and the day on which it was last saved; its title is mostly that of
    the document that it was copied from."""
    if not file.exists(_SUMMARY):
        return {}
    stream = Record(0, 0, file.openstream(_SUMMARY).read())
    found = {}
    # A property set of OLE: its offset, then its properties' identifiers with their offsets.
    start = stream.number(44)
    for at in range(start + 8, start + 8 + 8 * min(stream.number(start + 4), _MOST_PROPERTIES), 8):
        key, value = stream.number(at), start + stream.number(at + 4)
        if key == _AUTHOR and stream.number(value) == _TEXT:
            end = value + 8 + 2 * stream.number(value + 4)
            text = " ".join(decoded(stream.data[value + 8 : end]).split())
            if text and len(text) <= _LONGEST_NAME and not HWP_NO_AUTHOR.match(text):
                found["author"] = text
        elif key == _SAVED and stream.number(value) == _TIME:
            seconds = stream.number(value + 4, "Q") // 10_000_000
            if 0 < seconds < _MOST_SECONDS:
                found["made"] = (_EPOCH + timedelta(seconds=seconds)).date().isoformat()
    return found
