"""JSON and JSON Lines as a person would write them down: forms, tables, texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.data.records import (
    are_rows,
    is_long,
    is_text,
    pair_blocks,
    prose_blocks,
    rows_blocks,
)
from geungeo.ingest.formats.plain.text import decoded, read_text
from geungeo.ingest.formats.result import LoadError, Read, counted
from geungeo.ingest.tables import plain_cells, table_blocks
from geungeo.lang.documents.labels import TITLE_KEYS

Json = Mapping[str, "Json"] | Sequence["Json"] | str | None
"""Numbers and truth values are kept as they are written."""

_SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson")
# Numbers in a row that nobody reads: a line on a map, a measured curve.
_MOST_NUMBERS = 100
_NUMBER = re.compile(r"-?\d[\d.eE+-]*$")
_DEEPEST_HEADING = 9


def read_json(data: bytes, name: str) -> Read:
    """Objects as rows of names and values, arrays of objects as tables, long texts as texts.

    Spec: RFC 8259; JSON Lines (one value a line).

    Raises:
        LoadError: the file is no JSON.
    """
    source = decoded(data).removeprefix("\ufeff")
    notes: list[str] = []
    try:
        found = _parsed(source, notes)
        reader = _Reader()
        blocks = reader.blocks(found, 1)
    except json.JSONDecodeError as error:
        if PurePath(name.lower()).suffix not in _SUFFIXES:
            return read_text(data, name)
        raise LoadError(
            f"no valid JSON: {error.msg} in line {error.lineno}; check the file there"
        ) from error
    except RecursionError as error:
        raise LoadError("its values lie too deep within one another to be read") from error
    if reader.left_out:
        notes.append(f"{counted(reader.left_out, 'value')} left out: numbers or pictures in a row")
    return Read(tuple(blocks), loader="json", notes=tuple(notes))


def _parsed(source: str, notes: list[str]) -> Json:
    try:
        return _loaded(source)
    except json.JSONDecodeError as error:
        lines = [(n, line) for n, line in enumerate(source.splitlines(), 1) if line.strip()]
        values: list[Json] = []
        broken: list[int] = []
        for number, line in lines:
            try:
                values.append(_loaded(line))
            except json.JSONDecodeError:
                broken.append(number)
        if len(lines) < 2 or len(broken) > len(values):
            raise error
        notes.extend(f"line {number} left out: no valid JSON" for number in broken)
        return values


def _loaded(source: str) -> Json:
    found: Json = json.loads(source, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    return found


@dataclass
class _Reader:
    left_out: int = 0

    def blocks(self, value: Json, level: int) -> list[Block]:
        if isinstance(value, Mapping):
            return self._of_object(value, level)
        if isinstance(value, str):
            return prose_blocks(value) if value.strip() else []
        return self._of_list(value or (), level)

    def _of_object(self, found: Mapping[str, Json], level: int) -> list[Block]:
        """Its own values first: after a heading they would belong to what it names."""
        pairs: list[tuple[str, str]] = []
        blocks: list[Block] = []
        for name, value in found.items():
            if (text := self._scalar(value)) is not None:
                pairs += [(name, text)] if text else []
                continue
            own = self.blocks(value, level + 1)
            if own and name.strip():
                blocks.append(Block("heading", name, level=min(level, _DEEPEST_HEADING)))
            blocks += own
        return pair_blocks(pairs, level) + blocks

    def _of_list(self, values: Sequence[Json], level: int) -> list[Block]:
        records = [self._record(value) for value in values]
        whole = [record for record in records if record is not None]
        if whole and len(whole) == len(records):
            if are_rows([dict(record) for record in whole]):
                return rows_blocks([dict(record) for record in whole])
            return [block for record in whole for block in _titled(record, level)]
        if rows := self._matrix(values):
            return table_blocks(plain_cells(rows))
        return [block for value in values for block in self._entry(value, level)]

    def _matrix(self, values: Sequence[Json]) -> list[list[str]]:
        """Arrays of as many values each; empty where they are something else."""
        rows: list[list[str]] = []
        for value in values:
            if isinstance(value, str) or not isinstance(value, Sequence) or not value:
                return []
            cells = [self._scalar(one) for one in value]
            if any(cell is None for cell in cells) or (rows and len(rows[0]) != len(cells)):
                return []
            rows.append([cell or "" for cell in cells])
        return rows

    def _entry(self, value: Json, level: int) -> list[Block]:
        text = self._scalar(value)
        if text is None:
            return self.blocks(value, level)
        if is_long(text):
            return prose_blocks(text)
        return [Block("item", f"- {text}")] if text else []

    def _scalar(self, value: Json) -> str | None:
        """A value as text, a list of short ones too; None for what is more than one value."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str):
            if is_text(value):
                return value.strip()
            self.left_out += 1
            return ""
        if isinstance(value, Mapping) or not all(isinstance(one, str) for one in value):
            return None
        texts = [str(one).strip() for one in value if one]
        if len(texts) > _MOST_NUMBERS and all(_is_number(text) for text in texts):
            self.left_out += 1
            return ""
        return None if any(map(is_long, texts)) else ", ".join(filter(None, texts))

    def _record(self, value: Json) -> list[tuple[str, str]] | None:
        """An object of values, or of objects of values, as pairs; None for any other."""
        if not isinstance(value, Mapping):
            return None
        pairs: list[tuple[str, str]] = []
        for name, own in value.items():
            text = self._scalar(own)
            if text is not None:
                pairs += [(name, text)] if text else []
                continue
            if not isinstance(own, Mapping):
                return None
            for inner, one in own.items():
                text = self._scalar(one)
                if text is None:
                    return None
                pairs += [(f"{name} {inner}", text)] if text else []
        return pairs


def _titled(pairs: list[tuple[str, str]], level: int) -> list[Block]:
    """A record with long texts, under its title where it has one."""
    title = next((pair for pair in pairs if pair[0].casefold() in TITLE_KEYS), None)
    if title is None or is_long(title[1]):
        return pair_blocks(pairs, level)
    heading = Block("heading", title[1], level=min(level, _DEEPEST_HEADING))
    return [heading, *pair_blocks([pair for pair in pairs if pair is not title], level + 1)]


def _is_number(text: str) -> bool:
    return bool(_NUMBER.match(text))
