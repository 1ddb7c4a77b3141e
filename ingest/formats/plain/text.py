"""Text, Markdown and HTML."""

from __future__ import annotations

import re
from pathlib import PurePath

import frontmatter
import yaml

from geungeo.ingest.clean import is_control, visible
from geungeo.ingest.formats.plain.charset import CharsetError, decode
from geungeo.ingest.formats.result import LoadError, Read
from geungeo.ingest.formats.web.html import html_page, is_html, strip_stray_tags
from geungeo.ingest.layout import plain_text_blocks

_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".xht")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_NAMES = {
    "title": "title",
    "date": "date",
    "organisation": "organisation",
    "organization": "organisation",
    "publisher": "organisation",
    "type": "type",
    "categories": "categories",
}


def read_text(data: bytes, name: str, said: str = "") -> Read:
    """Plain text, Markdown by its name, and HTML by its name or its tags; ``said`` is the
    encoding that a mail names for it.

    Raises ``LoadError`` when the bytes are not text.
    """
    given, body = _front_matter(decoded(data, said))
    suffix = PurePath(name.lower()).suffix
    if suffix in _MARKDOWN_SUFFIXES and not _PAGE.match(body):
        from geungeo.ingest.formats.plain.markdown import markdown_blocks

        return Read(tuple(markdown_blocks(body)), given=given, loader="markdown-it-py")
    if suffix in _HTML_SUFFIXES or is_html(body):
        return _read_html(body, given)
    text = visible(strip_stray_tags(body)).replace("\r\n", "\n").replace("\r", "\n")
    shown = "\n".join("" if is_control(line) else line for line in text.split("\n"))
    return Read(tuple(plain_text_blocks(shown)), text.count("\f") + 1, given=given, loader="text")


def decoded(data: bytes, said: str = "") -> str:
    """The text of a file.

    Raises:
        LoadError: the bytes are not text, or in no encoding that is read.
    """
    try:
        return decode(data, said)[0]
    except CharsetError as error:
        raise LoadError(f"{error}; save the file as UTF-8") from error


def _read_html(source: str, given: dict[str, str]) -> Read:
    found = html_page(source)
    return Read(
        found.blocks,
        given={**found.given, **given},
        loader="beautifulsoup4",
        notes=found.notes,
    )


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    if not source.lstrip("\ufeff").startswith("---"):
        return {}, source
    try:
        post = frontmatter.loads(source)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return {}, source
    given = {
        _NAMES[key]: str(value).strip()
        for key, value in post.metadata.items()
        if key in _NAMES and value
    }
    return given, post.content
