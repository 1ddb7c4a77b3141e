"""Sentence encoders: the bundled one and any sentence-transformers model, by one door."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

BUNDLED = "use-multilingual-v3"
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Prompts:
    """Text put before what is encoded, as some models were trained with."""

    question: str = ""
    passage: str = ""


class Model(Protocol):
    """What encodes; it is read once and then kept."""

    dimension: int

    def encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Vectors of shape (texts, dimension), each of length 1, of texts after a prompt."""
        ...


class Encoder:
    """A multilingual sentence encoder with unit vectors; loaded at its first use.

    ``name`` is ``"use-multilingual-v3"`` for the bundled encoder, else a folder or the
    name of a sentence-transformers model. A model that lies on disk or in the local cache
    is never looked up on the hub.
    """

    def __init__(self, name: str = BUNDLED, prompts: Prompts | None = None) -> None:
        self.name = name
        self._given_prompts = prompts
        self._model: Model | None = None
        self._prompts = Prompts()
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[Encoder], tuple[str, Prompts | None]]:
        """In another process it is loaded anew."""
        return Encoder, (self.name, self._given_prompts)

    def load(self) -> Model:
        """Load the model now, or return the loaded one.

        Raises:
            ModelError: the model is neither on this machine nor to be had from the hub.
        """
        with self._lock:
            if self._model is None:
                self._model, prompts = _bundled() if self.name == BUNDLED else _named(self.name)
                self._prompts = self._given_prompts or prompts
            return self._model

    @property
    def dimension(self) -> int:
        return self.load().dimension

    def load_for_questions(self) -> None:
        """Load what reads a question and its words, which the first one would wait for."""
        self.encode_questions([""])

    def load_for_texts(self) -> None:
        """Load what reads documents, which the first one would wait for."""
        self.encode_divided([""], [[]])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimension), each of length 1."""
        return self._encode(list(texts), passage=True)

    def encode_divided(self, texts: Sequence[str], parts: Sequence[Sequence[str]]) -> list[Vectors]:
        """The vectors of texts and of their parts, an array of shape (1 + parts, dimension)
        for each text, its own first."""
        from geungeo.vectorstore.bundled import BundledModel

        model = self.load()
        if not isinstance(model, BundledModel) or self._prompts.passage:
            flat = [one for text, own in zip(texts, parts, strict=True) for one in (text, *own)]
            ends = np.cumsum([1 + len(own) for own in parts])
            return np.split(self.encode_passages(flat), ends[:-1]) if parts else []
        if not texts:
            return []
        # A text without parts is its own only part.
        wholes, rows = model.encode_divided([p or (t,) for t, p in zip(texts, parts, strict=True)])
        each = np.split(rows, np.cumsum([len(own) or 1 for own in parts])[:-1])
        return [
            np.concatenate((whole[None], of_parts[: len(own)]))
            for whole, of_parts, own in zip(wholes, each, parts, strict=True)
        ]

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimension), each of length 1."""
        return self._encode(list(texts), passage=False)

    def _encode(self, texts: list[str], *, passage: bool) -> Vectors:
        model = self.load()
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        prompt = self._prompts.passage if passage else self._prompts.question
        return model.encode(texts, prompt)


def _bundled() -> tuple[Model, Prompts]:
    from geungeo.vectorstore.bundled import BundledModel

    return BundledModel(), Prompts()


def _named(name: str) -> tuple[Model, Prompts]:
    # Two hundred megabytes and seconds of imports that the bundled encoder does without.
    from geungeo.vectorstore.sentence_transformer import SentenceTransformerModel

    model = SentenceTransformerModel(name)
    question, passage = model.prompts
    if not question and not passage and "e5" in name.lower():
        return model, Prompts("query: ", "passage: ")
    return model, Prompts(question, passage)
