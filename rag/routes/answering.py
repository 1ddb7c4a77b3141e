"""Answers that need no passage to be found: small talk, the collection, one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geungeo.lang.languages import LANGUAGES
from geungeo.lang.rules import pattern
from geungeo.rag.answer.answer import Answer, Citation, Sentence, Verdict
from geungeo.rag.question.question import Question
from geungeo.rag.question.understanding import alone
from geungeo.rag.ranking.matching import coverage, match
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.routes.document import Quote, central_sentences, contents, main_points
from geungeo.rag.routes.listing import Listing, dealing, described, listing, to_choose_from
from geungeo.rag.routes.meant import found_most, named, spoken_of
from geungeo.rag.routes.router import Router
from geungeo.rag.routes.wish import Wish, wished
from geungeo.vectorstore import DocumentSummary, Filter, Hit, Query

_LOOKED_AT = 30
# The best passages of a document for the topic that is asked about.
_TOPICAL = 10
# The share of a topic's words, by rarity, that a passage has of a document that deals with it.
_DEALS_WITH = 0.6


@dataclass(frozen=True)
class Routed:
    """An answer, with the path of the document where it is a summary of one."""

    answer: Answer
    summarised: str = ""


@dataclass(frozen=True)
class Routes:
    """Where a question goes, and its answer where it needs no search for passages."""

    retriever: Retriever
    router: Router

    def answer(
        self, question: Question, history: Sequence[Answer], answer: Answer
    ) -> Routed | None:
        """The whole answer, which is ``answer`` filled; None where passages are to be searched."""
        store = self.retriever.store
        question = alone(question, self.retriever.expander)
        route = self.router.route(question.text, question.query.vector, store.encoder.name)
        # No words of what was said before are looked up.
        routed = replace(answer, kind=route, confidence=1.0, standalone=question.text)
        if route == "talk":
            return Routed(self._in_small_talk(question, routed))
        if route == "collection":
            listed = self._on_collection(question, routed)
            return Routed(listed) if listed else None
        if route == "document":
            return self._on_document(question, history, routed)
        return None

    def _in_small_talk(self, question: Question, answer: Answer) -> Answer:
        """Thanks are welcome; all else is greeted, with the number of documents to ask."""
        say = LANGUAGES[question.language].replies
        if pattern("courtesy", "thanks").search(question.asked):
            return replace(answer, answer=say.welcome)
        documents = self.retriever.store.count(answer.only)
        return replace(answer, answer=say.hello.format(n=documents))

    def _on_collection(self, question: Question, answer: Answer) -> Answer | None:
        """None where the question has a topic that no document deals with."""
        store = self.retriever.store
        documents = store.documents(answer.only)
        wish = wished(question, documents, store.analyzer)
        chosen = self._within(wish.only, documents)
        if wish.topic:
            chosen = self._dealing_with(wish.topic, chosen)
            if not chosen:
                return None
        told = dealing(question, chosen) if wish.topic else listing(question, documents, chosen)
        return self._listed(told, answer)

    def _dealing_with(
        self, topic: str, documents: Sequence[DocumentSummary]
    ) -> list[DocumentSummary]:
        """Those of some documents that have a passage on a topic, the nearest first."""
        query = self.retriever.expander.analyse(topic)
        paths: dict[str, None] = {}
        for hit in self._search(query, documents):
            one = match(query, hit)
            if coverage(query, one.whole[None, :])[0] >= _DEALS_WITH:
                paths.setdefault(hit.passage.path)
        own = {one.path: one for one in documents}
        return [own[path] for path in paths if path in own]

    def _listed(self, listed: Listing, answer: Answer) -> Answer:
        """Documents a line each, each citing how its text begins."""
        items = [
            (described(one, answer.language), Quote(passages[0], 0))
            for one in listed.documents
            # It may have been withdrawn since it was listed.
            if (passages := self.retriever.store.passages(one.path))
        ]
        whole = _with_items(answer, listed.lines, items, "checked", listed.after)
        return replace(whole, kind="collection")

    def _on_document(
        self, question: Question, history: Sequence[Answer], answer: Answer
    ) -> Routed | None:
        """None where it is not clear which document is meant, and the question says so much
        of it that passages may be found."""
        store = self.retriever.store
        documents = store.documents(answer.only)
        if not documents:
            return None
        wish = wished(question, documents, store.analyzer)
        meant = named(question.text, documents)
        if not meant and wish.is_open:
            meant = spoken_of(history, documents)
            if not meant:
                return Routed(self._listed(to_choose_from(answer.language, documents), answer))
        if meant:
            return self._told(meant, question, answer)
        found = self._found(question, wish, documents)
        return self._told(found, question, answer, is_on_topic=True) if found else None

    def _found(
        self,
        question: Question,
        wish: Wish,
        documents: Sequence[DocumentSummary],
    ) -> DocumentSummary | None:
        """The document that most of what is found on the topic of a question is from."""
        query = self.retriever.expander.analyse(wish.topic) if wish.topic else question.query
        # A year in such a question is as often one that the document tells of.
        wider = replace(wish.only, since="", until="")
        hits = self._search(query, self._within(wider, documents) or documents)
        return found_most([match(query, hit) for hit in hits], query, documents)

    def _within(self, only: Filter, documents: Sequence[DocumentSummary]) -> list[DocumentSummary]:
        """Those of some documents that a filter lets through."""
        paths = {one.path for one in self.retriever.store.documents(only)}
        return [one for one in documents if one.path in paths]

    def _search(self, query: Query, documents: Sequence[DocumentSummary]) -> list[Hit]:
        """The best passages of some documents for a query."""
        only = Filter(documents=tuple(one.name for one in documents))
        return self.retriever.store.search(query, _LOOKED_AT, only)

    def _told(
        self,
        document: DocumentSummary,
        question: Question,
        answer: Answer,
        is_on_topic: bool = False,
    ) -> Routed | None:
        """The contents of a document where they are asked for, else its main points and its
        central sentences, those on the topic before others where one is asked about; None where
        it has none."""
        store, say = self.retriever.store, LANGUAGES[question.language].replies
        if pattern("outline", "contents").search(question.text):
            heading = f"{say.contents}: {document.title}"
            quotes = contents(store, document.path)
            summarised = ""
        else:
            heading = say.central.format(title=document.title)
            hits = self._search(question.query, [document])[:_TOPICAL] if is_on_topic else []
            near = {hit.passage.id: hit.score / hits[0].score for hit in hits}
            quotes = [
                *main_points(store.passages(document.path)),
                *central_sentences(store, document.path, question.query.vector, on_topic=near),
            ]
            summarised = document.path
        items = [(quote.text, quote) for quote in quotes]
        if not quotes:
            return None
        return Routed(_with_items(answer, (heading,), items, "quoted"), summarised)


def _with_items(
    answer: Answer,
    before: Sequence[str],
    items: Sequence[tuple[str, Quote]],
    verdict: Verdict,
    after: Sequence[str] = (),
) -> Answer:
    """An answer of texts a line each, each with what it cites, and lines around them."""
    numbered = [(n, text, quote) for n, (text, quote) in enumerate(items, 1)]
    lines = (*before, *(f"- {text} [{n}]" for n, text, _ in numbered), *after)
    return replace(
        answer,
        answer="\n".join(lines),
        citations=tuple(_citation(n, quote) for n, _, quote in numbered),
        sentences=tuple(Sentence(text, (n,), verdict) for n, text, _ in numbered),
    )


def _citation(n: int, quote: Quote) -> Citation:
    start, end = quote.passage.sentences[quote.index]
    told = quote.passage.sentence_text(quote.index)
    return Citation(n, told, start, end, 1.0, quote.passage, telling=told)
