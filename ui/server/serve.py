"""The page and the doors for programs, served until they are stopped."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from geungeo.evals.desk import Desk
from geungeo.evals.kept_runs import KeptRuns
from geungeo.ingest import CHUNKER, Ledger
from geungeo.rag.assembly import open_store
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.settings import Settings
from geungeo.ui.accounts.logins import Lasting
from geungeo.ui.accounts.openid import provider_of
from geungeo.ui.accounts.opening import audit_of
from geungeo.ui.answering import Answering, make_answering
from geungeo.ui.page.page import build
from geungeo.ui.page.theme import css, script, theme
from geungeo.ui.server import api, health, openai_api, passages, pictures, reference
from geungeo.ui.server.doors import Doors, Limits, hosts_of
from geungeo.ui.server.guard import AccountGuard, Guard, NoGuard
from geungeo.ui.server.ingested import Ingested
from geungeo.ui.server.mcp_door import mcp_door
from geungeo.ui.server.mcp_server import make_mcp_server
from geungeo.ui.server.metrics import Metrics
from geungeo.ui.server.readiness import Readiness
from geungeo.ui.server.tabs import Tabs
from geungeo.ui.server.turns import Turns
from geungeo.ui.uploads import LARGEST_FILE
from geungeo.ui.views import Views
from geungeo.vectorstore import Tables

# The sample lies beside `ui`, in the repository as in the package.
_QUESTIONS = Path(__file__).parents[2] / "sample" / "questions.jsonl"
# Pages and assistants hold their connections open; the server ends all the same.
_SECONDS_TO_CLOSE = 3


def serve(settings: Settings, host: str, place: socket.socket, accounts: Tables | None) -> None:
    """Open the store and serve the page until it is stopped, at a place that is bound to the
    address ``host``, to those who have one of the ``accounts``, or to everybody.

    Raises:
        GeungeoError: the store cannot be opened, or the model that is to answer cannot be had.
    """
    guard = _guard(accounts, settings)
    with open_store(settings, CHUNKER) as store:
        metrics = Metrics()
        answering = make_answering(store, settings, metrics.counted_on_page)
        views = Views(answering.whole, guard.visitors.hidden)
        readiness = Readiness(store, answering.uncounted(answering.whole).warm_up)
        page = _page(views, answering, settings, guard)
        metrics.watch_page(lambda: answering.waiting, lambda: len(page._queue))
        server = make_server(views, answering, page, readiness, metrics, guard)
        limits = Limits(
            hosts=hosts_of(host, settings.hosts),
            questions_per_minute=settings.questions_per_minute,
        )
        print(f"http://{host}:{place.getsockname()[1]}", flush=True)
        config = uvicorn.Config(
            Doors(guard.around(server), limits, metrics.turned_away), log_level="warning",
            timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
        )  # fmt: skip
        running = _Server(config, readiness.warm_up)
        with suppress(KeyboardInterrupt):
            running.run([place])
        if not running.started:
            sys.exit(1)


class _Server(uvicorn.Server):
    """The page answers first; the models load while the reader looks at it."""

    def __init__(self, config: uvicorn.Config, warm_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._warm_up = warm_up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        threading.Thread(target=self._warm_up, daemon=True).start()


def make_server(
    views: Views, answering: Answering, page: gr.Blocks, readiness: Readiness, metrics: Metrics,
    guard: Guard,
) -> FastAPI:  # fmt: skip
    """The interface for programs, with the page at its root."""
    turns = Turns(metrics)

    def chain_of(request: Any) -> Pipeline:
        return answering.uncounted(views.of(request))

    assistants = mcp_door(make_mcp_server(chain_of, turns))
    server = FastAPI(
        title="Geungeo", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        lifespan=assistants.running,
    )  # fmt: skip
    server.include_router(api.routes(chain_of, turns))
    server.include_router(openai_api.routes(chain_of, turns))
    server.include_router(reference.routes(server))
    server.include_router(pictures.routes(views))
    server.include_router(passages.routes(views))
    ingested = Ingested(Ledger.of(answering.whole.store), metrics)
    server.include_router(health.routes(readiness, metrics, ingested))
    server.include_router(guard.routes())
    server.router.routes.append(assistants.route)
    gr.mount_gradio_app(
        server, page, "/", theme=theme(), css=css(), js=script(), footer_links=[],
        show_error=True, mcp_server=False, max_file_size=LARGEST_FILE,
    )  # fmt: skip
    server.add_middleware(Tabs, state=page.state_holder)
    return server


def _guard(accounts: Tables | None, settings: Settings) -> Guard:
    if accounts is None:
        return NoGuard()
    unused, at_most = settings.session_hours, settings.session_days
    lasts = Lasting(timedelta(hours=unused), timedelta(days=at_most))
    return AccountGuard(accounts, audit_of(accounts, settings), lasts, provider_of(settings))


def _page(views: Views, answering: Answering, settings: Settings, guard: Guard) -> gr.Blocks:
    whole = answering.whole
    runs = KeptRuns.of(whole.store)
    desk = Desk(answering.uncounted(whole), settings, runs, _QUESTIONS)
    page = build(views, answering, desk, _QUESTIONS, guard.visitors)
    page.queue(default_concurrency_limit=1)
    # Gradio sums up its last 10,000 events after each, for a page of its own that nobody sees:
    # 10 ms of the processor a time.
    page._queue.ANALYTICS_MAX_EVENTS = 1
    page._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize
    # Gradio checks that an event names only uploaded files where it thinks that it serves
    # the page itself, which a mounted page never tells it.
    page.has_launched = True
    return page
