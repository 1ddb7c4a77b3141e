"""Sentences of what a model writes, each as soon as it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geungeo.rag.answer.language_model import Piece

_MARKS = r"(?:\s?[\[【][\d,，\s]+[\]】])*"
_SENTENCE = re.compile(
    rf"\s*(?P<said>.+?(?:[。！？]{_MARKS}(?=[^\s\[【])|[.!?。！？]{_MARKS}(?=\s+[^\s\[【])|(?=\n)))",
    re.DOTALL,
)
# A full stop after these ends no sentence: the number before an item, a title, an initial.
_NO_END = re.compile(
    r"(?:^\s*\d{1,2}|\b(?:Dr|Mr|Mrs|Ms|Prof|No|Nos|vs|approx|Inc|Ltd|Co|Corp|St|Art|[A-Z]|e\.g|i\.e))"
    r"\.$"
)
_BEFORE_ITEM = re.compile(r"^(?:[-*•·]\s+|\d{1,2}[.)]\s+)")
_HEADING = re.compile(r"#+\s")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# What a model thinks before it answers stands between these.
_THINKS, _HAS_THOUGHT = "<think>", "</think>"


def sentences(pieces: Iterable[Piece]) -> Iterator[str]:
    """Without headings, marks of lists and emphasis, and what the model thinks aloud before; one
    that it had no room to end is left out."""
    return filter(None, map(_plain, _parted(pieces)))


def _parted(pieces: Iterable[Piece]) -> Iterator[str]:
    said = ""
    is_cut = False
    for piece in _spoken(pieces):
        said += piece.text
        is_cut = is_cut or piece.is_cut
        while whole := _next(said):
            yield said[: whole.end()]
            said = said[whole.end() :]
    if said.strip() and not is_cut:
        yield said


def _next(said: str) -> re.Match[str] | None:
    found = _SENTENCE.match(said)
    while found and _NO_END.search(said[: found.end()]):
        found = _SENTENCE.match(said, found.end()) if found.end() < len(said) else None
    return found


def _spoken(pieces: Iterable[Piece]) -> Iterator[Piece]:
    held = ""
    decided = False
    for piece in pieces:
        if decided:
            yield piece
            continue
        held += piece.text
        begun = held.lstrip()
        if begun.startswith(_THINKS):
            _, ended, rest = begun.partition(_HAS_THOUGHT)
            if ended:
                decided = True
                yield Piece(rest, piece.is_cut)
        elif not _THINKS.startswith(begun):
            decided = True
            yield Piece(held, piece.is_cut)
    if not decided and held and not held.lstrip().startswith(_THINKS):
        yield Piece(held)


def _plain(text: str) -> str:
    text = text.strip()
    if _HEADING.match(text):
        return ""
    return _EMPHASIS.sub(r"\2", _BEFORE_ITEM.sub("", text)).strip()
