"""How a document was read: its sentences as they are stored, with what each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from geungeo.ingest import LedgerEntry
from geungeo.ui.strings import Strings
from geungeo.vectorstore import Passage

_MOST = 400


def as_read(passages: Sequence[Passage], entry: LedgerEntry | None, say: Strings) -> str:
    """A folded list: by what it was read, what was left out, and the sentences by section."""
    about = [say.read_by.format(entry.loader)] if entry and entry.loader else []
    about += [say.not_read.format(note) for note in entry.notes] if entry else []
    head = "".join(f'<p class="where">{escape(line)}</p>' for line in about)
    rows = [
        (passage.section, passage.page, say.kinds[passage.kind(i)], passage.sentence_text(i))
        for passage in passages
        for i in range(len(passage.sentences))
    ]
    parts = "".join(
        f"<h4>{escape(section)}</h4><table>"
        + "".join(
            f"<tr><td>{page}</td><td>{escape(kind)}</td><td>{escape(text)}</td></tr>"
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
