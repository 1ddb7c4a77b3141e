"""The documents: listed, over time, and uploaded."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.ui.page.collection import Collection, Shelf
from geungeo.ui.page.panel import told_by_store
from geungeo.ui.page.visitors import Reserved, Visitors, admit
from geungeo.ui.strings import STRINGS, Strings


class DocumentsPanel:
    """``changed`` are the events after which the list of documents may be another."""

    def __init__(self, shelf: Shelf, visitors: Visitors, language: gr.Radio) -> None:
        self._shelf = shelf
        self._visitors = visitors
        shown = visitors.is_everyone
        with gr.Row(equal_height=False):
            with gr.Column(min_width=320):
                self.list = gr.HTML(elem_id="documents")
            with gr.Column(min_width=320):
                self.files = gr.File(
                    file_count="multiple", height=130, visible=shown, elem_id="upload"
                )
                self.folder = gr.File(
                    file_count="directory", height=110, visible=shown, elem_id="upload-folder"
                )
                self.result = gr.Textbox(
                    interactive=False, lines=2, visible=shown, elem_id="uploaded"
                )
                self.timeline = gr.HTML(elem_id="timeline")
        self.changed: list[Any] = [
            field.upload(
                self._upload, [field, language], [self.result, field], api_visibility="private"
            )
            for field in (self.files, self.folder)
        ]
        self.reserved: Reserved = (
            (self.files, "curator"), (self.folder, "curator"), (self.result, "curator")
        )  # fmt: skip
        self.outputs: list[Component] = [self.timeline, self.list]

    def listed(self, collection: Collection, say: Strings) -> dict[Component, Any]:
        """The documents of now."""
        return {self.timeline: collection.timeline(say), self.list: collection.as_html(say)}

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.files: gr.update(label=say.upload),
            self.folder: gr.update(label=say.upload_folder),
            self.result: gr.update(label=say.uploaded),
        }

    def _upload(
        self,
        files: list[str] | None,
        language: Language,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[str, None]:
        say = STRINGS[language]
        admit(self._visitors, request, files, say)
        with told_by_store():

            def told(done: int, total: int, name: str) -> None:
                progress((done, total), desc=name)

            return self._shelf(request).add(files, told, say) if files else "", None
