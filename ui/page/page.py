"""The chat page: its parts and what they do."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from geungeo.evals.desk import Desk
from geungeo.ui.answering import Answering
from geungeo.ui.page.events import Events
from geungeo.ui.page.handlers import Handlers
from geungeo.ui.page.layout import lay_out
from geungeo.ui.page.visitors import Visitors
from geungeo.ui.strings import PAGE_TITLE
from geungeo.ui.views import Views


def build(
    views: Views, answering: Answering, desk: Desk, questions: Path, visitors: Visitors
) -> gr.Blocks:
    """The page over what its visitors may see, with ``questions`` as examples. Nothing is
    loaded from outside the server."""
    page: gr.Blocks
    with gr.Blocks(title=PAGE_TITLE, analytics_enabled=False, fill_width=True) as page:
        layout = lay_out(views, answering, desk, visitors)
        Events(layout, Handlers(layout, views, questions)).join(page)
    return page
