"""Values as a reader of a language writes them."""

from __future__ import annotations

import re
from decimal import Decimal

from geungeo.lang.detect import Language
from geungeo.lang.en.calendar import MONTHS
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.rules import alternatives, pattern
from geungeo.lang.values.dates import Date
from geungeo.lang.values.quantities import Quantity


def written_date(date: Date, language: Language) -> str:
    """A date, as far as it is known: 24 July 2024."""
    profile = LANGUAGES[language]
    numbers = {"year": date.year, "month": date.month, "day": date.day}
    name = MONTHS[date.month - 1] if date.month else ""
    parts = [
        form.format(numbers[part], name=name)
        for part, form in profile.date.items()
        if numbers[part]
    ]
    return profile.between_parts.join(parts)


def written_quantity(quantity: Quantity, language: Language) -> str:
    """A number with its unit; "" for a unit that no language has a form for."""
    if quantity.unit == "clock":
        minutes = int(quantity.value)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    form = LANGUAGES[language].units.get(quantity.unit)
    return f"{written_number(quantity.value)}{form}" if form is not None else ""


def in_scales(quantity: Quantity, language: Language) -> str:
    """``written_quantity`` with the scales in which the language counts: 12억 4,000만원; the same
    as that where it has none, or where the number is not whole."""
    scales, rest = LANGUAGES[language].scales, quantity.value
    written = written_quantity(quantity, language)
    if not written or rest % 1 or rest < min(scales.values(), default=rest + 1):
        return written
    parts = []
    for name, worth in scales.items():
        count, rest = divmod(rest, worth)
        if count:
            parts.append(f"{written_number(count)}{name}")
    if rest:
        parts.append(written_number(rest))
    form = LANGUAGES[language].units[quantity.unit]
    return f"{LANGUAGES[language].between_scales.join(parts)}{form}"


def in_context(quantity: Quantity, sentence: str, language: Language) -> str:
    """A quantity of a folded sentence with what makes it rough or a least one there; "" where it
    is a highest one or its unit has no form."""
    start = sentence.find(quantity.text)
    before = sentence[:start] if start >= 0 else ""
    after = sentence[start + len(quantity.text) :] if start >= 0 else ""
    written = written_quantity(quantity, language)
    if not written or pattern("bounds", "less after").match(after):
        return ""
    profile = LANGUAGES[language]
    if (
        pattern("bounds", "more").search(quantity.text)
        or pattern("bounds", "more after").match(after)
        or _ends_with("more before", before)
    ):
        return profile.more_than.format(written)
    return profile.about.format(written) if _ends_with("about before", before) else written


def _ends_with(meaning: str, text: str) -> bool:
    return bool(re.search(rf"(?:{alternatives('bounds', meaning)})\s?$", text, re.IGNORECASE))


def written_number(value: Decimal) -> str:
    """A number with its thousands apart, without zeros at its end."""
    return f"{value:,f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"
