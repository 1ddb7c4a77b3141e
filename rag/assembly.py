"""Parts put together as the settings say."""

from __future__ import annotations

from rag.answerers import Answerer, ExtractiveAnswerer
from rag.chain import AnswerChain
from rag.gate import Gate
from rag.settings import Settings
from vectorstore import Analyzer, Encoder, Prompts, Store


class SettingsError(Exception):
    """A setting asks for something that cannot be done; the message says what to change."""


def open_store(settings: Settings, chunker: str) -> Store:
    """Open the store of the settings; ``chunker`` names how its documents are cut."""
    prompts = Prompts(settings.question_prompt, settings.passage_prompt)
    given = prompts if settings.question_prompt or settings.passage_prompt else None
    encoder = Encoder(settings.embedding, given)
    return Store(settings.store, encoder, Analyzer(), chunker, chroma_url=settings.chroma_url)


def make_answerer(settings: Settings) -> Answerer:
    """Raises ``SettingsError`` for an answerer that this version does not have."""
    if settings.answerer != "extractive":
        raise SettingsError(
            f"answerer {settings.answerer!r} is not in this version; use 'extractive' "
            f"(GEUNGEO_ANSWERER or --answerer)"
        )
    return ExtractiveAnswerer(most=settings.sentences)


def make_chain(store: Store, settings: Settings) -> AnswerChain:
    return AnswerChain(
        store,
        make_answerer(settings),
        Gate.shipped(),
        passages=settings.passages,
        threshold=settings.gate,
    )
