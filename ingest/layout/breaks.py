"""Line breaks within one paragraph of a marked-up text: which of them part it."""

from __future__ import annotations

import re

from geungeo.lang.documents.marks import AMBIGUOUS, LABELLED, is_item, opens_block
from geungeo.lang.ends import ends_sentence

HARD = "\u2028"
"""A break that the author asked for; a line feed is one that only the source has."""

_BREAKS = re.compile(rf"\s*([\n{HARD}])\s*")
_CHINESE = r"[\u3400-\u4dbf\u4e00-\u9fff\u3001-\u303f\uff01-\uff5e]"
_CHINESE_ENDS = re.compile(rf"{_CHINESE}$")
_CHINESE_BEGINS = re.compile(_CHINESE)
_LABEL = re.compile(r"[^\s:：.]{1,12}(?: [^\s:：.]{1,10})?\s?[:：]\s")


def parted(text: str) -> list[str]:
    """The texts that a paragraph is read as, none of them empty, without line breaks.

    A line stands alone where it begins an entry of a list or a form, and after a hard break
    where the line before ends as a sentence.
    """
    pieces = _BREAKS.split(text.strip())
    texts = [pieces[0]]
    before = pieces[0]
    for mark, line in zip(pieces[1::2], pieces[2::2], strict=True):
        if not line:
            continue
        if _parts(before, line, mark == HARD):
            texts.append(line)
        else:
            texts[-1] = joined(texts[-1], line)
        before = line
    return [one for one in (" ".join(text.split()) for text in texts) if one]


def typed_entries(text: str) -> list[str]:
    """The entries of a paragraph of an office program, whose line breaks were all typed: a line
    goes on with the one before unless it begins with a mark or a label."""
    entries: list[str] = []
    for line in (" ".join(line.split()) for line in text.split("\n")):
        if entries and not (is_item(line) or _LABEL.match(line)):
            entries[-1] = f"{entries[-1]} {line}".strip()
        else:
            entries.append(line)
    return [entry for entry in entries if entry]


def flat(text: str) -> str:
    """The text on one line."""
    line = ""
    for piece in _BREAKS.split(text.strip())[::2]:
        line = joined(line, piece)
    return " ".join(line.split())


def joined(before: str, after: str) -> str:
    """Two lines as one: with a space, unless both sides are Chinese."""
    if not before or not after:
        return before + after
    if _CHINESE_ENDS.search(before) and _CHINESE_BEGINS.match(after):
        return before + after
    return f"{before} {after}"


def _parts(before: str, line: str, is_hard: bool) -> bool:
    if opens_block(line) and not AMBIGUOUS.match(line):
        return True
    if LABELLED.match(before) and LABELLED.match(line):
        return True
    return is_hard and ends_sentence(before)
