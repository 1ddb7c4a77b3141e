"""The same server for programs: REST and MCP."""

from __future__ import annotations

import asyncio

import httpx
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client


def test_the_rest_interface_answers_beside_the_page(address: str) -> None:
    asked = {"question": "How many steps did Tiangong climb?"}
    answer = httpx.post(f"{address}/api/ask", json=asked, timeout=60).json()
    assert "134" in answer["answer"]
    assert "/v1/chat/completions" in httpx.get(f"{address}/api/openapi.json").json()["paths"]


def test_only_pages_of_indexed_files_are_drawn(address: str) -> None:
    outside = httpx.get(f"{address}/pages", params={"path": "/etc/passwd", "page": 1})
    assert outside.status_code == 404


def test_an_assistant_asks_by_mcp(address: str) -> None:
    async def asked() -> str:
        streams = streamable_http_client(f"{address}/gradio_api/mcp/")
        async with streams as (read, write, _), ClientSession(read, write) as session:
            await session.initialize()
            tools = (await session.list_tools()).tools
            assert [tool.name for tool in tools] == ["ask_documents"]
            question = {"question": "베세토 연극제는 언제 처음 열렸나요?"}
            result = await session.call_tool("ask_documents", question)
            return str(result.content)

    said = asyncio.run(asked())
    assert "1994년" in said
    assert "09_beseto_blog.html" in said
