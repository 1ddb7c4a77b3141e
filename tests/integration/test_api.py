"""Answers for programs, over HTTP."""

from __future__ import annotations

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from geungeo.rag.assembly import make_chain
from geungeo.rag.chain import AnswerChain
from geungeo.rag.settings import Settings
from geungeo.ui.server.api import routes
from geungeo.vectorstore import Store


@pytest.fixture
def client(sample_store: Store, sample_chain: AnswerChain) -> TestClient:
    server = FastAPI()
    server.include_router(routes(sample_store, sample_chain))
    return TestClient(server)


def test_a_question_is_answered_with_citations(client: TestClient) -> None:
    asked = {"question": "이좡의 자율주행 버스는 몇 대가 다니나요?"}
    answer = client.post("/api/ask", json=asked).json()
    assert "18대" in answer["answer"]
    assert answer["citations"][0]["document"] == "02_trip_report_2024.txt"
    narrowed = client.post("/api/ask", json={**asked, "types": ["blog"]}).json()
    assert narrowed["refused"]
    assert client.post("/api/ask", json={"question": ""}).status_code == 422


def test_the_documents_are_listed(client: TestClient) -> None:
    listed = client.get("/api/documents").json()
    trip = next(one for one in listed if one["document"] == "02_trip_report_2024.txt")
    assert (trip["type"], trip["code"]) == ("trip report", "HUI-2024-07")


def test_it_speaks_as_openai_does(client: TestClient) -> None:
    assert client.get("/v1/models").json()["data"][0]["id"] == "geungeo"
    messages = [
        {"role": "user", "content": "제6회 도시포럼은 어디에서 열리나요?"},
        {"role": "assistant", "content": "베이징입니다."},
        {"role": "user", "content": "언제 열리나요?"},
    ]
    whole = client.post("/v1/chat/completions", json={"messages": messages}).json()
    message = whole["choices"][0]["message"]
    assert "10월 23일" in message["content"]
    assert message["citations"][0]["document"] == "15_sixth_forum_notice.html"
    streamed = client.post("/v1/chat/completions", json={"messages": messages, "stream": True})
    *lines, last = [line for line in streamed.text.split("\n\n") if line]
    assert last == "data: [DONE]"
    deltas = [json.loads(line.removeprefix("data: "))["choices"][0]["delta"] for line in lines]
    assert "".join(delta.get("content", "") for delta in deltas) == message["content"]
    assert deltas[-1]["citations"] == message["citations"]
    assert client.post("/v1/chat/completions", json={"messages": []}).status_code == 422


def test_a_model_that_fails_is_an_error(sample_store: Store) -> None:
    settings = Settings(answerer="openai", endpoint="http://127.0.0.1:9/v1", model="m")
    server = FastAPI()
    server.include_router(routes(sample_store, make_chain(sample_store, settings)))
    client = TestClient(server)
    question = "이좡의 자율주행 버스는 몇 대가 다니나요?"
    failed = client.post("/api/ask", json={"question": question})
    assert failed.status_code == 502
    assert "GEUNGEO_ENDPOINT" in failed.json()["detail"]
    messages = [{"role": "user", "content": question}]
    streamed = client.post("/v1/chat/completions", json={"messages": messages, "stream": True})
    assert "GEUNGEO_ENDPOINT" in json.loads(streamed.text.split("\n\n")[0][6:])["error"]["message"]
