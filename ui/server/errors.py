"""What goes wrong, as a status and a body: ``detail`` for ours, ``error`` under ``/v1``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from geungeo.errors import GeungeoError
from geungeo.rag.answer.language_model import LanguageModelError
from geungeo.rag.question.conversation import QuestionTooLongError
from geungeo.ui.server.turns import BusyError

_log = logging.getLogger(__name__)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_STATUS: Mapping[type[GeungeoError], int] = {
    QuestionTooLongError: 413,
    LanguageModelError: 502,
    BusyError: 503,
}
_SERVER_FAULT, _TOO_MANY = 500, 429


class InvalidRequestError(GeungeoError):
    """A request that cannot be met: ``param`` names the part of it that is at fault and ``code``
    what is wrong, as OpenAI does."""

    def __init__(self, message: str, param: str = "", code: str = "", status: int = 422) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status


def invalid(problem: Mapping[str, Any], within: int = 0) -> InvalidRequestError:
    """What pydantic finds of a part of a request, with the part as OpenAI names it:
    ``messages[0].role``. ``within`` are the first parts of its place that are not told."""
    if problem["type"] == "json_invalid":
        return InvalidRequestError("the body is no JSON")
    param = ""
    for part in problem["loc"][within:]:
        param += f"[{part}]" if isinstance(part, int) else f".{part}" if param else str(part)
    message = problem["msg"].removeprefix("Value error, ")
    return InvalidRequestError(f"{param}: {message}" if param else message, param)


def status_of(error: GeungeoError) -> int:
    if isinstance(error, InvalidRequestError):
        return error.status
    kinds = (status for kind, status in _STATUS.items() if isinstance(error, kind))
    return next(kinds, _SERVER_FAULT)


def openai_body(status: int, message: str, param: str = "", code: str = "") -> dict[str, Any]:
    """An error with the four fields that OpenAI's clients read."""
    kind = "invalid_request_error"
    if status == _TOO_MANY:
        kind, code = "requests", "rate_limit_exceeded"
    elif status >= _SERVER_FAULT:
        kind = "server_error"
    said = {"message": message, "type": kind, "param": param or None, "code": code or None}
    return {"error": said}


def openai_error(error: GeungeoError) -> tuple[int, dict[str, Any]]:
    """An error of ours as a status and a body."""
    status = status_of(error)
    if isinstance(error, InvalidRequestError):
        return status, openai_body(status, str(error), error.param, error.code)
    code = "string_above_max_length" if isinstance(error, QuestionTooLongError) else ""
    return status, openai_body(status, str(error), code=code)


class OurRoute(APIRoute):
    """A route whose errors of ours are a status and ``detail``."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except GeungeoError as error:
                raise HTTPException(status_of(error), str(error)) from error

        return handled


class OpenAIRoute(APIRoute):
    """A route each of whose errors has OpenAI's body."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except GeungeoError as error:
                status, body = openai_error(error)
            except RequestValidationError as error:
                status, body = openai_error(invalid(error.errors()[0], within=1))
            except HTTPException as error:
                status, body = error.status_code, openai_body(error.status_code, str(error.detail))
            except Exception:
                _log.exception("%s %s", request.method, request.url.path)
                status = _SERVER_FAULT
                body = openai_body(status, "the server failed; its log says why")
            return JSONResponse(body, status)

        return handled
