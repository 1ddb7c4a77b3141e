"""What a saved web page leaves around its text, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata

from geungeo.lang.documents.pages import CONTROLS

_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufff9-\ufffb\ufffe\uffff\0]"
)


def is_control(line: str) -> bool:
    """Whether a line of a saved page is one of its controls, not of its text."""
    return bool(CONTROLS.match(line))


def visible(text: str) -> str:
    """Text without characters that have no shape."""
    return _INVISIBLE.sub("", text)


def composed(text: str) -> str:
    """Text with the parts of a letter put together (NFC), which some systems write apart."""
    return unicodedata.normalize("NFC", text)
