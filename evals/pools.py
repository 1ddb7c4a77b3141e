"""Questions that each have their own passages for a collection, as NoMIRACL gives them.

A file has a row a question: ``id``, ``lang``, ``question``, ``answerable`` as people judged,
``passages`` with ``title`` and ``text``, and what GPT-4 said of them, ``gpt4``, where it was
asked (Thakur et al., arXiv 2312.11361).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geungeo.errors import GeungeoError
from geungeo.ingest.sentences import split_sentences
from geungeo.lang import Analyzer
from geungeo.lang.detect import Language, language_of
from geungeo.vectorstore import Chunk, Document, Encoder, Store

CHUNKER = "pools-1"
_LANGUAGE_SAMPLE = 20_000


class PoolsError(GeungeoError):
    """A file of pools cannot be read; the message names the file and the line."""


class PooledPassage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str = ""
    text: str


class Pool(BaseModel):
    """One question with its collection."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    lang: Language
    question: str = Field(min_length=1)
    answerable: bool
    passages: tuple[PooledPassage, ...]
    gpt4: str | None = None

    @property
    def gpt4_answered(self) -> bool | None:
        """Whether GPT-4 said that the passages answer; None where it was not asked."""
        return None if self.gpt4 is None else self.gpt4.lower().startswith("yes")


def read_pools(file: Path) -> list[Pool]:
    """Raises ``PoolsError`` when the file cannot be read or a line is not a pool."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PoolsError(f"{file}: the pools cannot be read: {error}") from error
    pools = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                pools.append(Pool.model_validate_json(line))
            except ValidationError as error:
                problem = error.errors()[0]
                where = ".".join(map(str, problem["loc"]))
                raise PoolsError(f"{file}:{number}: {where}: {problem['msg']}") from error
    if not pools:
        raise PoolsError(f"{file}: no questions in it")
    return pools


def index_passages(store: Store, name: str, passages: Sequence[PooledPassage]) -> None:
    """Index passages as one document, each under its title."""
    split = split_sentences([passage.text for passage in passages], store.analyzer)
    chunks = []
    offset = 0
    for passage, spans in zip(passages, split, strict=True):
        sentences = tuple((offset + start, offset + end) for start, end in spans)
        end = offset + len(passage.text)
        chunks.append(Chunk(offset, end, sentences, section=passage.title))
        offset = end + 1
    text = "\n".join(passage.text for passage in passages)
    language = language_of(text[:_LANGUAGE_SAMPLE])
    store.replace(Document(name, name, name, text, language=language), chunks)


@contextmanager
def pooled(pool: Pool, encoder: Encoder, analyzer: Analyzer) -> Iterator[Store]:
    """A store of a question's passages alone."""
    with (
        tempfile.TemporaryDirectory(prefix="geungeo-pool-") as scratch,
        Store.open(Path(scratch), encoder, analyzer, CHUNKER) as store,
    ):
        index_passages(store, pool.id, pool.passages)
        yield store
