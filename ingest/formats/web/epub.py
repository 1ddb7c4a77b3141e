"""Electronic books: a ZIP archive of web pages in the order of a spine."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.packaged.package import Element, Package, attribute, descendants, local
from geungeo.ingest.formats.plain.text import decoded
from geungeo.ingest.formats.result import LoadError, Read, counted
from geungeo.ingest.formats.web.html import html_page

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_PAGES = (".xhtml", ".html", ".htm", ".xml")
# XML may close any element in its own tag; HTML knows this of few.
_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)/>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_GIVEN = {"title": "title", "date": "date", "creator": "author", "publisher": "organisation"}
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def read_epub(data: bytes, name: str) -> Read:
    """A book, each document of its spine a page.

    Spec: EPUB 3.3 (and 2.0.1, whose parts are the same).

    Raises:
        LoadError: the book is damaged or locked.
    """
    package = Package(data)
    if _is_locked(package):
        raise LoadError("protected against copying; get a copy without it")
    opf = next(
        (attribute(root, "full-path") for root in descendants(package.xml(_CONTAINER), "rootfile")),
        "",
    ) or next((part for part in package.names() if part.endswith(".opf")), "")
    root = package.xml(opf)
    if root is None:
        raise LoadError("the book is damaged: its table of parts is missing; save it anew")
    blocks: list[Block] = []
    notes: list[str] = []
    missing = pages = 0
    for pages, part in enumerate(_spine(root, posixpath.dirname(opf)), 1):
        source = package.part(part)
        if source is None:
            missing += 1
            continue
        page = html_page(_opened(decoded(source)), pages)
        blocks.extend(page.blocks)
        notes.extend(note for note in page.notes if note not in notes)
    if missing:
        notes.append(f"{counted(missing, 'part')} missing in the file")
    return Read(
        tuple(blocks),
        max(pages, 1),
        given=dict(_given(root)),
        loader="beautifulsoup4",
        notes=tuple(notes),
    )


def _is_locked(package: Package) -> bool:
    """Fonts may be scrambled in any book; a book whose pages are is locked."""
    locked = (attribute(e, "URI") for e in descendants(package.xml(_LOCKS), "CipherReference"))
    return any(name.lower().endswith(_PAGES) for name in locked)


def _spine(root: Element, folder: str) -> Iterator[str]:
    """The names of the documents in reading order, without the table of contents."""
    items = {attribute(item, "id"): item for item in descendants(root, "item")}
    for reference in descendants(root, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))


def _opened(source: str) -> str:
    """XHTML as HTML: ``<a id="x"/>`` as ``<a id="x"></a>``."""
    return _CLOSED.sub(
        lambda tag: tag[0] if tag[1].lower() in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", source
    )


def _given(root: Element) -> Iterator[tuple[str, str]]:
    said: dict[str, str] = {}
    for metadata in descendants(root, "metadata"):
        for element in metadata.iter():
            said.setdefault(local(element), " ".join((element.text or "").split()))
    for name, key in _GIVEN.items():
        text = said.get(name, "")
        if name == "date":
            day = _DAY.match(text)
            text = day[0] if day else ""
        if text:
            yield key, text
