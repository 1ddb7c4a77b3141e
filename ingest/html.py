"""HTML to plain text that keeps headings, lists and table rows."""

from __future__ import annotations

import html
import re

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from ingest.blocks import Block
from ingest.layout import plain_text_blocks

_TAGS = (
    "a abbr article aside b blockquote body br caption center code col colgroup dd div dl dt em "
    "figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input "
    "li link main meta nav ol p pre s script section small span strike strong style sub sup table "
    "tbody td tfoot th thead title tr tt u ul"
)
_TAG = re.compile(rf"</?(?:{'|'.join(_TAGS.split())})\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<(?:p|div|h[1-6]|table|tr|html|body|article|section)\b[^<>]*>", re.I)
_LINE_TAG = re.compile(r"<(?:br|/p|/div|/tr|/h[1-6]|/li|hr)\b[^<>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0]+")
_FURNITURE = "script style noscript template nav footer aside form button iframe svg head"
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255)\b", re.I
)
_UNWRAPPED = ("a b strong em i u span font img sub sup code").split()


def is_html(text: str) -> bool:
    """Whether a text is an HTML page or fragment rather than text with stray tags."""
    head = text.lstrip()[:200].lower()
    if head.startswith(("<!doctype html", "<html")):
        return True
    blocks = len(_BLOCK_TAG.findall(text))
    lines = sum(bool(line.strip()) for line in text.splitlines())
    return blocks >= 3 and blocks * 3 >= lines


def html_to_text(source: str) -> tuple[str, str]:
    """The readable text of a page, headings as ``#`` lines and table rows as ``|`` lines,
    and the page's title. Scripts, menus, forms and hidden elements are left out."""
    soup = BeautifulSoup(source, "lxml")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for element in soup.find_all(_FURNITURE.split()):
        element.decompose()
    for element in soup.find_all(True):
        if isinstance(element, Tag) and not element.decomposed and _is_hidden(element):
            element.decompose()
    converter = MarkdownConverter(
        heading_style="ATX",
        bullets="-",
        strip=_UNWRAPPED,
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
        table_infer_header=True,
    )
    return converter.convert_soup(soup), title


def html_blocks(source: str, page: int = 1) -> list[Block]:
    """The blocks of a page or of a fragment of one."""
    return plain_text_blocks(html_to_text(source)[0], page)


def strip_stray_tags(text: str) -> str:
    """Text without the HTML tags that a converter left in it; its own <brackets> stay."""
    if not _TAG.search(text):
        return text
    text = _LINE_TAG.sub("\n", text)
    text = _TAG.sub("", text)
    return _SPACES.sub(" ", html.unescape(text)) if "&" in text else text


def _is_hidden(element: Tag) -> bool:
    if element.has_attr("hidden") or element.get("aria-hidden") == "true":
        return True
    style = str(element.get("style") or "")
    if _HIDDEN_STYLE.search(style):
        return True
    is_white = _WHITE.search(style) or _WHITE.search(f"color:{element.get('color') or ''}")
    return bool(is_white) and not any(_has_background(one) for one in (element, *element.parents))


def _has_background(element: Tag) -> bool:
    return "background" in str(element.get("style") or "") or element.has_attr("bgcolor")
