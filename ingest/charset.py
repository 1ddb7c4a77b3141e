"""Bytes to text for the encodings that Korean and Chinese offices use."""

from __future__ import annotations

import codecs

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The commonest syllables and characters of running text tell the two double-byte
# encodings apart: the same bytes are valid in both.
_COMMON_KOREAN = frozenset("이다의는에을가고하한로지은를도과서사기리시어자인정나")
_COMMON_CHINESE = frozenset("的一是不了在人有我他这中大来上国个到和地为年会市作发与")


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
        candidates.append((sum(c in common for c in text) / wide_characters, name, text))
    if not candidates:
        raise CharsetError("the text is not UTF-8, UTF-16, CP949 (EUC-KR) or GB18030")
    _, name, text = max(candidates)
    return text, name


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise CharsetError(f"broken {name.upper()} at byte {error.start}") from error


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 shows in NUL bytes at every other place, as ASCII spaces and line ends give."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 20 and not even:
        return "utf-16-le"
    if even > len(sample) // 20 and not odd:
        return "utf-16-be"
    return ""
