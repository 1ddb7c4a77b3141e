"""Text, Markdown, HTML and tables in text."""

from __future__ import annotations

import csv
import html
import io
import re

import frontmatter
import yaml

from ingest.charset import CharsetError, decode
from ingest.clean import is_control, visible
from ingest.formats.read import LoadError, Read
from ingest.html import html_to_text, is_html, strip_stray_tags
from ingest.layout import plain_text_blocks

_NAMES = {
    "title": "title",
    "date": "date",
    "organisation": "organisation",
    "organization": "organisation",
    "publisher": "organisation",
    "type": "type",
    "categories": "categories",
}
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASISED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_TABLE_RULE = re.compile(r"^\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LONGEST_CELL = 4000


def read_text(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` when the bytes are not text."""
    source = _decoded(data)
    given, body = _front_matter(source)
    if name.lower().endswith((".html", ".htm", ".xhtml")) or is_html(body):
        body, page_title = html_to_text(body)
        if page_title:
            given.setdefault("title", page_title)
        return Read(tuple(plain_text_blocks(body)), given=given, loader="beautifulsoup4")
    text = visible(strip_stray_tags(body)).replace("\r\n", "\n").replace("\r", "\n")
    shown = "\n".join("" if is_control(line) else line for line in text.split("\n"))
    return Read(tuple(plain_text_blocks(shown)), text.count("\f") + 1, given=given, loader="text")


def read_csv(data: bytes, name: str) -> Read:
    """A table in text as rows with bars, its first row as the heading.

    Raises ``LoadError`` when the bytes are not text.
    """
    source = _decoded(data)
    separator = "\t" if name.lower().endswith(".tsv") else _separator(source)
    try:
        rows = list(csv.reader(io.StringIO(source), delimiter=separator))
    except csv.Error as error:
        raise LoadError(f"the table cannot be read: {error}") from error
    lines = [
        "| " + " | ".join(" ".join(cell.split())[:_LONGEST_CELL] for cell in row) + " |"
        for row in rows
        if any(cell.strip() for cell in row)
    ]
    return Read(tuple(plain_text_blocks("\n".join(lines))), loader="csv")


def markdown_to_text(markdown: str) -> str:
    """Markdown of a converter without emphasis, escapes, pictures and the rules of tables;
    headings, lists and rows stay as they are."""
    text = _IMAGE.sub("", markdown)
    text = _TABLE_RULE.sub("", text)
    text = _BREAK.sub(" ", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASISED.sub(r"\1", text)
    text = _ESCAPED.sub(r"\1", text)
    return html.unescape(text) if "&" in text else text


def _decoded(data: bytes) -> str:
    try:
        return decode(data)[0]
    except CharsetError as error:
        raise LoadError(f"{error}; save the file as UTF-8") from error


def _separator(source: str) -> str:
    head = source[:4096]
    return max((",", "\t", ";"), key=head.count)


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
