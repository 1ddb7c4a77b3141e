"""From a file's bytes to the text that is indexed, by the kind of its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import frontmatter
import yaml

from ingest.charset import CharsetError, decode
from ingest.clean import clean
from ingest.html import html_to_text, is_html, strip_stray_tags

SUPPORTED_SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm")


class LoadError(Exception):
    """The file cannot be read as a document; the message says why and what to do."""


@dataclass(frozen=True)
class Loaded:
    """A document's text as loaded, and what its front matter or page head says of it."""

    text: str
    given: Mapping[str, str] = field(default_factory=dict)
    pages: int = 1


def load(path: Path, data: bytes) -> Loaded:
    """Read one document.

    Raises:
        LoadError: the bytes are not text, or no text is left after cleaning.
    """
    try:
        source, _ = decode(data)
    except CharsetError as error:
        raise LoadError(f"{error}; save the file as UTF-8") from error
    given, body = _front_matter(source)
    if path.suffix.lower() in (".html", ".htm") or is_html(body):
        body, page_title = html_to_text(body)
        if page_title:
            given.setdefault("title", page_title)
    else:
        body = strip_stray_tags(body)
    text = clean(body)
    if not text.strip():
        raise LoadError("no text in it")
    return Loaded(text, given)


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    if not source.lstrip("\ufeff").startswith("---"):
        return {}, source
    try:
        post = frontmatter.loads(source)
    except yaml.YAMLError:
        return {}, source
    names = {"title": "title", "date": "date", "organisation": "organisation"}
    names |= {"type": "type", "categories": "categories"}
    names |= {"organization": "organisation", "publisher": "organisation"}
    given = {
        names[key]: str(value).strip()
        for key, value in post.metadata.items()
        if key in names and value
    }
    return given, post.content
