"""HWPX files (OWPML, KS X 6101), from their XML: what is shown, in reading order."""

from __future__ import annotations

import re
from importlib.metadata import version

from lxml import etree

from geungeo.ingest.formats.hangul.document import Paragraph, Seen, hangul_blocks
from geungeo.ingest.formats.hangul.hwpx_body import Section, section_number
from geungeo.ingest.formats.hangul.hwpx_styles import Styles
from geungeo.ingest.formats.packaged.package import Element, Package, attribute, descendants, local
from geungeo.ingest.formats.result import PROTECTED, LoadError, Read
from geungeo.lang.documents.styles import HWP_NO_AUTHOR

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_hwpx(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is broken, locked or without sections."""
    package = Package(data)
    if _is_locked(package):
        raise LoadError(PROTECTED)
    seen = Seen()
    manifest = _xml(package, "Contents/content.hpf")
    styles = Styles.of(_xml(package, "Contents/header.xml"))
    paragraphs: list[Paragraph] = []
    names = _sections(package, manifest)
    if not names:
        raise LoadError("the HWPX file is damaged: it has no sections; save it anew in Hangul")
    for part in names:
        root = _xml(package, part)
        if root is None:
            seen.others.append(f"{part} left out: it is damaged")
            continue
        section = Section(root, styles, seen, lambda other: _xml(package, other))
        paragraphs += section.paragraphs()
    for part in package.names():
        if "masterpage" in part.lower() and (root := _xml(package, part)) is not None:
            lists = descendants(root, "subList")
            for within in lists:
                page = Section(within, styles, seen, lambda other: None)
                seen.edge("background", page.paragraphs())
    blocks, pages = hangul_blocks(paragraphs, seen)
    return Read(
        blocks, pages, given=_given(manifest), loader=f"lxml {version('lxml')}",
        notes=tuple(seen.notes()),
    )  # fmt: skip


def _xml(package: Package, name: str) -> Element | None:
    """A part that may be hostile: entities stay as they are and depth is bounded."""
    source = package.part(name)
    if not source:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        return etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError):
        return None


def _is_locked(package: Package) -> bool:
    manifest = package.part("META-INF/manifest.xml") or b""
    return b"encryption-data" in manifest


def _sections(package: Package, manifest: Element | None) -> list[str]:
    """The sections in the order of the manifest's spine, those that it lacks by their number."""
    stored = {name.lower(): name for name in package.names() if section_number(name) >= 0}
    parts = {attribute(e, "id"): attribute(e, "href") for e in descendants(manifest, "item")}
    spine = [parts.get(attribute(e, "idref"), "") for e in descendants(manifest, "itemref")]
    named = [
        stored[key]
        for href in spine
        for key in (href.lower().lstrip("/"), f"contents/{href.lower()}")
        if key in stored
    ]
    rest = sorted(set(stored.values()) - set(named), key=section_number)
    return [*dict.fromkeys(named), *rest]


def _given(manifest: Element | None) -> dict[str, str]:
    """Who made the file, and the day on which it was last saved. Its title and the day on which
    it was made are mostly those of the document that it was copied from."""
    said = {
        attribute(e, "name"): " ".join((e.text or "").split())
        for e in descendants(manifest, "meta")
        if local(e) == "meta"
    }
    found = {}
    author = said.get("creator", "")
    if author and not HWP_NO_AUTHOR.match(author):
        found["author"] = author
    if day := _DAY.match(said.get("ModifiedDate") or said.get("CreatedDate", "")):
        found["made"] = day[0]
    return found
