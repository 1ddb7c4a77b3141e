"""Answers of language models, over the protocol that real servers speak."""

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from geungeo.rag.answer.model_answerer import LanguageModelError
from geungeo.rag.answer.packing import laid_out, pack, token_count
from geungeo.rag.assembly import SettingsError, make_chain, make_retriever
from geungeo.rag.chain import AnswerChain
from geungeo.rag.question.expansion import Expander
from geungeo.rag.question.understanding import taken_as_it_is
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store

HOPELESS = "양자컴퓨터 큐비트 오류 정정 방법은 무엇인가?"
QUESTION = "이좡의 자율주행 버스는 몇 대가 다니나요?"


class Model(ThreadingHTTPServer):
    """A server of chat completions that says what it was given, and keeps what it was asked.

    ``yes`` is the probability of "Yes" where it is asked for probabilities; None for a server
    that has none.
    """

    daemon_threads = True

    def __init__(self, said: str, yes: float | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.said = said
        self.yes = yes
        self.requests: list[dict[str, Any]] = []

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        request = json.loads(self.rfile.read(size))
        self.server.requests.append(request)
        self.send_response(200)
        if not request.get("stream"):
            self._send_whole("Yes" if request.get("logprobs") else self.server.said)
            return
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        said = self.server.said
        for start in range(0, len(said), 3):
            self._send({"content": said[start : start + 3]}, None)
        self._send({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _send_whole(self, said: str) -> None:
        likely = []
        if self.server.yes is not None:
            shares = {"Yes": self.server.yes, "No": 1 - self.server.yes}
            likely = [
                {"token": t, "logprob": math.log(p), "bytes": None} for t, p in shares.items()
            ]
        first = {"token": "Yes", "logprob": -0.1, "bytes": None, "top_logprobs": likely}
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": said},
            "finish_reason": "length",
            "logprobs": {"content": [first]} if likely else None,
        }
        whole = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({**whole, "choices": [choice]}).encode())

    def _send(self, delta: dict[str, str], finished: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finished}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        data = json.dumps({**chunk, "choices": [choice]}, ensure_ascii=False)
        self.wfile.write(f"data: {data}\n\n".encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def saying(text: str, yes: float | None = None) -> Iterator[Model]:
    model = Model(text, yes)
    thread = threading.Thread(target=model.serve_forever, daemon=True)
    thread.start()
    yield model
    model.shutdown()
    model.server_close()


def chain_of(store: Store, base_url: str) -> AnswerChain:
    settings = Settings(
        store=store.folder,
        answerer="openai",
        endpoint=base_url,
        model="a-model",
        api_key=SecretStr("key"),
    )
    return make_chain(store, settings)


def test_what_the_sources_hold_is_kept_and_cited(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].") as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert answer.answer == "이좡에서는 자율주행 버스 18대가 다닙니다. [1]"
    assert "18대" in answer.citations[0].quote
    assert answer.answerer == "openai · a-model"


@pytest.mark.parametrize(
    "said",
    [
        "이좡에서는 자율주행 버스 28대가 다닙니다 [1].",
        "중관춘에서는 자율주행 버스 18대가 다닙니다 [1].",
        "이좡에서는 자율주행 버스가 다니지 않습니다 [1].",
        "이 [1]",
        "이좡의 자율주행 버스는 다니고 있습니다 [1].",
        "이좡에서는 자율주행 버스 18대가 다니나요? [1]",
        "No. The sources do not say so.",
        "",
    ],
)
def test_the_documents_speak_where_the_model_fails(sample_store: Store, said: str) -> None:
    with saying(said) as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    quotes = [" ".join(citation.quote.split()) for citation in answer.citations]
    assert answer.citations
    for line in answer.answer.splitlines():
        assert line.rsplit(" ", 1)[0] in quotes, "only the documents' own sentences are left"


def test_a_wrong_sentence_is_dropped_and_the_right_one_stays(sample_store: Store) -> None:
    said = "자율주행 버스 노선은 3개입니다 [1]. 버스는 99대입니다 [1]."
    with saying(said) as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert answer.answer == "자율주행 버스 노선은 3개입니다. [1]"


def test_a_source_that_is_not_there_is_no_source(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [9].") as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert [citation.n for citation in answer.citations] == [1]
    assert "18대" in answer.citations[0].quote


def test_the_model_answers_in_the_language_of_the_question(sample_store: Store) -> None:
    with saying("In Yizhuang 18 autonomous buses run [1].") as model:
        question = "How many autonomous buses run in Yizhuang?"
        answer = chain_of(sample_store, model.base_url).invoke(question)
        request = model.requests[-1]
    assert answer.answer.startswith("In Yizhuang 18 autonomous buses run. [")
    assert "18대" in answer.citations[0].quote
    assert "the answer in English." in request["messages"][-1]["content"]


def test_what_the_model_does_not_find_is_refused(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=1e-9) as model:
        doubted = chain_of(sample_store, model.base_url).invoke(QUESTION)
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=0.99) as model:
        believed = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert doubted.refused
    assert not believed.refused
    assert doubted.confidence < believed.confidence


def test_the_answer_begins_with_what_the_server_has_read(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=0.99) as model:
        chain_of(sample_store, model.base_url).invoke(QUESTION)
        doubt, answer = (request["messages"] for request in model.requests)
    assert answer[: len(doubt)] == doubt


def test_the_evidence_is_there_before_the_model_writes(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=0.99) as model:
        parts = chain_of(sample_store, model.base_url).stream(QUESTION)
        first = next(parts)
        assert not model.requests
        assert not first.answer
        assert "18대" in first.citations[0].quote
        assert [*parts][-1].answer.endswith("[1]")


def test_sources_are_whole_sentences_within_a_budget(sample_store: Store) -> None:
    question = taken_as_it_is(QUESTION, Expander.of(sample_store))
    found = make_retriever(sample_store, Settings()).retrieve(question, 8)
    windows = pack(found.evidence, windows=3, tokens=120)
    assert 1 <= len(windows) <= 3
    assert token_count(laid_out(windows)) <= 120 + 3 * len(windows), "and the numbers"
    for window in windows:
        text = sample_store.text(window.hit.passage.path)
        start, end = window.quoted_span
        assert text is not None
        assert text[start:end] == window.quote
        assert window.text in window.quote


def test_a_refused_question_does_not_reach_the_model(sample_store: Store) -> None:
    with saying("화성의 수도는 서울입니다 [1].") as model:
        answer = chain_of(sample_store, model.base_url).invoke(HOPELESS)
    assert answer.refused
    assert not model.requests


def test_a_server_that_is_not_there_is_an_error_that_names_it(sample_store: Store) -> None:
    with pytest.raises(LanguageModelError, match=r"GEUNGEO_ENDPOINT=http://127\.0\.0\.1:9/v1"):
        chain_of(sample_store, "http://127.0.0.1:9/v1").invoke(QUESTION)


def test_an_endpoint_that_is_not_given_is_an_error_that_says_so(sample_store: Store) -> None:
    with pytest.raises(SettingsError, match="GEUNGEO_ENDPOINT"):
        make_chain(sample_store, Settings(answerer="openai"))
