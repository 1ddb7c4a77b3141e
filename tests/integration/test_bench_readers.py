"""Many readers of one server and of two, over sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner

from geungeo.evals.bench.readers import Load, measure
from geungeo.rag.assembly import make_pipeline
from geungeo.rag.settings import Settings
from geungeo.ui.cli.main import app
from geungeo.ui.server import api
from geungeo.ui.server.doors import Doors, Limits
from geungeo.ui.server.metrics import Metrics
from geungeo.ui.server.turns import Turns
from geungeo.vectorstore import Store
from tests.conftest import SAMPLE

GOLD = SAMPLE / "questions.jsonl"


@contextmanager
def answering(store: Store, questions_per_minute: int) -> Iterator[str]:
    """The address of a server that answers so many questions a minute, 0 for any number."""
    metrics = Metrics()
    own = FastAPI()
    chain = make_pipeline(store, Settings())
    own.include_router(api.routes(lambda request: chain, Turns(metrics)))
    limits = Limits(questions_per_minute=questions_per_minute)
    doors = Doors(own, limits, metrics.turned_away)
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(doors, log_level="warning"))
        beside = threading.Thread(target=server.run, args=([place],))
        beside.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{place.getsockname()[1]}"
        server.should_exit = True
        beside.join()


def test_readers_are_dealt_out_and_what_they_get_is_counted(sample_store: Store) -> None:
    # What finds out whether the other is ready asks all that it answers.
    with answering(sample_store, 0) as one, answering(sample_store, 1) as other:
        found = measure([one, other], GOLD, Load(readers=4, seconds=2.0, pause=0.0))
    alone, both = found["1 server"], found["2 servers"]
    assert alone["answers"] + alone["waiting"] >= 4
    assert not alone["errors"]
    assert both["answers"] + both["waiting"] >= 2
    assert set(both["by error"]) == {"429"}
    assert both["errors"] >= 2


def test_a_server_that_is_not_there_is_named() -> None:
    said = CliRunner().invoke(app, ["bench", "readers", "http://127.0.0.1:9"])
    assert said.exit_code == 1
    assert "http://127.0.0.1:9: no server there" in said.output
