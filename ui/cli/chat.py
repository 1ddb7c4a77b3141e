"""``geungeo chat``: the page."""

from __future__ import annotations

from typing import Annotated

import typer

from geungeo.ui.cli.console import read_settings
from geungeo.ui.cli.options import StoreOption


def chat(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
) -> None:
    """Open the chat page in a browser on this machine."""
    from geungeo.ui.server.serve import serve

    serve(read_settings(store), host, port)
