"""The marks that a program writes before the entries of its lists: numbers, bullets, symbols."""

from __future__ import annotations

import re

from geungeo.lang.documents.marks import (
    HAN_DIGITS,
    HEAVENLY_STEMS,
    KOREAN_DIGITS,
    LETTERS,
    SYLLABLES,
)

BULLET = "•"
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_HUNDREDS = ("", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM")
# Series that are counted through, in Word's names for them.
_SERIES = {
    "ganada": SYLLABLES,
    "chosung": LETTERS,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographTraditional": HEAVENLY_STEMS,
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
}
_DIGITS = {
    **dict.fromkeys(("koreanDigital", "koreanLegal", "koreanCounting"), KOREAN_DIGITS),
    **dict.fromkeys(
        (
            "koreanDigital2", "ideographDigital", "japaneseCounting", "chineseCounting",
            "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
        ),
        HAN_DIGITS,
    ),
}  # fmt: skip
# What fonts of symbols draw in the places of letters.
_SYMBOLS = {
    0x6F: "□", 0x71: "❑", 0x6E: "■", 0x75: "◆", 0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢",
    0xE0: "→", 0xE8: "➔", 0xFC: "✔", 0xFE: "☑", 0xFD: "☒", 0x6C: "●", 0x9F: "•",
}  # fmt: skip
_SYMBOL_FONT = re.compile(r"(?i)symbol|wingdings|webdings")


def numbered(number: int, form: str) -> str:
    """A number in one of Word's forms: ``ganada``, ``lowerRoman``; digits where unknown."""
    if number < 1 or form == "decimal":
        return str(number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if series := _SERIES.get(form):
        turns, place = divmod(number - 1, len(series))
        if turns and form not in ("upperLetter", "lowerLetter"):
            return str(number)
        return series[place] * (turns + 1)
    if (digits := _DIGITS.get(form)) and number < 100:
        tens, ones = divmod(number, 10)
        ten = ("" if tens == 1 else digits[tens - 1]) + digits[9] if tens else ""
        return ten + (digits[ones - 1] if ones else "")
    return str(number)


def bullet(text: str, font: str = "") -> str:
    """The mark of a list without numbers; what only a font of symbols can draw is ``•``."""
    mark = text.strip()
    if len(mark) != 1 or mark.isalnum() or _SYMBOL_FONT.search(font) or not mark.isprintable():
        return BULLET
    return BULLET if 0xE000 <= ord(mark) <= 0xF8FF else mark


def symbol(code: int, font: str = "") -> str:
    """A character of a font of symbols as text, or nothing where it has no likeness."""
    if 0xF000 <= code <= 0xF0FF:
        return _SYMBOLS.get(code - 0xF000, "")
    if _SYMBOL_FONT.search(font):
        return _SYMBOLS.get(code, "")
    return chr(code) if 0x20 <= code < 0xE000 else ""


def _roman(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    return "M" * thousands + _HUNDREDS[rest // 100] + _TENS[rest // 10 % 10] + _ONES[rest % 10]
