"""BM25 over our own tokens, in a tantivy index on disk.

Scores are tantivy's Okapi BM25 (k1 = 1.2, b = 0.75) divided by the greatest value that a
passage could reach for the question, the sum of (k1 + 1) * idf over its terms, so that
they lie in [0, 1) and can be combined with cosines (Bruch et al., arXiv 2210.11934).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.protocols import IndexRecord
from geungeo.vectorstore.rarity import idf
from geungeo.vectorstore.records import TermGroup

_K1 = 1.2
_WRITER_HEAP_BYTES = 15_000_000


class LexicalIndex:
    """A persistent inverted index of passages, fed with tokens.

    A folder that cannot be read or written is a ``StoreError``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("passage", indexed=True, fast=True)
        schema.add_unsigned_field("document", indexed=True)
        schema.add_text_field("body", tokenizer_name="tokens", index_option="freq")
        self._schema = schema.build()
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        # By itself it would look for commits in a thread, and write a lock into a folder that is
        # being removed.
        self._index.config_reader("manual", 0)
        tokens = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("tokens", tokens)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:
            raise StoreError(
                f"{self._folder}: {in_one_line(error)}. If it is damaged, remove the folder: "
                "it is made anew"
            ) from error

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        with self._told():
            writer = self._index.writer(_WRITER_HEAP_BYTES, 1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()

    def add(self, records: Sequence[IndexRecord]) -> None:
        with self._writer() as writer:
            self._write(writer, records)

    def replace(self, records: Sequence[IndexRecord]) -> None:
        """Write passages in place of all that is there of their documents."""
        with self._writer() as writer:
            self._delete(writer, {record.document for record in records})
            self._write(writer, records)

    def remove(self, documents: Collection[int]) -> None:
        with self._writer() as writer:
            self._delete(writer, documents)

    def _write(self, writer: tantivy.IndexWriter, records: Sequence[IndexRecord]) -> None:
        for record in records:
            document = tantivy.Document()
            document.add_unsigned("passage", record.passage)
            document.add_unsigned("document", record.document)
            document.add_text("body", " ".join(record.terms))
            writer.add_document(document)

    def _delete(self, writer: tantivy.IndexWriter, documents: Collection[int]) -> None:
        # By a term of its own an unsigned number is not found, and nothing is removed.
        gone = tantivy.Query.term_set_query(self._schema, "document", list(documents))
        writer.delete_documents_by_query(gone)

    def count(self) -> int:
        """How many passages are indexed, visible or not."""
        return int(self._index.searcher().num_docs)

    def reload(self) -> None:
        """See what another process has committed."""
        with self._told():
            self._index.reload()

    def knows(self, term: str) -> bool:
        """Whether a passage has a term; its frequency still counts those that were removed."""
        searcher = self._index.searcher()
        if not searcher.doc_freq("body", term):
            return False
        query = tantivy.Query.term_query(self._schema, "body", term, "basic")
        return bool(searcher.search(query, 1, count=False).hits)

    def holders(self, term: str) -> int:
        """How many passages have a term, those that were removed counting for a while."""
        return int(self._index.searcher().doc_freq("body", term))

    def idf(self, term: str) -> float:
        """How rare a term is: BM25's inverse document frequency, greatest for an unknown one."""
        searcher = self._index.searcher()
        return idf(searcher.num_docs, searcher.doc_freq("body", term))

    def search(
        self, question: Sequence[TermGroup], limit: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        """The best passages for a question: passage id -> score in [0, 1).

        ``documents`` narrows the search to some documents' ids.
        """
        if documents is None:
            return self._scores(question, limit)
        within = tantivy.Query.term_set_query(self._schema, "document", list(documents))
        return self._scores(question, limit, within)

    def score(self, question: Sequence[TermGroup], passages: Collection[int]) -> dict[int, float]:
        """Scores of given passages; those that share no term are left out."""
        if not passages:
            return {}
        within = tantivy.Query.term_set_query(self._schema, "passage", list(passages))
        return self._scores(question, len(passages), within)

    def _scores(
        self, question: Sequence[TermGroup], limit: int, within: tantivy.Query | None = None
    ) -> dict[int, float]:
        searcher = self._index.searcher()
        clauses = []
        greatest = 0.0
        for group in question:
            frequency = {term: searcher.doc_freq("body", term) for term in group}
            known = [term for term in group if frequency[term]]
            if known:
                clauses.append((tantivy.Occur.Should, self._group({t: group[t] for t in known})))
            # A word that the index does not know still counts in what could be reached.
            greatest += max(
                group[term] * idf(searcher.num_docs, frequency[term]) for term in known or group
            )
        if not clauses:
            return {}
        query = tantivy.Query.boolean_query(clauses)
        if within is not None:
            filtered = tantivy.Query.const_score_query(within, 0.0)
            must = tantivy.Occur.Must
            query = tantivy.Query.boolean_query([(must, query), (must, filtered)])
        with self._told():
            hits = searcher.search(query, limit, count=False).hits
        passages = searcher.fast_field_values("passage", [address for _, address in hits])
        return {
            int(passage): score / ((_K1 + 1) * greatest)
            for passage, (score, _) in zip(passages, hits, strict=True)
            if passage is not None
        }

    def _group(self, group: TermGroup) -> tantivy.Query:
        """The best of a group's terms counts, so that synonyms do not add up."""
        terms = [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, "body", term, "freq"), weight
            )
            for term, weight in group.items()
        ]
        return terms[0] if len(terms) == 1 else tantivy.Query.disjunction_max_query(terms)
