"""Chunks by structure and sentence: a heading opens a chunk, a sentence is never cut."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.sentences import split_sentences
from vectorstore import Analyzer, Chunk
from vectorstore.analysis import Span

# Characters of a chunk; short ones are found by exact questions, long ones keep context.
TARGET = 400
LONGEST_SENTENCE = 800
CHUNKER = f"structure-sentence-{TARGET}-4"

_BULLET = re.compile(r"^\s*(?:[-–—•·*○●◦□■※▲△▶▷❍①-⑳:]|\d{1,2}[.)]\s|[가-하][.)]\s|\|)")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_NUMBERED_HEADING = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\S.{0,70}$")
_CHINESE_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、\S{1,30}$")
_BRACKET_HEADING = re.compile(r"^[<〈《\[【](?!사진|그림|표)[^<>]{8,90}[>〉》\]】]$")
# Appendices of official documents: [별첨 1] 명단, 붙임 2. 예산표, 附件1：名单.
_APPENDIX = re.compile(
    r"^[\[(<〈【]?\s*(?:(?:별첨|붙임|첨부|부록|별지|附件|附录|附表)(?:\s*\d{1,2}|[\])>〉】:：.])"
    r"|(?:Annex|Appendix)\s+(?:\d{1,2}|[A-Z])\b).{0,60}$"
)
# A box opens a part of an official document where no sentence follows it on its line.
_BOXED_HEADING = re.compile(r"^[□■◆◈]\s*(\S.{1,40})$")
_SENTENCE_END = re.compile(r"(?:[.?!:;。！？…>》”\"’]|다|음|함|임|됨|요|것)\s*$")
_CLAUSE_END = re.compile(r"(?:[.?!;。]|다)\s*$")
_WORD = re.compile(r"\w")
_PARTICLE_START = re.compile(r"^(?:와|과|은|는|이|가|을|를|의|에|로|으로|에서|도)\s")


@dataclass(frozen=True)
class _Unit:
    """A paragraph, a list item or a table row: the least that a chunk holds."""

    start: int
    end: int
    section: str
    heading: bool = False


def chunk(
    text: str, analyzer: Analyzer, page_starts: Sequence[int] = (0,), target: int = TARGET
) -> list[Chunk]:
    """Chunks of about ``target`` characters, in order, none across a heading.

    Every word of the text lies in a chunk; bullets and heading marks may lie outside. A chunk
    is on the page on which it begins, and one that begins a page begins a chunk.
    """
    chunks: list[Chunk] = []
    pending: list[tuple[int, int]] = []
    section = ""
    only_headings = True

    def flush() -> None:
        nonlocal only_headings
        if pending:
            start = pending[0][0]
            page = bisect_right(page_starts, start)
            chunks.append(Chunk(start, pending[-1][1], tuple(pending), section, page))
            pending.clear()
        only_headings = True

    units = [unit for unit in _units(text) if _WORD.search(text, unit.start, unit.end)]
    split = split_sentences([text[unit.start : unit.end] for unit in units], analyzer)
    for unit, spans in zip(units, split, strict=True):
        if unit.section != section:
            if not only_headings:
                flush()
            section = unit.section
        new_page = bool(pending) and _pages_between(page_starts, pending[0][0], unit.start)
        if new_page and not only_headings:
            flush()
        too_long = bool(pending) and unit.end - pending[0][0] > target
        if too_long and unit.end - unit.start <= target and not only_headings:
            flush()
        for sentence in _sentences(text, unit, spans):
            if pending and sentence[1] - pending[0][0] > target and not only_headings:
                flush()
            pending.append(sentence)
            only_headings = only_headings and unit.heading
    flush()
    return chunks


def _pages_between(page_starts: Sequence[int], start: int, end: int) -> bool:
    return bisect_right(page_starts, start) != bisect_right(page_starts, end)


def _sentences(text: str, unit: _Unit, spans: Sequence[Span]) -> Iterator[Span]:
    for start, end in spans:
        start, end = unit.start + start, unit.start + end
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            cut = cut if cut > start else start + LONGEST_SENTENCE
            yield start, cut
            start = cut + (text[cut] == " ")
        yield start, end


def _units(text: str) -> Iterator[_Unit]:
    path: list[tuple[int, str]] = []
    lines = list(_lines(text))
    open_unit: _Unit | None = None
    for i, (start, end) in enumerate(lines):
        heading = _heading(lines, i, text)
        if open_unit and not heading and _continues(text, open_unit, (start, end)):
            open_unit = replace(open_unit, end=end)
            continue
        if open_unit:
            yield open_unit
        if heading:
            level, title = heading
            while path and path[-1][0] >= level:
                path.pop()
            path.append((level, title))
        section = " › ".join(title for _, title in path)
        open_unit = _Unit(start, end, section, heading is not None)
    if open_unit:
        yield open_unit


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            begin = start + line.index(stripped)
            yield begin, begin + len(stripped)
        start += len(line) + 1


def _heading(lines: Sequence[tuple[int, int]], i: int, text: str) -> tuple[int, str] | None:
    """Level and title of a heading line; levels only order the headings of one document."""
    line = text[slice(*lines[i])]
    if match := _MARKDOWN_HEADING.match(line):
        return len(match[1]), match[2]
    if (match := _NUMBERED_HEADING.match(line)) and not _CLAUSE_END.search(line):
        return 10 + match[1].count("."), line
    if _CHINESE_HEADING.match(line) and not _CLAUSE_END.search(line):
        return 10, line
    if _APPENDIX.match(line) and not _CLAUSE_END.search(line):
        return 1, line
    if (match := _BOXED_HEADING.match(line)) and not _SENTENCE_END.search(line):
        return 15, match[1]
    if _BRACKET_HEADING.match(line):
        return 20, line[1:-1]
    follower = lines[i + 1] if i + 1 < len(lines) else (0, 0)
    opens_paragraph = follower[1] - follower[0] > 100
    if opens_paragraph and _stands_alone(lines, i, text) and _could_be_title(line):
        return 20, line
    return None


def _stands_alone(lines: Sequence[tuple[int, int]], i: int, text: str) -> bool:
    before = text[lines[i - 1][1] : lines[i][0]] if i else "\n\n"
    after = text[lines[i][1] : lines[i + 1][0]] if i + 1 < len(lines) else ""
    return before.count("\n") >= 2 and after.count("\n") >= 2


def _could_be_title(line: str) -> bool:
    return 6 <= len(line) <= 70 and not _BULLET.match(line) and not _SENTENCE_END.search(line)


def _continues(text: str, unit: _Unit, line: tuple[int, int]) -> bool:
    """Whether a line goes on with the unit before it, as after a line or page break."""
    before, after = text[unit.start : unit.end], text[slice(*line)]
    if unit.heading or _BULLET.match(after) or "\t" in after or _SENTENCE_END.search(before):
        return False
    if before.endswith(")"):
        return bool(_PARTICLE_START.match(after))
    if text[unit.end : line[0]].count("\n") == 1:
        return before.endswith((",", "·")) or len(before) >= 60
    mid_word = re.search(r"[가-힣a-z,]$", before) and re.match(r"[가-힣a-z]", after)
    return len(before) > 30 and bool(mid_word)
