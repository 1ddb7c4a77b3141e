"""The value that a question asks for, said in the question's language.

Documents are quoted in their own language; a date, a quantity or a code in them can be read by
everyone: '24. 7. 24. is 24 July 2024 and 2024年7月24日.
"""

from __future__ import annotations

import re
from decimal import Decimal

from geungeo.lang.folding import fold
from geungeo.lang.detect import Language
from geungeo.lang.values.facts import Date, Facts, Quantity, facts
from geungeo.rag.question.wanted import COUNTED, Wanted, wanted

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
# Each unit in Korean, Chinese and English; "" where the number alone says it.
_UNITS = {
    unit: dict(zip(("ko", "zh", "en"), forms, strict=True))
    for unit, forms in {
        "": ("", "", ""),
        "count": ("개", "个", ""),
        "percent": ("%", "%", "%"),
        "KRW": ("원", "韩元", " KRW"),
        "USD": ("달러", "美元", " USD"),
        "EUR": ("유로", "欧元", " EUR"),
        "JPY": ("엔", "日元", " JPY"),
        "CNY": ("위안", "元", " CNY"),
        "m2": ("㎡", "平方米", " m²"),
        "km2": ("㎢", "平方公里", " km²"),
        "hectare": ("헥타르", "公顷", " hectares"),
        "pyeong": ("평", "坪", " pyeong"),
        "m": ("m", "米", " m"),
        "km": ("km", "公里", " km"),
        "cm": ("cm", "厘米", " cm"),
        "kg": ("kg", "公斤", " kg"),
        "tonne": ("톤", "吨", " tonnes"),
        "celsius": ("℃", "℃", " °C"),
        "year": ("년", "年", " years"),
        "month": ("개월", "个月", " months"),
        "week": ("주", "周", " weeks"),
        "day": ("일", "天", " days"),
        "hour": ("시간", "小时", " hours"),
        "minute": ("분", "分钟", " minutes"),
        "second": ("초", "秒", " seconds"),
        "age": ("세", "岁", " years old"),
        "person": ("명", "人", " people"),
        "vehicle": ("대", "辆", " vehicles"),
        "times": ("회", "次", " times"),
    }.items()
}
_MORE = re.compile(r"[여餘余多]")
_MORE_AFTER = re.compile(r"\s?(?:이상|넘|以上|or more)")
_MORE_BEFORE = re.compile(r"(?:more than|over|超过)\s?$", re.IGNORECASE)
_ABOUT_BEFORE = re.compile(r"(?:약|대략|대약|约|大约|about|around|some)\s?$", re.IGNORECASE)
_LESS_AFTER = re.compile(r"\s?(?:미만|이하|以下|以内)|\s?(?:남짓|가량|쯤|左右)")
_MORE_THAN = {"ko": "{} 이상", "zh": "{}以上", "en": "more than {}"}
_ABOUT = {"ko": "약 {}", "zh": "约{}", "en": "about {}"}
_UNTIL = re.compile(r"\s?(?:\([^)]*\))?\s?(?:[~∼～–—-]|부터|에서|至|到|to|until)\s?", re.IGNORECASE)


def said_in(language: Language, question: str, sentence: str) -> str:
    """The one value of the kind that a question asks for in a sentence, for a reader of a
    language; "" where the question asks for no value, or the sentence has several or none."""
    asked_for = wanted(question)
    text, asked = facts(sentence), facts(question)
    if asked_for.kind in ("code", "phone"):
        codes = sorted(str(code) for (code,) in asked_for.values(text, asked))
        return codes[0] if len(codes) == 1 else ""
    if asked_for.kind == "quantity":
        return _quantity(asked_for, text, asked, fold(sentence), language)
    return _date(asked_for, text, asked, fold(sentence), language) if asked_for.kind else ""


def _quantity(
    asked_for: Wanted, text: Facts, asked: Facts, sentence: str, language: Language
) -> str:
    found = {
        (one.value, one.unit): one
        for one in asked_for.quantities(text, asked)
        if asked_for.units or one.unit in COUNTED
    }
    if len(found) != 1:
        return ""
    (quantity,) = found.values()
    start = sentence.find(quantity.text)
    before = sentence[:start] if start >= 0 else ""
    after = sentence[start + len(quantity.text) :] if start >= 0 else ""
    written = _written(quantity, language)
    if not written or _LESS_AFTER.match(after):
        return ""
    if _MORE.search(quantity.text) or _MORE_AFTER.match(after) or _MORE_BEFORE.search(before):
        return _MORE_THAN[language].format(written)
    return _ABOUT[language].format(written) if _ABOUT_BEFORE.search(before) else written


def _written(quantity: Quantity, language: Language) -> str:
    if quantity.unit == "clock":
        minutes = int(quantity.value)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    forms = _UNITS.get(quantity.unit)
    return f"{_number(quantity.value)}{forms[language]}" if forms else ""


def _number(value: Decimal) -> str:
    return f"{value:,f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"


def _date(asked_for: Wanted, text: Facts, asked: Facts, sentence: str, language: Language) -> str:
    named = {(date.year, date.month, date.day) for date in asked.dates}
    wanted_values = asked_for.values(text, asked) - named
    dates = {
        (date.year, date.month, date.day): date
        for date in sorted(text.dates, key=lambda date: sentence.find(date.text))
        if (date.year, date.month, date.day) in wanted_values
    }
    if len(dates) == 1:
        return _day(next(iter(dates.values())), language)
    if len(dates) == 2:
        first, last = dates.values()
        start, end = sentence.find(first.text), sentence.find(last.text)
        between = sentence[start + len(first.text) : end]
        if 0 <= start < end and _UNTIL.fullmatch(between):
            return f"{_day(first, language)} – {_day(last, language)}"
    return ""


def _day(date: Date, language: Language) -> str:
    parts = (date.year, date.month, date.day)
    if language == "en":
        month = _MONTHS[date.month - 1] if date.month else ""
        return " ".join(str(part) for part in (date.day, month, date.year) if part)
    marks = "년월일" if language == "ko" else "年月日"
    space = " " if language == "ko" else ""
    return space.join(f"{n}{mark}" for n, mark in zip(parts, marks, strict=True) if n)
