"""What a reader narrows the search to."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from geungeo.ui.dates import is_date
from geungeo.ui.strings import Strings
from geungeo.vectorstore import Filter


def make_scope(
    say: Strings,
    since: str,
    until: str,
    types: Sequence[str],
    organisations: Sequence[str],
    documents: Sequence[str],
) -> Filter:
    """Raises ``gr.Error``, which the page shows, for a date that is none."""
    dates = [(since or "").strip(), (until or "").strip()]
    for date in dates:
        if date and not is_date(date):
            raise gr.Error(say.not_a_date.format(date), print_exception=False)
    first, last = dates
    return Filter(
        first,
        last,
        documents=tuple(documents or ()),
        organisations=tuple(organisations or ()),
        types=tuple(types or ()),
    )
