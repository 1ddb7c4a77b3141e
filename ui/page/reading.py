"""How a document was read: its sentences as they are stored, with what each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from geungeo.ingest import LedgerEntry
from geungeo.ui.strings import Strings
from geungeo.vectorstore import DocumentSummary, Passage
from geungeo.vectorstore.records import SentenceKind

_MOST = 400


def as_read(
    one: DocumentSummary, passages: Sequence[Passage], entry: LedgerEntry | None, say: Strings
) -> str:
    """A folded list: how much there is and by what it was read, what was left out, and the
    sentences by section."""
    rows = list(_sentences(passages))
    about = [" · ".join(_counts(one, rows, entry, say))]
    about += [say.read_by.format(entry.loader)] if entry and entry.loader else []
    if entry and entry.twin:
        about.append(say.same_document.format(entry.twin.rsplit("/", 1)[-1]))
    about += [say.not_read.format(note) for note in entry.notes] if entry else []
    head = "".join(f'<p class="where">{escape(line)}</p>' for line in about)
    parts = "".join(
        f"<h4>{escape(section)}</h4><table>"
        + "".join(
            f"<tr><td>{page}</td><td>{escape(say.kinds[kind])}</td><td>{escape(text)}</td></tr>"
            for _, page, kind, text in own
        )
        + "</table>"
        for section, own in groupby(rows[:_MOST], key=lambda row: row[0])
    )
    cut = f'<p class="where">{escape(say.sentences_cut.format(_MOST))}</p>'
    return (
        f'<details class="reading"><summary>{escape(say.how_read)}</summary>'
        f"{head}{parts}{cut if len(rows) > _MOST else ''}</details>"
    )


_Sentence = tuple[str, int, SentenceKind, str]


def _sentences(passages: Sequence[Passage]) -> Iterator[_Sentence]:
    for passage in passages:
        for i in range(len(passage.sentences)):
            yield passage.section, passage.page, passage.kind(i), passage.sentence_text(i)


def _counts(
    one: DocumentSummary, rows: Sequence[_Sentence], entry: LedgerEntry | None, say: Strings
) -> list[str]:
    """Rows that follow each other under the same headings are a table."""
    tables = sum(kind == "row" for (_, kind), _ in groupby(rows, key=lambda row: (row[0], row[2])))
    recognised, empty = (entry.recognised, entry.empty) if entry else (0, 0)
    counts = [say.pages.format(one.pages)]
    counts += [say.tables.format(tables)] if tables else []
    counts.append(say.passages.format(one.passages))
    if entry:
        read = say.recognised_pages.format(recognised) if recognised else say.no_recognition
        counts += [read, *([say.empty_pages.format(empty)] if empty else [])]
    return counts
