"""The collection over time: a row for each organisation, a mark for each document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from geungeo.ui.strings import Strings
from geungeo.vectorstore import DocumentSummary

_MOST_ROWS = 12
_MOST_TICKS = 8
# Of the width, so that the first and the last mark stand whole within it.
_MARGIN = 3.0


def timeline(documents: Sequence[DocumentSummary], say: Strings) -> str:
    """Empty where fewer than two documents have dates, since there is nothing to compare."""
    dated = [(when, one) for one in documents if (when := _day(one.date))]
    if len(dated) < 2:
        return ""
    first, last = min(dated)[0].toordinal(), max(dated, key=lambda x: x[0])[0].toordinal()
    rows: dict[str, list[tuple[date, DocumentSummary]]] = {}
    for when, one in sorted(dated, key=lambda pair: pair[0]):
        rows.setdefault(one.organisation, []).append((when, one))
    largest = sorted(rows, key=lambda name: (name == "", -len(rows[name]), name))
    shown = {name: rows[name] for name in largest[:_MOST_ROWS]}
    if others := [pair for name in largest[_MOST_ROWS:] for pair in rows[name]]:
        shown[say.others] = others

    def place(when: date) -> str:
        share = (when.toordinal() - first) / max(1, last - first)
        return f"{_MARGIN + share * (100 - 2 * _MARGIN):.1f}%"

    body = "".join(
        f'<div class="row"><span class="who">{escape(name or say.unnamed)}</span>'
        f'<span class="line">{"".join(_mark(when, one, place(when)) for when, one in own)}</span>'
        "</div>"
        for name, own in shown.items()
    )
    ticks = "".join(
        f'<span style="left:{place(date(year, 1, 1))}">{year}</span>'
        for year in _years(first, last)
    )
    axis = f'<div class="row"><span class="who"></span><span class="line axis">{ticks}</span></div>'
    label = escape(say.timeline, quote=True)
    return f'<figure class="timeline" aria-label="{label}">{body}{axis}</figure>'


def _mark(when: date, one: DocumentSummary, place: str) -> str:
    said = escape(f"{when.isoformat()} · {one.title}", quote=True)
    return f'<i style="left:{place}" title="{said}"></i>'


def _years(first: int, last: int) -> list[int]:
    begin, end = date.fromordinal(first).year + 1, date.fromordinal(last).year
    step = 1 + (end - begin) // _MOST_TICKS
    return list(range(begin, end + 1, step))


def _day(text: str) -> date | None:
    """The day of an ISO date, the first of its month or year where it says no more."""
    try:
        parts = [int(part) for part in text.split("-")]
        return date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError):
        return None
