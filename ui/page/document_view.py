"""One document as HTML: what it is, what it says in short, how it was read, its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from geungeo.ingest import LedgerEntry
from geungeo.lang.detect import Language
from geungeo.lang.documents.kinds import NAMES, name_of_kind
from geungeo.rag.routes.document import Heading
from geungeo.ui.corrections import LONGEST
from geungeo.ui.page.flow import Flow, flow, pictures, to_pictures
from geungeo.ui.page.reading import as_read
from geungeo.ui.strings import Strings
from geungeo.vectorstore import Description, DocumentSummary, Passage

_MOST_HEADINGS = 200


@dataclass(frozen=True)
class About:
    """What is told of a document: ``read`` is what was read of it, ``sentences`` are its central
    ones, and ``questions`` those of the reader that it answered. ``organisations`` are known
    from other documents."""

    document: DocumentSummary
    read: Description
    entry: LedgerEntry | None
    text: str
    passages: Sequence[Passage]
    sentences: Sequence[str]
    headings: Sequence[Heading]
    questions: Sequence[str]
    organisations: Sequence[str]


def document_view(about: About, language: Language, say: Strings, corrects: bool) -> str:
    """A document for who ``corrects`` what is told of it or does not. Everything is escaped."""
    one = about.document
    correction = _correction(about, language, say) if corrects else ""
    close, back, path = map(_quoted, (say.close, say.to_sources, one.path))
    return (
        f'<section class="sources about" data-path="{path}" aria-label="{_quoted(one.title)}">'
        f'<header><button type="button" data-back aria-label="{back}">◀</button>'
        f'<h2 tabindex="-1">{escape(one.title)}</h2>'
        f'<button type="button" data-close aria-label="{close}">✕</button></header>'
        f'<div class="cards" tabindex="0">{_facts(one, language, say)}'
        f"{_list(say.in_short, about.sentences)}{_outline(about.headings, say)}"
        f"{as_read(one, about.passages, about.entry, say)}"
        f"{correction}{_list(say.document_answered, about.questions)}"
        f"<h3>{escape(say.document_text)}</h3>{to_pictures(one.path, say)}"
        f"{pictures(one.path, one.title, one.pages, say)}"
        f"{flow(one.path, Flow(about.text, about.passages).stretch(0, 'from', say))}"
        "</div></section>"
    )


def _quoted(text: str) -> str:
    return escape(text, quote=True)


def _facts(one: DocumentSummary, language: Language, say: Strings) -> str:
    kind = name_of_kind(one.type, language)
    known = (one.date, kind, one.organisation, one.author, one.code)
    details = [*dict.fromkeys(known), one.name]
    return f'<p class="where">{" · ".join(escape(part) for part in details if part)}</p>'


def _list(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h3>{escape(heading)}</h3><ul>{items}</ul>"


def _outline(headings: Sequence[Heading], say: Strings) -> str:
    """Each heading leads to its place in the text."""
    if not headings:
        return ""
    items = "".join(
        f'<li style="--depth:{one.depth}"><button type="button" data-at="{one.start}">'
        f"{escape(one.text)}</button> <span>{escape(say.page.format(one.page))}</span></li>"
        for one in headings[:_MOST_HEADINGS]
    )
    cut = say.outline_cut.format(_MOST_HEADINGS) if len(headings) > _MOST_HEADINGS else ""
    return (
        f'<details class="outline"><summary>{escape(say.outline)}</summary><ul>{items}</ul>'
        f'<p class="where">{escape(cut)}</p></details>'
    )


@dataclass(frozen=True)
class _Field:
    """A part of a document that can be corrected: as it is shown, as it was read, and what may
    be meant."""

    name: str
    label: str
    value: str
    read: str
    choices: Sequence[str] = ()


def _correction(about: About, language: Language, say: Strings) -> str:
    """The form that corrects what was read, with what that was."""
    one, read = about.document, about.read
    kind, kind_read = (name_of_kind(kind, language) for kind in (one.type, read.type))
    kinds = [names[language] for names in NAMES.values()]
    fields = (
        _Field("title", say.document_title, one.title, read.title),
        _Field("date", say.document_date, one.date, read.date),
        _Field("type", say.types, kind, kind_read, kinds),
        _Field(
            "organisation", say.organisations, one.organisation, read.organisation,
            about.organisations,
        ),
    )  # fmt: skip
    undo = f'<button type="button" data-as-read>{escape(say.as_read)}</button>'
    if all(field.value == field.read for field in fields):
        undo = ""
    return (
        f'<details class="correct"><summary>{escape(say.correct)}</summary>'
        f'<p class="where">{escape(say.correct_is)}</p>'
        f"<form>{''.join(_shown(field, say) for field in fields)}"
        f'<p><button type="submit">{escape(say.save)}</button>{undo}</p></form></details>'
    )


def _shown(field: _Field, say: Strings) -> str:
    was = ""
    if field.value != field.read:
        was = f"<small>{escape(say.was_read.format(field.read or say.nothing_read))}</small>"
    options = "".join(f'<option value="{_quoted(choice)}">' for choice in field.choices)
    known, listed = "", ""
    if options:
        known = f'<datalist id="known-{field.name}">{options}</datalist>'
        listed = f' list="known-{field.name}"'
    return (
        f'<label>{escape(field.label)}<input name="{field.name}" value="{_quoted(field.value)}"'
        f' maxlength="{LONGEST}" autocomplete="off"{listed}></label>{was}{known}'
    )
