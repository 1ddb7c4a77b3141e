"""Numbers as a sheet shows them, by the format code of their cells."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from geungeo.lang.documents.styles import GENERAL_FORMAT

# Quoted text, an escaped letter, room for a letter, a filler, a colour, a currency, a condition.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]\-]*)[^\]]*\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<number>[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)"
    r"|(?P<general>(?i:general))|(?P<percent>%)|(?P<text>@)|(?P<other>.)"
)
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CONDITION = re.compile(r"\[[<>=]")
_BEYOND = re.compile(r"(?i)E[+-]|[#0?]\s*/\s*[#0?\d]")
_MOST_LETTERS = 1e15


def displayed(value: float, code: str) -> str:
    """A number by a format code (``#,##0"kg"``, ``0.0%``); plainly where the code does more than
    is known here."""
    sections = _SECTIONS.split(code.replace(GENERAL_FORMAT, "General") or "General")
    if any(_CONDITION.search(section) for section in sections):
        return plain(value)
    if value == 0 and len(sections) > 2:
        chosen, size, sign = sections[2], value, ""
    elif value < 0 and len(sections) > 1:
        chosen, size, sign = sections[1], -value, ""
    else:
        chosen, size, sign = sections[0], abs(value), "-" if value < 0 else ""
    tokens = list(_TOKEN.finditer(chosen))
    if not any(token["number"] or token["general"] for token in tokens):
        written = "".join(_literal(token) for token in tokens).strip()
        return written if written or len(sections) > 1 else plain(value)
    if _BEYOND.search(_LITERALS.sub("", chosen)):
        return plain(value)
    size *= 100 ** sum(bool(token["percent"]) for token in tokens)
    numbers = [token for token in tokens if token["number"]]
    parts = _split(size, [token["number"] for token in numbers]) if numbers else []
    text = "".join(
        parts.pop(0) if token["number"] else plain(size) if token["general"] else _literal(token)
        for token in tokens
    ).strip()
    return sign + text if re.search(r"[1-9]", text) else text


def plain(value: float) -> str:
    """A number as it is shown without a format: ten digits at the most, no exponent."""
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    if abs(value) >= _MOST_LETTERS or abs(value) < 1e-9:
        return f"{value:.10g}"
    places = max(0, 10 - len(str(int(abs(value)))))
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def displayed_date(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str) -> str:
    """``2031-04-02``, with the time where it has one; a year or a month where only these show."""
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    shown = _LITERALS.sub("", code).lower().split(";")[0]
    if "y" in shown and "d" not in shown and "h" not in shown:
        return value.strftime("%Y-%m" if "m" in shown else "%Y")
    day = value.strftime("%Y-%m-%d")
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        return f"{day} {value.strftime('%H:%M')}"
    return day


def _literal(token: re.Match[str]) -> str:
    if token["percent"]:
        return "%"
    return token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""


def _split(size: float, places: list[str]) -> list[str]:
    """The text for every run of places: one number, or its digits dealt out as in 000-0000."""
    if len(places) == 1:
        return [_number(size, places[0])]
    digits = str(int(Decimal(repr(size)).to_integral_value(ROUND_HALF_UP)))
    texts: list[str] = []
    for place in reversed(places[1:]):
        room = len(re.sub(r"[^#0?]", "", place))
        texts.insert(0, digits[-room:].rjust(_least(place), "0"))
        digits = digits[:-room]
    return [digits.rjust(_least(places[0]), "0"), *texts]


def _least(places: str) -> int:
    """How many digits are shown at the least: those from the first 0 on."""
    return len(re.sub(r"[^#0?]", "", places).lstrip("#?"))


def _number(size: float, places: str) -> str:
    whole, _, decimals = places.partition(".")
    scaled = Decimal(repr(float(size)))
    while whole.endswith(","):
        whole, scaled = whole[:-1], scaled / 1000
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    before = before.rjust(_least(whole), "0") if "," not in whole else before
    if "," in whole:
        before = f"{int(before):,}"
    least = len(decimals.rstrip("#?"))
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    return f"{before}.{after}" if after else before
