"""The words of an index, as an encoder reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geungeo.vectorstore.embedding import Encoder
from geungeo.vectorstore.protocols import Catalogue, Index
from geungeo.vectorstore.records import Filter

# What of the terms an encoder can read.
_WORD = re.compile(r"[^\W\d_]{2,}")


def learn(index: Index, encoder: Encoder, terms: Iterable[str]) -> None:
    """Let the encoder read those terms that are words and not known yet."""
    new = sorted(index.unlearned(_words(terms)))
    if new:
        index.learn(new, encoder.encode_passages(new))


def learn_anew(catalogue: Catalogue, index: Index, encoder: Encoder) -> None:
    """Read the words again where the vocabulary was lost: it has none of a document's."""
    if catalogue.why_read_only:
        return
    documents = catalogue.matching(Filter())
    of_each = (_words(catalogue.terms([key])) for key in documents)
    some = next(filter(None, of_each), set[str]())
    if some and index.unlearned(some) == some:
        with catalogue.alone():
            learn(index, encoder, catalogue.terms(documents))


def _words(terms: Iterable[str]) -> set[str]:
    """Those of some terms that are words."""
    return {term for term in terms if _WORD.fullmatch(term)}
