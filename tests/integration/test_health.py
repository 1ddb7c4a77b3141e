"""Whether a running server is up and ready, and what it says that it has done, over sockets."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from geungeo.ingest import CHUNKER, Ledger, ingest
from geungeo.lang import Analyzer
from geungeo.rag.assembly import make_pipeline
from geungeo.rag.question.conversation import Asked
from geungeo.rag.settings import Settings
from geungeo.ui.server.metrics import Metrics
from geungeo.ui.server.turns import Turns
from geungeo.vectorstore import Encoder, Store
from tests.chroma import running
from tests.conftest import ROOT, SAMPLE
from tests.integration.test_security import Server, chat, serve
from tests.postgres import PostgresServer, address_of

ANSWERED, REFUSED = "How many steps did Tiangong climb?", "Who invented the telephone?"


@pytest.fixture(scope="module")
def server(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = serve(
        sample_store, tmp_path_factory.mktemp("watched"),
        GEUNGEO_HOSTS="reports.example", GEUNGEO_QUESTIONS_PER_MINUTE="100",
    )  # fmt: skip
    yield started
    started.close()


def said_ready(server: Server, status: int) -> dict[str, Any]:
    """What the server says once it has the status."""
    for _ in range(300):
        said = server.http.get("/readyz")
        if said.status_code == status:
            break
        time.sleep(0.2)
    assert said.status_code == status, said.text
    return dict(said.json())


def measured(text: str) -> dict[tuple[str, ...], float]:
    """The samples by their name and the values of their labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_server_is_up_before_it_is_ready(server: Server) -> None:
    assert server.http.get("/healthz").json() == {"status": "up"}
    assert said_ready(server, 200) == {"status": "ready"}
    for path in ("/healthz", "/readyz", "/metrics"):
        assert server.http.head(path).status_code == 200


def test_questions_are_counted_by_door_and_outcome(server: Server) -> None:
    before = measured(server.http.get("/metrics").text)
    assert server.http.post("/api/ask", json={"question": ANSWERED}).json()["refused"] is False
    assert server.http.post("/api/ask", json={"question": REFUSED}).json()["refused"] is True
    talk = chat(REFUSED)["messages"] + chat(ANSWERED)["messages"]
    assert server.http.post("/v1/chat/completions", json={"messages": talk}).status_code == 200
    said = server.http.post("/v1/responses", json={"input": ANSWERED, "stream": True})
    assert "response.completed" in said.text
    assert ANSWERED in on_page(server, ANSWERED)
    called = {"name": "ask", "arguments": {"question": ANSWERED}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": called}
    accepted = {"accept": "application/json, text/event-stream"}
    assert server.http.post("/mcp", json=asked, headers=accepted).status_code == 200
    told = server.http.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain")
    assert ANSWERED not in told.text
    after = measured(told.text)
    grown = {key: value - before[key] for key, value in after.items() if key in before}
    questions = {key[1:]: n for key, n in grown.items() if key[0] == "geungeo_questions_total"}
    refused = {key: n for key, n in questions.items() if key[1] in ("refused", "close")}
    assert sum(refused.values()) == refused["api", "refused"] + refused["api", "close"] == 1
    answered = {key[0]: n for key, n in questions.items() if key[1] == "answered"}
    assert answered == {"page": 1, "api": 1, "openai": 2, "mcp": 1}
    for stage in ("retrieve", "generate", "total"):
        assert grown["geungeo_question_seconds_count", stage] == 6
    assert after["geungeo_questions_in_progress", "page"] == 0


def on_page(server: Server, question: str) -> str:
    """What the page says of a question, and what follows is asked of it too."""
    session = {"session_hash": uuid.uuid4().hex}
    config = server.http.get("/config").json()
    parts = {one["id"]: one for one in config["components"]}
    (box,) = (key for key, one in parts.items() if one["props"].get("elem_id") == "question")
    events = config["dependencies"]
    sent = next(one["id"] for one in events if [box, "submit"] in one["targets"])
    typed = {"fn_index": sent, "data": [question, "en"], **session}
    assert server.http.post("/gradio_api/run/predict", json=typed).status_code == 200
    said = ""
    # The answer, then what lists it, and suggests what to ask next.
    event = sent
    while following := [one for one in events if one["trigger_after"] == event]:
        event = following[0]["id"]
        data = [parts[one]["props"].get("value") for one in following[0]["inputs"]]
        body = {"fn_index": event, "data": data, "trigger_id": None, **session}
        assert server.http.post("/gradio_api/queue/join", json=body).status_code == 200
        with server.http.stream("GET", "/gradio_api/queue/data", params=session) as stream:
            for line in stream.iter_lines():
                said += line
                if "process_completed" in line:
                    break
    return said


def test_watching_is_never_too_often_and_goes_by_address(server: Server) -> None:
    for _ in range(150):
        assert server.http.get("/readyz").status_code == 200
    for path in ("/healthz", "/readyz", "/metrics"):
        assert server.http.get(path, headers={"host": "10.1.2.3:7860"}).status_code == 200
        assert server.http.get(path, headers={"host": "elsewhere.example"}).status_code == 421
    assert server.http.get("/", headers={"host": "10.1.2.3:7860"}).status_code == 421
    told = measured(server.http.get("/metrics").text)
    assert told["geungeo_requests_turned_away_total", "421"] == 4
    board = (ROOT / "deploy" / "grafana" / "geungeo.json").read_text(encoding="utf-8")
    asked = set(re.findall(r"\b(?:geungeo|process)_\w+", board))
    assert len(asked) > 8
    assert asked <= {key[0] for key in told}


def test_what_is_stopped_is_counted(sample_store: Store) -> None:
    metrics = Metrics()
    chain = make_pipeline(sample_store, Settings())
    for _ in Turns(metrics).stream("api", chain, Asked(ANSWERED)):
        there = measured(metrics.exposition().decode())
        assert there["geungeo_questions_in_progress", "api"] == 1
        break
    there = measured(metrics.exposition().decode())
    assert there["geungeo_questions_total", "api", "stopped"] == 1
    assert there["geungeo_questions_in_progress", "api"] == 0


def told_of_ingest(server: Server) -> dict[tuple[str, ...], float]:
    told = measured(server.http.get("/metrics").text)
    return {key: value for key, value in told.items() if key[0].startswith("geungeo_ingest")}


def test_a_part_of_the_store_that_does_not_answer_is_named(
    postgres: PostgresServer, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    database = address_of("watched")
    with running(tmp_path / "chroma") as chroma:
        folder = tmp_path / "store"
        with Store.open(
            folder, encoder, analyzer, CHUNKER, database_url=database, chroma_url=chroma
        ) as store:
            document = SAMPLE / "documents" / "09_beseto_blog.html"
            ingest([document], store, Ledger.of(store))
        server = Server(folder, GEUNGEO_DATABASE_URL=database, GEUNGEO_CHROMA_URL=chroma)
        try:
            said_ready(server, 200)
            with Store.open(
                folder, encoder, analyzer, CHUNKER, database_url=database, chroma_url=chroma
            ) as store:
                (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
                ingest([tmp_path / "broken.pdf"], store, Ledger.of(store))
                passages = sum(one.passages for one in store.documents())
            postgres.control("stop", "-m", "immediate")
            try:
                said = said_ready(server, 503)
                assert server.http.get("/healthz").status_code == 200
                assert all(isnan(value) for value in told_of_ingest(server).values())
            finally:
                postgres.control("start")
            assert set(said) == {"status", "catalogue"}
            assert "127.0.0.1" not in said["catalogue"]
            said_ready(server, 200)
            told = told_of_ingest(server)
            assert told.pop(("geungeo_ingest_read_seconds",)) > 0
            assert told == {
                ("geungeo_ingest_files", "indexed"): 1,
                ("geungeo_ingest_files", "failed"): 1,
                ("geungeo_ingest_files", "skipped"): 0,
                ("geungeo_ingest_passages",): passages,
            }
        except BaseException:
            server.close()
            raise
    try:
        assert set(said_ready(server, 503)) == {"status", "index"}
    finally:
        server.close()
