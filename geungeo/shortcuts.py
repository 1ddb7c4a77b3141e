"""What most programs do: open a store, fill it, measure what is answered from it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geungeo.ingest import CHUNKER, IngestReport, Ledger
from geungeo.ingest import ingest as run
from geungeo.rag.assembly import open_store as open_cut
from geungeo.rag.chain import AnswerChain
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store


def open_store(settings: Settings | None = None) -> Store:
    """The store of some settings, else of those of the environment, for documents as they are cut
    now; close it, or open it by ``with``.

    Raises:
        GeungeoError: it cannot be opened, or was made by another encoder, analyzer or chunker.
    """
    return open_cut(settings or Settings(), CHUNKER)


def ingest_files(paths: Iterable[Path], store: Store) -> IngestReport:
    """Bring a store in step with files and folders: unchanged files cost nothing, lost ones are
    removed, and of a broken one the report tells."""
    return run([*paths], store, Ledger.of(store))


def evaluate(gold: Path, chain: AnswerChain) -> dict[str, dict[str, Any]]:
    """Ask a chain the questions of a gold file; the figures of ``geungeo eval answers`` by
    language and kind, and for ``all``.

    Raises:
        GeungeoError: the file cannot be read.
    """
    from geungeo.evals.answers import evaluate as judge_all
    from geungeo.evals.figures import figures
    from geungeo.evals.gold import read_gold
    from geungeo.evals.systems import of_chain

    cases = read_gold(gold)
    store = chain.retriever.store
    return figures(judge_all(cases, of_chain("chain", chain.pipeline), store, lambda *_: None))
