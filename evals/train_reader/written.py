"""Questions that were written on single passages, to learn reading from.

``evals/train_reader/questions.tsv`` has a row a question: the passage, by the first twelve
digits of the SHA-1 of its text, the question's language and kind, the question, the numbers of
the sentences that answer, and from where to where in the text the answer is stated. Near misses
have no sentences: their own passage does not answer them, and of others nothing is known. The
passages are those of the test collections and of the documents, and some that were invented, in
``passages.jsonl``.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np

from geungeo.evals.beir import CHUNKER, BeirSet
from geungeo.evals.fit.cases import Case, scratch_store
from geungeo.evals.pools import PooledPassage, index_passages, read_pools
from geungeo.ingest import CHUNKER as DOCUMENT_CHUNKER
from geungeo.ingest import Ledger, ingest
from geungeo.rag.question.expansion import Expander
from geungeo.rag.ranking.retrieval import SECOND_STAGE
from geungeo.vectorstore import Chunk, Document, Hit, Passage, Store

ORIGINS = ("reports", "ko", "zh", "en", "finreg", "invented")
SOURCE = "written"
_DIGITS = 12
_BENCH = {
    "ko": ("korquad", "korquad-open"),
    "zh": ("xquad-zh",),
    "en": ("xquad-en",),
    "finreg": ("finreg",),
}


@dataclass(frozen=True)
class Written:
    """A row of the file."""

    passage: str
    language: str
    kind: str
    question: str
    sentences: tuple[int, ...]
    answer: tuple[int, ...]


def read_written(file: Path) -> list[Written]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Written(passage, language, kind, question, _numbers(told, ","), _numbers(answer, "-"))
        for passage, language, kind, question, told, answer in rows
    ]


def _numbers(text: str, between: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(between) if number)


def written_cases(file: Path, origin: str, bench: Path, documents: Sequence[Path]) -> list[Case]:
    """The questions on passages of one origin, with what is found for them there; none of a
    passage whose sentences are split otherwise than when they were written."""
    chunker = DOCUMENT_CHUNKER if origin == "reports" else CHUNKER
    with scratch_store(chunker) as store:
        _fill(store, file, origin, bench, documents)
        passages = {
            _digest(passage): passage
            for document in store.documents()
            for passage in store.passages(document.path)
        }
        rows = [row for row in read_written(file) if row.passage in passages]
        split_otherwise = {row.passage for row in rows if not _fits(row, passages[row.passage])}
        expander = Expander.of(store)
        return [
            _case(row, passages[row.passage], store, expander, origin)
            for row in rows
            if row.passage not in split_otherwise
        ]


def _fits(row: Written, passage: Passage) -> bool:
    """Whether the sentences of a row are those of the passage: there, and where its answer is."""
    if any(i >= len(passage.sentences) for i in row.sentences):
        return False
    told = (passage.sentences[i] for i in row.sentences)
    start = passage.start + row.answer[0] if row.answer else None
    return start is None or any(first <= start < last for first, last in told)


def _case(row: Written, passage: Passage, store: Store, expander: Expander, origin: str) -> Case:
    query = expander.analyse(row.question)
    found = store.search(query, SECOND_STAGE) if row.sentences else []
    own = next((hit for hit in found if hit.passage.id == passage.id), None)
    others = [hit for hit in found if hit is not own and _is_apart(hit.passage, passage)]
    hits = (own or Hit(passage, 0.0, 0.0, 0.0, 0.0, ()), *others)
    right = np.array([bool(row.sentences), *([False] * len(others))])
    evidence = tuple(passage.sentence_text(i) for i in row.sentences)
    return Case(
        SOURCE, f"{SOURCE}-{origin}-{row.language}", f"{origin} {passage.document}", query, hits,
        right, evidence, bool(row.sentences), is_evidence=True,
        answer=passage.text[slice(*row.answer)] if row.answer else "",
    )  # fmt: skip


def _is_apart(one: Passage, other: Passage) -> bool:
    """Whether passages are no neighbours: what stands in one may stand in the next."""
    return one.path != other.path or abs(one.id - other.id) > 1


def _digest(passage: Passage) -> str:
    return hashlib.sha1(passage.text.encode()).hexdigest()[:_DIGITS]


def _fill(store: Store, file: Path, origin: str, bench: Path, documents: Sequence[Path]) -> None:
    if origin == "invented":
        _index_invented(store, file.with_name("passages.jsonl"))
        return
    if origin == "reports":
        ingest(list(documents), store, Ledger.of(store))
        return
    texts: dict[str, str] = {}
    for text, title in _texts(origin, bench):
        texts.setdefault(text, title)
    passages = [PooledPassage(title=title, text=text) for text, title in texts.items()]
    index_passages(store, origin, passages)


def _index_invented(store: Store, file: Path) -> None:
    texts: list[str] = []
    chunks, offset = [], 0
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        own = "\n".join(row["sentences"])
        ends = list(accumulate(len(one) + 1 for one in row["sentences"]))
        starts = [0, *ends[:-1]]
        spans = tuple((offset + a, offset + b - 1) for a, b in zip(starts, ends, strict=True))
        heading = " › ".join(filter(None, (row["title"], row["section"])))
        chunks.append(Chunk(offset, offset + len(own), spans, heading))
        texts.append(own)
        offset += len(own) + 1
    store.replace(Document(file.name, file.name, file.name, "\n".join(texts)), chunks)


def _texts(origin: str, bench: Path) -> Iterator[tuple[str, str]]:
    for name in _BENCH[origin]:
        for document in BeirSet.read(bench / name).documents:
            yield document.text, document.title
    if origin != "finreg":
        for pool in read_pools(bench / "nomiracl" / f"{origin}.jsonl"):
            for passage in pool.passages:
                if passage.text.strip():
                    yield passage.text, passage.title
