"""The parts of an Open XML or OpenDocument file: XML in a ZIP archive, tied by relations.

Elements are told by their local names, so that the strict and the transitional form of Open XML,
whose namespaces differ, are read alike.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from geungeo.ingest.formats.result import LoadError
from geungeo.ingest.formats.signatures import DAMAGED_ZIP
from geungeo.lang.documents.styles import OFFICE_NO_AUTHOR, OFFICE_NO_TITLE

Element = Any
"""An element of lxml, which has no types of its own."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# When the templates of python-docx and python-pptx were made.
_OF_TEMPLATES = ("2013-12-23T23:15:00Z", "2013-01-27T09:14:16Z")


@dataclass(frozen=True)
class Relation:
    """``kind`` is the last part of the relation's type, such as ``chart``; ``target`` is the
    name of a part."""

    kind: str
    target: str


class Package:
    """Parts are parsed when they are asked for; a part that is missing or broken is ``None``."""

    def __init__(self, data: bytes) -> None:
        """Raises ``LoadError`` where the archive cannot be opened."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED_ZIP as error:
            raise LoadError(f"the file is damaged: {error}") from error
        self._names = {name.lower().lstrip("/"): name for name in self._archive.namelist()}

    def names(self) -> Iterator[str]:
        yield from self._names.values()

    def part(self, name: str) -> bytes | None:
        stored = self._names.get(name.lower().lstrip("/"))
        if stored is None:
            return None
        try:
            return self._archive.read(stored)
        except DAMAGED_ZIP:
            return None

    def xml(self, name: str) -> Element | None:
        source = self.part(name)
        if not source:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, recover=True, huge_tree=True
        )
        try:
            return etree.fromstring(source, parser)
        except (etree.LxmlError, ValueError):
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """The parts that a part names, by the identifiers that it uses for them; what lies
        outside the file is left out."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            if attribute(element, "TargetMode") == "External":
                continue
            target = unquote(attribute(element, "Target"))
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attribute(element, "Type").rpartition("/")[2]
            found[attribute(element, "Id")] = Relation(kind, target)
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """The names of the parts that a part names as a kind."""
        return [found.target for found in self.relations(name).values() if found.kind == kind]

    def main(self) -> str:
        """The name of the part that a document begins with.

        Raises:
            LoadError: there is none.
        """
        for name in self.related("", "officeDocument"):
            if self.xml(name) is not None:
                return name
        raise LoadError("the file is damaged: its main part is missing; save it anew")

    def given(self) -> dict[str, str]:
        """What the properties say of title, author and the day on which it was made."""
        parts = [*self.related("", "core-properties"), "docProps/core.xml", "meta.xml"]
        root = next((root for root in map(self.xml, parts) if root is not None), None)
        said: dict[str, str] = {}
        for element in root.iter() if root is not None else ():
            said.setdefault(local(element), " ".join((element.text or "").split()))
        found = {}
        if is_title(said.get("title", "")):
            found["title"] = said["title"]
        author = said.get("initial-creator") or said.get("creator", "")
        if author and not OFFICE_NO_AUTHOR.match(author):
            found["author"] = author
        made = said.get("created") or said.get("creation-date", "")
        if made not in _OF_TEMPLATES and (day := _DAY.match(made)):
            found["made"] = day[0]
        return found


def is_title(text: str) -> bool:
    """Whether a title of a file's properties is its own, not a program's or a template's."""
    return bool(text) and not OFFICE_NO_TITLE.match(text)


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """An attribute by its name without its namespace."""
    if element is None:
        return default
    for key, value in element.attrib.items():
        if key == name or key.endswith(f"}}{name}"):
            return str(value)
    return default


def relation_id(element: Element, name: str = "id") -> str:
    """The identifier of the relation that an element names, beside identifiers of its own."""
    return next(
        (str(v) for k, v in element.attrib.items() if k.endswith(f"/relationships}}{name}")), ""
    )


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names."""
    for name in path:
        element = (
            next((e for e in element if local(e) == name), None) if element is not None else None
        )
    return element


def children(element: Element | None, *names: str) -> Iterator[Element]:
    if element is not None:
        yield from (e for e in element if local(e) in names)


def descendants(element: Element | None, *names: str) -> Iterator[Element]:
    if element is not None:
        yield from (e for e in element.iter() if local(e) in names)


def is_on(element: Element | None, name: str = "val") -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and attribute(element, name, "1") not in (
        "0",
        "false",
        "off",
        "none",
    )


def whole(text: str, otherwise: int = 0, least: int = 0, most: int = 1_000_000_000) -> int:
    """A whole number of an attribute, within bounds; ``otherwise`` where it is none."""
    try:
        return max(least, min(int(text), most))
    except ValueError:
        return otherwise
