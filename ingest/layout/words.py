"""How the end of one line and the beginning of the next go together, in three languages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kiwipiepy import Kiwi

from geungeo.lang.ends import ends_note
from geungeo.lang.scripts import HAN, HANGUL

# Letters on each side of a line's end that are looked at.
_NEAR = 24
_HANGUL = re.compile(f"[{HANGUL}]")
_CJK_MARKS = "，。、；：？！“”‘’（）《》〈〉「」『』【】…—"
_CHINESE_ENDS = re.compile(rf"[{HAN}{_CJK_MARKS}]$")
_CHINESE_BEGINS = re.compile(rf"[{HAN}{_CJK_MARKS}]")
_CLOSING = re.compile(r"(?<![.?!])[”’\"')」』\]]$")
_HYPHENATED = re.compile(r"([A-Za-z]{2,})-$")
_FIRST_WORD = re.compile(r"[A-Za-z]+")
_LAST_HANGUL = re.compile(f"[{HANGUL}]+$")
_FIRST_HANGUL = re.compile(f"[{HANGUL}]+")
_PAIR = re.compile(f"([{HANGUL}]+) (?=([{HANGUL}]+))")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_PARTED = re.compile(r"[A-Za-z]+-\n[A-Za-z]+")
_LONGER_WORD = 4
_OPENING = ("(", "（", "「", "『", "[", "‘", "“", "/")
# A comma, an opening bracket, a particle or an ending that asks for more.
_OPEN_MARK = re.compile(
    r"[,，、·\u318d:(（「『\[《“‘/~∼–]$|(?<=\d)-$|\b(?:the|a|an|of|and|or|to|in|for|with|by)$"
)
_GOES_ON = ("J", "EC", "ETM", "MM", "MAJ", "XPN", "EP", "VV", "VA", "XSV", "XSA")
_BOUND = ("J", "E", "XS", "VCP")
_WHOLE = ("NNG", "NNP", "VV", "VA", "MAG", "MAJ", "XR")
_PAIRS = (("(", ")"), ("「", "」"), ("『", "』"), ("[", "]"), ("“", "”"), ("‘", "’"), ("《", "》"))


@dataclass(frozen=True)
class _Words:
    """The words of a document: its runs of Hangul and pairs of such with a space between, each
    in the order of their letters, and how often it has each word in Latin letters."""

    runs: Sequence[str]
    pairs: Sequence[str]
    latin: Counter[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        return cls(
            sorted(_FIRST_HANGUL.findall(text)),
            sorted(f"{a} {b}" for a, b in _PAIR.findall(text)),
            Counter(word.lower() for word in _LATIN_WORD.findall(_PARTED.sub(" ", text))),
        )

    def apart(self, last: str, first: str) -> bool | None:
        """Whether two pieces of Hangul stand apart elsewhere in the document; None where it has
        them in neither way, or in both as often. As much as there is of the second counts."""
        for length in range(len(first), 0, -1):
            head = first[:length]
            if len(last) + length < 3:
                break
            close = _beginning_with(self.runs, last + head)
            spaced = _beginning_with(self.pairs, f"{last} {head}")
            if close or spaced:
                return None if close == spaced else spaced > close
            if length <= 2:
                break
        return None


def _beginning_with(words: Sequence[str], prefix: str) -> int:
    return bisect_left(words, prefix + "\uffff") - bisect_left(words, prefix)


class WordJoiner:
    """Joins what lines have parted, by the words of the document and by Kiwi, which is loaded
    when it is first needed. ``text`` is the whole document, line by line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._glued: dict[tuple[str, str], bool] = {}
        self._spaced_units: dict[str, bool] = {}

    @cached_property
    def _words(self) -> _Words:
        return _Words.of(self._text)

    def joined(self, before: str, after: str) -> str:
        """Two lines of one paragraph as one."""
        if hyphenated := _HYPHENATED.search(before):
            return self._dehyphenated(before, hyphenated[1], after)
        return before + (" " if self._is_spaced(before, after) else "") + after

    def _dehyphenated(self, before: str, head: str, after: str) -> str:
        tail = _FIRST_WORD.match(after)
        if not tail or tail[0][0].isupper():
            return before + after
        latin = self._words.latin
        one, other = head.lower(), tail[0].lower()
        whole, hyphened = latin[one + other], latin[f"{one}-{other}"]
        # Two longer words of the document, and one that it has not: long- and term.
        are_words = min(len(one), len(other)) >= _LONGER_WORD and latin[one] and latin[other]
        keeps = hyphened > whole or (not whole and are_words)
        return before + after if keeps else before[:-1] + after

    def _is_spaced(self, before: str, after: str) -> bool:
        if before.endswith(_OPENING) or after[0] in ")）」』]’”,.":
            return False
        if _CHINESE_ENDS.search(before) and _CHINESE_BEGINS.match(after):
            return False
        last, first = _LAST_HANGUL.search(before), _FIRST_HANGUL.match(after)
        if first and _CLOSING.search(before):
            return self._told_by_kiwi(before, after)
        if not (last and first):
            counted = before[-1].isdigit() and first
            return not counted or self._unit_is_spaced(after[0])
        told = self._words.apart(last[0], first[0])
        return self._told_by_kiwi(before, after) if told is None else told

    def _unit_is_spaced(self, unit: str) -> bool:
        """Whether a number and what counts it stand apart, as the document mostly has it."""
        if unit not in self._spaced_units:
            close = len(re.findall(rf"\d{unit}", self._text))
            self._spaced_units[unit] = len(re.findall(rf"\d {unit}", self._text)) > close
        return self._spaced_units[unit]

    def _told_by_kiwi(self, before: str, after: str) -> bool:
        key = (before[-_NEAR:], after[:_NEAR])
        if key not in self._glued:
            self._glued[key] = _is_apart(*key)
        return self._glued[key]

    def part_a_word(self, before: str, after: str) -> bool:
        """Whether a line's end parts a word of Hangul that the document has elsewhere."""
        last, first = _LAST_HANGUL.search(before), _FIRST_HANGUL.match(after)
        if not (last and first) or ends_sentence(before):
            return False
        return self._words.apart(last[0], first[0]) is False

    def goes_on(self, text: str) -> bool:
        """Whether a line ends in the midst of a clause, whatever follows."""
        if _OPEN_MARK.search(text):
            return True
        if is_quoting(text):
            return True
        if ends_note(text) or not _HANGUL.search(text[-1]):
            return False
        tokens = _kiwi().tokenize(text[-_NEAR:])
        return bool(tokens) and tokens[-1].tag.startswith(_GOES_ON)

    def begins_sentence(self, text: str) -> bool:
        """Whether a line begins with an adverb and a comma: 다만, 또한, 특히."""
        head, comma, _ = text[:_NEAR].partition(",")
        if not comma or " " in head or not _HANGUL.match(head):
            return False
        return _kiwi().tokenize(head)[0].tag in ("MAJ", "MAG")


def _is_apart(before: str, after: str) -> bool:
    """Whether two pieces of Korean are words of their own: not where the second begins with a
    particle, an ending or a suffix, or within a morpheme; else as Kiwi would space them."""
    boundary = len(before)
    for token in _kiwi().tokenize(before + after):
        if token.start == boundary and token.tag.startswith(_BOUND):
            return False
        if token.start < boundary < token.end and token.tag in _WHOLE:
            return False
    _, spaces = _kiwi().glue((before, after), return_space_insertions=True)
    return bool(spaces[0])


def is_quoting(text: str) -> bool:
    """Whether a bracket or a quotation is open at the end of a text."""
    opened = any(text.rfind(opening) > text.rfind(closing) for opening, closing in _PAIRS)
    return opened or text.count('"') % 2 == 1


def is_hyphenated(before: str, after: str) -> bool:
    """Whether a word in Latin letters goes on after its line."""
    return bool(_HYPHENATED.search(before)) and after[0].isalpha()


def ends_sentence(text: str) -> bool:
    return ends_note(text)


@lru_cache(1)
def _kiwi() -> Kiwi:
    """One a process: it takes seconds to load and 300 MB."""
    return Kiwi(load_multi_dict=False)
