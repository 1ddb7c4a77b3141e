"""What a saved web page leaves around its text, and characters that nobody sees."""

from __future__ import annotations

import re

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
