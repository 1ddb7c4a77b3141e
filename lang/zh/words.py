"""The words of Chinese, in simplified characters, as jieba cuts and tags them."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geungeo.lang.scripts import HAN
from geungeo.lang.terms import PAIR_MARK
from geungeo.lang.values.numerals import is_han_number
from geungeo.lang.zh.surnames import SURNAMES

_STOP_WORDS = frozenset(
    (
        "的 了 是 在 和 与 及 或 也 都 就 而 被 把 对 从 到 以 为 于 之 其 这 那 哪 谁 吗 呢 几 个 "
        "有 叫 些 什么 哪些 哪里 哪个 哪一 多少 如何 怎么 怎样 为什么 何时 何 是否 什么样 时候"
    ).split()
)
_QUESTION_WORD = re.compile(r"哪一?[年月日天届次个位些座家所]|第?几[年月日号点届次个位]")
# Persons, places, organisations and other names in the tags of jieba.
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_FUNCTION_TAGS = ("p", "c", "u", "d", "v", "m", "q", "r", "f", "x", "eng")
# What a mayor or a governor is of; the tagger leaves the last syllable of the office alone.
_GOVERNED = "市省县区州"
_HEAD = "长"
# Words that the tagger takes for places.
_NO_PLACES = frozenset(("城市", "大街", "报告", "论坛", "首都"))
# Words that the tagger takes for persons.
_NO_NAME = re.compile(r"[为的了是在和与]")
_CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]+")
_HAN_RUN = re.compile(f"[{HAN}]+")

Tagged = tuple[str, str]


@dataclass(frozen=True)
class _Parts:
    simplify: Callable[[str], str]
    restore: Callable[[str], str]
    cut: Callable[[str], list[str]]
    tag: Callable[[str], list[Tagged]]


class Chinese:
    """OpenCC and jieba, loaded at the first text."""

    def __init__(self) -> None:
        self._loaded: _Parts | None = None
        self._lock = threading.Lock()

    def _parts(self) -> _Parts:
        with self._lock:
            if self._loaded is None:
                import opencc
                import rjieba

                jieba = rjieba.Jieba()
                self._loaded = _Parts(
                    opencc.OpenCC("t2s").convert,
                    opencc.OpenCC("s2t").convert,
                    lambda text: [
                        word
                        for word, _ in _offices_whole(
                            [(cut, "") for cut in jieba.cut_for_search(text)]
                        )
                    ],
                    lambda text: _offices_whole(jieba.tag(text)),
                )
            return self._loaded

    def traditional(self, word: str) -> str:
        return self._parts().restore(word)

    def terms(self, run: str) -> Iterator[str]:
        """The words of a run of characters in simplified ones, and its character pairs, in case
        the words are cut differently elsewhere."""
        parts = self._parts()
        simplified = parts.simplify(run)
        for word in parts.cut(simplified):
            # The value of a number is a term of its own.
            if word not in _STOP_WORDS and not is_han_number(word):
                yield word
        yield from (PAIR_MARK + simplified[i : i + 2] for i in range(len(run) - 1))

    def nouns(self, text: str) -> set[str]:
        """The nouns of a text."""
        return {
            word for word, tag in self._tagged(text) if tag[:1] == "n" and _HAN_RUN.fullmatch(word)
        }

    def proper_nouns(self, text: str) -> list[str]:
        """The words of names in a text, those in Latin letters last."""
        found = [
            word
            for word, tag in self._tagged(text)
            if tag.startswith(_NAME_TAGS) and word not in _NO_PLACES
        ]
        return [*found, *_CAPITALISED.findall(text)]

    def whole_names(self, text: str) -> list[str]:
        """Names in a text; a given name of two characters is often cut after the first."""
        return list(_names(self._tagged(text)))

    def _tagged(self, text: str) -> list[Tagged]:
        parts = self._parts()
        return parts.tag(parts.simplify(text))


def without_question_words(text: str) -> str:
    """A text without the compounds that only ask which one or how many."""
    return _QUESTION_WORD.sub(" ", text)


def _offices_whole(tagged: Sequence[Tagged]) -> list[Tagged]:
    """重庆市 and 长 are 重庆 and 市长, as 北京市长 is cut by itself; words with their tags."""
    whole: list[Tagged] = []
    for word, tag in tagged:
        before, kind = whole[-1] if whole else ("", "")
        if word == _HEAD and len(before) > 2 and before[-1] in _GOVERNED:
            whole.pop()
            # Cut for a search, the place stands alone before it already.
            whole += [] if whole and whole[-1][0] == before[:-1] else [(before[:-1], kind)]
            whole.append((before[-1] + _HEAD, "n"))
        else:
            whole.append((word, tag))
    return whole


def _names(tagged: Sequence[Tagged]) -> Iterator[str]:
    for (word, tag), (after, kind) in zip(tagged, [*tagged[1:], ("", "")], strict=True):
        if tag.startswith("nr"):
            if _NO_NAME.search(word):
                continue
            is_person = word[0] in SURNAMES
            cut = len(word) == 2 and len(after) == 1 and not kind.startswith(_FUNCTION_TAGS)
            # Berlin is tagged as a person, and is a name all the same.
            yield word + after if cut and is_person else word
        elif tag.startswith(("ns", "nt")):
            yield word
