"""Parts put together as the settings say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from geungeo.errors import GeungeoError
from geungeo.lang import Analyzer, read_groups
from geungeo.lang.detect import Language
from geungeo.lang.forms import Group
from geungeo.lang.glossary import GlossaryError, shipped_things
from geungeo.lang.languages import LANGUAGES
from geungeo.rag.answer.answerers import Answerer, ExtractiveAnswerer
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.expansion import Expander
from geungeo.rag.ranking.reranker import CrossEncoderReranker
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.ranking.weights import Fingerprint, Weights
from geungeo.rag.reading.shipped import reader_of
from geungeo.rag.reading.weighing import ReadAgain, ReadingWeights
from geungeo.rag.settings import Settings
from geungeo.vectorstore import (
    BUNDLED,
    Encoder,
    Filter,
    IndexSettings,
    MilvusAddress,
    Prompts,
    Store,
    bring_up_database,
)

if TYPE_CHECKING:
    from geungeo.rag.answer.briefing import Full
    from geungeo.rag.answer.language_model import LanguageModel
    from geungeo.rag.chain import AnswerChain

_LONGEST_ANSWER = 200  # tokens
# Tokens: what a model takes of which nothing is known, what it is told beside the documents, and
# the least that it is given of them.
_CONTEXT, _TOLD, _LEAST_ROOM = 8192, 700, 200


class SettingsError(GeungeoError):
    """A setting asks for something that cannot be done; the message says what to change."""


def open_store(settings: Settings, chunker: str, encoder: Encoder | None = None) -> Store:
    """Open the store of the settings; ``chunker`` names how its documents are cut, and
    ``encoder`` is theirs where it has been made already.

    Raises ``SettingsError`` where there is no such domain.
    """
    return Store.open(
        settings.store,
        encoder or make_encoder(settings),
        Analyzer(_lines(settings.words)),
        chunker,
        chroma_url=settings.chroma_url,
        database_url=settings.database_url.get_secret_value(),
        milvus=_milvus(settings),
        glossary=_glossary(settings),
        uploads=settings.uploads and settings.uploads.expanduser(),
    )


def bring_up(settings: Settings) -> None:
    """Change tables in the database of the settings that an older version made into this
    version's; for who writes, before the store is opened."""
    if url := settings.database_url.get_secret_value():
        bring_up_database(url, settings.store)


def index_settings(settings: Settings, chunker: str) -> IndexSettings:
    """What shapes an index that some settings open."""
    analyzer = Analyzer(_lines(settings.words))
    return IndexSettings(make_encoder(settings).name, analyzer.name, chunker)


def open_scratch_store(settings: Settings, folder: Path, chunker: str) -> Store:
    """An embedded store in another folder, all else as the settings say."""
    alone = {
        "store": folder, "index": "embedded", "chroma_url": "", "database_url": SecretStr("")
    }  # fmt: skip
    return open_store(settings.model_copy(update=alone), chunker)


def _milvus(settings: Settings) -> MilvusAddress | None:
    if settings.index != "milvus":
        return None
    return MilvusAddress(settings.milvus_uri, settings.milvus_token.get_secret_value())


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
    reader = reader_of(settings.reader)
    again = ReadAgain(reader, ReadingWeights.shipped()) if reader else None
    return Retriever(store, Expander.of(store), weights, reranker, again)


def make_answerer(store: Store, settings: Settings) -> Answerer:
    """Raises ``SettingsError`` or ``LocalModelError`` for a model that cannot be had."""
    extractive = ExtractiveAnswerer(most=settings.excerpts)
    if settings.answerer == "extractive":
        return extractive
    from geungeo.rag.answer.checking import Checker
    from geungeo.rag.answer.local_model import LocalServer, find_model
    from geungeo.rag.answer.model_answerer import PACKAGED_DOUBT, ModelAnswerer
    from geungeo.rag.answer.verification import Verifier

    checker, languages = Checker(Verifier.of(store)), _languages(settings.model_languages)
    if settings.answerer == "local":
        from geungeo.rag.answer.briefing import Brief

        file = find_model(settings.model, settings.cache.expanduser())
        server = LocalServer(file, settings.model_context)
        model = _language_model(
            server.base_url, file.stem, "none", str(file), settings.model_patience
        )
        name = f"local · {file.stem}"
        if not settings.model:
            return ModelAnswerer(
                model, checker, Brief(), extractive, name, PACKAGED_DOUBT, languages, server
            )
        full = _full(store, settings, model)
        return ModelAnswerer(model, checker, full, extractive, name, None, languages, server)
    if not settings.endpoint or not settings.model:
        raise SettingsError(
            "answerer 'openai' needs GEUNGEO_ENDPOINT (a base URL such as "
            "http://127.0.0.1:11434/v1) and GEUNGEO_MODEL (a model that it serves)"
        )
    key, where = settings.api_key.get_secret_value(), f"GEUNGEO_ENDPOINT={settings.endpoint}"
    model = _language_model(settings.endpoint, settings.model, key, where, settings.model_patience)
    full, name = _full(store, settings, model), f"openai · {settings.model}"
    return ModelAnswerer(model, checker, full, extractive, name, None, languages)


def _full(store: Store, settings: Settings, model: LanguageModel) -> Full:
    from geungeo.rag.answer.briefing import Full

    def room() -> int:
        context = settings.model_context or model.context or _CONTEXT
        return max(
            _LEAST_ROOM, min(settings.model_evidence, context - settings.model_output - _TOLD)
        )

    return Full(room, store.passages, settings.model_output)


def _languages(names: str) -> frozenset[Language]:
    given = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in given if name not in LANGUAGES]
    if unknown:
        raise SettingsError(
            f"GEUNGEO_MODEL_LANGUAGES={names}: {unknown[0]} is none of {', '.join(LANGUAGES)}"
        )
    return frozenset(code for code in LANGUAGES if code in given)


def _language_model(
    base_url: str, model: str, key: str, where: str, patience: float
) -> LanguageModel:
    try:
        from langchain_openai import ChatOpenAI
    except ImportError as error:
        raise SettingsError(
            "the client for language models is not installed: pip install 'geungeo[openai]'"
        ) from error
    from geungeo.rag.answer.language_model import LanguageModel

    chat = ChatOpenAI(
        base_url=base_url, model=model, api_key=SecretStr(key), temperature=0,
        max_completion_tokens=_LONGEST_ANSWER, timeout=patience, max_retries=1, stream_usage=True,
    )  # fmt: skip
    return LanguageModel(chat, where)


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


def make_pipeline(store: Store, settings: Settings, only: Filter | None = None) -> Pipeline:
    return Pipeline(
        make_retriever(store, settings),
        make_answerer(store, settings),
        passages=settings.passages,
        threshold=settings.gate,
        only=only,
    )


def make_chain(store: Store, settings: Settings, only: Filter | None = None) -> AnswerChain:
    """The pipeline as a LangChain runnable."""
    # LangChain takes a second to import, which a question on the command line does without.
    from geungeo.rag.chain import AnswerChain

    return AnswerChain(make_pipeline(store, settings, only))
