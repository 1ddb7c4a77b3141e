"""Parts put together as the settings say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from geungeo.errors import GeungeoError
from geungeo.lang import Analyzer, read_groups
from geungeo.lang.forms import Group
from geungeo.lang.glossary import GlossaryError, shipped_things
from geungeo.rag.answer.answerers import Answerer, ExtractiveAnswerer
from geungeo.rag.answer.verification import Verifier
from geungeo.rag.chain import AnswerChain
from geungeo.rag.question.collection_glossary import CollectionGlossary
from geungeo.rag.question.expansion import Expander
from geungeo.rag.ranking.reranker import CrossEncoderReranker
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.ranking.weights import Fingerprint, Weights
from geungeo.rag.reading.reader import Reader
from geungeo.rag.reading.weighing import ReadAgain, ReadingWeights
from geungeo.rag.settings import Settings
from geungeo.vectorstore import BUNDLED, Encoder, Filter, IndexSettings, Prompts, Store

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_LONGEST_ANSWER = 200  # tokens
_PATIENCE = 120.0  # seconds


class SettingsError(GeungeoError):
    """A setting asks for something that cannot be done; the message says what to change."""


def open_store(settings: Settings, chunker: str) -> Store:
    """Open the store of the settings; ``chunker`` names how its documents are cut.

    Raises ``SettingsError`` where there is no such domain.
    """
    return Store.open(
        settings.store,
        make_encoder(settings),
        Analyzer(_lines(settings.words)),
        chunker,
        chroma_url=settings.chroma_url,
        glossary=_glossary(settings),
    )


def index_settings(settings: Settings, chunker: str) -> IndexSettings:
    """What shapes an index that some settings open."""
    analyzer = Analyzer(_lines(settings.words))
    return IndexSettings(make_encoder(settings).name, analyzer.name, chunker)


def open_scratch_store(settings: Settings, folder: Path, chunker: str) -> Store:
    """An embedded store in another folder, all else as the settings say."""
    return open_store(settings.model_copy(update={"store": folder, "chroma_url": ""}), chunker)


def make_encoder(settings: Settings) -> Encoder:
    prompts = Prompts(settings.question_prompt, settings.passage_prompt)
    given = prompts if settings.question_prompt or settings.passage_prompt else None
    return Encoder(settings.embedding, given)


def make_retriever(store: Store, settings: Settings) -> Retriever:
    """Raises ``WeightsError`` where the shipped weights are not for this encoder and analyzer
    and no setting explains it."""
    reranker = CrossEncoderReranker(settings.reranker) if settings.reranker else None
    used = Fingerprint(store.encoder.name, store.analyzer.name)
    chosen = {}
    if settings.embedding != BUNDLED:
        chosen["encoder"] = "GEUNGEO_EMBEDDING"
    if settings.words is not None:
        chosen["analyzer"] = "GEUNGEO_WORDS"
    weights = Weights.shipped_for(used, chosen)
    again = None
    if settings.reader:
        again = ReadAgain(Reader(Path(settings.reader)), ReadingWeights.shipped())
    return Retriever(store, Expander.of(store), weights, reranker, again)


def make_answerer(store: Store, settings: Settings) -> Answerer:
    """Raises ``SettingsError`` or ``LocalModelError`` for a model that cannot be had."""
    extractive = ExtractiveAnswerer(most=settings.excerpts)
    if settings.answerer == "extractive":
        return extractive
    from geungeo.rag.answer.local_model import LocalServer, find_model
    from geungeo.rag.answer.model_answerer import ModelAnswerer

    server = None
    if settings.answerer == "local":
        file = find_model(settings.model, settings.cache.expanduser())
        server = LocalServer(file)
        model = _chat_model(server.base_url, file.stem, "none")
        name, where = f"local · {file.stem}", str(file)
    else:
        if not settings.endpoint or not settings.model:
            raise SettingsError(
                "answerer 'openai' needs GEUNGEO_ENDPOINT (a base URL such as "
                "http://127.0.0.1:11434/v1) and GEUNGEO_MODEL (a model that it serves)"
            )
        key = settings.api_key.get_secret_value()
        model = _chat_model(settings.endpoint, settings.model, key)
        name, where = f"openai · {settings.model}", f"GEUNGEO_ENDPOINT={settings.endpoint}"
    return ModelAnswerer(model, make_verifier(store), extractive, name, where, server)


def make_verifier(store: Store) -> Verifier:
    return Verifier(store.analyzer, store.encoder, CollectionGlossary.of(store).current)


def _chat_model(base_url: str, model: str, key: str) -> BaseChatModel:
    try:
        from langchain_openai import ChatOpenAI
    except ImportError as error:
        raise SettingsError(
            "the client for language models is not installed: pip install 'geungeo[openai]'"
        ) from error
    return ChatOpenAI(
        base_url=base_url, model=model, api_key=SecretStr(key), temperature=0,
        max_completion_tokens=_LONGEST_ANSWER, timeout=_PATIENCE, max_retries=1, stream_usage=True,
    )  # fmt: skip


def _glossary(settings: Settings) -> list[Group]:
    try:
        shipped = shipped_things(settings.domain)
    except GlossaryError as error:
        raise SettingsError(
            f'GEUNGEO_DOMAIN={settings.domain}: {error}; leave it out, or set it to "" for none'
        ) from error
    return [*shipped, *(read_groups(settings.glossary) if settings.glossary else ())]


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
        make_answerer(store, settings),
        passages=settings.passages,
        threshold=settings.gate,
        only=only,
    )
