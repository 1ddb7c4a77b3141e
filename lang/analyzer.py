"""From text to index terms, routed by language.

Korean goes through Kiwi: nouns, verb and adjective stems, roots, foreign words and
numbers stay, particles and endings go. Chinese is folded to simplified characters and gives
its words and its character pairs, English is stemmed. Numbers lose their thousands
separators, and dates and numbers written in any of the usual ways also give one common term.
"""

from __future__ import annotations

import hashlib
import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import snowballstemmer

from geungeo.lang.ko import hanja
from geungeo.lang.values.numerals import is_han_number, number_terms
from geungeo.lang.zh import mandarin

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

_CONTENT_TAGS = frozenset(
    ("NNG NNP NNB NR SL SN SH XR W_SERIAL W_EMAIL W_URL W_HASHTAG W_MENTION").split()
)
_PREDICATE_TAGS = ("VV", "VA")
# Stems that carry no content of their own: 있다, 하다, 되다, 이다, 알리다 …
_EMPTY_STEMS = frozenset(
    ("있 없 하 되 이 아니 같 대하 위하 따르 통하 관하 알리 주 보 말하").split()
)
# Question nouns and units that every text shares.
_EMPTY_NOUNS = frozenset(
    ("것 수 등 때 바 점 중 무엇 누구 어디 언제 얼마 년 월 일 개 명 번 몇").split()
)
_ENGLISH_STOP_WORDS = frozenset(
    (
        "a an the of in on at to for from by with and or not is are was were be "
        "been being do does did has have had it its this that these those as "
        "which who whom whose what when where why how many much there their they "
        "he she his her we our you your i me my will would can could should may "
        "might than then also into about over"
    ).split()
)
_CHINESE_STOP_WORDS = frozenset(
    (
        "的 了 是 在 和 与 及 或 也 都 就 而 被 把 对 从 到 以 为 于 之 其 这 那 哪 谁 吗 呢 几 个 "
        "有 叫 些 什么 哪些 哪里 哪个 哪一 多少 如何 怎么 怎样 为什么 何时 何 是否 什么样 时候"
    ).split()
)
_CHINESE_QUESTION = re.compile(r"哪一?[年月日天届次个位些座家所]|第?几[年月日号点届次个位]")
# Marks a pair of characters that is indexed beside the words, so that it is not one itself.
PAIR_MARK = "~"
_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[A-Za-z]+(?:['’][a-z]+)?|\d[\d,]*(?:\.\d+)?")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]*(?:(?: [A-Z]|-)[A-Za-z]+){1,3}")
# Persons, places, organisations and other names in the tags of jieba.
_CHINESE_NAME_TAGS = ("nr", "ns", "nt", "nz")
_FUNCTION_TAGS = ("p", "c", "u", "d", "v", "m", "q", "r", "f", "x", "eng")
_SURNAMES = frozenset(
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常"
    "武乔贺赖龚文殷朴权吉洪申安具禹柳南闵池辛裴卓成车元玄严奇卞慎芮诸葛司马欧阳徐"
)
# The city itself: 충칭시장 is the mayor of 충칭, and 충칭시 is 충칭.
_MAYOR_OF = re.compile(r"([가-힣]{2,})(시장|도지사)")
_CITY_OR_PROVINCE = re.compile(r"([가-힣]{2,}?)(?:특별시|광역시|직할시|시|성)")
# What a mayor or a governor is of; the tagger leaves the last syllable of the office alone.
_GOVERNED = "市省县区州"
# Words that the tagger takes for places.
_NO_PLACES = frozenset(("城市", "大街", "报告", "论坛", "首都"))
# Words that the tagger takes for persons.
_NO_NAME = re.compile(r"[为的了是在和与]")
_CAPITALISED = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][A-Za-z]+(?:-[A-Za-z]+)*")
_CALENDAR = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$"
)
_CAPITALISED_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][A-Za-z]+(?:-[A-Za-z]+|\s[A-Z][A-Za-z]+)*")
_CAPITALISED_IN_CHINESE = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_DATE = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)\s*[.\-/년年]\s*)?(?P<m>1[0-2]|0?[1-9])\s*(?:[.\-/]|월|月)\s*"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?:\s*[일日号.]|(?=\s*\(|\s|$|[~,)]))"
)

_DATE_TERM = re.compile(r"\d+월\d+일")

# Sentences whose terms are kept between splitting and indexing.
_MOST_KEPT = 4000

ANALYZER = "kiwi-jieba-snowball-4"


Span = tuple[int, int]


@dataclass(frozen=True)
class _Chinese:
    simplify: Callable[[str], str]
    restore: Callable[[str], str]
    cut: Callable[[str], list[str]]
    tag: Callable[[str], list[tuple[str, str]]]


class Analyzer:
    """Turns text into index terms. Kiwi is loaded at the first Korean text.

    ``words`` are Korean names and terms that are to stay whole, as 사용자 사전.
    """

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._own_words = tuple(sorted(set(words)))
        self.name = _named(self._own_words)
        self._kiwi: Kiwi | None = None
        self._chinese_parts: _Chinese | None = None
        self._lock = threading.Lock()
        # The terms of sentences by their text, until they are asked for; one thread may split
        # while another indexes.
        self._keeping = threading.Lock()
        self._split_off: dict[str, list[str]] = {}
        self._stem = lru_cache(50_000)(snowballstemmer.stemmer("english").stemWord)

    def load(self) -> Kiwi:
        """Load the Korean morphological analyzer now, or return the loaded one."""
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

    def _chinese(self) -> _Chinese:
        with self._lock:
            if self._chinese_parts is None:
                import opencc
                import rjieba

                jieba = rjieba.Jieba()
                self._chinese_parts = _Chinese(
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
            return self._chinese_parts

    def terms(self, text: str) -> list[str]:
        """The index terms of one text, in order, with repetitions."""
        return next(iter(self.batch([text])))

    def words(self, text: str) -> dict[str, str]:
        """The distinct index terms of a question, each with a form that an encoder reads."""
        surface = {self._stem(m.group().lower()): m.group() for m in _LATIN.finditer(text)}
        asked = _CHINESE_QUESTION.sub(" ", text)
        return {term: surface.get(term, term) for term in self.terms(asked)}

    def names(self, text: str) -> dict[str, frozenset[str]]:
        """Names of several words in Latin letters, each with the index terms of its words."""
        return {
            name: frozenset(self.terms(name.replace("-", " ")))
            for name in _LATIN_NAME.findall(text)
        }

    def content_words(self, text: str) -> list[str]:
        """The distinct words of a text that carry its topic, in the form in which they stand:
        nouns and names of Korean, words of Chinese and English; no verbs of Korean."""
        words = self.words(text)
        return [
            word
            for term, word in words.items()
            if not is_pair(term) and not (is_hangul(term) and term.endswith("다"))
        ]

    def nouns(self, text: str) -> set[str]:
        """The index terms of the nouns in a text of Korean or Chinese, without those that a
        predicate is made of: 참석 in 참석하다."""
        folded = fold(text)
        if _HANGUL.search(folded):
            tokens = self.load().tokenize(folded)
            following = [*tokens[1:], None]
            return {
                token.form
                for token, after in zip(tokens, following, strict=True)
                if token.tag in ("NNG", "NNP")
                and token.form not in _EMPTY_NOUNS
                and not (after and after.tag.startswith(("XSV", "XSA", "VV", "XSN")))
            }
        chinese = self._chinese()
        tagged = chinese.tag(chinese.simplify(folded))
        return {word for word, tag in tagged if tag.startswith("n") and _HAN.fullmatch(word)}

    def proper_nouns(self, text: str) -> dict[str, str]:
        """The words of names in a text by their index terms: by Kiwi in Korean, by jieba in
        Chinese, by capitals, other than a sentence's first, in Latin letters."""
        folded = fold(text)
        if _HANGUL.search(folded):
            tokens = self.load().tokenize(folded)
            found = [
                token.form
                for token in tokens
                if token.tag in ("NNP", "SL", "SH") or _MAYOR_OF.fullmatch(token.form)
            ]
        elif _HAN.search(folded):
            chinese = self._chinese()
            tagged = chinese.tag(chinese.simplify(folded))
            found = [
                word
                for word, tag in tagged
                if tag.startswith(_CHINESE_NAME_TAGS) and word not in _NO_PLACES
            ]
            found += _CAPITALISED_IN_CHINESE.findall(folded)
        else:
            names = (name for name in _CAPITALISED.findall(folded) if not _CALENDAR.match(name))
            found = [part for name in names for part in name.split("-")]
        return {
            self._stem(name.lower()): name for name in map(_plain_place, found) if len(name) > 1
        }

    def whole_names(self, text: str) -> list[str]:
        """The names in a text as they stand: of several words in Latin letters, of a surname
        and a given name that the taggers took apart."""
        folded = fold(text)
        if _HANGUL.search(folded):
            found = list(_korean_names(self.load().tokenize(folded)))
        elif _HAN.search(folded):
            chinese = self._chinese()
            found = list(_chinese_names(chinese.tag(chinese.simplify(folded))))
        else:
            found = [name.removeprefix("The ") for name in _CAPITALISED_NAME.findall(folded)]
        return [name for name in found if len(name) > 1]

    def stem(self, word: str) -> str:
        """The index term of a word in Latin letters; any other as it is."""
        stemmed: str = self._stem(word.lower())
        return stemmed

    def korean_readings(self, word: str) -> list[str]:
        """How Korean writes a word in Chinese characters or in pinyin: by its own reading of
        the characters and by the sound of Mandarin; empty for any other word."""
        if not _HAN.fullmatch(word):
            written = mandarin.hangul_of_pinyin(word)
            return [written] if len(written) > 1 else []
        own = hanja.reading(self._chinese().restore(word))
        return list(dict.fromkeys(filter(None, (own, mandarin.hangul_of_chinese(word)))))

    def other_spellings(self, word: str) -> list[str]:
        """How a word in Chinese characters or in pinyin is written where those are not used:
        in Korean, and in Latin letters by the sound of Mandarin."""
        pinyin = mandarin.pinyin_of_chinese(word) if _HAN.fullmatch(word) else ""
        return [*self.korean_readings(word), *([pinyin] if len(pinyin) > 2 else [])]

    def batch(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """The terms of each text; Korean texts are analysed on all cores, but for sentences
        that were split off just before."""
        folded = [fold(text) for text in texts]
        with self._keeping:
            known = {text: self._split_off.pop(text, None) for text in folded}
        korean = [text for text, own in known.items() if own is None and _HANGUL.search(text)]
        for text, tokens in zip(korean, self._analysed(korean), strict=True):
            known[text] = list(self._korean_terms(tokens))
        for text in folded:
            words = known[text]
            if words is None:
                words = known[text] = list(self._other_terms(text))
            yield [*_date_terms(text), *number_terms(text), *words]

    def _analysed(self, texts: Sequence[str]) -> Iterator[list[Token]]:
        if len(texts) == 1:
            # Handing one text to the pool of threads takes longer than analysing it.
            return iter([self.load().tokenize(texts[0])])
        return iter(self.load().tokenize(texts)) if texts else iter(())

    def sentences(
        self, texts: Sequence[str], settle: Callable[[str, list[Span]], list[Span]]
    ) -> Iterator[list[Span]]:
        """For each Korean text the spans of its sentences, by Kiwi on all cores; ``settle``
        makes of a text and the spans that Kiwi finds those that hold.

        Their terms are kept for ``batch``, which mostly follows.
        """
        plain = [_folded_in_place(text) for text in texts]
        found = self.load().split_into_sents(plain, return_tokens=True) if plain else ()
        for text, sentences in zip(plain, found, strict=True):
            spans = settle(text, [(sentence.start, sentence.end) for sentence in sentences])
            tokens = [token for sentence in sentences for token in sentence.tokens or ()]
            for start, end in spans:
                self._keep(text[start:end], (t for t in tokens if start <= t.start < end))
            yield spans

    def _keep(self, sentence: str, tokens: Iterable[Token]) -> None:
        terms = list(self._korean_terms(tokens))
        with self._keeping:
            self._split_off[sentence] = terms
            while len(self._split_off) > _MOST_KEPT:
                del self._split_off[next(iter(self._split_off))]

    def _korean_terms(self, tokens: Iterable[Token]) -> Iterator[str]:
        for token in tokens:
            tag = token.tag.removesuffix("-I").removesuffix("-R")
            if tag in _PREDICATE_TAGS:
                if token.form not in _EMPTY_STEMS:
                    yield token.form + "다"
            elif tag == "SH" or tag == "SL" or tag == "SN" or tag.startswith("W_"):
                yield from self._other_terms(token.form)
            elif match := _MAYOR_OF.fullmatch(token.form):
                yield from match.groups()
            elif tag == "NNP" and (match := _CITY_OR_PROVINCE.fullmatch(token.form)):
                yield match[1]
            elif tag in _CONTENT_TAGS and token.form not in _EMPTY_NOUNS:
                yield token.form

    def _other_terms(self, text: str) -> Iterator[str]:
        for match in _WORD.finditer(text):
            word = match.group()
            if _HAN.match(word):
                yield from self._chinese_terms(word)
            elif word[0].isdigit():
                yield word.replace(",", "").rstrip(".")
            else:
                lower = word.lower().replace("’", "'").removesuffix("'s")
                if lower not in _ENGLISH_STOP_WORDS:
                    yield self._stem(lower)

    def _chinese_terms(self, run: str) -> Iterator[str]:
        """The words of a run in simplified characters, and its character pairs, in case the
        words are cut differently elsewhere."""
        chinese = self._chinese()
        simplified = chinese.simplify(run)
        for word in chinese.cut(simplified):
            # The value of a number is a term of its own.
            if word not in _CHINESE_STOP_WORDS and not is_han_number(word):
                yield word
        yield from (PAIR_MARK + simplified[i : i + 2] for i in range(len(run) - 1))


def _offices_whole(tagged: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """重庆市 and 长 are 重庆 and 市长, as 北京市长 is cut by itself; words with their tags."""
    whole: list[tuple[str, str]] = []
    for word, tag in tagged:
        before, kind = whole[-1] if whole else ("", "")
        if word == "长" and len(before) > 2 and before[-1] in _GOVERNED:
            whole.pop()
            # Cut for a search, the place stands alone before it already.
            whole += [] if whole and whole[-1][0] == before[:-1] else [(before[:-1], kind)]
            whole.append((f"{before[-1]}长", "n"))
        else:
            whole.append((word, tag))
    return whole


def _plain_place(name: str) -> str:
    """The city or province that a Korean name is of, as the index has it."""
    match = _MAYOR_OF.fullmatch(name) or _CITY_OR_PROVINCE.fullmatch(name)
    return match[1] if match else name


def _korean_names(tokens: Sequence[Token]) -> Iterator[str]:
    """Names among tokens; the last syllable of a person's name is often cut off."""
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


def _chinese_names(tagged: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Names among tagged words; a given name of two characters is often cut after the first."""
    for (word, tag), (after, kind) in zip(tagged, [*tagged[1:], ("", "")], strict=True):
        if tag.startswith("nr"):
            if _NO_NAME.search(word):
                continue
            is_person = word[0] in _SURNAMES
            cut = len(word) == 2 and len(after) == 1 and not kind.startswith(_FUNCTION_TAGS)
            # 柏林 is tagged as a person, and is a name all the same.
            yield word + after if cut and is_person else word
        elif tag.startswith(("ns", "nt")):
            yield word


def _shipped_names() -> list[str]:
    lines = (files("geungeo.lang") / "data" / "names.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _named(words: Sequence[str]) -> str:
    """The analyzer's name: other words of one's own make other terms."""
    if not words:
        return ANALYZER
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]
    return f"{ANALYZER}+{len(words)} words {digest}"


def fold(text: str) -> str:
    """Compatibility forms to plain ones (NFKC): full-width letters, ㎡, ligatures."""
    return unicodedata.normalize("NFKC", text)


def _folded_in_place(text: str) -> str:
    """A text with those letters, digits and spaces made plain that are one character for one.

    Marks stay: ․ in 과학․기술 would become a full stop.
    """
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and (plain.isalnum() or plain.isspace()) else character


def is_hangul(term: str) -> bool:
    return all("가" <= character <= "힣" for character in term)


def is_date(term: str) -> bool:
    """Whether a term is a day of the year, whose month and day are terms of their own too."""
    return bool(_DATE_TERM.fullmatch(term))


def is_pair(term: str) -> bool:
    """Whether a term is a pair of characters rather than a word."""
    return term.startswith(PAIR_MARK)


def _date_terms(text: str) -> Iterator[str]:
    for match in _DATE.finditer(text):
        yield f"{int(match['m'])}월{int(match['d'])}일"
