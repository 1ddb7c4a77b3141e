"""A conversation as a Word file whose quotes are footnotes.

python-docx writes no footnotes, so that their part is put beside its own as Office Open XML
describes it (ECMA-376, part 1, 17.11).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from geungeo.rag.answer.answer import Answer
from geungeo.ui.page.export import reference

_MARK = re.compile(r"\s*\[(\d+)\]")
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# The first two belong to the lines that part footnotes from the text.
_FIRST_NOTE = 2
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_file(turns: Sequence[Answer]) -> bytes:
    """Questions as headings, answers as paragraphs, and every quote with its place below."""
    document = docx.Document()
    notes: list[str] = []
    for turn in turns:
        document.add_heading(_plain(turn.question), level=2)
        numbers = {}
        for citation in turn.citations:
            numbers[citation.n] = len(notes) + _FIRST_NOTE
            notes.append(reference(citation))
        for line in turn.answer.split("\n"):
            paragraph = document.add_paragraph()
            cited = dict.fromkeys(int(n) for n in _MARK.findall(line))
            # The nearest passages of a refusal stand in no sentence of it.
            shown = numbers if turn.refused else cited
            paragraph.add_run(_plain(_MARK.sub("", line) if numbers else line))
            for n in shown:
                if n in numbers:
                    _refer(paragraph, numbers[n])
    part = Part(
        PackURI("/word/footnotes.xml"), _KIND, _notes(notes).encode(), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _refer(paragraph: Paragraph, note: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(note))
    run._r.append(mark)


def _notes(notes: Sequence[str]) -> str:
    own = "".join(_note(number, text) for number, text in enumerate(notes, _FIRST_NOTE))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>'
        f"{''.join(_separators())}{own}</w:footnotes>"
    )


def _separators() -> Iterator[str]:
    for number, kind in enumerate(("separator", "continuationSeparator")):
        yield (
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
            "</w:footnote>"
        )


def _note(number: int, text: str) -> str:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r>{raised}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(_plain(text))}</w:t></w:r></w:p></w:footnote>'
    )


def _plain(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)
