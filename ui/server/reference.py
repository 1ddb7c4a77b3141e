"""The documentation of the interface for programs, as a page without any script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
       color: #1c1c1c; background: #fff }}
code, pre {{ font: 14px/1.5 ui-monospace, monospace; background: #f3f3f3; border-radius: 4px }}
code {{ padding: 0 .3em }} pre {{ padding: .8em; overflow-x: auto }}
</style></head><body><h1>{title}</h1>
<p>The same as JSON: <a href="openapi.json">openapi.json</a>.</p>{operations}</body></html>
"""


def routes(server: FastAPI) -> APIRouter:
    """``/api/docs``: what the server's ``openapi.json`` says, to be read."""
    router = APIRouter()

    @router.get("/api/docs", include_in_schema=False)
    def documentation() -> HTMLResponse:
        return HTMLResponse(as_html(server.openapi()))

    return router


def as_html(schema: Mapping[str, Any]) -> str:
    """An OpenAPI document as a page."""
    operations = "".join(
        _operation(method.upper(), path, operation, schema)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )
    return _PAGE.format(title=escape(schema["info"]["title"]), operations=operations)


def _operation(
    method: str, path: str, operation: Mapping[str, Any], schema: Mapping[str, Any]
) -> str:
    said = escape(operation.get("description", operation.get("summary", "")))
    body = ""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content:
        shape = _resolved(content["schema"], schema)
        body = f"<pre>{escape(json.dumps(shape, ensure_ascii=False, indent=2))}</pre>"
    return f"<h2><code>{method} {escape(path)}</code></h2><p>{said}</p>{body}"


def _resolved(shape: Any, schema: Mapping[str, Any]) -> Any:
    """A schema with those that it refers to in their places."""
    if isinstance(shape, list):
        return [_resolved(one, schema) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[-1]
        return _resolved(schema["components"]["schemas"][name], schema)
    return {key: _resolved(value, schema) for key, value in shape.items()}
