"""HWP 5, by its records: what a reader sees of it, and what is named as left out."""

from __future__ import annotations

import struct

from geungeo.ingest.formats.hangul.document import Seen, hangul_blocks
from geungeo.ingest.formats.hangul.hwp5_body import Section
from geungeo.ingest.formats.hangul.hwp5_records import tree
from geungeo.ingest.formats.hangul.hwp5_styles import Styles


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    return struct.pack("<I", (16 + tag) | level << 10 | len(data) << 20) + data


def para(level: int, text: str, *controls: bytes) -> bytes:
    units = text.encode("utf-16-le") + b"\r\0"
    header = record(50, level, struct.pack("<IIHBB", len(units) // 2, 0, 0, 0, 0))
    return header + record(51, level + 1, units) + b"".join(controls)


def control(code: int) -> str:
    """The eight places of an object in a text."""
    return chr(code) + "\1" * 6 + chr(code)


def cell(text: str, row: int, column: int, rows: int = 1, columns: int = 1) -> bytes:
    place = struct.pack("<IIHHHH", 1, 0, column, row, columns, rows)
    return record(56, 2, place) + para(2, text)


def read5(*sections: bytes) -> list[str]:
    seen = Seen()
    paragraphs = Section(tree(b"".join(sections)), Styles(), seen).paragraphs()
    blocks, _ = hangul_blocks(paragraphs, seen)
    return [f"{block.kind}: {block.text}" for block in blocks] + list(seen.notes())


def test_hwp5_tables_with_joined_cells_and_a_caption() -> None:
    table = b"".join(
        (
            record(55, 1, b" lbt"),
            record(56, 2, struct.pack("<II", 1, 0)) + para(2, "표 1. 생산량"),
            record(61, 2, bytes(20)),
            cell("구분", 0, 0, rows=2),
            cell("2030년", 0, 1, columns=2),
            cell("상반기", 1, 1),
            cell("하반기", 1, 2),
            cell("굴", 2, 0),
            cell("41톤", 2, 1),
            cell("52톤", 2, 2),
        )
    )
    assert read5(para(0, control(11), table), para(0, "표 뒤의 말이다.")) == [
        "caption: 표 1. 생산량",
        "row: | 구분: 굴 | 2030년 상반기: 41톤 | 2030년 하반기: 52톤 |",
        "paragraph: 표 뒤의 말이다.",
    ]


def test_hwp5_notes_boxes_equations_and_what_is_left_out() -> None:
    listed = record(56, 2, struct.pack("<II", 1, 0))
    note = record(55, 1, b"  nf" + struct.pack("<I", 3)) + listed + para(2, "통계청 자료이다.")
    script = "v = sqrt h".encode("utf-16-le")
    equation = record(55, 1, b"deqe") + record(72, 2, struct.pack("<IH", 0, 10) + script)
    box = (
        record(55, 1, b" osg")
        + record(60, 2)
        + record(56, 3, struct.pack("<II", 1, 0))
        + para(3, "상자의 글이다.")
    )
    header = record(55, 1, b"daeh") + listed + para(2, "대외비 문서")
    text = f"인구가{control(17)} 늘고{control(16)} 속도는 {control(11)}이다.{control(11)}"
    assert read5(para(0, text, note, header, equation, box)) == [
        "paragraph: 인구가 늘고 속도는 v = sqrt h 이다.",
        "note: 3) 통계청 자료이다.",
        "paragraph: 상자의 글이다.",
        "page header left out: 대외비 문서",
    ]


def test_hwp5_records_that_break_off_are_read_as_far_as_they_go() -> None:
    stream = para(0, "앞의 글이다.") + para(0, "뒤의 글이다.")
    assert read5(stream[:-5])[0] == "paragraph: 앞의 글이다."
