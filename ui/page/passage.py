"""Text of a document as HTML: its table rows as a table, a stretch of it marked.

Everything is escaped: text of documents is never HTML in the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from geungeo.rag.answer.tables import cell_spans, label_and_value, row_cells


def as_html(text: str, marked: tuple[int, int] = (0, 0)) -> str:
    """``marked`` is a span of the text. Lines stay lines; rows with bars become a table, the
    labels that they share its head."""
    parts = []
    for labels, lines in groupby(_lines(text), key=lambda line: _labels(line[1])):
        if labels is not None:
            head = "".join(f"<th>{escape(label)}</th>" for label in labels)
            head = f"<tr>{head}</tr>" if any(labels) else ""
            rows = "".join(_row(start, line, labels, marked) for start, line in lines)
            parts.append(f'<div class="scroll"><table>{head}{rows}</table></div>')
        else:
            own = list(lines)
            start, (last, line) = own[0][0], own[-1]
            parts.append(_plain(text, start, last + len(line), marked))
    return "".join(parts)


def _labels(line: str) -> tuple[str, ...] | None:
    """The labels of a row's cells; None for what is no row."""
    cells = row_cells(line)
    return tuple(label_and_value(cell)[0] for cell in cells) if cells else None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _row(start: int, line: str, labels: Sequence[str], marked: tuple[int, int]) -> str:
    """A row; cells that the marked stretch reaches are marked whole."""
    cells = []
    for begin, end in cell_spans(line):
        cell = escape(label_and_value(line[begin:end])[1] if any(labels) else line[begin:end])
        if cell and marked[0] < start + end and start + begin < marked[1]:
            cell = f"<mark>{cell}</mark>"
        cells.append(f"<td>{cell}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _plain(text: str, start: int, end: int, marked: tuple[int, int]) -> str:
    first, last = (min(max(place, start), end) for place in marked)
    if first >= last:
        return escape(text[start:end])
    return (
        f"{escape(text[start:first])}<mark>{escape(text[first:last])}</mark>"
        f"{escape(text[last:end])}"
    )
