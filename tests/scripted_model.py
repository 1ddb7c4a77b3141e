"""A server of chat completions that follows a script."""

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Model(ThreadingHTTPServer):
    """A server of chat completions that says what it was given, and keeps what it was asked.

    ``yes`` is the probability of "Yes" where it is asked for probabilities; None for a server
    that has none. ``finished`` is how a stream ends; None for one that breaks off. ``status`` is
    that of every reply, and ``context`` the tokens that it says it takes. After ``silent_after``
    letters nothing more comes.
    """

    daemon_threads = True

    def __init__(
        self,
        said: str,
        yes: float | None = None,
        *,
        finished: str | None = "stop",
        status: int = 200,
        context: int = 0,
        silent_after: int | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.said = said
        self.yes = yes
        self.finished = finished
        self.status = status
        self.context = context
        self.silent_after = silent_after
        self.requests: list[dict[str, Any]] = []
        self.over = threading.Event()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def shown(self) -> str:
        """What it was last given to read."""
        return str(self.requests[-1]["messages"][-1]["content"])


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def do_GET(self) -> None:
        model: dict[str, Any] = {"id": "a-model", "object": "model", "created": 0, "owned_by": "t"}
        if self.server.context:
            model["max_model_len"] = self.server.context
        self._reply({"object": "list", "data": [model]})

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        request = json.loads(self.rfile.read(size))
        self.server.requests.append(request)
        if self.server.status != 200:
            self._reply({"error": {"message": "not now"}}, self.server.status)
            return
        if not request.get("stream"):
            self._send_whole("Yes" if request.get("logprobs") else self.server.said)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        said = self.server.said
        for start in range(0, len(said), 3):
            if self.server.silent_after is not None and start > self.server.silent_after:
                self.wfile.flush()
                self.server.over.wait(20)
                return
            self._send({"content": said[start : start + 3]}, None)
        if self.server.finished is None:
            # The length of what is sent is not said: a chunk that is no whole line ends it.
            self.wfile.write(b"data: {")
            return
        self._send({}, self.server.finished)
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
        self._reply({**whole, "choices": [choice]})

    def _reply(self, whole: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(whole).encode())

    def _send(self, delta: dict[str, str], finished: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finished}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        data = json.dumps({**chunk, "choices": [choice]}, ensure_ascii=False)
        self.wfile.write(f"data: {data}\n\n".encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def saying(text: str, yes: float | None = None, **kinds: Any) -> Iterator[Model]:
    model = Model(text, yes, **kinds)
    thread = threading.Thread(target=model.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.over.set()
        model.shutdown()
        model.server_close()
