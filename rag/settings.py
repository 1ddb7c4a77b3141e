"""Settings from the environment (``GEUNGEO_*``) or an ``.env`` file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from geungeo.lang.glossary import CITY_DIPLOMACY, EXAMPLE
from geungeo.rag.ranking.thresholds import Thresholds
from geungeo.rag.reading.shipped import SHIPPED

IndexName = Literal["embedded", "milvus"]
AnswererName = Literal["extractive", "local", "openai"]
LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """Every setting has a default that works on a closed network."""

    model_config = SettingsConfigDict(env_prefix="GEUNGEO_", env_file=".env", extra="ignore")

    store: Path = Field(Path(".geungeo"), description="Folder of the index.")
    embedding: str = Field(
        "use-multilingual-v3",
        description="Encoder: the bundled one, a folder, or a sentence-transformers model name.",
    )
    question_prompt: str = Field("", description="Put before a question when it is encoded.")
    passage_prompt: str = Field("", description="Put before a passage when it is encoded.")
    glossary: Path | None = Field(
        None, description=f"A file with words that mean the same, a line: {EXAMPLE}."
    )
    domain: str = Field(
        CITY_DIPLOMACY,
        description="The field of work whose words the package brings, a file in "
        "lang/data/domains without .txt; empty for none.",
    )
    words: Path | None = Field(
        None, description="A file with Korean names to keep whole, one a line; shapes the index."
    )
    reranker: str = Field(
        "", description="A cross-encoder that orders the passages anew: a folder or model name."
    )
    reader: str = Field(
        SHIPPED,
        description="A model that reads what was found: the one that is shipped, none, or a file "
        "that python -m geungeo.evals.train_reader export has written.",
    )
    index: IndexName = Field("embedded", description="Where passages are found.")
    chroma_url: str = Field("", description="A Chroma server instead of the embedded one.")
    database_url: SecretStr = Field(
        SecretStr(""),
        description="A PostgreSQL database for the catalogue and what is kept beside it instead "
        "of files in the store.",
    )
    uploads: Path | None = Field(
        None,
        description="A folder for files that readers upload, instead of one in the store; all "
        "page servers of a database mount it at the same path.",
    )
    milvus_uri: str = Field(
        "", description="A Milvus server, http://host:19530, or a file .db for milvus-lite."
    )
    milvus_token: SecretStr = Field(
        SecretStr(""), description="What the Milvus server asks for: user:password, or a key."
    )
    answerer: AnswererName = Field("extractive", description="Who writes the answer.")
    model: str = Field(
        "",
        description="The language model: for local a GGUF file or owner/repository/file.gguf on "
        "the Hugging Face hub, else its name at the endpoint.",
    )
    endpoint: str = Field("", description="Base URL of an OpenAI-compatible server, for openai.")
    model_context: int = Field(
        0, ge=0, description="Tokens that the language model takes; 0 asks the server."
    )
    model_evidence: int = Field(
        6000, ge=200, description="Tokens of the documents that it is given for an answer, at most."
    )
    model_output: int = Field(700, ge=50, description="Tokens of an answer that it writes.")
    model_patience: float = Field(
        120.0, gt=0, description="Seconds without a word from the language model, at most."
    )
    model_languages: str = Field(
        "ko,zh,en", description="Languages that it writes well; in others the documents answer."
    )
    api_key: SecretStr = Field(SecretStr("none"), description="The key for the endpoint.")
    cache: Path = Field(
        Path("~/.cache/geungeo"), description="Where the local model is put together once (1.1 GB)."
    )
    passages: int = Field(8, ge=1, le=50, description="Passages read for an answer.")
    excerpts: int = Field(3, ge=1, le=10, description="Most excerpts of an answer.")
    gate: float = Field(
        default_factory=lambda: Thresholds.shipped().answers,
        ge=0,
        le=1,
        description="Probability of an answer below which it is refused; fitted with the weights.",
    )
    gold: Path | None = Field(
        None, description="A folder whose gold files the page offers under Evals."
    )
    hosts: str = Field(
        "", description="Names that the page's server answers to, with commas between them."
    )
    questions_per_minute: int = Field(
        240, ge=0, description="Questions that one address may ask the page; 0 for any number."
    )
    open: bool = Field(
        False, description="Let whoever reaches the page's server do all; accounts are not asked."
    )
    session_hours: float = Field(
        12.0, gt=0, description="Hours after which a login ends that nobody uses."
    )
    session_days: float = Field(
        7.0, gt=0, le=36_500, description="Days after which a login ends, however much it is used."
    )
    audit_days: float = Field(
        365.0, ge=0, le=36_500, description="Days for which it is kept who did what; 0 for ever."
    )
    oidc_issuer: str = Field(
        "", description="An OpenID provider at which readers log in, https://…"
    )
    oidc_client_id: str = Field("", description="The page's name at the OpenID provider.")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="Its secret there, where it has one."
    )
    oidc_role_claim: str = Field("groups", description="The claim that tells roles.")
    oidc_roles: str = Field(
        "", description="Which of its values are which role: editors=curator,it=admin."
    )
    log_level: LogLevel = Field(
        "warning", description="What is told on standard error: debug, info, warning or error."
    )
