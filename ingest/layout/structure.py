"""What each paragraph is: a heading, an item of a list, a row of a table, a caption, a note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby
from statistics import median

from geungeo.ingest.blocks import Block
from geungeo.ingest.layout.lines import text_width
from geungeo.ingest.layout.page import Table
from geungeo.ingest.layout.paragraphs import Paragraph
from geungeo.ingest.layout.words import WordJoiner, ends_sentence
from geungeo.ingest.tables import Cell, plain_cells, table_blocks
from geungeo.lang.documents import marks

_LONGEST_HEADING, _LONGEST_BOX, _LONGEST_CAPTION = 70, 42, 120
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 45
# Levels of headings without a number; those with one have theirs in ``marks``.
_APPENDIX, _SPREAD, _LARGE, _BOXED, _BRACKETED, _UNMARKED, _QUESTION = 1, 1, 4, 19, 20, 22, 25
_LARGER = 1.15
_SAME_EDGES = 12.0  # points
_LONG_FOLLOWER = 100
_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\|?$")
_LETTERS = re.compile(r"[^\W\d_]")
_CLAUSE_END = re.compile(r"[,;:：]$")


def structured(found: Sequence[Paragraph | Table | Block], words: WordJoiner) -> list[Block]:
    """The blocks of a document's paragraphs and tables, rows of tables put together; what is a
    block already stays as it is."""
    prose = [one for one in found if isinstance(one, Paragraph) and not one.is_note]
    sizes = [line.size for one in prose for line in one.lines if line.size]
    size = median(sizes) if sizes else 0.0
    places = {id(one): place for place, one in enumerate(prose)}
    blocks: list[Block] = []
    for kind, group in groupby(found, key=_sort):
        own = list(group)
        if kind == "block":
            blocks.extend(one for one in own if isinstance(one, Block))
            continue
        if kind == "table":
            for table in _continued([one for one in own if isinstance(one, Table)]):
                blocks.extend(table_blocks(_joined(table, words), table.page))
            continue
        texts = [one for one in own if isinstance(one, Paragraph)]
        if kind == "rows" and (len(texts) > 1 or texts[0].text.startswith("|")):
            rows = [cells for one in texts if (cells := _cells(one.text))]
            blocks.extend(table_blocks(plain_cells(rows), texts[0].page))
            continue
        for one in texts:
            if one.is_note:
                blocks.append(Block("note", one.text, one.page))
            else:
                blocks.append(_block(prose, places[id(one)], one, size, words))
    return list(_lists_apart(blocks))


def _sort(one: Paragraph | Table | Block) -> str:
    if isinstance(one, Block):
        return "block"
    if isinstance(one, Table):
        return "table"
    return "rows" if not one.is_note and _cells(one.text) is not None else "text"


def _continued(tables: Sequence[Table]) -> Iterator[Table]:
    """Tables of which one goes on with the other on the next page, put together."""
    open_table: Table | None = None
    for table in tables:
        if open_table and _goes_on(open_table, table):
            shift = open_table.rows
            cells = (replace(cell, row=cell.row + shift, page=table.page) for cell in table.cells)
            open_table = replace(open_table, cells=(*open_table.cells, *cells))
            continue
        if open_table:
            yield open_table
        open_table = table
    if open_table:
        yield open_table


def _goes_on(before: Table, after: Table) -> bool:
    edges = abs(before.left - after.left) + abs(before.right - after.right)
    return after.page > before.page and after.columns == before.columns and edges < _SAME_EDGES


def _joined(table: Table, words: WordJoiner) -> Iterator[Cell]:
    """The cells of a table with their lines joined."""
    for cell in table.cells:
        lines = [line for line in cell.text.split("\n") if line]
        yield replace(cell, text=reduce(words.joined, lines) if lines else "")


def _cells(text: str) -> list[str] | None:
    """The cells of a row in text, empty for the rule below a header; None for no row."""
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        if _RULE.match(text):
            return []
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", text[1:-1])]
    return text.split("\t") if "\t" in text else None


def _block(
    found: Sequence[Paragraph], place: int, one: Paragraph, size: float, words: WordJoiner
) -> Block:
    text, page = one.text.replace("\t", " "), one.page
    if match := marks.MARKDOWN_HEADING.match(text):
        # Figures that stand out on a page, as those of a chart, are marked as headings too.
        if not _LETTERS.search(match[2]):
            return Block("paragraph", match[2], page)
        return Block("heading", match[2], page, len(match[1]))
    if marks.CAPTION.match(text) and len(text) <= _LONGEST_CAPTION and not ends_sentence(text):
        return Block("caption", text, page)
    if level := _heading_level(found, place, one, size, words):
        return Block("heading", text, page, level)
    if marks.NOTE.match(text) and not text.startswith("※"):
        return Block("note", text, page)
    if marks.BULLET.match(text) or marks.numbered_level(text):
        return Block("item", text, page)
    return Block("paragraph", text, page)


def _heading_level(
    found: Sequence[Paragraph], place: int, one: Paragraph, size: float, words: WordJoiner
) -> int:
    """The level of a heading, 0 where a paragraph is none."""
    text = one.text
    if len(text) > _LONGEST_HEADING:
        return 0
    if (told := _level_by_form(found, place)) is not None:
        return told
    if ends_sentence(text) or _CLAUSE_END.search(text) or words.goes_on(text):
        return 0
    if marks.NOTE.match(text):
        return 0
    if marks.APPENDIX.match(text):
        return _APPENDIX
    if box := marks.BOX.match(text):
        named = len(text) <= _LONGEST_BOX and not marks.LABELLED.match(text, box.end())
        return _BOXED if named else 0
    if (level := marks.numbered_level(text)) and _LETTERS.search(text):
        return level
    if marks.BULLET.match(text) or len(one.lines) > 1:
        return 0
    if size and one.lines[0].size > _LARGER * size and _has_letters(text):
        return _LARGE
    return _UNMARKED if _is_title(found, place, one, size) else 0


def _level_by_form(found: Sequence[Paragraph], place: int) -> int | None:
    """The level of a heading by brackets, a question mark or letters set apart; None where these
    tell nothing."""
    text = found[place].text
    if marks.BRACKETED.match(text):
        return _BRACKETED
    if marks.QUESTION.match(text) and text.endswith(("?", "？")):
        return _QUESTION
    if marks.SPREAD.match(text):
        return _SPREAD if _stands_over_text(found, place) else 0
    return None


def _stands_over_text(found: Sequence[Paragraph], place: int) -> bool:
    """Whether sentences or a numbered heading follow, not the cells of a form or table."""
    if place + 1 == len(found):
        return False
    after = found[place + 1].text
    return bool(marks.numbered_level(after)) or ends_sentence(after)


def _has_letters(text: str) -> bool:
    return len(text) >= _SHORTEST_TITLE and 2 * len(_LETTERS.findall(text)) >= len(text)


def _is_title(found: Sequence[Paragraph], place: int, one: Paragraph, size: float) -> bool:
    """Whether a short line without a mark names what follows it."""
    text = one.text
    if not _has_letters(text) or place + 1 == len(found):
        return False
    after, before = found[place + 1], found[place - 1] if place else None
    apart = one.lines[0].gap >= 1 and after.lines[0].gap >= 1
    if (apart or before is None) and len(after.text) > _LONG_FOLLOWER:
        return True
    if size or len(text) > _LONGEST_TITLE or (before and not ends_sentence(before.text)):
        return False
    wrapped = len(after.lines) > 1 and text_width(text) < 0.7 * after.lines[0].width
    return wrapped and not marks.opens_block(text)


def _lists_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """Numbered lines one after the other, with nothing between, are items of a list."""
    for place, block in enumerate(blocks):
        if block.kind == "heading" and marks.numbered_level(block.text) == block.level:
            beside = (*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2])
            if any(
                one.kind in ("heading", "item") and marks.numbered_level(one.text) == block.level
                for one in beside
            ):
                block = replace(block, kind="item", level=0)
        yield block
