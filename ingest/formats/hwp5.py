"""HWP 5 files: records in the streams of a compound file."""

from __future__ import annotations

import io
import re
from importlib.metadata import version

import olefile

from ingest.formats.hangul import Paragraph, Seen, hangul_blocks
from ingest.formats.hwp5_body import Section
from ingest.formats.hwp5_records import inflated, records, tree
from ingest.formats.hwp5_styles import Styles
from ingest.formats.read import LoadError, Read

_SUMMARY = "\x05HwpSummaryInformation"
_AUTHOR, _SAVED = 4, 13
_SECTION = re.compile(r"Section(\d+)$", re.I)
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _DRM, _TRACKED = 0, 1, 2, 4, 14
_CERTIFICATE = (8, 10)
_NO_AUTHOR = re.compile(r"(?i)(?:user|admin\w*|사용자|관리자|hancom|.*pc)$")


def read_hwp5(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is broken, locked or a distribution copy."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _read(file)
    except LoadError:
        raise
    except Exception as error:
        raise LoadError(
            f"the HWP file is damaged ({error}); open it in Hangul and save it as HWPX or PDF"
        ) from error


def _read(file: olefile.OleFileIO) -> Read:
    header = file.openstream("FileHeader").read()
    flags = int.from_bytes(header[36:40], "little")
    if flags >> _PASSWORD & 1:
        raise LoadError("protected by a password; save it without one")
    if flags >> _DISTRIBUTION & 1:
        raise LoadError(
            "a distribution copy (배포용 문서) whose text is locked; "
            "ask its author for the original or a PDF"
        )
    if flags >> _DRM & 1 or any(flags >> bit & 1 for bit in _CERTIFICATE):
        raise LoadError("locked by rights management; ask its author for a PDF")
    seen = Seen()
    if flags >> _TRACKED & 1:
        seen.broken.append("tracked changes: deletions are not told apart in HWP; save it as HWPX")

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
            seen.broken.append(f"{path[-1]} left out: it is damaged ({error})")
            continue
        paragraphs += Section(roots, styles, seen).paragraphs()
    if not paragraphs:
        raise LoadError("; ".join(("the HWP file is damaged: no section is left", *seen.broken)))
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
    try:
        said = file.getproperties(_SUMMARY, convert_time=True)
    except Exception:  # A property of a type that is not known.
        return {}
    found = {}
    author = said.get(_AUTHOR)
    text = author.decode("utf-8", "replace") if isinstance(author, bytes) else str(author or "")
    text = " ".join(text.partition("\0")[0].split())
    if text and not _NO_AUTHOR.match(text):
        found["author"] = text
    saved = said.get(_SAVED)
    if hasattr(saved, "strftime"):
        found["made"] = saved.strftime("%Y-%m-%d")
    return found
