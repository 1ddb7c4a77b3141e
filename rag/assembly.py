"""Parts put together as the settings say."""

from __future__ import annotations

from pathlib import Path

from rag.answerers import Answerer, ExtractiveAnswerer
from rag.chain import AnswerChain
from rag.reranker import CrossEncoderReranker
from rag.retrieval import Retriever
from rag.settings import Settings
from rag.weights import Weights
from vectorstore import Analyzer, Encoder, Filter, Prompts, Store, read_groups


class SettingsError(Exception):
    """A setting asks for something that cannot be done; the message says what to change."""


def open_store(settings: Settings, chunker: str) -> Store:
    """Open the store of the settings; ``chunker`` names how its documents are cut."""
    return Store(
        settings.store,
        make_encoder(settings),
        Analyzer(_lines(settings.words)),
        chunker,
        chroma_url=settings.chroma_url,
        glossary=read_groups(settings.glossary) if settings.glossary else (),
    )


def open_scratch_store(settings: Settings, folder: Path, chunker: str) -> Store:
    """An embedded store in another folder, all else as the settings say."""
    return open_store(settings.model_copy(update={"store": folder, "chroma_url": ""}), chunker)


def make_encoder(settings: Settings) -> Encoder:
    prompts = Prompts(settings.question_prompt, settings.passage_prompt)
    given = prompts if settings.question_prompt or settings.passage_prompt else None
    return Encoder(settings.embedding, given)


def make_retriever(store: Store, settings: Settings) -> Retriever:
    reranker = CrossEncoderReranker(settings.reranker) if settings.reranker else None
    return Retriever(store, Weights.shipped(), reranker)


def make_answerer(settings: Settings) -> Answerer:
    """Raises ``SettingsError`` for an answerer that this version does not have."""
    if settings.answerer != "extractive":
        raise SettingsError(
            f"answerer {settings.answerer!r} is not in this version; use 'extractive' "
            f"(GEUNGEO_ANSWERER or --answerer)"
        )
    return ExtractiveAnswerer(most=settings.sentences)


def _lines(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"GEUNGEO_WORDS={file}: the file cannot be read: {error}") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def make_chain(store: Store, settings: Settings, only: Filter | None = None) -> AnswerChain:
    return AnswerChain(
        make_retriever(store, settings),
        make_answerer(settings),
        passages=settings.passages,
        threshold=settings.gate,
        only=only,
    )
