"""HWP and HWPX files, each by the reader for its content."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from geungeo.ingest.formats.result import LoadError, Read
from geungeo.lang.documents.styles import DISTRIBUTION_COPY, IS_DISTRIBUTION_COPY

_OLE = b"\xd0\xcf\x11\xe0"


def read_hwp(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is broken, locked, empty or a distribution copy."""
    try:
        found = _read(data, name)
    except LoadError:
        raise
    except Exception as error:
        raise LoadError(
            f"the HWP file is damaged ({error}); open it in Hangul and save it as HWPX or PDF"
        ) from error
    text = " ".join(block.text for block in found.blocks)
    if DISTRIBUTION_COPY.search(text[:500]):
        raise LoadError(IS_DISTRIBUTION_COPY)
    if not re.search(r"\w", text):
        reason = "the HWP file reads as empty; open it and save it as HWPX or PDF"
        raise LoadError("; ".join((reason, *found.notes)))
    return found


def _read(data: bytes, name: str) -> Read:
    """Libraries are loaded for the formats that they are needed for."""
    if data.startswith(b"PK"):
        from geungeo.ingest.formats.hangul.hwpx import read_hwpx

        return read_hwpx(data, name)
    if data.startswith(_OLE):
        from geungeo.ingest.formats.hangul.hwp5 import read_hwp5

        return read_hwp5(data, name)
    return _read_hwp3(data, name)


def _read_hwp3(data: bytes, name: str) -> Read:
    """HWP 3 of the 1990s, whose text unhwp gives as Markdown."""
    import unhwp

    from geungeo.ingest.formats.plain.markdown import markdown_blocks

    with tempfile.TemporaryDirectory(prefix="geungeo-hwp-") as folder:
        file = Path(folder) / "document.hwp"
        file.write_bytes(data)
        try:
            markdown = unhwp.to_markdown(str(file))
        except Exception as error:
            said = str(error).replace(str(file), name)
            raise LoadError(f"the HWP file is damaged: {said}") from error
    return Read(tuple(markdown_blocks(markdown)), loader=f"unhwp {unhwp.version()}")
