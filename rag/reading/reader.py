"""The model that reads a question and a passage together: does the passage answer, and which of
its sentences do?"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geungeo.rag.reading.layout import NOT_A_SENTENCE, PAD, Layout, Window
from geungeo.vectorstore import Passage
from geungeo.vectorstore.models import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

TOKENIZER = "tokenizer"
# Passages whose windows are kept laid out.
_KEPT = 2000
_THREADS = 2


@dataclass(frozen=True)
class Reading:
    """``answers`` are log-odds that a passage answers the question, ``sentences`` that each of
    its sentences does."""

    answers: float
    sentences: tuple[float, ...]


class Reader:
    """A model from a file; loaded at its first use. Used by several threads at once."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._session: InferenceSession | None = None
        self._layout: Layout | None = None
        self._windows = lru_cache(_KEPT)(self._lay_out)

    def load(self) -> tuple[InferenceSession, Layout]:
        """Raises ``ModelError`` where the file is no reader."""
        with self._lock:
            if self._session is None or self._layout is None:
                from onnxruntime import InferenceSession, SessionOptions
                from tokenizers import Tokenizer

                options = SessionOptions()
                options.intra_op_num_threads = _THREADS
                try:
                    session = InferenceSession(
                        str(self.file), options, providers=["CPUExecutionProvider"]
                    )
                    said = session.get_modelmeta().custom_metadata_map
                    self._layout = Layout(Tokenizer.from_str(said[TOKENIZER]))
                except Exception as error:
                    raise ModelError(
                        f"GEUNGEO_READER={self.file}: not a reader ({error}). Name a file that "
                        "python -m geungeo.evals.train_reader export has written, or unset it."
                    ) from error
                self._session = session
            return self._session, self._layout

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What it says of each passage."""
        session, layout = self.load()
        asked = layout.question(question)
        windows = [
            (place, window)
            for place, passage in enumerate(passages)
            for window in self._windows(
                passage.title,
                passage.section,
                tuple(passage.sentence_text(i) for i in range(len(passage.sentences))),
            )
        ]
        answers = [-np.inf] * len(passages)
        sentences: list[list[float]] = [[] for _ in passages]
        for place, window in windows:
            found, told = _read(session, asked, window)
            answers[place] = max(answers[place], found)
            sentences[place] += told
        return [Reading(a, tuple(s)) for a, s in zip(answers, sentences, strict=True)]

    def _lay_out(self, title: str, section: str, sentences: tuple[str, ...]) -> list[Window]:
        _, layout = self.load()
        return layout.windows(title, section, sentences)


def _read(
    session: InferenceSession, asked: Sequence[int], window: Window
) -> tuple[float, list[float]]:
    tokens = np.array([[*asked, *window.tokens]], np.int64)
    places = np.array([NOT_A_SENTENCE] * len(asked) + list(window.places))
    members = (places[None, :] == np.arange(window.last - window.first)[:, None]).astype(np.float32)
    members /= np.maximum(members.sum(axis=1, keepdims=True), 1)
    answers, sentences = session.run(
        ["answers", "sentences"],
        {"tokens": tokens, "mask": tokens != PAD, "members": members[None]},
    )
    return float(answers[0]), [float(x) for x in sentences[0]]
