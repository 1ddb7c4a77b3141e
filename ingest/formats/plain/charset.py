"""Bytes to text for the encodings that Korean and Chinese offices use.

The double-byte encodings share their bytes: what is Korean in one is Chinese in the next. Each
is tried, and that one taken whose text consists of the letters that its language really uses,
as the standards order them (KS X 1001, GB 2312 and Big5 put the frequent ones first).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from geungeo.errors import GeungeoError
from geungeo.lang.scripts import COMMON_SIMPLIFIED, COMMON_SYLLABLES, COMMON_TRADITIONAL, HANGUL

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The name of an encoding, the standard whose first rows hold the frequent letters, the first
# bytes of these rows, and the commonest letters of running text.
_DOUBLE_BYTE = (
    ("cp949", "euc_kr", (0xB0, 0xC8), COMMON_SYLLABLES),
    ("gb18030", "gb2312", (0xB0, 0xD7), COMMON_SIMPLIFIED),
    ("big5hkscs", "big5", (0xA4, 0xC6), COMMON_TRADITIONAL),
    ("cp932", "shift_jis", (0x82, 0x97), "のにはをたがでてとしれさあるいなっりますもか"),
    ("euc_jp", "euc_jp", (0xA4, 0xCF), "のにはをたがでてとしれさあるいなっりますもか"),
)
_JAPANESE = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP"}
# What a file or a mail may say of its encoding, and the superset that is used for it.
_SAID = {
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "uhc"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cp950"), "big5hkscs"),
}
_KANA = re.compile(r"[\u3040-\u30ff]")
# An encoding named in the head of a page or of an XML file.
_NAMED = re.compile(
    rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w-]{2,30})",
    re.I,
)
_PLAIN = re.compile(rf"[\t\r\n -~{HANGUL}\u4e00-\u9fff\u2010-\u203b\u3000-\u3020\uff01-\uff5e·]")
_LATIN = re.compile(r"[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178‘’“”–—…•€©®°§·«»\u00a0]")
_SAMPLE = 8192
_LEAST_SCORE = 0.6
_MOST_LATIN, _MOST_BROKEN = 0.25, 0.002


class CharsetError(GeungeoError, ValueError):
    """The bytes are not text in any encoding that is tried."""


def decode(data: bytes, said: str = "") -> tuple[str, str]:
    """The text of a file and the name of its encoding; ``said`` is the encoding that goes
    with them, as in a mail; a page's or an XML file's own head is looked at too.

    Tried in order: a byte order mark, UTF-8, UTF-16 without a mark, the encoding that is named,
    then CP949 (a superset of EUC-KR), GB18030 and Big5-HKSCS, whichever gives the more usual
    text, and Windows-1252. A few broken bytes become U+FFFD.

    Raises:
        CharsetError: none of them fits, or the text is Japanese.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, name), name
    wide = _utf16_without_mark(data)
    if wide:
        return _strict(data, wide), wide
    if b"\0" in data:
        raise CharsetError("binary data, not text (it holds NUL bytes)")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8"), "utf-8"
    if not said and (named := _NAMED.search(data[:_SAMPLE])):
        said = named[1].decode("ascii", "replace")
    if (name := _SAID.get(said.strip().lower(), "")) and (text := _decoded(data, name)):
        return text, name
    for errors in ("strict", "replace"):
        found = max(_candidates(data, errors), default=None)
        if found and found[0] >= _LEAST_SCORE:
            _, _, name, text = found
            if name in _JAPANESE:
                raise CharsetError(
                    f"the text seems to be Japanese ({_JAPANESE[name]}), which is not read"
                )
            return text, name
    raise CharsetError(
        "the text is not UTF-8, UTF-16, CP949 (EUC-KR), GB18030, Big5 or Windows-1252"
    )


def _candidates(data: bytes, errors: str) -> Iterator[tuple[float, int, str, str]]:
    """Score, rank (most of what comes in any of them is Korean), name and text."""
    if text := _decoded(data, "utf-8", "replace"):
        whole = sum(letter > "\x7f" for letter in text) - text.count("\ufffd")
        if whole > text.count("\ufffd"):
            yield 2.0, 0, "utf-8", text
    for rank, (name, standard, rows, common) in enumerate(_DOUBLE_BYTE):
        if text := _decoded(data, name, errors):
            yield _usual(text, standard, rows, common), -rank, name, text
    if text := _decoded(data, "cp1252"):
        above = [letter for letter in text if letter > "\x7f"]
        if len(above) < _MOST_LATIN * len(text) and all(map(_LATIN.match, above)):
            yield _LEAST_SCORE, -len(_DOUBLE_BYTE), "cp1252", text


def _decoded(data: bytes, name: str, errors: str = "strict") -> str:
    """Empty where the bytes are not of the encoding, but for a few that may be broken."""
    try:
        text = data.decode(name, errors)
    except UnicodeDecodeError:
        return ""
    broken = text.count("\ufffd")
    return text if broken <= max(2, _MOST_BROKEN * len(text)) else ""


def _usual(text: str, standard: str, rows: tuple[int, int], common: str) -> float:
    """The share of letters from a standard's rows of frequent ones, and twice the share of the
    commonest."""
    letters = Counter(c for c in text[: 8 * _SAMPLE] if c > "\x7f" and c.isalpha())
    total = letters.total()
    if not total:
        return 0.0
    frequent = 0
    for letter, count in letters.items():
        # The Chinese and Korean standards have kana too, which their texts have not.
        if _KANA.match(letter) and standard not in ("shift_jis", "euc_jp"):
            continue
        with suppress(UnicodeEncodeError):
            code = letter.encode(standard)
            frequent += count * (len(code) > 1 and rows[0] <= code[0] <= rows[1])
    usual = sum(letters[letter] for letter in set(common))
    return (frequent + 2 * usual) / total


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
