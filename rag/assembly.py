"""Parts put together as the settings say."""

from __future__ import annotations

from rag.answerers import Answerer, ExtractiveAnswerer
from rag.chain import AnswerChain
from rag.retrieval import Retriever
from rag.settings import Settings
from rag.weights import Weights
from vectorstore import Analyzer, Encoder, Filter, Prompts, Store


class SettingsError(Exception):
    """A setting asks for something that cannot be done; the message says what to change."""


def open_store(settings: Settings, chunker: str) -> Store:
    """Open the store of the settings; ``chunker`` names how its documents are cut."""
    encoder = make_encoder(settings)
    return Store(settings.store, encoder, Analyzer(), chunker, chroma_url=settings.chroma_url)


def make_encoder(settings: Settings) -> Encoder:
    prompts = Prompts(settings.question_prompt, settings.passage_prompt)
    given = prompts if settings.question_prompt or settings.passage_prompt else None
    return Encoder(settings.embedding, given)


def make_retriever(store: Store) -> Retriever:
    return Retriever(store, Weights.shipped())


def make_answerer(settings: Settings) -> Answerer:
    """Raises ``SettingsError`` for an answerer that this version does not have."""
    if settings.answerer != "extractive":
        raise SettingsError(
            f"answerer {settings.answerer!r} is not in this version; use 'extractive' "
            f"(GEUNGEO_ANSWERER or --answerer)"
        )
    return ExtractiveAnswerer(most=settings.sentences)


def make_chain(store: Store, settings: Settings, only: Filter | None = None) -> AnswerChain:
    return AnswerChain(
        make_retriever(store),
        make_answerer(settings),
        passages=settings.passages,
        threshold=settings.gate,
        only=only,
    )
