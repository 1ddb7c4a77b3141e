"""From a file's bytes to the text that is indexed: read, without page furniture, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.clean import clean
from ingest.formats import LoadError, Member, Page, read

__all__ = ["LoadError", "Loaded", "load"]

# Lines at the top and at the bottom of a page that may be its header or footer.
_EDGE = 2
_LEAST_REPEATED = 3
_DIGITS = str.maketrans("0123456789", "##########")


@dataclass(frozen=True)
class Loaded:
    """A document's text as loaded, and what the file itself says of it.

    ``page_starts`` holds where each page begins in the text, ``empty`` is how many pages have
    no text, and ``recognised_pages`` are those that have it from OCR. ``members`` are files
    within.
    """

    text: str
    given: Mapping[str, str] = field(default_factory=dict)
    page_starts: tuple[int, ...] = (0,)
    empty: int = 0
    recognised_pages: tuple[int, ...] = ()
    loader: str = ""
    members: tuple[Member, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        return len(self.page_starts)


def load(name: str, data: bytes) -> Loaded:
    """Read one file; ``name`` is its file name.

    Raises:
        LoadError: the file cannot be read, or no text is left after cleaning.
    """
    found = read(data, name)
    pages = [clean(text) for text in _without_edges(found.pages)]
    starts: list[int] = []
    text = ""
    for page in pages:
        text += "\n\n" if text and page else ""
        starts.append(len(text))
        text += page
    if not text.strip() and not found.members:
        raise LoadError("; ".join(("no text in it", *found.notes)))
    return Loaded(
        text=text,
        given=found.given,
        page_starts=tuple(starts) or (0,),
        empty=sum(not page for page in pages),
        recognised_pages=tuple(n for n, page in enumerate(found.pages, 1) if page.recognised),
        loader=found.loader,
        members=found.members,
        notes=found.notes,
    )


def _without_edges(pages: Sequence[Page]) -> list[str]:
    """The pages without the headers and footers that most of them share, page numbers aside."""
    if len(pages) < _LEAST_REPEATED:
        return [page.text for page in pages]
    split = [page.text.split("\n") for page in pages]
    seen: Counter[str] = Counter()
    for lines in split:
        seen.update({_shape(lines[i]) for i in _edges(lines)})
    least = max(_LEAST_REPEATED, len(pages) // 2)
    repeated = {shape for shape, count in seen.items() if shape and count >= least}
    kept = []
    for lines in split:
        edges = set(_edges(lines))
        kept.append(
            "\n".join(
                line
                for i, line in enumerate(lines)
                if i not in edges or _shape(line) not in repeated
            )
        )
    return kept


def _edges(lines: Sequence[str]) -> list[int]:
    filled = [i for i, line in enumerate(lines) if line.strip()]
    return [*filled[:_EDGE], *filled[-_EDGE:]] if len(filled) > 2 * _EDGE else []


def _shape(line: str) -> str:
    return " ".join(line.translate(_DIGITS).split())
