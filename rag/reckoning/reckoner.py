"""What a question asks of a table as a whole, reckoned from the cells of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from geungeo.lang.values.facts import facts
from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.reckoning.operation import Operation, is_named, operations
from geungeo.rag.reckoning.reading import Reading
from geungeo.rag.reckoning.result import result
from geungeo.rag.reckoning.table import Row, Table, tables
from geungeo.rag.reckoning.words import Words
from geungeo.vectorstore import Filter, Hit, Store

# Shares of a question's words, by weight, that a table has of which it is asked.
_FITS_BEST, _FITS, _FITS_ELSEWHERE, _FITS_COUNTED, _NEVER = 0.4, 0.6, 0.7, 0.8, 2.0
# Passages of a document whose tables are read.
_MOST_PASSAGES = 2000
# Stretches of rows that are cited.
_MOST_CITED = 20


@dataclass(frozen=True)
class Reckoned:
    """``line`` says the result in the reader's language, and ``evidence`` are the rows that it is
    reckoned from, some of them where they are very many; ``shown`` are lines of those that
    are worth a look, each with its evidence. ``fit`` is the share of the question's words, from
    0 to 1, that the table has, and ``is_best`` where the best sentence stands in it."""

    line: str
    evidence: tuple[Evidence, ...]
    shown: tuple[tuple[str, Evidence], ...]
    fit: float
    is_best: bool


@dataclass(frozen=True)
class Reckoner:
    """Reads the tables of a store."""

    store: Store

    def reckon(self, found: Retrieved, *, is_answered: bool) -> Reckoned | None:
        """The answer of a table of which rows were found: of the one in which the best sentence
        stands, or else of the one that fits the question best.

        ``is_answered`` says that what was found answers the question, by all that is known of it.
        None where the question asks for nothing of the kind, a sentence says it, or no table fits.
        """
        likely = operations(found.question)
        known = self._tables(found.hits) if likely else []
        for asked in likely if known else ():
            results = list(self._results(asked, known, found, is_answered))
            if results:
                return max(results, key=lambda one: (one.is_best, one.fit))
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
            is_best = best.hit.passage.id in table.passages
            if reading is None or reading.fit <= said or not reading.has_part:
                continue
            if reading.fit >= _least(reading, is_best, is_answered) and (told := result(reading)):
                telling = [table.rows[i] for i in told.telling]
                cited = _cited([table.rows[i] for i in told.rows], telling, found, reading.fit)
                shown = tuple(_shown(cited, telling))
                yield Reckoned(told.line, tuple(cited), shown, reading.fit, is_best)

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


def _least(reading: Reading, is_best: bool, is_answered: bool) -> float:
    """The share of a question's words that a table has at least of which it is likely to be asked.

    It is less for the table of the best sentence, and for the only column that has what is
    measured; no more than all that counts what is named, since many questions ask for a number.
    """
    if reading.column is None:
        if reading.asked.limits:
            return _FITS_BEST if is_best and is_answered else _FITS
        return _FITS_COUNTED if is_best and reading.counts_names else _NEVER
    if not reading.is_called and not (is_best and is_answered and reading.is_meant):
        return _NEVER
    if not is_best:
        return _FITS_ELSEWHERE
    if is_answered or reading.is_only or not reading.asked.is_extreme:
        return _FITS_BEST
    return _FITS


def _said(best: Evidence, asked: Operation, words: Words) -> float:
    """The share of a question's words that the best sentence has with what stands above it, where
    it says itself what the greatest is, or a number such as is asked for; otherwise 0."""
    question, passage = words.question, best.hit.passage
    if passage.kind(best.index) == "row":
        return 0.0
    if not is_named(asked, best.text):
        is_number = not asked.is_extreme and question.wanted.kind == "quantity"
        if not is_number or not question.wanted.quantities(facts(best.text), question.facts):
            return 0.0
    return words.share(words.held(" ".join((passage.title, passage.section, best.text))))


def _cited(
    rows: Sequence[Row], telling: Sequence[Row], found: Retrieved, fit: float
) -> list[Evidence]:
    """The rows as evidence, those that tell first: stretches that follow each other in a passage,
    or where that is too much to read each passage from its first row to the last, or else those
    that tell alone."""
    ordered = sorted(rows, key=lambda row: (row.passage.start, row.index))
    runs: list[list[Row]] = []
    for row in ordered:
        last = runs[-1][-1] if runs else None
        if last and last.passage.id == row.passage.id and last.index + 1 == row.index:
            runs[-1].append(row)
        else:
            runs.append([row])
    if len(runs) > _MOST_CITED:
        runs = [list(own) for _, own in groupby(ordered, key=lambda row: row.passage.id)]
    if len(runs) > _MOST_CITED and telling:
        runs = [[row] for row in telling]
    hits = {hit.passage.id: hit for hit in found.hits}
    cited = []
    order = {(row.passage.id, row.index): n for n, row in enumerate(telling)}
    for own in sorted(runs, key=lambda own: _first_place(own, order)):
        passage = own[0].passage
        hit = hits.get(passage.id) or Hit(passage, 0.0, 0.0, 0.0, 0.0)
        index = next((row.index for row in own if row in telling), own[0].index)
        cited.append(Evidence(hit, index, 0.0, fit, (own[0].index, own[-1].index)))
    return cited[:_MOST_CITED]


def _first_place(rows: Sequence[Row], order: Mapping[tuple[int, int], int]) -> int:
    return min(order.get((row.passage.id, row.index), len(order)) for row in rows)


def _shown(cited: Sequence[Evidence], telling: Sequence[Row]) -> Iterator[tuple[str, Evidence]]:
    """The lines of the rows that tell, those of one stretch together."""
    for one in cited:
        first, last = one.sentences
        own = [
            row
            for row in telling
            if row.passage.id == one.hit.passage.id and first <= row.index <= last
        ]
        if own:
            yield "\n".join(row.line for row in own), one
