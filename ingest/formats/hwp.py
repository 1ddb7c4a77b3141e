"""HWP 5 and HWPX, by unhwp."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import unhwp

from ingest.formats.read import LoadError, Page, Read
from ingest.formats.text import markdown_to_text

# What the program for readers shows in place of a protected document's text.
_PLACEHOLDER = re.compile(r"상위 버전의 배포용 문서입니다")


def read_hwp(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is broken, locked, empty or a distribution copy."""
    suffix = ".hwpx" if data.startswith(b"PK") else ".hwp"
    with tempfile.TemporaryDirectory(prefix="geungeo-hwp-") as folder:
        file = Path(folder) / f"document{suffix}"
        file.write_bytes(data)
        try:
            markdown = unhwp.to_markdown(str(file))
        except Exception as error:
            said = str(error).replace(str(file), name)
            raise LoadError(f"the HWP file is damaged: {said}") from error
    if _PLACEHOLDER.search(markdown):
        raise LoadError(
            "a distribution copy (배포용 문서) whose text is locked; "
            "ask its author for the original or a PDF"
        )
    text = markdown_to_text(markdown)
    if not re.search(r"\w", text):
        raise LoadError("the HWP file reads as empty; open it and save it as HWPX or PDF")
    return Read((Page(text),), loader=f"unhwp {unhwp.version()}")
