"""Web pages as blocks, from the tree that Beautiful Soup and lxml make of them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.web.furniture import is_note, strip_furniture
from geungeo.ingest.formats.web.tables import Place, is_frame, is_prose, places_of, rows_of
from geungeo.ingest.layout import plain_text_blocks
from geungeo.ingest.layout.breaks import HARD, flat, parted
from geungeo.ingest.tables import Cell, table_blocks
from geungeo.lang.documents.marks import AMBIGUOUS, BULLET, numbered_level

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
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_HEADING = re.compile(r"h[1-6]$")
_PARAGRAPH_BREAK = re.compile(rf"{HARD}(?:\s*{HARD})+")
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LONGEST_TERM = 40
# Below every heading of the page.
_QUESTION_LEVEL = 25
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{4}[./]\d{1,2}[./]\d{1,2}")
_DATES = ("article:published_time", "og:article:published_time", "dc.date", "dcterms.date", "date")
_MARKS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True)
class Page:
    """What a web page holds; ``given`` is what its head says of title, date, organisation and
    author, ``notes`` what of it was left out."""

    blocks: tuple[Block, ...]
    given: dict[str, str]
    notes: tuple[str, ...]


def is_html(text: str) -> bool:
    """Whether a text is an HTML page or fragment rather than text with stray tags."""
    head = text.lstrip()[:200].lower()
    if head.startswith(("<!doctype html", "<html")):
        return True
    blocks = len(_BLOCK_TAG.findall(text))
    lines = sum(bool(line.strip()) for line in text.splitlines())
    return blocks >= 3 and blocks * 3 >= lines


def html_blocks(source: str, page: int = 1) -> list[Block]:
    """The blocks of a page or of a fragment of one."""
    return list(html_page(source, page).blocks)


def html_page(source: str, page: int = 1) -> Page:
    """A page read as it is shown: headings, paragraphs, lists and tables in their order,
    without scripts, menus, small forms and hidden elements."""
    soup = BeautifulSoup(source, "lxml")
    given = dict(_given(soup))
    notes = strip_furniture(soup)
    walker = _Walker(page)
    try:
        walker.walk(soup)
        walker.flush()
        blocks = walker.blocks
    except RecursionError:
        # Elements a thousand deep come from broken generators, not from people.
        blocks = plain_text_blocks("\n\n".join(soup.stripped_strings), page)
    return Page(tuple(blocks), given, tuple(notes))


def strip_stray_tags(text: str) -> str:
    """Text without the HTML tags that a converter left in it; its own <brackets> stay."""
    if not _TAG.search(text):
        return text
    text = _LINE_TAG.sub("\n", text)
    text = _TAG.sub("", text)
    return _SPACES.sub(" ", html.unescape(text)) if "&" in text else text


def _given(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    said: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("property") or meta.get("name") or "").lower()
        said.setdefault(name, " ".join(str(meta.get("content") or "").split()))
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    if title := title or said.get("og:title", ""):
        yield "title", title
    day = next((found for name in _DATES if (found := _DAY.match(said.get(name, "")))), None)
    if day:
        yield "date", day[0]
    for key, name in (("organisation", "og:site_name"), ("author", "author")):
        if said.get(name):
            yield key, said[name]


@dataclass
class _Walker:
    """Goes through a tree. ``pieces`` are those of the paragraph that is open, ``mark`` that of
    a list's entry whose text has not come yet."""

    page: int
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    mark: str = ""

    def walk(self, element: Tag, keeps_lines: bool = False) -> None:
        keeps_lines = keeps_lines or bool(_KEEPS_LINES.search(str(element.get("style") or "")))
        for child in element.children:
            if isinstance(child, Tag):
                self._element(child, keeps_lines)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                text = str(child).replace("\r\n", "\n")
                self.pieces.append(text.replace("\n", HARD) if keeps_lines else text)

    def _apart(self, element: Tag) -> list[Block]:
        """The blocks of an element, without adding them."""
        walker = _Walker(self.page)
        walker.walk(element)
        walker.flush()
        return walker.blocks

    def _element(self, element: Tag, keeps_lines: bool) -> None:
        name = element.name.lower()
        if name == "br":
            self.pieces.append(HARD)
        elif name == "sup":
            self._raised(element)
        elif name in _BLOCKS or element.get("role") == "heading":
            self.flush()
            self._block(name, element, keeps_lines)
            self.flush()
        else:
            self.walk(element, keeps_lines)

    def _raised(self, element: Tag) -> None:
        """10² stays a power; the mark of a note stays as it is."""
        text = element.get_text().strip()
        is_power = "".join(self.pieces)[-1:].isdigit() and re.fullmatch(r"[+\-−]?\d+", text)
        self.pieces.append(text.translate(_RAISED) if is_power else text)

    def _block(self, name: str, element: Tag, keeps_lines: bool) -> None:
        if level := _level(name, element):
            self._heading(element, level)
        elif is_note(element):
            self._add("note", " ".join(block.text for block in self._apart(element)))
        elif name == "table":
            self._table(element)
        elif name in ("ul", "ol"):
            self._list(element, name == "ol")
        elif name == "dl":
            self._terms(element)
        elif name == "pre":
            self.blocks.extend(plain_text_blocks(element.get_text(), self.page))
        elif name in ("figcaption", "caption"):
            self._add("caption", flat(_plain(element)))
        elif name == "summary":
            self._add("heading", flat(_plain(element)), _QUESTION_LEVEL)
        else:
            self.walk(element, keeps_lines)

    def _add(self, kind: str, text: str, level: int = 0) -> None:
        if text:
            self.blocks.append(Block(kind, text, self.page, level))  # type: ignore[arg-type]

    def flush(self) -> None:
        """The end of a paragraph."""
        text = "".join(self.pieces)
        self.pieces.clear()
        for paragraph in _PARAGRAPH_BREAK.split(text):
            for one in _lines(paragraph):
                self._text(one)

    def _text(self, text: str) -> None:
        if not self.mark:
            self._add("paragraph", text)
            return
        has_own = BULLET.match(text) or (numbered_level(text) and not AMBIGUOUS.match(text))
        self._add("item", text if has_own else self.mark + text)
        self.mark = ""

    def _heading(self, element: Tag, level: int) -> None:
        if element.find(["table", "p", "ul", "ol"]):
            self.walk(element)
            return
        self.mark = ""
        self._add("heading", flat(_plain(element)), level)

    def _list(self, element: Tag, is_ordered: bool) -> None:
        outer, self.mark = self.mark, ""
        first = str(element.get("start") or "1")
        number = int(first) if first.isdecimal() else 1
        kind = str(element.get("type") or "1")
        for child in element.find_all(recursive=False):
            if child.name != "li":
                self._element(child, False)
                continue
            own = str(child.get("value") or "")
            number = int(own) if is_ordered and own.isdecimal() else number
            self.mark = f"{_numbered(number, kind)}. " if is_ordered else "- "
            self.walk(child)
            self.flush()
            self.mark = ""
            number += 1
        self.mark = outer if not element.find("li") else ""

    def _terms(self, element: Tag) -> None:
        term = ""
        for part in element.find_all(["dt", "dd"]):
            if part.find_parent("dl") is not element:
                continue
            if part.name == "dt":
                self._add("paragraph", term)
                term = flat(_plain(part))
                continue
            own = self._apart(part)
            is_plain = len(own) == 1 and own[0].kind == "paragraph"
            if is_plain and term and len(term) <= _LONGEST_TERM and not term.endswith(("?", "？")):
                self._add("item", f"{term.rstrip(':： ')}: {own[0].text}")
            else:
                self._add("heading", term, _QUESTION_LEVEL)
                self.blocks.extend(own)
            term = ""
        self._add("paragraph", term)

    def _table(self, table: Tag) -> None:
        for caption in table.find_all("caption", limit=1):
            if caption.find_parent("table") is table:
                self._add("caption", flat(_plain(caption)))
        rows = rows_of(table)
        if not rows:
            self.walk(table)
        elif is_frame(table, rows):
            for cells in rows:
                for cell in cells:
                    self.walk(cell)
                    self.flush()
        else:
            self._rows(places_of(table))

    def _rows(self, places: list[Place]) -> None:
        """A text of several paragraphs, such as the body of a notice in a form, is read as one,
        the table around it in two parts."""
        labelled = all(place.is_header for place in places if place.row == 0)
        in_row = Counter(place.row for place in places)
        waiting: list[Cell] = []
        before = ""
        for place in places:
            own = self._apart(place.element)
            text = " ".join(block.text for block in own)
            is_alone = place.rows == 1 and in_row[place.row] <= 2
            if not labelled and is_alone and is_prose(text, len(own)):
                waiting = [cell for cell in waiting if cell.row != place.row]
                self.blocks.extend(table_blocks(waiting, self.page))
                waiting = []
                if place.column:
                    self._add("heading", before, _QUESTION_LEVEL)
                self.blocks.extend(own)
                continue
            before = text
            waiting.append(
                Cell(text, place.row, place.column, place.rows, place.columns, place.is_header)
            )
        self.blocks.extend(table_blocks(waiting, self.page))


def _level(name: str, element: Tag) -> int:
    if _HEADING.match(name):
        return int(name[1])
    if element.get("role") == "heading":
        said = str(element.get("aria-level") or "2")
        return int(said) if said.isdecimal() and 0 < int(said) < 10 else 2
    return 0


def _plain(element: Tag) -> str:
    return element.get_text().replace("\r\n", "\n")


def _lines(paragraph: str) -> list[str]:
    """White space of the source is a space; lines that a break parts may be blocks."""
    lines = (flat(_WHITE_SPACE.sub(_space, line)) for line in paragraph.split(HARD))
    return parted(HARD.join(line for line in lines if line))


def _space(white: re.Match[str]) -> str:
    return "\n" if "\n" in white[0] else " "


def _numbered(number: int, kind: str) -> str:
    letters = _MARKS.get(kind, "")
    return letters[number - 1] if 0 < number <= len(letters) else str(number)
