"""Answers that need no passage to be found: small talk, the collection, one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geungeo.lang.outline_words import CONTENTS
from geungeo.lang.replies import REPLIES
from geungeo.rag.answer.answer import Answer, Citation, Sentence
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.matching import coverage, match
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.routes import collection, document
from geungeo.rag.routes.router import Router
from geungeo.rag.routes.talk import reply
from geungeo.vectorstore import DocumentSummary, Filter

_LOOKED_AT = 30
# The share of a topic's words, by rarity, that a passage has of a document that deals with it.
_DEALS_WITH = 0.6


@dataclass(frozen=True)
class Routes:
    """Where a question goes, and its answer where it needs no search for passages."""

    retriever: Retriever
    router: Router

    def answer(
        self, question: Question, history: Sequence[Answer], answer: Answer
    ) -> Answer | None:
        """The whole answer, ``answer`` filled; None where passages are to be searched."""
        store = self.retriever.store
        route = self.router.route(question.text, question.query.vector, store.encoder.name)
        if route == "talk":
            said = reply(question.asked, question.language, store.count(answer.only))
            return replace(answer, answer=said, kind=route, confidence=1.0)
        if route == "collection":
            return self._on_collection(question, answer)
        if route == "document":
            return self._on_document(question, history, answer)
        return None

    def _on_collection(self, question: Question, answer: Answer) -> Answer | None:
        store = self.retriever.store
        documents = store.documents(answer.only)
        wish = collection.understood(question, documents, store.analyzer)
        within = {one.path for one in store.documents(wish.only)}
        chosen = [one for one in documents if one.path in within]
        if wish.topic:
            chosen = self._dealing_with(wish.topic, chosen)
            if not chosen:
                return None
        listing = collection.listing(question, documents, chosen)
        return self._listed(answer, listing)

    def _listed(self, answer: Answer, listing: collection.Listing) -> Answer:
        """Documents a line each, each citing how its text begins."""
        lines, citations, sentences = [*listing.lines], [], []
        for n, one in enumerate(listing.documents, 1):
            text = collection.described(one, answer.language)
            first = self.retriever.store.passages(one.path)[0]
            citations.append(_citation(n, document.Quote(first, 0)))
            sentences.append(Sentence(text, (n,), "checked"))
            lines.append(f"- {text} [{n}]")
        return replace(
            answer, answer="\n".join((*lines, *listing.after)), kind="collection", confidence=1.0,
            citations=tuple(citations), sentences=tuple(sentences),
        )  # fmt: skip

    def _dealing_with(
        self, topic: str, documents: Sequence[DocumentSummary]
    ) -> list[DocumentSummary]:
        """Those of some documents that have a passage on a topic, the nearest first."""
        store = self.retriever.store
        query = store.analyse(topic)
        paths: dict[str, None] = {}
        for hit in store.search(query, _LOOKED_AT):
            one = match(query, hit)
            if coverage(query, one.whole[None, :])[0] >= _DEALS_WITH:
                paths.setdefault(hit.passage.path)
        own = {one.path: one for one in documents}
        return [own[path] for path in paths if path in own]

    def _on_document(
        self, question: Question, history: Sequence[Answer], answer: Answer
    ) -> Answer | None:
        store = self.retriever.store
        documents = store.documents(answer.only)
        cited = [c.passage.path for one in history[-1:] for c in one.citations[:1]]
        named = document.named(question.text, documents)
        wish = collection.understood(question, documents, store.analyzer)
        says_which = named or wish.topic or not wish.only.is_open
        if not says_which and not cited and len(documents) > 1:
            return self._listed(answer, collection.to_choose_from(answer.language, documents))
        if not says_which:
            meant = next((one for one in documents if one.path in cited), documents[0])
        else:
            meant = named or self._meant(question, wish, documents, answer.only)
        if meant is None:
            return None
        say = REPLIES[question.language]
        if CONTENTS.search(question.text):
            quotes = document.contents(store, meant.path)
            first = f"{say.contents}: {meant.title}"
        else:
            quotes = document.central_sentences(store, meant.path, question.query.vector)
            first = say.about.format(what=meant.title)
        if not quotes:
            return None
        texts = [(n, quote.text) for n, quote in enumerate(quotes, 1)]
        return replace(
            answer, kind="document", confidence=1.0,
            answer="\n".join((first, *(f"- {text} [{n}]" for n, text in texts))),
            citations=tuple(_citation(n, quote) for n, quote in enumerate(quotes, 1)),
            sentences=tuple(Sentence(text, (n,), "quoted") for n, text in texts),
        )  # fmt: skip

    def _meant(
        self,
        question: Question,
        wish: collection.Wish,
        documents: Sequence[DocumentSummary],
        only: Filter,
    ) -> DocumentSummary | None:
        """The document that most of what is found on the topic of a question is from."""
        store = self.retriever.store
        query = store.analyse(wish.topic) if wish.topic else question.query
        # A year in such a question is as often one that the document tells of.
        within = replace(wish.only, since="", until="")
        hits = store.search(query, _LOOKED_AT, within) or store.search(query, _LOOKED_AT, only)
        return document.found_most([match(query, hit) for hit in hits], query, documents)


def _citation(n: int, quote: document.Quote) -> Citation:
    passage = quote.passage
    start, end = passage.sentences[quote.index]
    told = passage.sentence_text(quote.index)
    return Citation(n, told, start, end, 1.0, passage, telling=told)
