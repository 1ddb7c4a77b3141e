"""A language model that fails, as programs are told of it."""

from __future__ import annotations

import json

from fastapi import FastAPI
from fastapi.testclient import TestClient

from geungeo.rag.assembly import make_pipeline
from geungeo.rag.settings import Settings
from geungeo.ui.server import api, openai_api
from geungeo.ui.server.metrics import Metrics
from geungeo.ui.server.turns import Turns
from geungeo.vectorstore import Store


def test_a_model_that_fails_is_an_error(sample_store: Store) -> None:
    settings = Settings(answerer="openai", endpoint="http://127.0.0.1:9/v1", model="m")
    metrics = Metrics()
    chain, turns = make_pipeline(sample_store, settings), Turns(metrics)
    server = FastAPI()
    server.include_router(api.routes(lambda _: chain, turns))
    server.include_router(openai_api.routes(lambda _: chain, turns))
    client = TestClient(server)
    question = "이좡의 자율주행 버스는 몇 대가 다니나요?"
    failed = client.post("/api/ask", json={"question": question})
    assert failed.status_code == 502
    assert "GEUNGEO_ENDPOINT" in failed.json()["detail"]
    asked = {"messages": [{"role": "user", "content": question}]}
    whole = client.post("/v1/chat/completions", json=asked)
    assert whole.status_code == 502
    assert whole.json()["error"]["type"] == "server_error"
    streamed = client.post("/v1/chat/completions", json={**asked, "stream": True})
    *_, last = (line for line in streamed.text.split("\n\n") if line)
    assert "GEUNGEO_ENDPOINT" in json.loads(last.removeprefix("data: "))["error"]["message"]
    events = client.post("/v1/responses", json={"input": question, "stream": True}).text
    *_, last = (line for line in events.split("\n\n") if line)
    failed_event = json.loads(last.partition("data: ")[2])
    assert failed_event["type"] == "response.failed"
    assert "GEUNGEO_ENDPOINT" in failed_event["response"]["error"]["message"]
    counted = metrics.exposition().decode()
    assert 'geungeo_questions_total{door="api",outcome="failed"} 1.0' in counted
    assert 'geungeo_questions_total{door="openai",outcome="failed"} 3.0' in counted
