"""The words of Korean, by the morphemes that Kiwi finds.

Nouns, stems of verbs and adjectives, roots and foreign words stay; particles and endings go.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import TYPE_CHECKING

from geungeo.lang.scripts import HANGUL
from geungeo.lang.terms import is_hangul

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

Span = tuple[int, int]

_CONTENT_TAGS = frozenset(
    ("NNG NNP NNB NR SL SN SH XR W_SERIAL W_EMAIL W_URL W_HASHTAG W_MENTION").split()
)
_PREDICATE_TAGS = ("VV", "VA")
_PREDICATE_ENDING = "다"
_COURTESY = "요"
# Of phrases of nouns.
_WITHIN_PHRASE = frozenset(
    "NNG NNP NNB NR NP SN SL SH SW XPN XSN MM JKG SSO SSC SO W_SERIAL".split()
)
_JOINING = frozenset("와 과 이랑 랑 하고".split())
_TOPIC = frozenset("은 는 ᆫ".split())
_NOUNS_LIKE_PREDICATES = frozenset(
    "바다 캐나다 우간다 르완다 그레나다 플로리다 네바다 소다 판다 람다 수다 혼다 마쓰다".split()
)
# Stems that carry no content of their own: to be, to do, to become, to let know …
_EMPTY_STEMS = frozenset(
    ("있 없 하 되 이 아니 같 대하 위하 따르 통하 관하 알리 주 보 말하").split()
)
# Question nouns and units that every text shares.
_EMPTY_NOUNS = frozenset(
    ("것 수 등 때 바 점 중 무엇 누구 어디 언제 얼마 년 월 일 개 명 번 몇").split()
)
# The city itself: 충칭시장 is the mayor of 충칭, and 충칭시 is 충칭.
_MAYOR_OF = re.compile(rf"([{HANGUL}]{{2,}})(시장|도지사)")
_CITY_OR_PROVINCE = re.compile(rf"([{HANGUL}]{{2,}}?)(?:특별시|광역시|직할시|시|성)")


class Korean:
    """Kiwi, loaded at the first text; ``words`` are names and terms that stay whole."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._own_words = words
        self._kiwi: Kiwi | None = None
        self._lock = threading.Lock()
        self._asking = ThreadPoolExecutor(1, "kiwi")

    def load(self) -> Kiwi:
        """Load the morphological analyzer now, or return the loaded one."""
        with self._lock:
            if self._kiwi is None:
                from kiwipiepy import Kiwi

                # Its dictionary of names of several words takes 200 MB and changes one term in
                # four hundred.
                kiwi = Kiwi(load_multi_dict=False)
                for word in (*_shipped_names(), *self._own_words):
                    kiwi.add_user_word(word, "NNP")
                self._kiwi = kiwi
            return self._kiwi

    def analysed(self, texts: Sequence[str]) -> Iterator[list[Token]]:
        """The morphemes of each text, on all cores."""
        if len(texts) == 1:
            # Handing one text to the pool of threads takes longer than analysing it.
            return iter([self._tokens(texts[0])])
        return iter(self.load().tokenize(texts)) if texts else iter(())

    def sentences(self, texts: Sequence[str]) -> Iterator[tuple[list[Span], list[Token]]]:
        """For each text the spans of its sentences and its morphemes, on all cores."""
        found = self.load().split_into_sents(texts, return_tokens=True) if texts else ()
        for sentences in found:
            spans = [(sentence.start, sentence.end) for sentence in sentences]
            yield spans, [token for sentence in sentences for token in sentence.tokens or ()]

    def nouns(self, text: str) -> set[str]:
        """The nouns of a text, without those that a predicate is made of."""
        tokens = self._tokens(text)
        following = [*tokens[1:], None]
        return {
            token.form
            for token, after in zip(tokens, following, strict=True)
            if token.tag in ("NNG", "NNP")
            and token.form not in _EMPTY_NOUNS
            and not (after and after.tag.startswith(("XSV", "XSA", "VV", "XSN")))
        }

    def endings(self, text: str) -> set[int]:
        """Where the endings of predicates end, with the particle of courtesy behind them."""
        tokens = self._tokens(text)
        ends = {token.end for token in tokens if token.tag in ("EC", "EF")}
        return ends | {t.end for t in tokens if t.form == _COURTESY and t.start in ends}

    def pair(self, text: str, before: int) -> tuple[Span, Span] | None:
        """Two phrases that are joined last before a place in a text: nouns, or a clause that
        ends in one; the second ends before its particle. None where there are none."""
        tokens = [token for token in self._tokens(text) if token.end <= before]
        joints = [n for n, one in enumerate(tokens) if n and _joins(one)]
        if not joints:
            return None
        joint = joints[-1]
        ends = [n for n in range(joint + 2, len(tokens)) if _ends_phrase(tokens[n], tokens[n - 1])]
        topics = [n for n in ends if tokens[n].tag == "JX"]
        if not ends:
            return None
        start = joint - 1
        while start > 0 and tokens[start - 1].tag in _WITHIN_PHRASE:
            start -= 1
        if start > 0 and tokens[start - 1].tag == "ETM":
            start = max((n + 1 for n in range(joint) if _is_topic(tokens[n])), default=0)
        second = joint + 1
        while tokens[second].tag == "SP":
            second += 1
        end = (topics or ends[-1:])[0]
        tags = [[token.tag for token in tokens[a:b]] for a, b in ((start, joint), (second, end))]
        if end <= second or ("ETM" in tags[1] and "ETM" not in tags[0]):
            return None
        if "JKG" in tags[1] and "JKG" not in tags[0]:
            # 시의 예산 in 도와 시의 예산: what is asked of both is named once.
            end = second + tags[1].index("JKG")
        one = tokens[start].start, tokens[joint].start
        return one, (tokens[second].start, tokens[end].start)

    def proper_nouns(self, text: str) -> list[str]:
        """The words of names in a text; of a mayor or a city that which it is of."""
        return [
            plain_place(token.form)
            for token in self._tokens(text)
            if token.tag in ("NNP", "SL", "SH") or _MAYOR_OF.fullmatch(token.form)
        ]

    def whole_names(self, text: str) -> list[str]:
        """Names in a text; the last syllable of a person's name is often cut off."""
        return list(_names(self._tokens(text)))

    def _tokens(self, text: str) -> list[Token]:
        """The morphemes of a text, found in a thread of its own: Kiwi keeps memory for every
        thread that asks it, and of those that have ended too."""
        found: list[Token] = self._asking.submit(self.load().tokenize, text).result()
        return found


def terms_of(tokens: Iterable[Token], other: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """The index terms of some morphemes; ``other`` gives those of another script's words."""
    for token in tokens:
        tag = token.tag.removesuffix("-I").removesuffix("-R")
        if tag in _PREDICATE_TAGS:
            if token.form not in _EMPTY_STEMS:
                yield token.form + _PREDICATE_ENDING
        elif tag in ("SH", "SL", "SN") or tag.startswith("W_"):
            yield from other(token.form)
        elif match := _MAYOR_OF.fullmatch(token.form):
            yield from match.groups()
        elif tag == "NNP" and (match := _CITY_OR_PROVINCE.fullmatch(token.form)):
            yield match[1]
        elif tag in _CONTENT_TAGS and token.form not in _EMPTY_NOUNS:
            yield token.form


def _joins(token: Token) -> bool:
    return token.tag == "JC" or (token.tag == "JKB" and token.form in _JOINING)


def _is_topic(token: Token) -> bool:
    return token.tag == "JX" and token.form in _TOPIC


def _ends_phrase(token: Token, last: Token) -> bool:
    """Whether a particle is that of the noun before it."""
    is_particle = token.tag in ("JKS", "JKO", "JKB", "JKC") or _is_topic(token)
    return is_particle and last.tag in _WITHIN_PHRASE


def is_predicate(term: str) -> bool:
    """Whether an index term is a Korean verb or adjective."""
    is_one = term.endswith(_PREDICATE_ENDING) and is_hangul(term)
    return is_one and term not in _NOUNS_LIKE_PREDICATES


def plain_place(name: str) -> str:
    """The city or province that a name is of, as the index has it."""
    match = _MAYOR_OF.fullmatch(name) or _CITY_OR_PROVINCE.fullmatch(name)
    return match[1] if match else name


def _names(tokens: Sequence[Token]) -> Iterator[str]:
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.tag == "SH" or (token.tag == "SL" and not token.form.islower()):
            yield token.form
        elif token.tag == "NNP":
            cut = (
                after is not None
                and after.start == token.end
                and len(token.form) == 2
                and len(after.form) == 1
                and after.tag in ("NNG", "NNP", "XSN")
            )
            yield token.form + after.form if after and cut else token.form


def _shipped_names() -> list[str]:
    lines = (files("geungeo.lang") / "data" / "names.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
