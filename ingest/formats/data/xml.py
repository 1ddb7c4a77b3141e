"""XML of any kind: its texts in their order, with the names of their elements as labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.data.records import (
    are_rows,
    is_text,
    pair_blocks,
    prose_blocks,
    rows_blocks,
)
from geungeo.ingest.formats.packaged.package import Element, local
from geungeo.ingest.formats.plain.text import decoded
from geungeo.ingest.formats.result import LoadError, NotADocumentError, Read, counted
from geungeo.ingest.formats.web.html import html_page
from geungeo.lang.documents.labels import NO_LABELS, TITLE_FIELD
from geungeo.lang.ends import ends_sentence

_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_TECHNICAL = re.compile(
    r"(?i)(?:.*[:_-])?(?:id|xmlns|lang|space|href|src|schemalocation|class|style|type|version)$"
)
_DEEPEST_HEADING = 9


def read_xml(data: bytes, name: str) -> Read:
    """Each element that holds text, in order: short texts with the element's name before them,
    long ones as they are; elements of the same form as a table. Entities are not resolved.

    Spec: XML 1.0; what the names mean is not known.

    Raises:
        LoadError: the file is no XML that can be read.
    """
    source = _DECLARATION.sub("", decoded(data).removeprefix("\ufeff"), count=1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, recover=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError) as error:
        raise LoadError(f"no valid XML ({error}); save it anew") from error
    if root is None:
        raise LoadError("no valid XML; save it anew")
    if local(root) == "svg":
        raise NotADocumentError("a picture (SVG) is not read")
    if local(root) == "html":
        page = html_page(source)
        return Read(page.blocks, given=page.given, loader="beautifulsoup4", notes=page.notes)
    broken = len(parser.error_log)
    title = next(
        (_text(e) for e in root.iter() if not len(e) and TITLE_FIELD.match(local(e)) and _text(e)),
        "",
    )
    notes = (f"{counted(broken, 'fault')} in the XML: some of it may be missing",) if broken else ()
    return Read(
        tuple(_blocks(root, 1)),
        given={"title": title} if title else {},
        loader="lxml",
        notes=notes,
    )


def _blocks(element: Element, level: int) -> Iterator[Block]:
    """What lies within an element; its own name is a heading where others lie beside it."""
    if _is_mixed(element):
        yield from prose_blocks(_text(element))
        return
    pairs = [(name, value) for name, value in _attributes(element)]
    children = [child for child in element if local(child)]
    records = [_record(child) for child in children]
    names = {local(child) for child in children}
    whole = [record for record in records if record]
    if len(names) == 1 and len(whole) == len(children) and are_rows(whole):
        yield from pair_blocks(pairs, level)
        yield from rows_blocks(whole)
        return
    for child in children:
        if not len(child):
            pairs += _leaf(child)
            continue
        yield from _written(pairs, level)
        pairs = []
        yield from _blocks(child, min(level + 1, _DEEPEST_HEADING))
    yield from _written(pairs, level)


def _written(pairs: list[tuple[str, str]], level: int) -> Iterator[Block]:
    """Named values in rows; what has no name worth telling is text."""
    named: list[tuple[str, str]] = []
    for name, value in pairs:
        if name and not _is_prose(value):
            named.append((name, value))
            continue
        yield from pair_blocks(named, level)
        named = []
        yield from prose_blocks(value)
    yield from pair_blocks(named, level)


def _is_prose(value: str) -> bool:
    return len(value) > 60 or ends_sentence(value)


def _is_mixed(element: Element) -> bool:
    """Whether text and elements stand beside one another, as marks within a sentence do."""
    own = [element.text, *(child.tail for child in element)]
    return any(part and part.strip() for part in own)


def _leaf(element: Element) -> list[tuple[str, str]]:
    text = _text(element)
    name = local(element)
    pairs = [(f"{name} {key}", value) for key, value in _attributes(element)]
    if text and is_text(text):
        pairs.insert(0, ("" if name.casefold() in NO_LABELS else name, text))
    return pairs


def _record(element: Element) -> Mapping[str, str]:
    """The values of an element by their names; empty where it is more than a record."""
    found = dict(_attributes(element))
    children = [child for child in element if local(child)]
    if not children or _is_mixed(element):
        return found if not _text(element) else {}
    for child in children:
        if len(child) or local(child) in found:
            return {}
        found[local(child)] = _text(child)
    return found


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        name = str(key).rpartition("}")[2]
        if value.strip() and not _TECHNICAL.match(name) and is_text(value):
            yield name, value.strip()


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
