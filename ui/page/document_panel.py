"""One document in the pane at the right: opened from wherever it is named, put right, taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.ui.corrections import LONGEST, CorrectionError
from geungeo.ui.history import History
from geungeo.ui.page.collection import Shelf
from geungeo.ui.page.panel import QUIET, told_by_store
from geungeo.ui.page.render import hint
from geungeo.ui.page.visitors import Visitors, require
from geungeo.ui.strings import STRINGS, Strings
from geungeo.vectorstore import name_of

# Whatever names a document opens it: a row, the title of a source. A form corrects it.
_JOINED = """
document.addEventListener('click', (event) => {
  if (!element.isConnected) return;
  const opener = event.target.closest('[data-document]');
  if (opener) trigger('click', {document: opener.dataset.document});
  if (event.target.closest('[data-as-read]')) trigger('undo');
});
element.addEventListener('submit', (event) => {
  event.preventDefault();
  trigger('submit', {wished: Object.fromEntries(new FormData(event.target))});
});
"""


class DocumentPanel:
    """``changed`` are the events after which documents may be others, or told otherwise."""

    def __init__(
        self,
        shelf: Shelf,
        visitors: Visitors,
        history: History,
        reader: gr.BrowserState,
        language: gr.Radio,
    ) -> None:
        self._shelf = shelf
        self._visitors = visitors
        self._history = history
        self.path = gr.State("")
        self.view = gr.HTML(elem_id="document", js_on_load=_JOINED)
        self.remove = gr.Button(size="sm", visible=False, elem_id="remove-document")

        given = [self.path, reader, language]
        opened = [self.path, self.view, self.remove]
        self.view.click(self._touched, [reader, language], opened, **QUIET)
        corrected = self.view.submit(self._correct, given, self.view, **QUIET)
        taken_back = self.view.undo(self._take_back, given, self.view, **QUIET)
        removed = self.remove.click(self._remove, [self.path, language], opened, **QUIET)
        self.changed: list[Any] = [corrected, taken_back, removed]

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {self.remove: gr.update(value=say.take_out)}

    def shown(self, path: str, reader: str, language: Language, request: gr.Request) -> str:
        """An open document once more, as it is told now."""
        return self._shown(path, reader, language, request) if path else ""

    def _touched(
        self, reader: str, language: Language, touched: gr.EventData, request: gr.Request
    ) -> tuple[str, str, Any]:
        collection = self._shelf(request)
        path = collection.path_of(str(touched.document))
        own = collection.is_uploaded(path) and self._visitors.may(request, "curator")
        return path, self._shown(path, reader, language, request), gr.update(visible=own)

    def _shown(self, path: str, reader: str, language: Language, request: gr.Request) -> str:
        whose = self._visitors.reader(request, reader)
        questions = self._history.questions(whose, path) if whose else []
        corrects = self._visitors.may(request, "curator")
        return self._shelf(request).page(path, questions, language, corrects) or hint(
            STRINGS[language].document_gone
        )

    def _correct(
        self, path: str, reader: str, language: Language, sent: gr.EventData, request: gr.Request
    ) -> str:
        wished = {str(name): str(value) for name, value in dict(sent.wished).items()}
        return self._put_right(path, wished, reader, language, request)

    def _take_back(self, path: str, reader: str, language: Language, request: gr.Request) -> str:
        return self._put_right(path, None, reader, language, request)

    def _put_right(
        self, path: str, wished: Mapping[str, str] | None, reader: str, language: Language,
        request: gr.Request,
    ) -> str:  # fmt: skip
        """All that the page corrects goes through here."""
        say = STRINGS[language]
        require(self._visitors, request, "curator", say)
        with _said(say):
            self._shelf(request).correct(path, wished)
        self._visitors.note(request, "corrected", name_of(path))
        gr.Info(say.taken_back if wished is None else say.corrected, duration=3)
        return self._shown(path, reader, language, request)

    def _remove(self, path: str, language: Language, request: gr.Request) -> tuple[str, str, Any]:
        say = STRINGS[language]
        require(self._visitors, request, "curator", say)
        with _said(say):
            told = self._shelf(request).take_out(path, say)
        self._visitors.note(request, "deleted", name_of(path))
        gr.Info(told, duration=3)
        return "", hint(say.document_gone), gr.update(visible=False)


@contextmanager
def _said(say: Strings) -> Iterator[None]:
    """What cannot be done, as a message on the page in the reader's language."""
    try:
        with told_by_store():
            yield
    except CorrectionError as error:
        reasons = {
            "date": say.not_a_date.format(error.value),
            "document": say.document_gone,
            "title": say.too_long.format(LONGEST) if error.value else say.title_needed,
        }
        told = reasons.get(error.field, say.too_long.format(LONGEST))
        raise gr.Error(told, print_exception=False) from error
