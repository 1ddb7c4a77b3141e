"""Where the time goes before a first answer, in processes that start anew."""

from __future__ import annotations

import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from geungeo.errors import GeungeoError
from geungeo.evals.wording import wording

_PATIENCE = 300.0  # seconds
_PAUSE = 0.05

Stage = dict[str, float]
"""``seconds`` by the clock, and ``cpu`` seconds of all cores."""


class StartError(GeungeoError):
    """A process that was to be measured has failed; the message is its own."""


def measure(store: Path) -> dict[str, Stage]:
    """The stages of a first answer one after another, then ``geungeo ask`` as a whole, where
    some of them go side by side, and ``geungeo chat`` until its page is there.

    Raises:
        StartError: the store cannot be opened.
    """
    stages: dict[str, Stage] = json.loads(_output(["-m", __name__, str(store)]))
    with _timed() as asked:
        _output(["-m", "geungeo", "ask", _question(), "--store", str(store)])
    with _timed() as opened:
        _until_up(store)
    return {**stages, "geungeo ask": asked, "geungeo chat": opened}


def _question() -> str:
    question: str = wording()["bench"]["question"]
    return question


@contextmanager
def _timed() -> Iterator[Stage]:
    """A stage that is filled in when it is left, from the processes that ended in it."""
    stage: Stage = {}
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield stage
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    stage.update(seconds=time.perf_counter() - started, cpu=used)


def _output(arguments: list[str]) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise StartError(done.stderr.strip() or f"{' '.join(arguments)}: {done.returncode}")
    return done.stdout


def _until_up(store: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "geungeo", "chat", "--store", str(store), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > until:
                raise StartError(f"{' '.join(command[1:])}: the page does not come")
            time.sleep(_PAUSE)
    finally:
        server.kill()
        server.wait()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=_PATIENCE) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def stages(store: Path) -> dict[str, Stage]:
    """Each stage in this process, which has to be a new one."""
    found: dict[str, Stage] = {}
    clock, used = time.perf_counter(), 0.0

    def ends(name: str) -> None:
        nonlocal clock, used
        now, cpu = time.perf_counter(), time.process_time()
        found[name] = {"seconds": now - clock, "cpu": cpu - used}
        clock, used = now, cpu

    from geungeo.ingest import CHUNKER
    from geungeo.rag.assembly import make_chain, open_store
    from geungeo.rag.settings import Settings

    ends("imports")
    settings = Settings(store=store)
    with open_store(settings, CHUNKER) as opened:
        ends("store")
        # The analyzer puts its models together at the first text.
        opened.analyzer.load().tokenize(_question())
        ends("analyzer")
        opened.encoder.load()
        ends("encoder")
        chain = make_chain(opened, settings)
        chain.invoke(_question())
        ends("first answer")
        chain.invoke(_question())
        ends("next answer")
    return found


if __name__ == "__main__":
    print(json.dumps(stages(Path(sys.argv[1]))))
