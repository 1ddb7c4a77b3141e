"""The title that a person would give a document; the name of its file where nothing is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from geungeo.ingest.layout import marks

# Blocks at the beginning in which a title may stand.
_HEAD, _MASTHEAD = 14, 4
_SHORTEST, _LONGEST = 5, 90
# Headings of the highest levels are titles: those of markup, and lines in larger letters.
_DEEPEST = 6
_LABELLED = re.compile(
    r"^(?:제\s*목|title|标题|題目)\s*[:：]\s*(.+(?:\n(?!\s*\n|\s*\d+\.).+)?)", re.M | re.I
)
_COURT = re.compile(r"^(?:[가-힣]{0,10}법원|[\u4e00-\u9fff]{2,20}人民法院)$")
_CASE = re.compile(r"^사\s*건\s*[:：]?\s*(?P<case>\d{4}\s?[가-힣]{1,3}\s?\d+\S*(?:\s.{1,40})?)$")
_GENERIC = frozenset(
    "보도자료 보도참고자료 보도해명자료 신문보도자료 연구보고서 공지사항 입법예고 행정예고"
    " 공고 고시 판결 목차 차례 순서 요약 서론 표지 붙임"
    " pressrelease contents tableofcontents summary abstract 新闻稿 目录 摘要".split()
)
_NO_TITLE = re.compile(
    r"^\||https?:|www\.|@|^[\W\d_]*$|^(?:등록일|발행일|작성일|게시일|조회수?|이름|저자|과제코드|부서명?|담당"
    r"|보도시점|배포|date|author|by)\b|제\s?\d\S*\s?호$|(?:부|처|청|위원회|연구원|연구소|재단|공사|협회|센터|법원)$",
    re.IGNORECASE,
)
# What stands below a title on a saved page or a report: 등록일 2025. 6. 19.
_ABOUT = re.compile(
    r"^\W*(?:등록일|발행일|작성일|게시일|이름|저자|글쓴이|작성자|date|author|by|发布日期|作者)\W*\S",
    re.IGNORECASE,
)
_ALIKE, _WHOLE_NAME = 0.5, 0.8
_ENDS = re.compile(r"(?:[.。,;:：]|니다|이다|한다)$")
_LETTER = re.compile(r"[^\W\d_]")
_OWN_SCRIPT = re.compile(r"[가-힣\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


def title_of(
    head: Sequence[tuple[str, int]], text: str, given: Mapping[str, str], stem: str
) -> str:
    """The title of a document whose first blocks are ``head``, each with its level where it is
    a heading, and whose file is called ``stem`` without its ending."""
    own = given.get("title") or _labelled(text) or _judgment(head) or _heading(head)
    if own:
        return " ".join(own.split())
    candidates = [block for block, _ in head[:_HEAD] if _may_be(block)]
    alike = max(candidates, key=lambda one: _alike(one, stem), default="")
    if alike and _alike(alike, stem) >= _ALIKE and _covers(alike, stem):
        return alike
    if named := next(chain(_above_about(candidates, head), _below_masthead(candidates, head)), ""):
        return named
    if _describes(stem) and bool(_OWN_SCRIPT.search(stem)) == bool(_OWN_SCRIPT.search(text)):
        return _readable(stem)
    return next(_confirmed(candidates, head, text), _readable(stem))


def _labelled(text: str) -> str:
    match = _LABELLED.search(text)
    return match[1] if match else ""


def _judgment(head: Sequence[tuple[str, int]]) -> str:
    squeezed = [block.replace(" ", "") for block, _ in head]
    court = next((block for block in squeezed if _COURT.match(block)), "")
    case = next((match["case"] for block, _ in head if (match := _CASE.match(block))), "")
    return f"{court} {case}" if court and case else ""


def _heading(head: Sequence[tuple[str, int]]) -> str:
    return next(
        (
            block
            for block, level in head
            if 0 < level <= _DEEPEST
            and len(_LETTER.findall(block)) > 2
            and not _is_generic(block)
            and not marks.is_numbered(block)
        ),
        "",
    )


def _is_generic(text: str) -> bool:
    return re.sub(r"\(.*?\)|[\W\d_]", "", text).lower() in _GENERIC


def _may_be(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and 2 * letters >= len(text)
        and not _NO_TITLE.search(text)
        and not marks.BULLET.match(text)
        and not _ENDS.search(text)
        and not _is_generic(text)
    )


def _describes(stem: str) -> bool:
    """Whether a file's name says what is in it, as a hash or a code does not."""
    return len(_OWN_SCRIPT.findall(stem)) >= 5 or len(_LATIN_WORD.findall(stem)) >= 3


def _alike(text: str, stem: str) -> float:
    """The share of pairs of letters that two have in common, of whichever has more."""
    a, b = _pairs(text), _pairs(stem)
    return len(a & b) / max(len(a), len(b), 1)


def _covers(text: str, stem: str) -> bool:
    """Whether a line says all that the file's name says."""
    own = _pairs(stem)
    return len(own & _pairs(text)) >= _WHOLE_NAME * len(own)


def _pairs(text: str) -> set[str]:
    bare = "".join(_LETTER.findall(text)).lower()
    if len(_OWN_SCRIPT.findall(bare)) >= 4:
        bare = "".join(_OWN_SCRIPT.findall(bare))
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def _above_about(candidates: Sequence[str], head: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Lines above what a document says of itself: its date, its author."""
    blocks = [block for block, _ in head]
    for one in candidates:
        after = blocks[blocks.index(one) + 1 : blocks.index(one) + 2]
        if after and _ABOUT.match(after[0]):
            yield one


def _below_masthead(candidates: Sequence[str], head: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Lines below the name of a kind of document: 보도자료, 입법예고."""
    blocks = [block for block, _ in head]
    start = next((i for i, block in enumerate(blocks[:_MASTHEAD]) if _is_generic(block)), None)
    if start is not None:
        yield from (one for one in candidates if blocks.index(one) > start)


def _confirmed(
    candidates: Sequence[str], head: Sequence[tuple[str, int]], text: str
) -> Iterator[str]:
    """Lines that stand first in the document, or again elsewhere in it."""
    first = head[0][0] if head else ""
    squeezed = re.sub(r"\s", "", text)
    for one in candidates:
        is_first = one == first and len(one.split()) > 1
        again = squeezed.count(re.sub(r"\s", "", one)) > 1 and len(one.split()) > 2
        if is_first or again or (one == first and len(_OWN_SCRIPT.findall(one)) > 6):
            yield one


def _readable(stem: str) -> str:
    return " ".join(stem.replace("_", " ").split())
