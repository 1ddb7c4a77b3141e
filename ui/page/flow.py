"""The text of a document as one, a stretch of it at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from geungeo.ingest import WITHIN
from geungeo.ui.page.passage import as_html
from geungeo.ui.strings import Strings
from geungeo.vectorstore import Passage, Store

Side = Literal["from", "before", "after"]
"""Which passages are wanted: those from a place on, those before it, or those after it."""

# Passages that come at once: two screens or so.
_AT_ONCE = 12
# Characters of a quote that is sought on a picture.
_SOUGHT = 400


@dataclass(frozen=True)
class Flow:
    """A document's passages in their order; what stands between two belongs to the first."""

    text: str
    passages: Sequence[Passage]

    @classmethod
    def of(cls, store: Store, path: str) -> Flow | None:
        """None for a path that is not indexed."""
        text = store.text(path)
        return None if text is None else cls(text, store.passages(path))

    def stretch(self, at: int, side: Side, say: Strings) -> str:
        """Some of the text as HTML, seen from the passage that holds a character."""
        here = max(0, bisect_right(self.passages, at, key=lambda one: one.start) - 1)
        first = {"from": here, "before": here - _AT_ONCE, "after": here + 1}[side]
        last = here if side == "before" else first + _AT_ONCE
        numbers = range(max(0, first), min(last, len(self.passages)))
        return "".join(self._block(number, say) for number in numbers)

    def _block(self, number: int, say: Strings) -> str:
        """A passage, at the head of its page under that page's number."""
        one, before = self.passages[number], self.passages[number - 1] if number else None
        following = self.passages[number + 1 : number + 2]
        end = following[0].start if following else len(self.text)
        head = ""
        if one.page != (before.page if before else 1):
            head = f'<p class="page">{escape(say.page.format(one.page))}</p>'
        edge = (" data-first" if before is None else "") + ("" if following else " data-last")
        text = as_html(self.text[one.start if before else 0 : end].strip())
        return (
            f'<section class="passage" data-start="{one.start}"{edge}>{head}'
            f'<div class="text" lang="{one.language}">{text}</div></section>'
        )


def cited(passage: Passage, marked: tuple[int, int]) -> str:
    """A passage alone, with a span of the document's text marked in it: to begin a flow with."""
    span = marked[0] - passage.start, marked[1] - passage.start
    return flow(
        passage.path,
        f'<section class="passage" data-start="{passage.start}">'
        f'<div class="text" lang="{passage.language}">{as_html(passage.text, span)}</div>'
        "</section>",
    )


def pictures(
    path: str, title: str, pages: int, say: Strings, page: int = 1, quote: str = ""
) -> str:
    """Where the pages of a PDF are drawn, from one on which a quote is marked, once the button of
    ``to_pictures`` is pressed."""
    about = {
        "path": path, "pages": str(pages), "page": str(page), "quote": quote[:_SOUGHT],
        "label": f"{title}, {say.page}",
    }  # fmt: skip
    data = "".join(f' data-{name}="{escape(value, quote=True)}"' for name, value in about.items())
    return f'<div class="pictures"{data}></div>'


def is_pdf(path: str) -> bool:
    """Whether a document has pages that can be drawn; those within archives are not kept."""
    return path.lower().endswith(".pdf") and WITHIN not in path


def to_pictures(path: str, say: Strings) -> str:
    """The button that shows pages in place of text; nothing for what is no PDF."""
    if not is_pdf(path):
        return ""
    label = escape(say.page_picture)
    return f'<button type="button" data-pictures aria-pressed="false">{label}</button>'


def flow(path: str, sections: str) -> str:
    """Where a document's text goes on, above and below, as it is scrolled."""
    return f'<div class="flow" data-path="{escape(path, quote=True)}">{sections}</div>'
