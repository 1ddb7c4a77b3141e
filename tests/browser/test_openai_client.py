"""OpenAI's form, by OpenAI's own client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from langchain_openai import ChatOpenAI
from openai import APIStatusError, NotFoundError, OpenAI, UnprocessableEntityError

BUSES = "이좡의 자율주행 버스는 몇 대가 다니나요?"
Wrong = Callable[[OpenAI], Any]


@pytest.fixture(scope="module")
def client(address: str) -> OpenAI:
    return OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0, timeout=120)


def said(content: Any, role: str = "user") -> Any:
    return [{"role": role, "content": content}]


def complete(client: OpenAI, content: Any = BUSES, **more: Any) -> Any:
    return client.chat.completions.create(**{"model": "geungeo", "messages": said(content), **more})


def test_an_answer_has_citations_that_lead_to_the_text(client: OpenAI) -> None:
    answer = complete(client)
    message = answer.choices[0].message
    assert "18대" in message.content
    assert message.role == "assistant"
    (mark,) = (one.url_citation for one in message.annotations)
    assert message.content[mark.start_index : mark.end_index] == "[1]"
    text = httpx.get(mark.url).text
    start, end = map(int, mark.url.partition("#char=")[2].split(","))
    assert text[start:end] == message.citations[0]["quote"]
    used = answer.usage
    assert used.total_tokens == used.prompt_tokens + used.completion_tokens
    assert used.prompt_tokens and used.completion_tokens


def test_a_stream_says_the_same(client: OpenAI) -> None:
    whole = complete(client).choices[0].message
    first, *chunks = complete(client, stream=True, stream_options={"include_usage": True})
    assert first.choices[0].delta.role == "assistant"
    *pieces, last, used = chunks
    assert "".join(one.choices[0].delta.content for one in pieces) == whole.content
    assert last.choices[0].finish_reason == "stop"
    assert last.choices[0].delta.annotations == [one.model_dump() for one in whole.annotations]
    assert last.choices[0].delta.citations == whole.citations
    assert not used.choices
    assert used.usage.completion_tokens
    assert all(one.usage is None for one in complete(client, stream=True))


def test_a_conversation_of_parts_is_understood(client: OpenAI) -> None:
    parts = [{"type": "text", "text": "제6회 도시포럼은"}, {"type": "text", "text": "어디서?"}]
    talk = [*said("Be brief.", "system"), *said(parts), *said("베이징입니다.", "assistant")]
    answer = complete(client, messages=[*talk, *said("언제 열리나요?")])
    assert "10월 23일" in answer.choices[0].message.content


def test_the_search_is_narrowed(client: OpenAI) -> None:
    answer = complete(client, extra_body={"filters": {"types": ["blog"]}})
    message = answer.choices[0].message
    assert message.refused
    assert message.annotations == []


def test_models_are_listed(client: OpenAI) -> None:
    assert [one.id for one in client.models.list()] == ["geungeo"]
    assert client.models.retrieve("geungeo").owned_by == "geungeo"


@pytest.mark.parametrize(
    ("wrong", "kind", "param", "code"),
    [
        (lambda c: complete(c, model="gpt-9"), NotFoundError, "model", "model_not_found"),
        (lambda c: c.models.retrieve("gpt-9"), NotFoundError, "model", "model_not_found"),
        (lambda c: c.embeddings.create(model="geungeo", input="x"), NotFoundError, None, None),
        (lambda c: complete(c, messages=[]), UnprocessableEntityError, "messages", None),
        (lambda c: complete(c, " "), UnprocessableEntityError, "messages", None),
        (
            lambda c: complete(c, messages=said("x", "king")),
            UnprocessableEntityError,
            "messages[0].role",
            None,
        ),
        (
            lambda c: complete(c, [{"type": "image_url", "image_url": {"url": "x"}}]),
            UnprocessableEntityError,
            "messages[0].content[0]",
            "unsupported_value",
        ),
        (lambda c: complete(c, n=2), UnprocessableEntityError, "n", None),
        (
            lambda c: complete(c, extra_body={"filters": {"since": "작년"}}),
            UnprocessableEntityError,
            "filters.since",
            None,
        ),
        (
            lambda c: complete(c, extra_body={"filters": {"typs": []}}),
            UnprocessableEntityError,
            "filters.typs",
            None,
        ),
        (lambda c: complete(c, "가" * 2001), APIStatusError, None, "string_above_max_length"),
        (lambda c: complete(c, "a" * 2_000_000), APIStatusError, None, None),
        (
            lambda c: c.responses.create(
                model="geungeo", input=BUSES, previous_response_id="resp_1"
            ),
            UnprocessableEntityError,
            "previous_response_id",
            None,
        ),
    ],
)
def test_every_error_has_its_fields(
    client: OpenAI, wrong: Wrong, kind: type[APIStatusError], param: str | None, code: str | None
) -> None:
    with pytest.raises(kind) as caught:
        wrong(client)
    body = caught.value.body
    assert isinstance(body, dict)
    assert set(body) == {"message", "type", "param", "code"}
    assert body["type"] == "invalid_request_error"
    assert (body["param"], body["code"]) == (param, code)


def test_the_newer_form_says_the_same(client: OpenAI) -> None:
    answer = client.responses.create(model="geungeo", input=BUSES)
    assert "18대" in answer.output_text
    with client.responses.stream(model="geungeo", input=BUSES) as stream:
        kinds = [event.type for event in stream]
        streamed = stream.get_final_response()
    assert kinds[0] == "response.created"
    assert kinds[-1] == "response.completed"
    assert streamed.output_text == answer.output_text


def test_langchain_reads_the_citations(address: str) -> None:
    model = ChatOpenAI(
        base_url=f"{address}/v1", api_key="any", model="geungeo", use_responses_api=True
    )
    (block,) = model.invoke(BUSES).content_blocks
    assert block["type"] == "text"
    (citation,) = block["annotations"]
    assert citation["type"] == "citation"
    assert block["text"][citation["start_index"] : citation["end_index"]] == "[1]"
