"""Files on their way into the collection: chosen or dropped anywhere, each a row until it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from queue import Empty, SimpleQueue
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.ui.page.collection import Collection, Shelf
from geungeo.ui.page.panel import QUIET, told_by_store
from geungeo.ui.page.visitors import Reserved, Visitors, admit
from geungeo.ui.strings import STRINGS, Strings
from geungeo.vectorstore import name_of

_SECONDS_BETWEEN = 0.2


class ArrivalsPanel:
    """``changed`` are the events after which there may be other documents."""

    def __init__(self, shelf: Shelf, visitors: Visitors, language: gr.Radio) -> None:
        self._shelf = shelf
        self._visitors = visitors
        self.choose = gr.UploadButton(
            file_count="multiple", size="sm", visible=visitors.is_everyone, elem_id="add"
        )
        self.rows = gr.HTML(elem_id="arriving")
        arrived = self.choose.upload(
            self._arriving, [self.choose, language], [self.rows, self.choose], **QUIET
        )
        self.changed: list[Any] = [arrived]
        self.reserved: Reserved = ((self.choose, "curator"),)

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {self.choose: gr.update(label=say.add_files)}

    def _arriving(
        self, files: list[str] | None, language: Language, request: gr.Request
    ) -> Iterator[tuple[str, None]]:
        say = STRINGS[language]
        admit(self._visitors, request, files, say)
        if files:
            with told_by_store():
                for told in arriving(self._shelf(request), files, say):
                    yield told, None
        else:
            yield "", None


def arriving(collection: Collection, files: Sequence[str], say: Strings) -> Iterator[str]:
    """Rows of files as HTML, again whenever one of them has come further.

    Raises:
        StoreError: nothing can be written.
    """
    names = [name_of(file) for file in files]
    come: SimpleQueue[str] = SimpleQueue()
    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(
            collection.add, files, lambda _, __, name: come.put(name_of(name)), say
        )
        states = dict.fromkeys(names, say.waits)
        yield _rows(states)
        while not (done.done() and come.empty()):
            try:
                name = come.get(timeout=_SECONDS_BETWEEN)
            except Empty:
                continue
            states |= {
                one: say.has_been_read for one, is_at in states.items() if is_at == say.is_read
            }
            if name in states:
                states[name] = say.is_read
            yield _rows(states)
        yield _rows(dict(line.partition(": ")[::2] for line in done.result().splitlines()))


def _rows(states: Mapping[str, str]) -> str:
    rows = "".join(
        f"<li><strong>{escape(name)}</strong><span>{escape(state)}</span></li>"
        for name, state in states.items()
    )
    return f'<div role="status"><ul>{rows}</ul></div>'
