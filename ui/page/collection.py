"""The documents behind the page: what is listed, and how files come in."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Mapping, Sequence, Set
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from geungeo.ingest import Ledger, LedgerEntry, Progress, ingest
from geungeo.lang.detect import Language
from geungeo.rag.answer.answer import Answer
from geungeo.rag.routes.document import central_sentences, outline
from geungeo.ui.corrections import CorrectionError, correct
from geungeo.ui.named import paths_named
from geungeo.ui.page import render
from geungeo.ui.page.document_view import About, document_view
from geungeo.ui.page.flow import is_pdf
from geungeo.ui.page.timeline import timeline
from geungeo.ui.strings import STRINGS, Strings
from geungeo.ui.uploads import accepted, make_folder
from geungeo.ui.views import View
from geungeo.vectorstore import (
    DocumentSummary,
    Filter,
    Passage,
    Store,
    StoreError,
    lies_within,
    name_of,
)

# What a document says in short.
_SENTENCES = 3


class Collection:
    """The documents as somebody sees them."""

    def __init__(self, store: Store) -> None:
        """All of them."""
        self._written = self._store = store
        self._hidden: tuple[str, ...] = ()
        self._uploads = store.uploads
        self._ledger = Ledger.of(store)

    def seen_as(self, view: View) -> Collection:
        """What of them is seen."""
        seen = copy(self)
        seen._store, seen._hidden = view.store, view.hidden
        return seen

    def as_html(self, say: Strings) -> str:
        return render.documents(self._store.documents(), self._entries(), say)

    def timeline(self, say: Strings) -> str:
        return timeline(self._store.documents(), say)

    def path_of(self, name: str) -> str:
        """The path of a document by its path or its file's name; empty for one that is gone."""
        return next(iter(paths_named(self._store, name)), "")

    def page(self, path: str, questions: Sequence[str], language: Language, corrects: bool) -> str:
        """A document's page, with the questions that it answered, for who ``corrects`` what is
        told of it or does not; empty for one that is gone."""
        store = self._store
        documents = store.documents()
        one = next((one for one in documents if one.path == path), None)
        read, text = store.as_read(path), store.text(path)
        if one is None or read is None or text is None:
            return ""
        passages = store.passages(path)
        topic = store.encoder.encode_questions([one.title])[0]
        central = central_sentences(store, path, topic, _SENTENCES)
        organisations = sorted({one.organisation for one in documents} - {""})
        about = About(
            one, read, self._entries().get(path), text, passages,
            [quote.text for quote in central], outline(passages), questions, organisations,
        )  # fmt: skip
        return document_view(about, language, STRINGS[language], corrects)

    def correct(self, path: str, wished: Mapping[str, str] | None) -> None:
        """As ``ui.corrections.correct``."""
        if lies_within(path, self._hidden):
            raise CorrectionError("document", path, f"{path}: not indexed")
        correct(self._written, path, wished)

    def told_now(self, answers: Sequence[Answer]) -> list[Answer]:
        """Answers whose sources are told as their documents are now, without those that are seen
        no more."""
        known = self._described({one.passage.path for each in answers for one in each.citations})
        return [
            replace(
                answer,
                citations=tuple(
                    replace(one, passage=_told(one.passage, known.get(one.passage.path)))
                    for one in answer.citations
                    if not lies_within(one.passage.path, self._hidden)
                ),
            )
            for answer in answers
        ]

    def pages(self, answer: Answer) -> dict[str, int]:
        """How many pages the PDF files have that an answer cites, by path."""
        cited = {one.passage.path for one in answer.citations if is_pdf(one.passage.path)}
        return {path: one.pages for path, one in self._described(cited).items()}

    def _described(self, paths: Set[str]) -> dict[str, DocumentSummary]:
        """What is told of some documents, by path, however many others there are."""
        if not paths:
            return {}
        found = self._store.documents(Filter(documents=tuple(map(name_of, paths))))
        return {one.path: one for one in found if one.path in paths}

    def is_uploaded(self, path: str) -> bool:
        """Whether a document came by the page, and can be taken out there."""
        return ".." not in Path(path).parts and Path(path).parent == self._uploads

    def take_out(self, path: str, say: Strings) -> str:
        """Delete an uploaded file and forget it; returns what became of it."""
        if not self.is_uploaded(path) or lies_within(path, self._hidden):
            return ""
        Path(path).unlink(missing_ok=True)
        return self._ingest([Path(path)], None, say)

    def left_out(self) -> list[LedgerEntry]:
        return [entry for entry in self._entries().values() if not entry.is_indexed]

    def _entries(self) -> dict[str, LedgerEntry]:
        """What became of the files that are seen, without the name of any other."""
        entries = self._ledger.entries()
        if not self._hidden:
            return entries
        return {
            path: self._open(entry)
            for path, entry in entries.items()
            if not lies_within(path, self._hidden)
        }

    def _open(self, entry: LedgerEntry) -> LedgerEntry:
        said = unicodedata.normalize("NFC", entry.reason)
        names = (unicodedata.normalize("NFC", one) for one in self._hidden)
        reason = "" if any(name in said for name in names) else entry.reason
        twin = "" if lies_within(entry.twin, self._hidden) else entry.twin
        return replace(entry, reason=reason, twin=twin)

    def choices(self) -> tuple[list[str], list[str], list[tuple[str, str]]]:
        """The types, the organisations, and the names of the documents under what is shown of
        each: its title, and below it the name, date and organisation."""
        known = self._store.documents()
        shown = {one.name: _in_two_lines(one) for one in known}
        return (
            sorted({one.type for one in known} - {""}),
            sorted({one.organisation for one in known} - {""}),
            sorted((text, name) for name, text in shown.items()),
        )

    def summary(self, say: Strings) -> str:
        """The collection in a few lines: how much there is, of what kinds, and the newest."""
        return render.collection(self._store.documents(), say)

    def add(self, files: Sequence[str], progress: Progress | None, say: Strings) -> str:
        """Copy uploaded files beside the index and ingest them; returns what became of each.

        Raises:
            StoreError: nothing can be written there.
        """
        self._written.require_writable()
        if lies_within(str(self._uploads), self._hidden):
            raise StoreError(say.not_allowed)
        make_folder(self._uploads)
        try:
            given = accepted(files, self._uploads, say)
        except ValueError as error:
            return str(error)
        given = {
            name: file
            for name, file in given.items()
            if not lies_within(str(self._uploads / name), self._hidden)
        }
        kept = [Path(shutil.copy(file, self._uploads / name)) for name, file in given.items()]
        refused = [
            f"{Path(file).name}: {say.not_a_document}"
            for file in files
            if file not in given.values()
        ]
        done = self._ingest(kept, progress, say)
        return "\n".join(filter(None, (*refused, done)))

    def _ingest(self, paths: Sequence[Path], progress: Progress | None, say: Strings) -> str:
        report = ingest(paths, self._written, self._ledger, progress)
        return "\n".join(
            f"{Path(entry.path).name}: {getattr(say, entry.status)}"
            + (f" ({entry.reason})" if entry.reason else f", {say.passages.format(entry.chunks)}")
            + (f" · {say.not_read.format('; '.join(entry.notes))}" if entry.notes else "")
            for entry in map(self._open, report.files)
        )


Shelf = Callable[[Any], Collection]
"""The documents as whoever sends a request sees them."""


def _told(passage: Passage, one: DocumentSummary | None) -> Passage:
    if one is None:
        return passage
    return replace(
        passage, title=one.title, date=one.date, organisation=one.organisation, type=one.type
    )


def _in_two_lines(one: DocumentSummary) -> str:
    details = (one.name, one.date, one.organisation)
    return f"{one.title}\n{' · '.join(filter(None, details))}"
