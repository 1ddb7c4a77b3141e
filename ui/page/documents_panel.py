"""The documents: listed, over time, opened, uploaded and taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.ui.history import History
from geungeo.ui.page.collection import Collection
from geungeo.ui.page.panel import QUIET
from geungeo.ui.page.visitors import Reserved, Visitors, require
from geungeo.ui.strings import STRINGS, Strings
from geungeo.vectorstore import StoreError

# A row's title opens its document.
_OPENED = """
element.addEventListener('click', (event) => {
  const title = event.target.closest('button[data-document]');
  if (title) trigger('click', {document: title.dataset.document});
});
"""


class DocumentsPanel:
    """``changed`` are the events after which the list of documents may be another."""

    def __init__(
        self, collection: Collection, history: History, visitors: Visitors,
        reader: gr.BrowserState, language: gr.Radio,
    ) -> None:  # fmt: skip
        self._collection = collection
        self._history = history
        self._visitors = visitors
        shown = visitors.is_everyone
        with gr.Row(equal_height=False):
            with gr.Column(min_width=320):
                self.list = gr.HTML(elem_id="documents", js_on_load=_OPENED)
                self.files = gr.File(
                    file_count="multiple", height=130, visible=shown, elem_id="upload"
                )
                self.folder = gr.File(
                    file_count="directory", height=110, visible=shown, elem_id="upload-folder"
                )
                self.result = gr.Textbox(
                    interactive=False, lines=2, visible=shown, elem_id="uploaded"
                )
            with gr.Column(min_width=320):
                self.open = gr.Dropdown(elem_id="open-document", value=None)
                self.timeline = gr.HTML(elem_id="timeline")
                self.page = gr.HTML(elem_id="document")
                self.remove = gr.Button(size="sm", visible=False, elem_id="remove-document")

        self.list.click(self._touched, None, self.open, **QUIET)
        self.open.change(
            self._opened, [self.open, reader, language], [self.page, self.remove], **QUIET
        )
        uploads = [
            field.upload(
                self._upload, [field, language], [self.result, field], api_visibility="private"
            )
            for field in (self.files, self.folder)
        ]
        removed = self.remove.click(
            self._remove, [self.open, language], [self.result, self.open], **QUIET
        )
        self.changed: list[Any] = [*uploads, removed]
        self.reserved: Reserved = (
            (self.files, "curator"), (self.folder, "curator"), (self.result, "curator")
        )  # fmt: skip
        self.outputs: list[Component] = [self.timeline, self.list, self.open]

    def listed(self, say: Strings) -> dict[Component, Any]:
        """The documents of now."""
        return {
            self.timeline: self._collection.timeline(say),
            self.list: self._collection.as_html(say),
            self.open: gr.update(choices=self._collection.titles()),
        }

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.open: gr.update(label=say.open_document),
            self.files: gr.update(label=say.upload),
            self.folder: gr.update(label=say.upload_folder),
            self.result: gr.update(label=say.uploaded),
            self.remove: gr.update(value=say.take_out),
        }

    @staticmethod
    def _touched(touched: gr.EventData) -> str:
        return str(touched.document)

    def _opened(
        self, path: str | None, reader: str, language: Language, request: gr.Request
    ) -> tuple[str, Any]:
        if not path:
            return "", gr.update(visible=False)
        whose = self._visitors.reader(request, reader)
        questions = self._history.questions(whose, path) if whose else []
        shown = self._collection.page(path, questions, STRINGS[language])
        is_offered = self._collection.is_uploaded(path) and self._visitors.may(request, "curator")
        return shown, gr.update(visible=is_offered)

    def _remove(
        self, path: str | None, language: Language, request: gr.Request
    ) -> tuple[str, None]:
        require(self._visitors, request, "curator", STRINGS[language])
        if not path:
            return "", None
        with _said():
            said = self._collection.take_out(path, STRINGS[language])
        self._visitors.note(request, "deleted", Path(path).name)
        return said, None

    def _upload(
        self,
        files: list[str] | None,
        language: Language,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[str, None]:
        require(self._visitors, request, "curator", STRINGS[language])
        if not files:
            return "", None
        for file in files:
            self._visitors.note(request, "uploaded", Path(file).name)
        with _said():
            return self._collection.add(files, progress, STRINGS[language]), None


@contextmanager
def _said() -> Iterator[None]:
    """What a store cannot do, as a message on the page."""
    try:
        yield
    except StoreError as error:
        raise gr.Error(str(error), print_exception=False) from error
