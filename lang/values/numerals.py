"""Numbers as terms, however they are written: 60만, 600,000, 第三, third.

A number of several parts (60만, 3.5 million, 二十) gives the term of its value in digits, an
ordinal in words that of its rank. Digits alone are left to the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

SCALES = {
    "십": 10,
    "백": 100,
    "천": 10**3,
    "만": 10**4,
    "억": 10**8,
    "조": 10**12,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_SCALED_PART = (
    r"\d[\d,]*(?:\.\d+)?\s?(?:[십백천]?[만억조]|[천万萬亿億]|thousand|million|billion|trillion)"
)
_SCALED = re.compile(
    rf"{_SCALED_PART}(?:\s?{_SCALED_PART})*(?:\s?\d[\d,]*(?![\d.]))?", re.IGNORECASE
)
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([^\d\s,.]*)")
_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_HAN_DIGIT = "[零一二三四五六七八九十百千两兩]"
_COUNTED = "[届屆次个個年月日号號名家座所条條人天位项項周週倍期轮輪回]"
_HAN_NUMBER = re.compile(rf"第[一二三四五六七八九十百]+|{_HAN_DIGIT}+(?={_COUNTED})")
_HAN_NUMBER_WORD = re.compile(rf"第?{_HAN_DIGIT}+{_COUNTED}?|{_HAN_DIGIT}?{_COUNTED}")
_NATIVE_ONES = {
    word: value
    for value, words in enumerate(
        ("한", "두 둘", "세 석 셋", "네 넉 넷", "다섯", "여섯", "일곱", "여덟", "아홉"), 1
    )
    for word in words.split()
}
_NATIVE_TENS = {
    word: value * 10
    for value, words in enumerate(
        ("열", "스무 스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"), 1
    )
    for word in words.split()
}
NATIVE_NUMBER = (
    rf"(?:(?:{'|'.join(_NATIVE_TENS)})(?:{'|'.join(_NATIVE_ONES)})?"
    rf"|{'|'.join(word for word, value in _NATIVE_ONES.items() if value > 1)})"
)
"""Korea's own numbers from two to ninety-nine, before what they count; one is an article as
often as a number."""
_SINO_DIGITS = {digit: value for value, digit in enumerate("일이삼사오육칠팔구", 1)}
_SINO_DIGIT = f"[{''.join(_SINO_DIGITS)}]"
_SINO_THOUSANDS = "".join(rf"(?:{_SINO_DIGIT}?{scale})?" for scale in "천백십")
SINO_NUMBER = (
    rf"(?!만일)(?={_SINO_DIGIT}[조억만천백십]|[천백십]{{1,2}}{_SINO_DIGIT})"
    rf"(?:{_SINO_DIGIT}조\s?)?(?:{_SINO_THOUSANDS}{_SINO_DIGIT}?억\s?)?"
    rf"(?:{_SINO_THOUSANDS}{_SINO_DIGIT}?만\s?)?{_SINO_THOUSANDS}{_SINO_DIGIT}?(?<=\S)"
)
"""Korean numbers of Chinese origin from eleven on, in letters: 천이백, 일억 이천만; a scale alone
is as often a unit, as in 백만 원."""
ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
).split()
_CARDINALS = "two three four five six seven eight nine ten eleven twelve".split()
ENGLISH_NUMBERS = dict(
    zip(("one", *_CARDINALS, "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
         "eighteen", "nineteen"), range(1, 20), strict=True)
) | {
    tens: value * 10
    for value, tens in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}  # fmt: skip
_KOREAN = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split()
_WORD = re.compile(
    rf"\b(?P<en>{'|'.join((*ENGLISH_ORDINALS, *_CARDINALS))})\b|\b(?P<digits>\d+)(?:st|nd|rd|th)\b"
    rf"|(?P<ko>{'|'.join(_KOREAN)})\s?(?:번째|차례|개|명|곳|가지|팀)",
    re.IGNORECASE,
)


def number_terms(text: str) -> Iterator[str]:
    """The values of numbers that are not written in digits alone, as terms."""
    for match in _SCALED.finditer(text):
        yield _plain(scaled_value(match[0]))
    for match in _HAN_NUMBER.finditer(text):
        yield str(han_value(match[0].lstrip("第")))
    for match in _WORD.finditer(text):
        if match["digits"]:
            yield match["digits"]
        elif match["ko"]:
            yield str(_KOREAN.index(match["ko"]) + 1)
        else:
            word = match["en"].lower()
            is_rank = word in ENGLISH_ORDINALS
            yield str(ENGLISH_ORDINALS.index(word) + 1 if is_rank else _CARDINALS.index(word) + 2)


def is_han_number(word: str) -> bool:
    """Whether a Chinese word is a number, alone or with what it counts: 第三次."""
    return bool(_HAN_NUMBER_WORD.fullmatch(word))


def scaled_value(text: str) -> Decimal:
    """The value of digits with scales: 1억 2천만, 3.5 million."""
    total = Decimal(0)
    for number, unit in _PART.findall(text):
        value = Decimal(number.replace(",", ""))
        for scale in re.findall("|".join(SCALES), unit.lower()):
            value *= SCALES[scale]
        total += value
    return total


def han_value(text: str) -> int:
    """The value of a number in Chinese characters: 四百一十二, 六万二千, 二〇一八."""
    for scale in ("亿", "億", "万", "萬"):
        high, found, low = text.partition(scale)
        if found:
            return han_value(high or "一") * SCALES[scale] + (han_value(low) if low else 0)
    if not any(character in _HAN_SCALES for character in text):
        return int("".join(str(_HAN_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _HAN_SCALES:
            total += (digit or 1) * _HAN_SCALES[character]
            digit = 0
        else:
            digit = _HAN_DIGITS[character]
    return total + digit


def native_value(text: str) -> int:
    """The value of one of Korea's own numbers: 열여덟, 서른한."""
    tens = next((word for word in _NATIVE_TENS if text.startswith(word)), "")
    ones = text.removeprefix(tens)
    return _NATIVE_TENS.get(tens, 0) + _NATIVE_ONES.get(ones, 0)


def sino_value(text: str) -> int:
    """The value of a Korean number of Chinese origin, in letters: 천이백, 일억 이천만."""
    total = part = digit = 0
    for character in text.replace(" ", ""):
        scale = SCALES.get(character, 0)
        if not scale:
            digit = _SINO_DIGITS[character]
        elif scale < SCALES["만"]:
            part, digit = part + (digit or 1) * scale, 0
        else:
            total, part, digit = total + (part + digit or 1) * scale, 0, 0
    return total + part + digit


def english_value(text: str) -> int:
    """The value of a number in English words: sixty-four, two hundred and five."""
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in ENGLISH_NUMBERS:
            part += ENGLISH_NUMBERS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in SCALES:
            total += (part or 1) * SCALES[word]
            part = 0
    return total + part


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
