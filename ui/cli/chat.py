"""``geungeo chat``: the page."""

from __future__ import annotations

from typing import Annotated

import typer

from geungeo.ui.cli.console import read_settings
from geungeo.ui.cli.options import StoreOption


def chat(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 7860,
    sample: Annotated[
        bool, typer.Option("--sample", help="Open the bundled sample, apart from your documents.")
    ] = False,
    everyone: Annotated[
        bool,
        typer.Option(
            "--open",
            help="Let whoever reaches it do all, whatever accounts there are.  [GEUNGEO_OPEN]",
        ),
    ] = False,
) -> None:
    """Open the chat page in a browser on this machine.

    Nothing of your own yet? `geungeo chat --sample`. Another --host asks for accounts
    (`geungeo accounts add NAME`), or for --open.
    """
    from geungeo.ui.accounts.opening import guarding_tables
    from geungeo.ui.cli.sample import with_sample
    from geungeo.ui.server.listening import listening_at

    settings = read_settings(store, open=everyone or None)
    # Before anything is loaded, so that a port that is taken is told at once.
    with listening_at(host, port) as place:
        if sample:
            settings = with_sample(settings, store is not None)
        with guarding_tables(settings, host) as accounts:
            from geungeo.ui.server.serve import serve

            serve(settings, host, place, accounts)
