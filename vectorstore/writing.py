"""Documents written into a catalogue and its index, found by the titles that are shown of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from geungeo.lang.analyzer import Analyzer
from geungeo.vectorstore.embedding import Encoder
from geungeo.vectorstore.learning import learn
from geungeo.vectorstore.preparation import Prepared, explained, with_headings
from geungeo.vectorstore.protocols import Catalogue, Index, IndexRecord
from geungeo.vectorstore.records import Chunk, Document, Entry, Filter, Passage, name_of


def put(
    items: Sequence[Prepared], catalogue: Catalogue, index: Index, encoder: Encoder,
    changed: Callable[[], None],
) -> None:  # fmt: skip
    """Write prepared documents, each in place of the one with the same path and visible by one
    step of the catalogue; ``changed`` is told before the index knows them."""
    keys: list[int] = []
    records: list[IndexRecord] = []
    for one in items:
        key, passages = catalogue.add(one.document, one.entries, one.names)
        keys.append(key)
        records.extend(map(IndexRecord.of, passages, [key] * len(passages), one.entries))
    # Who may not see it has to know of it before its words are known.
    changed()
    index.add(records)
    learn(index, encoder, chain.from_iterable(record.terms for record in records))
    for key in keys:
        catalogue.publish(key)


def as_shown(items: Sequence[Prepared], catalogue: Catalogue, analyzer: Analyzer) -> list[Prepared]:
    """Prepared documents with the words of the titles that will be shown of them, where these are
    not those that were read."""
    shown = []
    for one in items:
        title = catalogue.correction_of(one.document.path, one.document.sha256).title
        if title is not None:
            entries = with_headings(replace(one.document, title=title), one.entries, analyzer)
            one = replace(one, entries=entries)
        shown.append(one)
    return shown


def as_written(path: str, catalogue: Catalogue, analyzer: Analyzer) -> list[Prepared]:
    """The visible document of a path as it was prepared when it was read; none where there is
    none."""
    found = catalogue.documents(Filter(documents=(name_of(path),)))
    read, text = catalogue.as_read(path), catalogue.text(path)
    summary = next((one for one in found if one.path == path), None)
    if summary is None or read is None or text is None:
        return []
    document = Document(
        path, summary.name, summary.sha256, text, read.title, read.date, read.organisation,
        read.type, summary.language, summary.pages, summary.author, summary.code,
    )  # fmt: skip
    passages = catalogue.passages_of(path)
    ids = [one.id for one in passages]
    terms, vectors = catalogue.passages(ids), catalogue.vectors(ids)
    entries = [Entry(_chunk(one), terms[one.id][1], vectors[one.id]) for one in passages]
    entries = with_headings(document, entries, analyzer)
    return [Prepared(document, entries, explained(document, analyzer))]


def _chunk(passage: Passage) -> Chunk:
    return Chunk(
        passage.start, passage.end, passage.sentences, passage.section, passage.page,
        passage.recognised, passage.kinds,
    )  # fmt: skip
