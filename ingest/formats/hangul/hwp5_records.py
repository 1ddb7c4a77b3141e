"""The records of HWP 5 streams, by Hancom's 한글 문서 파일 형식 5.0, revision 1.3."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

_BEGIN = 0x10
CHAR_SHAPE, NUMBERING, BULLET, PARA_SHAPE, STYLE = (_BEGIN + n for n in (5, 7, 8, 9, 10))
PARA_HEADER, PARA_TEXT, PARA_CHAR_SHAPE, PARA_LINE_SEG = (_BEGIN + n for n in (50, 51, 52, 53))
CTRL_HEADER, LIST_HEADER = _BEGIN + 55, _BEGIN + 56
SHAPE_COMPONENT, TABLE, PICTURE, EQUATION = (_BEGIN + n for n in (60, 61, 69, 72))
_OLE, _VIDEO = _BEGIN + 68, _BEGIN + 82
MEMO_LIST = _BEGIN + 77
OBJECTS = (_OLE, _VIDEO)
_EXTENDED_SIZE = 0xFFF
_MOST_BYTES = 300_000_000


@dataclass
class Record:
    """``within`` are the records of deeper levels that follow."""

    tag: int
    level: int
    data: bytes
    within: list[Record] = field(default_factory=list)

    def number(self, at: int, form: str = "I", otherwise: int = 0) -> int:
        """A number at an offset; ``otherwise`` where the record is shorter."""
        size = struct.calcsize(form)
        if at + size > len(self.data):
            return otherwise
        return int(struct.unpack_from(f"<{form}", self.data, at)[0])

    def text(self, at: int) -> tuple[str, int]:
        """A text after its length at an offset, and the offset after it."""
        end = at + 2 + 2 * self.number(at, "H")
        return decoded(self.data[at + 2 : end]), end


def decoded(data: bytes) -> str:
    return data.decode("utf-16-le", "replace").replace("\0", "")


def inflated(stream: bytes) -> bytes:
    """Raises ``zlib.error`` for a stream that is broken from its start, ``ValueError`` for one
    that would fill the memory; of one that breaks off, what can be read."""
    machine = zlib.decompressobj(-15)
    found = bytearray()
    while stream and not machine.eof:
        try:
            found += machine.decompress(stream, 1 << 20)
        except zlib.error:
            if not found:
                raise
            return bytes(found)
        stream = machine.unconsumed_tail
        if len(found) > _MOST_BYTES:
            raise ValueError("too large")
    return bytes(found + machine.flush())


def records(stream: bytes) -> Iterator[Record]:
    """The records of a stream one after the other; one that is cut off ends it."""
    at = 0
    while at + 4 <= len(stream):
        (head,) = struct.unpack_from("<I", stream, at)
        at += 4
        size = head >> 20
        if size == _EXTENDED_SIZE:
            if at + 4 > len(stream):
                return
            (size,) = struct.unpack_from("<I", stream, at)
            at += 4
        yield Record(head & 0x3FF, head >> 10 & 0x3FF, stream[at : at + size])
        at += size


def tree(stream: bytes) -> list[Record]:
    """The records of the lowest level, with those below them."""
    roots: list[Record] = []
    path: list[Record] = []
    for record in records(stream):
        while path and path[-1].level >= record.level:
            path.pop()
        (path[-1].within if path else roots).append(record)
        path.append(record)
    return roots
