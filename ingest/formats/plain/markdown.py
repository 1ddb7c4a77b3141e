"""Markdown as blocks: CommonMark with tables, struck text, task lists and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.web.html import html_blocks
from geungeo.ingest.layout.breaks import HARD, flat, parted
from geungeo.ingest.tables import Cell, table_blocks
from geungeo.lang.ends import ends_sentence

_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_TASK = re.compile(r"\[([ xX])\]\s+")
# CommonMark sees no mark where punctuation stands within and a letter without, as it does
# when a Korean particle follows: **"근거"**를.
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1")
_STRUCK = re.compile(r"~~(?=\S)[^~]+?(?<=\S)~~")
_MARKS = re.compile(r"\*\*|__|~~")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_FENCED = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_DELETING = re.compile(r"<(/?)(?:del|s|strike)\b[^>]*>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_MOST_NESTED = 100


def markdown_blocks(markdown: str, page: int = 1) -> list[Block]:
    """The blocks of a text in Markdown, all on one page.

    Emphasis, links and escapes are reduced to their text; pictures, comments and struck text
    are left out. A footnote follows the block that refers to it first.
    Spec: CommonMark 0.31 with GitHub's tables, struck text and task lists.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED})
    # Where people indent, they seldom mean code.
    parser.enable(["table", "strikethrough"]).disable("code")
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph"]})
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    tokens = parser.parse(_prepared(markdown))
    return list(_Reader(page).blocks(tokens))


def _prepared(markdown: str) -> str:
    """Without comments, and with tables of HTML whole: to Markdown HTML ends at a blank line."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[str] = []
    done = 0
    for code in _FENCED.finditer(text):
        parts += [_without_comments(text[done : code.start()]), code[0]]
        done = code.end()
    return "".join((*parts, _without_comments(text[done:])))


def _without_comments(text: str) -> str:
    text = _COMMENT.sub("", text)
    return _HTML_TABLE.sub(lambda table: _BLANK_LINES.sub("\n", table[0]), text)


def _footnote(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """``[^1]: text`` with the lines up to a blank one, and the indented ones after that."""
    found = _NOTE.match(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first])
    if not found:
        return False
    if silent:
        return True
    lines = [state.src[found.end() : state.eMarks[first]]]
    line = first + 1
    while line < last:
        own = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        is_another = not lines[-1] and own and state.sCount[line] - state.blkIndent < 2
        if _NOTE.match(own) or is_another:
            break
        lines.append(own)
        line += 1
    state.env.setdefault("notes", set()).add(found[1])
    state.push("footnote", "", 0).info = found[1]
    content = state.push("inline", "", 0)
    content.content = "\n".join(filter(None, lines))
    content.children = []
    state.line = line
    return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos)
    if not found or found[1] not in state.env.get("notes", ()):
        return False
    if not silent:
        state.push("footnote_mark", "", 0).info = found[1]
    state.pos = found.end()
    return True


@dataclass
class _Reader:
    """Goes through the tokens of one document. ``mark`` is that of an item whose text has not
    come yet, ``notes`` those that no block has referred to so far."""

    page: int
    notes: dict[str, str] = field(default_factory=dict)
    told: int = 0
    depth: int = 0
    mark: str = ""

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        for token, content in pairwise(tokens):
            if token.type == "footnote":
                self.notes[token.info] = flat(_text(content))
        table: list[Token] | None = None
        before = None
        for token in tokens:
            if token.type == "table_open":
                table = []
            elif token.type == "table_close" and table is not None:
                yield from table_blocks(_cells(table), self.page)
                yield from self._referred(table)
                table = None
            elif table is not None:
                table.append(token)
            elif token.type == "inline" and before is not None and before.type != "footnote":
                yield from self._line(token, before)
                yield from self._referred([token])
            else:
                yield from self._other(token)
            before = token
        yield from self._told(list(self.notes))

    def _other(self, token: Token) -> Iterator[Block]:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif token.type == "list_item_open":
            self.mark = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "list_item_close":
            self.mark = ""
        elif token.type == "fence":
            for line in token.content.splitlines():
                if line.strip():
                    yield Block("paragraph", " ".join(line.split()), self.page)
        elif token.type == "html_block":
            yield from html_blocks(token.content, self.page)

    def _line(self, token: Token, opening: Token) -> Iterator[Block]:
        text = _text(token)
        if self.mark:
            yield from self._item(text)
        elif opening.type == "heading_open" and not self.depth and _is_heading(token, opening):
            if flat(text):
                yield Block("heading", flat(text), self.page, int(opening.tag[1]))
        else:
            yield from (Block("paragraph", one, self.page) for one in parted(text))

    def _item(self, text: str) -> Iterator[Block]:
        if task := _TASK.match(text):
            text = f"{'☐' if task[1] == ' ' else '☑'} {text[task.end() :]}"
        texts = parted(text)
        if texts:
            yield Block("item", self.mark + texts[0], self.page)
            yield from (Block("paragraph", one, self.page) for one in texts[1:])
        self.mark = ""

    def _referred(self, tokens: Iterable[Token]) -> Iterator[Block]:
        marks = (mark for token in tokens for mark in token.children or ())
        yield from self._told([mark.info for mark in marks if mark.type == "footnote_mark"])

    def _told(self, labels: Iterable[str]) -> Iterator[Block]:
        for label in labels:
            if text := self.notes.pop(label, ""):
                self.told += 1
                yield Block("note", f"{self.told}) {text}", self.page)


def _is_heading(token: Token, opening: Token) -> bool:
    """A line of dashes under whole sentences was meant as a rule, though Markdown takes what
    stands above for a heading."""
    if opening.markup != "-":
        return True
    return "\n" not in token.content and not ends_sentence(token.content)


def _cells(tokens: Iterable[Token]) -> Iterator[Cell]:
    row = column = -1
    is_header = False
    for token in tokens:
        if token.type == "tr_open":
            row, column = row + 1, -1
        elif token.type in ("th_open", "td_open"):
            column += 1
            is_header = token.type == "th_open"
        elif token.type == "inline":
            yield Cell(flat(_text(token)), row, column, header=is_header)


def _text(token: Token) -> str:
    """The text of a line with its breaks, without marks, pictures and what is struck."""
    pieces: list[str] = []
    struck = 0
    has_code = False
    for part in token.children or ():
        deleting = _DELETING.match(part.content) if part.type == "html_inline" else None
        if part.type == "s_open" or (deleting and not deleting[1]):
            struck += 1
        elif part.type == "s_close" or deleting:
            struck = max(struck - 1, 0)
        elif struck:
            continue
        elif part.type in ("text", "code_inline", "text_special"):
            has_code |= part.type == "code_inline" and bool(_MARKS.search(part.content))
            pieces.append(part.content)
        elif part.type == "softbreak":
            pieces.append("\n")
        elif part.type == "hardbreak" or _LINE_BREAK.match(part.content):
            pieces.append(HARD)
    text = "".join(pieces)
    return text if has_code else _STRONG.sub(r"\2", _STRUCK.sub("", text))
