"""What each part is worth: the same questions without it, ``geungeo eval answers --ablate``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from langchain_core.language_models import BaseChatModel

from geungeo.evals.stock import bm25, closed_book, stock
from geungeo.evals.systems import System, of_chain
from geungeo.lang import Analyzer
from geungeo.rag.answer.answerers import Answerer
from geungeo.rag.answer.checking import Checker
from geungeo.rag.answer.model_answerer import ModelAnswerer
from geungeo.rag.answer.verification import Grounds, Verdict, Verifier
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.collection_glossary import CollectionGlossary
from geungeo.rag.question.expansion import Expander
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.ranking.scoring import PASSAGE_FEATURES
from geungeo.rag.ranking.weights import Linear, Model, Weights
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Fusion, Query, Store

Fill = Callable[[Store], object]
"""Puts the documents of the questions into an empty store."""

Part = tuple[str, Callable[[], AbstractContextManager[System]]]

_WORD = re.compile(r"\w+")
# So sharp that the order of the first stage is kept.
_SHARPNESS = 50.0


def parts(store: Store, settings: Settings, answerer: Answerer, fill: Fill) -> Iterator[Part]:
    """The whole without each of its parts, then the usual recipes; each is put together when it
    is entered. ``store`` is the one that ``fill`` would make."""
    shipped = Weights.shipped()

    def system(
        name: str, store: Store, weights: Weights = shipped, gate: float = settings.gate,
        answerer: Answerer = answerer, expander: type[Expander] = Expander,
    ) -> System:  # fmt: skip
        retriever = Retriever(store, expander.of(store), weights)
        chain = Pipeline(retriever, answerer, passages=settings.passages, threshold=gate)
        return of_chain(name, chain)

    @contextmanager
    def refilled(
        name: str, expander: type[Expander], analyzer: Analyzer, mix: Fusion
    ) -> Iterator[System]:
        with (
            TemporaryDirectory(prefix="geungeo-eval-") as folder,
            Store.open(Path(folder), store.encoder, analyzer, "ablation", mix=mix) as other,
        ):
            fill(other)
            yield system(name, other, expander=expander)

    @contextmanager
    def given(made: System) -> Iterator[System]:
        yield made

    def without(
        name: str, expander: type[Expander] = Expander, analyzer: Analyzer | None = None,
        mix: Fusion = Fusion(),  # noqa: B008
    ) -> Part:  # fmt: skip
        return name, lambda: refilled(name, expander, analyzer or store.analyzer, mix)

    yield without("words parted at spaces", analyzer=_Spaces())
    yield without("no bridge between languages", expander=_OwnWords)
    yield without("BM25 alone", mix=Fusion(1.0, 1.0))
    yield without("vectors alone", mix=Fusion(0.0, 0.0))
    first = _first_stage(shipped)
    yield "no second stage", lambda: given(system("no second stage", store, first))
    yield "no gate", lambda: given(system("no gate", store, gate=0.0))
    model = None
    if isinstance(answerer, ModelAnswerer):
        model = answerer.model.model
        glossary = CollectionGlossary.of(store).current
        trusting = replace(
            answerer, checker=Checker(_Trusting(store.analyzer, store.encoder, glossary))
        )
        yield "no verifier", lambda: given(system("no verifier", store, answerer=trusting))
    yield from _recipes(store, model)


def _recipes(store: Store, model: BaseChatModel | None) -> Iterator[Part]:
    texts = [store.text(document.path) or "" for document in store.documents()]

    @contextmanager
    def usual() -> Iterator[System]:
        with TemporaryDirectory(prefix="geungeo-eval-") as folder:
            yield stock(texts, store.encoder, model, Path(folder))

    @contextmanager
    def words() -> Iterator[System]:
        yield bm25(texts, model)

    @contextmanager
    def closed() -> Iterator[System]:
        assert model is not None
        yield closed_book(model)

    yield "stock recipe", usual
    yield "stock recipe, BM25", words
    if model is not None:
        yield "closed book", closed


def _first_stage(weights: Weights) -> Weights:
    """Weights that leave the order of the first stage as it is."""
    mix = Fusion()
    shares = {"lexical": mix.known, "dense": 1 - mix.known}
    kept = Linear(tuple(_SHARPNESS * shares.get(name, 0.0) for name in PASSAGE_FEATURES))
    return replace(
        weights,
        same_language=Model(kept, weights.same_language.sentence),
        other_language=Model(kept, weights.other_language.sentence),
    )


class _Trusting(Verifier):
    """Finds everything supported."""

    def verify(self, sentence: str, grounds: Sequence[Grounds]) -> Verdict:
        return Verdict()


class _Spaces(Analyzer):
    """Takes what stands between spaces and marks for a term."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "spaces"

    def batch(self, texts: Iterable[str]) -> Iterator[list[str]]:
        for text in texts:
            yield [word.lower() for word in _WORD.findall(text)]


class _OwnWords(Expander):
    """Looks for a question's own words alone."""

    def analyse(self, question: str) -> Query:
        query = super().analyse(question)
        own = set(self.analyzer.terms(question))
        terms = []
        for term in query.terms:
            kept = {word: 1.0 for word in term.alternatives if word in own}
            terms.append(replace(term, alternatives=kept or {term.word: 1.0}, known=bool(kept)))
        return replace(query, terms=tuple(terms), phrases=())
