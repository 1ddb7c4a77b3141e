"""A document's terms and vectors, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.forms import Form, analysed
from geungeo.lang.glossary import glosses
from geungeo.vectorstore.embedding import Encoder, Vectors
from geungeo.vectorstore.records import Chunk, Document, Entry, Terms

Divided = Sequence[tuple[Document, Chunk]]


@dataclass(frozen=True)
class Prepared:
    """A document with all that is written of it; ``names`` are those that it explains, each in
    its forms."""

    document: Document
    entries: Sequence[Entry]
    names: Sequence[tuple[Form, ...]]


def prepare(
    items: Sequence[tuple[Document, Sequence[Chunk]]], encoder: Encoder, analyzer: Analyzer
) -> list[Prepared]:
    """Documents with their terms and vectors, in their order."""
    passages = [(document, chunk) for document, chunks in items for chunk in chunks]
    with ThreadPoolExecutor(1) as beside:
        terms = beside.submit(find_terms, passages, analyzer)
        vectors = encode(passages, encoder)
        rows = zip(passages, terms.result(), vectors, strict=True)
    entries = (Entry(chunk, terms, vectors) for (_, chunk), terms, vectors in rows)
    return [
        Prepared(
            document,
            list(islice(entries, len(chunks))),
            explained(document, analyzer),
        )
        for document, chunks in items
    ]


def explained(document: Document, analyzer: Analyzer) -> list[tuple[Form, ...]]:
    """The names that a document explains, each in its forms."""
    return analysed(glosses(document.text), analyzer)


def with_headings(document: Document, entries: Sequence[Entry], analyzer: Analyzer) -> list[Entry]:
    """A document's entries with the terms of its headings found anew."""
    headings = analyzer.batch([_headings(document, one.chunk) for one in entries])
    return [
        replace(one, terms=(tuple(own), *one.terms[1:]))
        for one, own in zip(entries, headings, strict=True)
    ]


def find_terms(passages: Divided, analyzer: Analyzer) -> list[Terms]:
    """The index terms of each passage."""
    texts: list[str] = []
    for document, chunk in passages:
        texts.append(_headings(document, chunk))
        texts.extend(document.text[start:end] for start, end in chunk.sentences)
    analysed = map(tuple, analyzer.batch(texts))
    return [tuple(islice(analysed, 1 + len(chunk.sentences))) for _, chunk in passages]


def encode(passages: Divided, encoder: Encoder) -> list[Vectors]:
    """The vectors of each passage, of shape (1 + sentences, dimension), its own first."""
    return encoder.encode_divided(
        [document.text[chunk.start : chunk.end] for document, chunk in passages],
        [[document.text[s:e] for s, e in chunk.sentences] for document, chunk in passages],
    )


def _headings(document: Document, chunk: Chunk) -> str:
    """A chunk's title and headings, with the document's author and number, one a line."""
    known = (document.title, *chunk.section.split(" › "), document.author, document.code)
    return "\n".join(filter(None, dict.fromkeys(known)))
