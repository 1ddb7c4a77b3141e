"""The title that a person would give a document; the name of its file where nothing is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from geungeo.lang.documents import labels, marks
from geungeo.lang.documents.kinds import CASE, COURT, GENERIC_TITLES
from geungeo.lang.ends import ends_phrase
from geungeo.lang.scripts import HAN, HANGUL

# Blocks at the beginning in which a title may stand.
_HEAD, _MASTHEAD = 14, 4
_SHORTEST, _LONGEST = 5, 90
# Headings of the highest levels are titles: those of markup, and lines in larger letters.
_DEEPEST = 6
_ALIKE, _WHOLE_NAME = 0.5, 0.75
_LETTER = re.compile(r"[^\W\d_]")
_OWN_SCRIPT = re.compile(f"[{HANGUL}{HAN}]")
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
    if formal := next(filter(labels.NAMED_BY_FORM.match, candidates), ""):
        return formal
    if head and head[0][0] in candidates and _squeezed(stem) in _squeezed(head[0][0]):
        return head[0][0]
    alike = max(candidates, key=lambda one: _alike(one, stem), default="")
    if alike and _alike(alike, stem) >= _ALIKE and _covers(alike, stem):
        return alike
    if named := next(chain(_above_about(candidates, head), _below_masthead(candidates, head)), ""):
        return named
    if _describes(stem) and bool(_OWN_SCRIPT.search(stem)) == bool(_OWN_SCRIPT.search(text)):
        return _readable(stem)
    return next(_confirmed(candidates, head, text), _readable(stem))


def _labelled(text: str) -> str:
    match = labels.TITLE.search(text)
    return match[1] if match else ""


def _judgment(head: Sequence[tuple[str, int]]) -> str:
    squeezed = [block.replace(" ", "") for block, _ in head]
    court = next((block for block in squeezed if COURT.match(block)), "")
    case = next(
        (match["case"] for block, _ in head if (match := CASE.match(block.strip("| ")))), ""
    )
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
    return re.sub(r"\(.*?\)|[\W\d_]", "", text).lower() in GENERIC_TITLES


def _may_be(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and 2 * letters >= len(text)
        and not labels.NO_TITLE.search(text)
        and not marks.BULLET.match(text)
        and not ends_phrase(text)
        and not _is_generic(text)
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


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
        if after and labels.ABOUT.match(after[0]):
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
    squeezed = _squeezed(text)
    for one in candidates:
        is_first = one == first and len(one.split()) > 1
        again = squeezed.count(_squeezed(one)) > 1 and len(one.split()) > 2
        if is_first or again or (one == first and len(_OWN_SCRIPT.findall(one)) > 6):
            yield one


def _readable(stem: str) -> str:
    return " ".join(stem.replace("_", " ").split())
