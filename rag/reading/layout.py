"""How a question and a passage are laid out for the reader, each for itself, in token ids:
``<s> question </s>`` and ``<s> headings </s> sentences </s>``.

A passage that is longer than the reader takes is read in several windows of whole sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geungeo.vectorstore import Passage

if TYPE_CHECKING:
    from tokenizers import Tokenizer

START, PAD, END = 0, 1, 2
# Tokens at most.
QUESTION, HEADINGS, SENTENCES = 64, 40, 212
NOT_A_SENTENCE = -1


@dataclass(frozen=True)
class Window:
    """Whole sentences of a passage, ``[first, last)``, as one sequence: the tokens, and for each
    of them its sentence, counted from ``first``, or ``NOT_A_SENTENCE``."""

    first: int
    last: int
    tokens: tuple[int, ...]
    places: tuple[int, ...]


class Text(NamedTuple):
    """What is read of a passage. A title that is the name of a file says nothing."""

    title: str
    section: str
    sentences: tuple[str, ...]

    @classmethod
    def of(cls, passage: Passage) -> Text:
        title = "" if passage.title == passage.document else passage.title
        texts = (passage.sentence_text(i) for i in range(len(passage.sentences)))
        return cls(title, passage.section, tuple(texts))


class Layout:
    """Lays texts out in the pieces of a tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text, without marks."""
        found = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [one.ids for one in found]

    def windows(self, text: Text) -> list[Window]:
        """The windows of a passage's text; its headings stand over each of them."""
        headings, *pieces = self.pieces([headed(text.title, text.section), *text.sentences])
        head = [*headings[:HEADINGS], END]
        found, first = [], 0
        while first < len(pieces):
            last, size = first + 1, len(pieces[first])
            while last < len(pieces) and size + len(pieces[last]) <= SENTENCES:
                size += len(pieces[last])
                last += 1
            own = [
                (token, place)
                for place, one in enumerate(pieces[first:last])
                for token in one[:SENTENCES]
            ]
            tokens = (START, *head, *(token for token, _ in own), END)
            before = [NOT_A_SENTENCE] * (1 + len(head))
            places = (*before, *(p for _, p in own), NOT_A_SENTENCE)
            found.append(Window(first, last, tokens, places))
            first = last
        return found

    def question(self, text: str) -> list[int]:
        """The tokens of a question."""
        return [START, *self.pieces([text])[0][:QUESTION], END]


def headed(title: str, section: str) -> str:
    """The headings of a passage, the last of its section and the title of its document."""
    parts = [part for part in (title, *section.split(" › ")) if part.strip()]
    return " › ".join(dict.fromkeys([*parts[:1], *parts[-1:]]))
