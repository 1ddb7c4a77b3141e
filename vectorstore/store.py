"""One store: Chroma, the lexical index and the catalogue, kept in step."""

from __future__ import annotations

import hashlib
import json
import tempfile
import unicodedata
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice, pairwise, product
from pathlib import Path
from types import TracebackType

import numpy as np
from filelock import FileLock

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.detect import Language, language_of
from geungeo.lang.glossary import (
    Form,
    Glossary,
    Group,
    analysed,
    glosses,
    shipped_things,
    shipped_verbs,
)
from geungeo.lang.languages import OF_EACH_LANGUAGE
from geungeo.lang.names import Name, names_in, proper_names
from geungeo.lang.spelling import Speller
from geungeo.lang.surnames import titled
from geungeo.lang.terms import is_date, is_hangul, is_pair
from geungeo.vectorstore import fusion
from geungeo.vectorstore.bridge import Bridge
from geungeo.vectorstore.catalogue import Catalogue, Entry
from geungeo.vectorstore.database import why_not_writable
from geungeo.vectorstore.dense import DenseIndex
from geungeo.vectorstore.embedding import Encoder, Vectors
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.lexical import LexicalIndex, LexicalRecord, TermGroup
from geungeo.vectorstore.records import (
    Chunk,
    Document,
    DocumentSummary,
    Filter,
    Hit,
    IndexSettings,
    Passage,
    Query,
    QueryTerm,
    Terms,
)
from geungeo.vectorstore.upkeep import mend, mirror

_LAYOUT = "6"
_CANDIDATES = 30
# The share of the passages from which on a language counts as the collection's own.
_HOME_LANGUAGE = 0.5
_WEIGHT_OF_TRANSLATION = 0.9
_LONGEST_COMPOUND = 3
# A syllable may be any word: it tells that a passage is about someone, not which passage is.
_RARITY_OF_SURNAME = 0.2


@dataclass(frozen=True)
class _Overview:
    """What every question needs to know of the whole index; ``names`` are those that documents
    explain, by path, as far as they have been asked for."""

    languages: Mapping[str, int]
    glossary: Glossary
    words: frozenset[str]
    speller: Speller
    names: dict[str, list[Group]] = field(default_factory=dict)

    @property
    def passages(self) -> int:
        return sum(self.languages.values())

    def is_home(self, language: str) -> bool:
        """Whether the collection is largely in a language."""
        return self.languages.get(language, 0) >= _HOME_LANGUAGE * self.passages


@dataclass(frozen=True)
class Prepared:
    """A document with all that is written of it; ``forms`` are the names that it explains."""

    document: Document
    entries: Sequence[Entry]
    forms: Sequence[tuple[Form, ...]]


class Store:
    """A folder with everything that search needs.

    Writing goes to the indexes first and becomes visible with one SQLite commit, so that
    a reader, or a process that was killed, sees either the old document or the new one.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        chunker: str,
        *,
        chroma_url: str = "",
        glossary: Sequence[Group] = (),
        mix: fusion.Fusion = fusion.Fusion(),  # noqa: B008
    ) -> None:
        """Open a store, or make one in a folder that has none.

        ``glossary`` adds to the groups of words that the package brings, and ``mix`` weighs
        the two indexes. Where nothing can be written the store is read as it is now, and
        ``why_read_only`` says why; a part that was lost is made anew from the catalogue.

        Raises:
            StoreError: the folder holds an index made with another encoder, analyzer or
                chunker, or it is damaged, or it cannot be made.
        """
        self.folder = folder
        self.encoder = encoder
        self.analyzer = analyzer
        self._mix = mix
        self.settings = IndexSettings(encoder.name, analyzer.name, chunker)
        self.name = index_name(self.settings)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            own_id = _identify(folder / "index.json", self.settings, self.name)
        except OSError as error:
            said = in_one_line(error)
            raise StoreError(f"{folder}: the store cannot be opened: {said}") from error
        self.why_read_only = why_not_writable(folder)
        # One writer at a time, in this process or another; readers are never held up.
        self._writing = FileLock(folder / "write.lock")
        with ExitStack() as opened:
            self._catalogue = Catalogue(folder / "catalogue.sqlite")
            opened.callback(self._catalogue.close)
            where = folder
            if self.why_read_only:
                where = Path(opened.enter_context(_scratch()))
                mirror(folder, where)
            self._lexical = LexicalIndex(where / "lexical")
            self._dense = DenseIndex(f"{self.name}-{own_id}", where / "chroma", chroma_url)
            alone = nullcontext() if self.why_read_only else self._writing
            mend(self._catalogue, self._lexical, self._dense, encoder, alone)
            self._opened = opened.pop_all()
        self._bridge = Bridge(
            encoder,
            self._catalogue.vocabulary_terms,
            lambda: self._catalogue.vocabulary(encoder.dimension),
            self._catalogue.add_vocabulary,
            analyzer.other_spellings,
        )
        self._version = self._catalogue.version()
        self._things = [*shipped_things(), *glossary]
        self._overview: _Overview | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._opened.close()

    # Writing

    def require_writable(self) -> None:
        """Raises ``StoreError`` where the store is only read."""
        if self.why_read_only:
            raise StoreError(f"{self.folder}: the index cannot be changed: {self.why_read_only}")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self.require_writable()
        try:
            with self._writing:
                yield
        except OSError as error:
            raise StoreError(f"{self.folder}: {in_one_line(error)}") from error

    def replace(self, document: Document, chunks: Sequence[Chunk]) -> int:
        """Index a document in place of the one with the same path; returns its passages."""
        self.replace_all([(document, chunks)])
        return len(chunks)

    def replace_all(self, items: Sequence[tuple[Document, Sequence[Chunk]]]) -> None:
        """Index several documents, each in place of the one with the same path.

        It is much faster than one at a time; each becomes visible by itself.
        """
        self.write(self.prepare(items))

    def prepare(self, items: Sequence[tuple[Document, Sequence[Chunk]]]) -> list[Prepared]:
        """Documents with their terms and vectors, to be written; this is most of the work, and
        another batch may be written meanwhile."""
        passages = [(document, chunk) for document, chunks in items for chunk in chunks]
        with ThreadPoolExecutor(1) as beside:
            terms = beside.submit(self._terms, passages)
            vectors = self._vectors(passages)
            rows = zip(passages, terms.result(), vectors, strict=True)
        entries = (Entry(chunk, terms, vectors) for (_, chunk), terms, vectors in rows)
        return [
            Prepared(
                document,
                list(islice(entries, len(chunks))),
                analysed(glosses(document.text), self.analyzer),
            )
            for document, chunks in items
        ]

    def write(self, items: Sequence[Prepared]) -> None:
        """Index prepared documents, each in place of the one with the same path.

        Raises:
            StoreError: the store is only read, or its disk is full; what was visible stays.
        """
        with self._changing():
            self._write(items)

    def _write(self, items: Sequence[Prepared]) -> None:
        begun = [
            (one, *self._catalogue.begin(one.document, one.entries, one.forms)) for one in items
        ]
        flat = [
            (key, passage, entry)
            for one, key, ids in begun
            for passage, entry in zip(ids, one.entries, strict=True)
        ]
        if flat:
            self._dense.add(
                [passage for _, passage, _ in flat],
                [key for key, _, _ in flat],
                np.stack([entry.vectors[0] for *_, entry in flat]),
            )
            terms = [list(chain.from_iterable(entry.terms)) for *_, entry in flat]
            self._lexical.add(
                LexicalRecord(passage, key, own)
                for (key, passage, _), own in zip(flat, terms, strict=True)
            )
            self._bridge.learn(chain.from_iterable(terms))
        for one, key, _ in begun:
            self._catalogue.publish(key, one.document.path)
        self._sweep()

    def remove(self, path: str) -> None:
        """Forget the document of a path; an unknown path changes nothing."""
        with self._changing():
            self._catalogue.withdraw(path)
            self._sweep()

    def rename(self, path: str, new_path: str) -> None:
        """Give an indexed document another path without reading it again."""
        with self._changing():
            self._catalogue.rename(path, new_path, name_of(new_path))

    def _sweep(self) -> None:
        self._overview = None
        leftovers = self._catalogue.leftovers()
        if leftovers:
            self._dense.remove(leftovers)
            self._lexical.remove(leftovers)
            # What no document says any more is no word of the index.
            terms = self._catalogue.terms(leftovers)
            self._catalogue.forget_vocabulary(t for t in terms if not self._lexical.knows(t))
            self._bridge.reload()
            self._catalogue.purge(leftovers)

    def _terms(self, passages: Sequence[tuple[Document, Chunk]]) -> list[Terms]:
        texts: list[str] = []
        for document, chunk in passages:
            texts.append(_headings(document, chunk))
            texts.extend(document.text[start:end] for start, end in chunk.sentences)
        analysed = map(tuple, self.analyzer.batch(texts))
        return [tuple(islice(analysed, 1 + len(chunk.sentences))) for _, chunk in passages]

    def _vectors(self, passages: Sequence[tuple[Document, Chunk]]) -> list[Vectors]:
        return self.encoder.encode_divided(
            [document.text[chunk.start : chunk.end] for document, chunk in passages],
            [[document.text[s:e] for s, e in chunk.sentences] for document, chunk in passages],
        )

    # Reading

    def corrected(self, question: str) -> str:
        """A question with its slips of the finger put right, where a word of it is not known
        and one of the index is meant beyond doubt."""
        self._see_other_writers()
        overview = self._seen()
        return overview.speller.corrected(
            question,
            lambda word: all(
                term in overview.words or self._lexical.knows(term)
                for term in self.analyzer.terms(word)
                if not is_pair(term)
            ),
        )

    def analyse(self, question: str) -> Query:
        """Find what a question's words are in this index.

        A word stands for itself, for its Korean reading and for its forms in the glossary.
        One that the index has in none of these ways, and every one of a question in a
        language that few passages are in, also stands for its nearest terms.
        """
        self._see_other_writers()
        overview = self._seen()
        words = self.analyzer.words(question)
        named = self._names(question)
        for _, spoken in named:
            words = {term: word for term, word in words.items() if term not in spoken}
        names = self.analyzer.proper_nouns(question)
        meant = {term: self._own_forms(term, word) for term, word in words.items()}
        self._join(meant)
        spelled = {term: self.analyzer.other_spellings(word) for term, word in words.items()}
        explained = self._translate(meant, overview.glossary, spelled)
        self._join_translations(meant, overview.glossary)
        foreign = not overview.is_home(language_of(question))
        known = {term for term, found in meant.items() if found}
        bridged = [t for t in meant if not is_pair(t) and (foreign or t not in known)]
        vectors = self.encoder.encode_questions([question, *(words[term] for term in bridged)])
        for term, near in zip(bridged, self._bridge.neighbours(vectors[1:]), strict=True):
            within = self._bridge.compounds(spelled[term]) if term not in known else {}
            alike = self._bridge.sound_alikes(words[term])
            meant[term] = {**near, **alike, **within, **meant[term]}
        terms = [
            QueryTerm(
                words[term], forms, self._rarity(forms), term in known, term in names,
                term in explained, tuple(dict.fromkeys(spelled.get(term, ()))),
            )
            for term, found in meant.items()
            if found or not (is_pair(term) or is_date(term))
            for forms in [found or {term: 1.0}]
        ]  # fmt: skip
        phrases = tuple(self._phrases(words, names, overview.glossary))
        return Query(question, (*terms, *(term for term, _ in named)), vectors[0], phrases)

    def _phrases(
        self, words: Mapping[str, str], names: Collection[str], glossary: Glossary
    ) -> Iterator[tuple[str, ...]]:
        for found in glossary.find(list(words)):
            if found.is_thing and len(found.terms) > 1 and not set(found.terms).isdisjoint(names):
                own = tuple(words[term] for term in found.terms if term in words)
                yield tuple(map(_joined, (own, *found.others)))

    def _own_forms(self, term: str, word: str) -> TermGroup:
        """The term itself, if the index has it, and the terms that Korean writes alike."""
        own = {term: 1.0} if self._lexical.knows(term) else {}
        return {**self._bridge.same_reading(word), **own}

    def _join(self, meant: dict[str, TermGroup]) -> None:
        """Let the rarest of neighbouring Korean words stand for the compound that they make:
        도시계획 전시관 is 도시계획전시관 elsewhere, and an unknown name may have been cut."""
        words = list(meant)
        for length in range(2, _LONGEST_COMPOUND + 1):
            for start in range(len(words) - length + 1):
                parts = words[start : start + length]
                joined = "".join(parts)
                if joined not in meant and is_hangul(joined) and self._lexical.knows(joined):
                    host = max(parts, key=self._lexical.idf)
                    meant[host] = {**meant[host], joined: 1.0}

    def _translate(
        self, meant: dict[str, TermGroup], glossary: Glossary, spelled: dict[str, list[str]]
    ) -> set[str]:
        """Add to the rarest word of every phrase that the glossary has the rarest word of each
        of its other forms; words of the phrase that the index lacks then stand for nothing.
        Returns the words that the glossary has as names of things, and adds the other forms of
        single words to their spellings."""
        explained: set[str] = set()
        for found in glossary.find(list(meant)):
            if found.is_thing:
                explained.update(found.terms)
            if len(found.terms) == 1 and found.terms[0] in spelled:
                spelled[found.terms[0]] += [form[0] for form in found.others if len(form) == 1]
            known = (form for form in found.others if all(map(self._lexical.knows, form)))
            others = {max(f, key=self._lexical.idf): _WEIGHT_OF_TRANSLATION for f in known}
            present = [term for term in found.terms if term in meant]
            if others and present:
                host = max(present, key=self._lexical.idf)
                meant[host] = {**others, **meant[host]}
                for term in present:
                    if not meant[term]:
                        del meant[term]
        return explained

    def _join_translations(self, meant: dict[str, TermGroup], glossary: Glossary) -> None:
        """Let neighbouring words stand for the compound of their Korean forms, 部长助理 for
        부장조리, where the index has it."""
        for one, after in pairwise(glossary.find(list(meant))):
            for a, b in product(one.others, after.others):
                joined = "".join((*a, *b))
                if len(a) == len(b) == 1 and is_hangul(joined) and self._lexical.knows(joined):
                    for term in (*one.terms, *after.terms):
                        if term in meant:
                            meant[term] = {joined: _WEIGHT_OF_TRANSLATION, **meant[term]}

    def _rarity(self, alternatives: TermGroup) -> float:
        """The idf of a word by its alternatives: their mean, by the square of their weights."""
        total = sum(weight**2 for weight in alternatives.values())
        return (
            sum(weight**2 * self._lexical.idf(term) for term, weight in alternatives.items())
            / total
        )

    def _names(self, question: str) -> list[tuple[QueryTerm, frozenset[str]]]:
        """Names in Latin letters that sound like terms of the index, with the terms of their
        parts, which stand for nothing by themselves: Oh Se-hoon, Mayor Oh."""
        found = []
        for name, parts in self.analyzer.names(question).items():
            alike = {**self._bridge.sound_alikes(name), **self._bridge.same_reading(name)}
            if alike and not any(self._lexical.knows(part) for part in parts):
                term = QueryTerm(name, alike, self._rarity(alike), known=True, is_name=True)
                found.append((term, parts))
        for name, forms in titled(question).items():
            own = {form: _WEIGHT_OF_TRANSLATION for form in forms if self._lexical.knows(form)}
            if own and not self._lexical.knows(stem := self.analyzer.stem(name)):
                term = QueryTerm(name, own, _RARITY_OF_SURNAME, known=True, is_name=True)
                found.append((term, frozenset((stem,))))
        return found

    def search(self, question: str | Query, k: int = 10, only: Filter | None = None) -> list[Hit]:
        """The ``k`` best passages for a question, best first, of the documents that ``only``
        lets through."""
        documents = None if only is None or only.is_open else self._catalogue.matching(only)
        if documents == [] or not self._seen().passages:
            return []
        query = self.analyse(question) if isinstance(question, str) else question
        groups = [term.alternatives for term in query.terms]
        lexical = self._lexical.search(groups, _CANDIDATES, documents)
        dense = self._dense.search(query.vector, _CANDIDATES, documents)
        lexical |= self._lexical.score(groups, [key for key in dense if key not in lexical])
        weight = self._mix.lexical_weight(query.known_share)
        candidates = []
        keys, sizes, vectors = self._catalogue.vectors([*{**lexical, **dense}], len(query.vector))
        if not keys:
            return []
        cosines = np.split(vectors @ query.vector, np.cumsum(sizes)[:-1])
        for key, own in zip(keys, cosines, strict=True):
            similarity = fusion.passage_similarity(own)
            matched = lexical.get(key, 0.0)
            score = fusion.combine(matched, similarity, weight)
            candidates.append((score, key, matched, similarity, own[1:]))
        candidates.sort(key=lambda candidate: (-candidate[0], candidate[1]))
        passages = self._catalogue.passages([key for _, key, *_ in candidates[:k]])
        return [
            Hit(passage, score, matched, similarity, score, tuple(sentences.tolist()), terms)
            for score, key, matched, similarity, sentences in candidates[:k]
            # A writer may have withdrawn a document since its vectors were read.
            if key in passages
            for passage, terms in [passages[key]]
        ]

    def documents(self, only: Filter | None = None) -> list[DocumentSummary]:
        """What is indexed and a filter lets through, by path."""
        return self._catalogue.documents(only or Filter())

    def count(self, only: Filter | None = None) -> int:
        """How many documents a search with a filter looks at."""
        return len(self._catalogue.matching(only or Filter()))

    def text(self, path: str) -> str | None:
        """The text of an indexed document as loaded, or None for an unknown path."""
        return self._catalogue.text(path)

    def passages(self, path: str) -> list[Passage]:
        """The passages of an indexed document in their order; none for an unknown path."""
        return self._catalogue.passages_of(path)

    def sentence_vectors(self, passages: Sequence[Passage]) -> list[Vectors]:
        """The vectors of each passage's sentences, of shape (sentences, dimension)."""
        keys, sizes, vectors = self._catalogue.vectors(
            [one.id for one in passages], self.encoder.dimension
        )
        own = dict(zip(keys, np.split(vectors, np.cumsum(sizes)[:-1]), strict=True))
        return [own[one.id][1:] for one in passages]

    def glossary(self) -> Glossary:
        """The words that mean the same: the package's, the settings' and the documents' own."""
        return self._seen().glossary

    def names_in(self, text: str, path: str, language: Language) -> list[Name]:
        """The names in a text of a document, each with its form in another language: as that
        document itself gives it, or as the package and the settings know it."""
        known = self._seen().names
        if path not in known:
            known[path] = glosses(self.text(path) or "")
        nouns = {*self.analyzer.nouns(text), *self.analyzer.whole_names(text)}
        return names_in(text, [*known[path], *self._proper_names], nouns, language)

    @cached_property
    def _proper_names(self) -> list[Group]:
        return proper_names(self._things)

    @cached_property
    def _given_things(self) -> list[tuple[Form, ...]]:
        return analysed(self._things, self.analyzer)

    @cached_property
    def _given_verbs(self) -> list[tuple[Form, ...]]:
        return analysed(shipped_verbs(), self.analyzer)

    def _seen(self) -> _Overview:
        """What holds until the next change of the index."""
        if self._overview is None:
            things = [*self._given_things, *self._catalogue.glosses()]
            glossary = Glossary(things, self._given_verbs)
            words = frozenset((*self._bridge.words, *glossary.words))
            self._overview = _Overview(
                self._catalogue.passages_by_language(), glossary, words, Speller(words)
            )
        return self._overview

    def warm_up(self) -> None:
        """Load all that a first question in any language would wait for."""
        with ThreadPoolExecutor(1) as beside:
            analyzer = beside.submit(self.analyzer.load)
            self.encoder.load()
            analyzer.result()
        self.analyse(OF_EACH_LANGUAGE)

    def _see_other_writers(self) -> None:
        version = self._catalogue.version()
        if version != self._version:
            self._version = version
            self._lexical.reload()
            self._bridge.reload()
            self._overview = None


def name_of(path: str) -> str:
    """A file's name, its letters composed, by which it is found whatever disk it lies on."""
    return unicodedata.normalize("NFC", Path(path).name)


def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="geungeo-", ignore_cleanup_errors=True)


def index_name(settings: IndexSettings) -> str:
    """A name for Chroma's collection that changes with whatever shapes the index."""
    shape = "\n".join((_LAYOUT, settings.embedding, settings.analyzer, settings.chunker))
    return f"geungeo-{hashlib.sha256(shape.encode()).hexdigest()[:12]}"


def _joined(terms: Sequence[str]) -> str:
    """The word of some terms; those of Chinese overlap: 中关, 关村, 中关村."""
    whole = (term for term in terms if not any(term != t and term in t for t in terms))
    return "".join(whole)


def _headings(document: Document, chunk: Chunk) -> str:
    """A chunk's title and headings, with the document's author and number, one a line."""
    known = (document.title, *chunk.section.split(" › "), document.author, document.code)
    return "\n".join(filter(None, dict.fromkeys(known)))


def _identify(file: Path, settings: IndexSettings, name: str) -> str:
    """The store's own id from its ``index.json``, which a new store gets here.

    Stores that share a Chroma server are told apart by it.
    """
    wanted = {
        "name": name,
        "embedding": settings.embedding,
        "analyzer": settings.analyzer,
        "chunker": settings.chunker,
    }
    if not file.exists():
        made = {**wanted, "id": uuid.uuid4().hex[:12]}
        file.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreError(f"{file}: not JSON; remove the folder and ingest again") from error
    if found.get("name") != name:
        differing = ", ".join(
            f"{part} {found.get(part)!r} there, {value!r} in the settings"
            for part, value in wanted.items()
            if part != "name" and found.get(part) != value
        )
        raise StoreError(
            f"{file.parent}: this index was made with other settings "
            f"({differing or 'an older layout'}). Use the settings that it was made with, "
            f"or ingest into another folder (--store)."
        )
    return str(found["id"])
