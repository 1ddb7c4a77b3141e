"""What a question asks of a table as a whole, reckoned from the cells of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.reckoning.operation import Operation, is_named, operations
from geungeo.rag.reckoning.reading import Reading
from geungeo.rag.reckoning.result import result
from geungeo.rag.reckoning.table import Row, Table, tables
from geungeo.rag.reckoning.words import Words
from geungeo.vectorstore import Filter, Hit, Store

# The share of a question's words, by weight, that a table has of which it is asked; that one has
# in which but one column has what is measured, and one whose rows are only counted: many
# questions ask for a number.
_FITS, _FITS_ONLY, _FITS_COUNTED = 0.6, 0.4, 0.8
# Passages of a document whose tables are read.
_MOST_PASSAGES = 2000
# Stretches of rows that are cited.
_MOST_CITED = 20


@dataclass(frozen=True)
class Reckoned:
    """``line`` says the result in the reader's language, and ``evidence`` are the rows that it is
    reckoned from, the first of them where they are very many; ``fit`` is the share of the
    question's words, from 0 to 1, that the table has."""

    line: str
    evidence: tuple[Evidence, ...]
    fit: float


@dataclass(frozen=True)
class Reckoner:
    """Reads the tables of a store."""

    store: Store

    def reckon(self, found: Retrieved, *, is_answered: bool) -> Reckoned | None:
        """The answer of the table that fits a question best among those of which rows were found.

        ``is_answered`` says that what was found answers the question, by all that is known of it:
        the table of the best sentence is then taken though few words of the question are in it.
        None where the question asks for nothing of the kind, a sentence says it, or no table fits.
        """
        known = self._tables(found.hits)
        for asked in operations(found.question) if known else ():
            if results := list(self._results(asked, known, found, is_answered)):
                return max(results, key=lambda one: one.fit)
        return None

    def _results(
        self, asked: Operation, known: Sequence[Table], found: Retrieved, is_answered: bool
    ) -> Iterator[Reckoned]:
        """What each of the tables gives that may be meant."""
        best = found.evidence[0]
        words = Words.of(found.question, asked, self.store)
        said = _said(best, asked, words)
        for table in known:
            reading = Reading.of(table, asked, words)
            if reading is None or reading.fit <= said:
                continue
            is_best = is_answered and best.hit.passage.id in table.passages
            if _fits(reading, is_best=is_best) and (told := result(reading)):
                cited = _cited([table.rows[i] for i in told.rows], found, reading.fit)
                yield Reckoned(told.line, tuple(cited), reading.fit)

    def _tables(self, hits: Sequence[Hit]) -> list[Table]:
        """The tables of which rows are among hits, in the order of these; those of a very long
        document are not read."""
        rows: dict[str, set[int]] = {}
        for hit in hits:
            if "row" in hit.passage.kinds:
                rows.setdefault(hit.passage.path, set()).add(hit.passage.id)
        names = tuple({hit.passage.document for hit in hits if hit.passage.path in rows})
        listed = self.store.documents(Filter(documents=names)) if names else []
        long = {one.path for one in listed if one.passages > _MOST_PASSAGES}
        return [
            table
            for path, ids in rows.items()
            if path not in long
            for table in tables(self.store.passages(path))
            if table.passages & ids
        ]


def _fits(reading: Reading, *, is_best: bool) -> bool:
    """Whether a question is likely to be asked of a table, which ``is_best`` where what was found
    answers and the best of it is there."""
    if reading.column is None:
        is_meant = is_best and reading.is_limited
        return is_meant or (reading.fit >= _FITS_COUNTED and reading.counts_names)
    least = _FITS_ONLY if reading.is_only or reading.asked.kind == "difference" else _FITS
    return is_best or (reading.is_called and reading.fit >= least)


def _said(best: Evidence, asked: Operation, words: Words) -> float:
    """The share of a question's words that the best sentence has with what stands above it, where
    it is no row and says itself what the greatest or the sum is; otherwise -1."""
    passage = best.hit.passage
    if passage.kind(best.index) == "row" or not is_named(asked, best.text):
        return -1.0
    return words.share(words.held(" ".join((passage.title, passage.section, best.text))))


def _cited(rows: Sequence[Row], found: Retrieved, fit: float) -> list[Evidence]:
    """The rows as evidence: those that follow each other in a passage together, or where that is
    too much to read those of a passage from the first to the last."""
    ordered = sorted(rows, key=lambda row: (row.passage.start, row.index))
    runs: list[list[Row]] = []
    for row in ordered:
        last = runs[-1][-1] if runs else None
        if last and last.passage.id == row.passage.id and last.index + 1 == row.index:
            runs[-1].append(row)
        else:
            runs.append([row])
    if len(runs) > _MOST_CITED:
        by_passage = groupby(ordered, key=lambda row: row.passage.id)
        runs = [list(own) for _, own in by_passage][:_MOST_CITED]
    hits = {hit.passage.id: hit for hit in found.hits}
    cited = []
    for own in runs:
        passage = own[0].passage
        hit = hits.get(passage.id) or Hit(passage, 0.0, 0.0, 0.0, 0.0)
        cited.append(Evidence(hit, own[0].index, 0.0, fit, (own[0].index, own[-1].index)))
    return cited
