"""Numbers in digits and in words of Korean, Chinese and English: 2천66만, 六十二万, sixty-two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from geungeo.evals.comparing.words import words

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_KNOWN = words()["numerals"]
_DIGITS = {one: value for value, ones in enumerate(_KNOWN["digits"]) for one in ones}
_TENS = {one: value for ones, value in _KNOWN["tens"].items() for one in ones}
_MYRIADS = {one: value for ones, value in _KNOWN["myriads"].items() for one in ones}
_NATIVE: dict[str, int] = _KNOWN["native"]
_SCALES = "".join((*_TENS, *_MYRIADS))
_SINO, _SINO_SCALES = _KNOWN["sino"], _KNOWN["sino_scales"]
_LETTER = r"[\uac00-\ud7a3]"
_ONES = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_DECADES = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10),
        strict=True)
)  # fmt: skip
_THOUSANDS = {
    "thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_RANKS = {
    word: rank
    for rank, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        1,
    )
}
_WORDS = "|".join((*_ONES, *_DECADES, "hundred", *_THOUSANDS))
_THOUSANDS_WORD = "|".join(_THOUSANDS)

_NUMBER = re.compile(
    rf"(?P<rank>{_KNOWN['rank']})?\s?(?:"
    # A number of several parts in digits and scales, or 620 million.
    rf"(?P<mixed>{_ARABIC}[{_SCALES}]+(?:\s?{_ARABIC}[{_SCALES}]+)*"
    rf"(?:\s?{_ARABIC}(?=\s?{_KNOWN['tail_unit']}))?)"
    rf"|(?P<scaled>{_ARABIC}\s?(?:{_THOUSANDS_WORD})\b)"
    rf"|(?P<arabic>{_ARABIC})(?P<th>st\b|nd\b|rd\b|th\b)?"
    rf"|(?P<han>[{_KNOWN['han']}]+)"
    rf"|(?<!{_LETTER})(?P<sino>(?:[{_SINO}]?[{_SINO_SCALES}])+[{_SINO}]?)"
    rf"(?=\s?{_KNOWN['sino_unit']}))"
    rf"|(?<!{_LETTER})(?P<native>{'|'.join(sorted(_NATIVE, key=len, reverse=True))})"
    rf"(?=\s?(?:{_KNOWN['counter']}))"
    rf"|\b(?P<words>(?:a\s)?(?:{_WORDS})(?:[\s-](?:and\s)?(?:{_WORDS}))*)\b"
    rf"|\b(?P<ordinal>{'|'.join(_RANKS)})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number at its place; ``is_word`` where a single character or word gives it."""

    value: Decimal
    start: int
    end: int
    is_rank: bool = False
    is_word: bool = False


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text, in order."""
    for match in _NUMBER.finditer(text):
        is_rank = bool(match["rank"] or match["th"] or match["ordinal"])
        is_word = not any(character.isdigit() for character in match[0])
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Number(_read(match), start, match.end(), is_rank, is_word)


def _read(match: re.Match[str]) -> Decimal:
    if match["native"]:
        return Decimal(_NATIVE[match["native"]])
    if match["ordinal"]:
        return Decimal(_RANKS[match["ordinal"].lower()])
    if match["words"]:
        return Decimal(_english(match["words"]))
    if match["scaled"]:
        figure, scale = re.fullmatch(r"([\d,.]+)\s?(\w+)", match["scaled"]).groups()  # type: ignore[union-attr]
        return _arabic(figure) * _THOUSANDS[scale.lower()]
    return east_asian(match["mixed"] or match["arabic"] or match["han"] or match["sino"])


def east_asian(text: str) -> Decimal:
    """The value of digits and numerals of Korean and Chinese, mixed as they come."""
    total = section = Decimal(0)
    current: Decimal | None = None
    for part in re.findall(rf"{_ARABIC}|\S", text):
        if part in _MYRIADS:
            section += current or 0
            total += (section or 1) * _MYRIADS[part]
            section, current = Decimal(0), None
        elif part in _TENS:
            section += (1 if current is None else current) * _TENS[part]
            current = None
        elif part in _DIGITS:
            # 二〇一八 is read digit by digit.
            current = (current or 0) * 10 + Decimal(_DIGITS[part])
        else:
            current = _arabic(part)
    return total + section + (current or 0)


def _arabic(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _english(text: str) -> int:
    total = part = 0
    for word in chain.from_iterable(w.split("-") for w in text.lower().split()):
        if word in _ONES:
            part += _ONES[word]
        elif word in _DECADES:
            part += _DECADES[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _THOUSANDS:
            total += (part or 1) * _THOUSANDS[word]
            part = 0
    return total + part
