"""The documents: listed, over time, and uploaded."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.ui.page.collection import Collection
from geungeo.ui.page.panel import told_by_store
from geungeo.ui.strings import STRINGS, Strings


class DocumentsPanel:
    """``changed`` are the events after which the list of documents may be another."""

    def __init__(self, collection: Collection, language: gr.Radio) -> None:
        self._collection = collection
        with gr.Row(equal_height=False):
            with gr.Column(min_width=320):
                self.list = gr.HTML(elem_id="documents")
            with gr.Column(min_width=320):
                self.files = gr.File(file_count="multiple", height=130, elem_id="upload")
                self.folder = gr.File(file_count="directory", height=110, elem_id="upload-folder")
                self.result = gr.Textbox(interactive=False, lines=2, elem_id="uploaded")
                self.timeline = gr.HTML(elem_id="timeline")
        self.changed: list[Any] = [
            field.upload(
                self._upload, [field, language], [self.result, field], api_visibility="private"
            )
            for field in (self.files, self.folder)
        ]
        self.outputs: list[Component] = [self.timeline, self.list]

    def listed(self, say: Strings) -> dict[Component, Any]:
        """The documents of now."""
        return {
            self.timeline: self._collection.timeline(say),
            self.list: self._collection.as_html(say),
        }

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
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[str, None]:
        with told_by_store():
            say = STRINGS[language]

            def told(done: int, total: int, name: str) -> None:
                progress((done, total), desc=name)

            return self._collection.add(files, told, say) if files else "", None
