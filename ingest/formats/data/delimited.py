"""Tables in text: values parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geungeo.ingest.formats.plain.text import decoded
from geungeo.ingest.formats.result import LoadError, Read
from geungeo.ingest.tables import Cell, plain_cells, table_blocks

_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 50
_SEPARATOR_LINE = "sep="


def read_csv(data: bytes, name: str) -> Read:
    """A table in text, its first row of several cells as the header where it labels the others;
    what stands alone above it is a title.

    Spec: RFC 4180, with any of four separators.

    Raises:
        LoadError: the bytes are not text, or no table.
    """
    source = decoded(data).removeprefix("\ufeff")
    first, _, rest = source.partition("\n")
    # Spreadsheet programs write it for one another.
    if first.lower().startswith(_SEPARATOR_LINE) and len(first.strip()) == len(_SEPARATOR_LINE) + 1:
        source, separator = rest, first.strip()[-1]
    else:
        separator = _separator(source, "\t" if name.lower().endswith((".tsv", ".tab")) else ",")
    try:
        rows = list(csv.reader(io.StringIO(source, newline=""), delimiter=separator))
    except csv.Error as error:
        raise LoadError(
            f"the table cannot be read ({error}): look for a quotation mark that is not closed"
        ) from error
    return Read(tuple(table_blocks(_cells(rows))), loader="csv")


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    """The cells; a line before the table with nothing but its first cell, and any that parts
    nothing, is text over the whole width."""
    width = max(map(len, rows), default=0)
    top = next((n for n, row in enumerate(rows) if any(map(str.strip, row[1:]))), 0)
    for cell in plain_cells(rows):
        spans = cell.row < top or len(rows[cell.row]) == 1
        if spans and cell.column == 0:
            yield replace(cell, columns=width)
        elif not spans:
            yield cell


def _separator(source: str, otherwise: str) -> str:
    """The separator that gives most rows the same number of cells, and more than one."""

    def evenness(separator: str) -> tuple[float, int, bool]:
        sample = io.StringIO(source, newline="")
        counts: Counter[int] = Counter()
        try:
            for _, row in zip(
                range(_SAMPLE_ROWS), csv.reader(sample, delimiter=separator), strict=False
            ):
                counts[len(row)] += any(row)
        except csv.Error:
            return (0.0, 0, False)
        width, rows = max(
            ((width, rows) for width, rows in counts.items() if width > 1),
            key=lambda pair: (pair[1], pair[0]),
            default=(0, 0),
        )
        return (rows / max(counts.total(), 1), width, separator == otherwise)

    best = max(_SEPARATORS, key=evenness)
    return best if evenness(best)[1] else otherwise
