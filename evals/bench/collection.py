"""A collection of any size that is neither analysed nor encoded as a whole.

What is made up: the text, as in ``generated.py``, the vectors, as in ``words.py``, and the terms,
which are those that the analyzer finds in each word by itself, once. What is as in real reports:
words follow Zipf's law, half of them after the topic of their document; names go on being new, a
half more of them whenever passages are twice as many (over sixteen reports words grew as the
passages to the power of 0.52); numbers are as good as endless. The same number of a document gives
the same document.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import isqrt

import numpy as np

from geungeo.evals.bench.words import Integers, SyntheticEncoder, WordVectors, keys_of
from geungeo.evals.generated import (
    PASSAGES_PER_DOCUMENT,
    known_words,
    language_of_document,
    question,
    zipf,
)
from geungeo.evals.wording import wording
from geungeo.lang import Analyzer
from geungeo.lang.detect import Language
from geungeo.vectorstore import Chunk, Document
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.preparation import Prepared
from geungeo.vectorstore.records import Entry

_SENTENCES = 4
_WORDS: dict[Language, int] = {"ko": 11, "zh": 18, "en": 11}
_MOST_WORDS = 22_000
_TOPICS = 500
# Names that the first n passages bring: this many times the root of n.
_NAMES = 150
_NAMES_OF_OTHERS = 10
_LARGEST, _FIRST_YEAR, _LAST_YEAR = 1e9, 1990, 2026
# The rarer ones rather.
_WORDS_ASKED = 5


@dataclass(frozen=True)
class Asked:
    """A question and where the passage begins whose words it has: a document's path and an offset
    in its text."""

    text: str
    path: str
    start: int


@dataclass(frozen=True)
class _Language:
    """Its words with their terms, the most frequent first, and what tells their vectors."""

    words: Sequence[str]
    terms: Sequence[Sequence[str]]
    keys: Integers
    weights: Vectors
    until: Vectors
    """How often one of the words up to each is said."""


@dataclass(frozen=True)
class _Draft:
    """The sentences of a document, passage after passage: the numbers of their words, of shape
    (sentences, words), a name and a number."""

    language: Language
    words: Integers
    names: Sequence[str]
    numbers: Sequence[str]


class Collection:
    """Documents with all that is written of them, and questions about them."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        known = known_words(np.random.default_rng(0))
        found = {language: words[:_MOST_WORDS] for language, words in known.items()}
        counts = {str(word): n for words in found.values() for n, word in enumerate(words)}
        vectors = WordVectors({word: float(np.log(2 + n)) for word, n in counts.items()})
        self.encoder = SyntheticEncoder(vectors)
        self._languages = {
            language: self._language([str(word) for word in words])
            for language, words in found.items()
        }
        self._syllables = sorted({c for word in self._languages["ko"].words[:2000] for c in word})

    def _language(self, words: Sequence[str]) -> _Language:
        return _Language(
            words,
            list(self.analyzer.batch(words)),
            keys_of(words),
            self.encoder.vectors.weigh(words),
            np.cumsum(zipf(len(words))),
        )

    def documents(self, passages: int) -> Iterator[Prepared]:
        """So many passages, a hundred in a document."""
        for number in range(-(-passages // PASSAGES_PER_DOCUMENT)):
            left = passages - number * PASSAGES_PER_DOCUMENT
            yield self._document(number, min(left, PASSAGES_PER_DOCUMENT))

    def questions(self, passages: int, count: int) -> Iterator[Asked]:
        """Questions of a few words of passages anywhere in the first ``passages``."""
        random = np.random.default_rng(1)
        for place in random.integers(passages, size=count):
            number, passage = divmod(int(place), PASSAGES_PER_DOCUMENT)
            draft = self._draft(number)
            sentence = passage * _SENTENCES + int(random.integers(_SENTENCES))
            own = self._languages[draft.language]
            weights = own.weights[draft.words[sentence]].astype(np.float64) ** 2
            chosen = random.choice(
                draft.words[sentence], _WORDS_ASKED, replace=False, p=weights / weights.sum()
            )
            words = [own.words[one] for one in chosen]
            if draft.language == "ko":
                words.append(draft.names[sentence])
                words = self._inflected(words, random)
            chunk = self._document(number, PASSAGES_PER_DOCUMENT).entries[passage].chunk
            yield Asked(question(draft.language, words), _path(number), chunk.start)

    def _document(self, number: int, passages: int) -> Prepared:
        draft = self._draft(number)
        random = np.random.default_rng((2, number))
        text: list[str] = []
        chunks: list[Chunk] = []
        offset = 0
        for passage in range(passages):
            spans = []
            for sentence in range(passage * _SENTENCES, (passage + 1) * _SENTENCES):
                text.append(self._sentence(draft, sentence, random))
                spans.append((offset, offset + len(text[-1])))
                offset += len(text[-1]) + 1
            chunks.append(Chunk(spans[0][0], spans[-1][1], tuple(spans)))
        path = _path(number)
        document = Document(path, path, path, "\n".join(text), language=draft.language)
        return Prepared(document, self._entries(draft, chunks), ())

    def _draft(self, number: int) -> _Draft:
        random = np.random.default_rng((0, number))
        language = language_of_document(number)
        own = self._languages[language]
        size = PASSAGES_PER_DOCUMENT * _SENTENCES
        ranks = np.searchsorted(own.until, random.random((size, _WORDS[language])))
        ranks = np.minimum(ranks, len(own.words) - 1)
        first = int(random.integers(_TOPICS)) * len(own.words) // _TOPICS
        of_topic = (first + 31 * ranks) % len(own.words)
        words = np.where(random.random(ranks.shape) < 0.5, of_topic, ranks)
        said = self._names(number, random)
        names = [said[one] for one in random.integers(len(said), size=size)]
        amounts = 10 ** random.uniform(1, np.log10(_LARGEST), size)
        years = random.integers(_FIRST_YEAR, _LAST_YEAR + 1, size)
        numbers = np.where(random.random(size) < 0.5, years, amounts.astype(np.int64))
        return _Draft(language, words, names, [str(one) for one in numbers])

    def _names(self, number: int, random: np.random.Generator) -> list[str]:
        """The names of a document: those that it brings, and some that were there."""
        before, after = (
            _NAMES * isqrt(one * PASSAGES_PER_DOCUMENT) for one in (number, number + 1)
        )
        others = np.exp(random.uniform(0, np.log(after), _NAMES_OF_OTHERS)).astype(np.int64)
        return [self._name(one) for one in (*range(before, after), *others.tolist())]

    def _name(self, number: int) -> str:
        """A name of three syllables, no two alike."""
        base = len(self._syllables)
        # What shares no factor with the number of syllables leaves none out.
        scattered = number * 2_654_435_761 % base**3
        return "".join(self._syllables[scattered // base**n % base] for n in range(3))

    def _sentence(self, draft: _Draft, place: int, random: np.random.Generator) -> str:
        own = self._languages[draft.language]
        words = [own.words[one] for one in draft.words[place]]
        if draft.language == "zh":
            return "".join(words) + draft.numbers[place] + "。"
        if draft.language == "en":
            return " ".join((*words, draft.numbers[place])).capitalize() + "."
        endings = wording()["generated"]["endings"]
        inflected = self._inflected([*words, draft.names[place]], random)
        return " ".join((*inflected, draft.numbers[place], endings[place % len(endings)]))

    def _inflected(self, words: Sequence[str], random: np.random.Generator) -> list[str]:
        chosen = random.integers(len(self._particles), size=len(words))
        return [word + self._particles[one] for word, one in zip(words, chosen, strict=True)]

    @cached_property
    def _particles(self) -> list[str]:
        return list(wording()["generated"]["particles"])

    def _entries(self, draft: _Draft, chunks: Sequence[Chunk]) -> list[Entry]:
        own = self._languages[draft.language]
        size = len(chunks) * _SENTENCES
        words = draft.words[:size]
        keys, weights = own.keys[words], own.weights[words]
        of_names: Sequence[Sequence[str]] = [()] * size
        if draft.language == "ko":
            names = draft.names[:size]
            found = dict(zip(names, self.analyzer.batch(names), strict=True))
            of_names = [found[name] for name in names]
            keys = np.c_[keys, [zlib.crc32(name.encode()) for name in names]]
            weights = np.c_[weights, self.encoder.vectors.weigh(names)]
        sentences = self.encoder.vectors.of_sentences(keys, weights)
        each = sentences.reshape(len(chunks), _SENTENCES, -1)
        wholes = each.sum(axis=1)
        wholes /= np.linalg.norm(wholes, axis=1, keepdims=True)
        rows = np.concatenate([wholes[:, None], each], axis=1)
        terms = [
            (*chain.from_iterable(own.terms[one] for one in row), *of_name, number)
            for row, of_name, number in zip(words.tolist(), of_names, draft.numbers, strict=False)
        ]
        return [
            Entry(chunk, ((), *terms[n * _SENTENCES : (n + 1) * _SENTENCES]), rows[n])
            for n, chunk in enumerate(chunks)
        ]


def _path(number: int) -> str:
    return f"{number}.txt"
