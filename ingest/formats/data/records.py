"""Values with names, as data files hold them, as blocks: rows of labels and values, tables,
paragraphs where a value is prose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.web.html import html_blocks
from geungeo.ingest.layout import plain_text_blocks
from geungeo.ingest.tables import Cell, table_blocks
from geungeo.lang.ends import ends_sentence

_MARKUP = re.compile(r"</?(?:p|br|div|b|i|strong|table|span|a|img|ul|li|h[1-6])\b[^<>]*>", re.I)
# Longer values are read as texts of their own, under their names.
_LONGEST_VALUE, _LONGEST_CELL = 80, 200
# Pictures and keys that are written in letters.
_NO_TEXT = re.compile(r"(?:data:[^\s,]{1,80},)?[A-Za-z0-9+/=_-]{300,}$")
_MOST_IN_ROW = 8


def is_text(value: str) -> bool:
    """Whether a value can be read; a picture in Base64 cannot."""
    return not _NO_TEXT.match("".join(value.split())[:400])


def is_long(value: str, most: int = _LONGEST_VALUE) -> bool:
    """Whether a value is prose rather than an entry of a form."""
    text = value.strip()
    return len(text) > most or "\n" in text or bool(_MARKUP.search(text))


def prose_blocks(text: str) -> list[Block]:
    """A text by its own marks: HTML within a data file, lines, or one paragraph."""
    if _MARKUP.search(text):
        return html_blocks(text)
    return plain_text_blocks(text)


def value_blocks(name: str, value: str, level: int) -> list[Block]:
    """A long value under its name, a sentence after it."""
    if is_long(value, _LONGEST_CELL):
        return [Block("heading", name, level=level), *prose_blocks(value)]
    return [Block("paragraph", f"{name}: {' '.join(value.split())}")]


def pair_blocks(pairs: Sequence[tuple[str, str]], level: int) -> list[Block]:
    """Names and values in their order: short ones in rows, long ones on their own."""
    blocks: list[Block] = []
    short: list[tuple[str, str]] = []
    for name, value in pairs:
        if is_long(value) or ends_sentence(value):
            blocks += _row(short)
            short = []
            blocks += value_blocks(name, value, level)
        else:
            short.append((name, value))
            if len(short) == _MOST_IN_ROW:
                blocks += _row(short)
                short = []
    return blocks + _row(short)


def are_rows(records: Sequence[Mapping[str, str]]) -> bool:
    """Whether records read best as rows of one table: several, none of them with long texts."""
    return len(records) > 1 and not any(
        is_long(value, _LONGEST_CELL) for record in records for value in record.values()
    )


def rows_blocks(records: Sequence[Mapping[str, str]]) -> list[Block]:
    """Records as a table with a column for each name, in the order in which names appear."""
    names = list(dict.fromkeys(name for record in records for name in record))
    cells = [Cell(name, 0, column, header=True) for column, name in enumerate(names)]
    cells += [
        Cell(record.get(name, ""), row, column)
        for row, record in enumerate(records, 1)
        for column, name in enumerate(names)
    ]
    if len(names) == 1:
        return [Block("item", f"{names[0]}: {record[names[0]]}") for record in records if record]
    return table_blocks(cells)


def _row(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    if not pairs:
        return []
    if len(pairs) == 1:
        return [Block("paragraph", f"{pairs[0][0]}: {' '.join(pairs[0][1].split())}")]
    cells = [Cell(name, 0, column, header=True) for column, (name, _) in enumerate(pairs)]
    cells += [Cell(value, 1, column) for column, (_, value) in enumerate(pairs)]
    return table_blocks(cells)
