"""The Model Context Protocol, by its own client, with and without the handshake of older ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from mcp import Client, MCPError
from mcp_types import TextResourceContents

QUESTION = "베세토 연극제는 언제 처음 열렸나요?"
BLOG = "09_beseto_blog.html"


def speaking(address: str, told: Callable[[Client], Awaitable[Any]], mode: str = "legacy") -> Any:
    async def speak() -> Any:
        async with Client(f"{address}/mcp", mode=mode) as client:
            return await told(client)

    return asyncio.run(speak())


def called(address: str, tool: str, **arguments: Any) -> Any:
    async def call(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    return speaking(address, call)


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
def test_an_assistant_asks_and_reads_what_is_cited(address: str, mode: str) -> None:
    async def asked(client: Client) -> None:
        tools = {one.name: one for one in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "list_documents", "get_document"}
        assert all(one.output_schema for one in tools.values())
        said = (await client.call_tool("ask", {"question": QUESTION})).structured_content
        assert said is not None
        assert "1994년" in said["answer"]
        quote = said["quotes"][0]
        assert quote["document"] == BLOG
        listed = (await client.list_resources()).resources
        assert {one.name for one in listed if one.uri == quote["uri"]} == {BLOG}
        (read,) = (await client.read_resource(quote["uri"])).contents
        assert isinstance(read, TextResourceContents)
        assert read.text[quote["start"] : quote["end"]] == quote["quote"]

    speaking(address, asked, mode)


def test_passages_and_documents_are_found(address: str) -> None:
    found = called(address, "search", question="예산", k=2).structured_content["result"]
    assert len(found) == 2
    assert "예산" in found[0]["text"]
    listed = called(address, "list_documents", types=["blog"]).structured_content
    assert [one["document"] for one in listed["documents"]] == [BLOG]
    first = called(address, "get_document", document=BLOG, most=20).structured_content
    (one,) = listed["documents"]
    rest = called(address, "get_document", document=one["id"], start=20).structured_content
    assert first["end"] == rest["start"] == 20
    assert len(first["text"] + rest["text"]) == rest["characters"]
    narrowed = called(address, "ask", question=QUESTION, documents=["15_sixth_forum_notice.html"])
    assert narrowed.structured_content["refused"]


@pytest.mark.parametrize(
    ("tool", "arguments", "reason"),
    [
        ("ask", {"question": QUESTION, "since": "작년"}, "since: '작년' is no date"),
        ("ask", {"question": "가" * 2001}, "2,000 are the most"),
        ("get_document", {"document": "nothing"}, "no document is 'nothing'"),
    ],
)
def test_what_is_wrong_is_told(
    address: str, tool: str, arguments: dict[str, Any], reason: str
) -> None:
    refused = called(address, tool, **arguments)
    assert refused.is_error
    assert reason in refused.content[0].text
    assert "pydantic" not in refused.content[0].text


def test_an_unknown_resource_is_none(address: str) -> None:
    async def read(client: Client) -> None:
        with pytest.raises(MCPError, match="no document is 'nothing'"):
            await client.read_resource("geungeo://documents/nothing")

    speaking(address, read)


def test_the_doors_are_around_it(address: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "x": "a" * 2_000_000}
    assert httpx.post(f"{address}/mcp", json=body).status_code == 413
    strange = {"origin": "https://evil.example"}
    assert httpx.post(f"{address}/mcp", json={}, headers=strange).status_code == 403
    assert httpx.get(f"{address}/mcp").status_code == 405
