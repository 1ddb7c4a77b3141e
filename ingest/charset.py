"""Bytes to text for the encodings that Korean and Chinese offices use."""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The commonest syllables and characters of running text tell the two double-byte
# encodings apart: the same bytes are valid in both.
_COMMON_KOREAN = frozenset("이다의는에을가고하한로지은를도과서사기리시어자인정나")
_COMMON_CHINESE = frozenset("的一是不了在人有我他这中大来上国个到和地为年会市作发与")
_PLAIN = re.compile(r"[\t\r\n -~가-힣\u4e00-\u9fff\u2010-\u203b\u3000-\u3020\uff01-\uff5e·]")
_SAMPLE = 8192


class CharsetError(ValueError):
    """The bytes are not text in any encoding that is tried."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Tried in order: a byte order mark, UTF-8, UTF-16 without a mark, then CP949 (a superset
    of EUC-KR) or GB18030, whichever gives the more usual text.

    Raises:
        CharsetError: none of them fits.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, name), name
    wide = _utf16_without_mark(data)
    if wide:
        return _strict(data, wide), wide
    if b"\0" in data:
        raise CharsetError("binary data, not text (it holds NUL bytes)")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = []
    for name, common in (("cp949", _COMMON_KOREAN), ("gb18030", _COMMON_CHINESE)):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        wide_characters = sum(character > "\x7f" for character in text) or 1
        usual = sum(c in common for c in text) / wide_characters
        # Most of what comes in either encoding is Korean.
        candidates.append((usual, name == "cp949", name, text))
    if not candidates:
        raise CharsetError("the text is not UTF-8, UTF-16, CP949 (EUC-KR) or GB18030")
    *_, name, text = max(candidates)
    return text, name


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise CharsetError(f"broken {name.upper()} at byte {error.start}") from error


def _utf16_without_mark(data: bytes) -> str:
    """The byte order under which data with NUL bytes reads as plain text, if one does."""
    if b"\0" not in data or len(data) % 2:
        return ""
    shares = {}
    for name in ("utf-16-le", "utf-16-be"):
        sample = data[:_SAMPLE].decode(name, errors="replace")
        shares[name] = len(_PLAIN.findall(sample)) / len(sample)
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0.9 else ""
