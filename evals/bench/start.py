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
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from geungeo.errors import GeungeoError
from geungeo.evals.bench.tied import tied
from geungeo.evals.wording import wording

if TYPE_CHECKING:
    from geungeo.rag.pipeline import Pipeline
    from geungeo.rag.ranking.retrieval import Retriever
    from geungeo.rag.settings import Settings

# What a first answer imports, each without those before it.
_LIBRARIES = (
    "numpy", "typer", "pydantic_settings", "chromadb", "tantivy", "onnxruntime", "tokenizers",
    "kiwipiepy", "rjieba", "opencc", "pypinyin", "snowballstemmer", "rapidfuzz", "sentencepiece",
)  # fmt: skip
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
    command = tied("chat", "--store", str(store), "--port", str(port))
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > until:
                raise StartError(f"geungeo chat --store {store}: the page does not come")
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


class _Stages:
    """What was measured so far; a stage is all that happened since the one before it."""

    def __init__(self) -> None:
        self.found: dict[str, Stage] = {}
        self._clock, self._used = time.perf_counter(), 0.0

    def ends(self, name: str) -> None:
        now, used = time.perf_counter(), time.process_time()
        self.found[name] = {"seconds": now - self._clock, "cpu": used - self._used}
        self._clock, self._used = now, used


def stages(store: Path) -> dict[str, Stage]:
    """Each stage in this process, which has to be a new one."""
    made = _Stages()
    for name in _LIBRARIES:
        import_module(name)
        made.ends(f"import {name}")

    from geungeo.ingest import CHUNKER
    from geungeo.rag.assembly import make_pipeline, open_store
    from geungeo.rag.settings import Settings

    made.ends("import geungeo")
    settings = Settings(store=store)
    with open_store(settings, CHUNKER) as opened:
        made.ends("store")
        pipeline = make_pipeline(opened, settings)
        made.ends("weights")
        _load(pipeline.retriever, made)
        _answer(pipeline, settings, made)
    return made.found


def _load(retriever: Retriever, made: _Stages) -> None:
    """What a question in any language needs, a part at a time."""
    from geungeo.lang.dictionary import shipped_dictionary
    from geungeo.lang.languages import OF_EACH_LANGUAGE

    analyzer, encoder = retriever.store.analyzer, retriever.store.encoder
    korean, chinese, _ = OF_EACH_LANGUAGE.split()
    analyzer.load()
    made.ends("Kiwi")
    # It puts its models together at the first text.
    analyzer.terms(korean)
    made.ends("Kiwi, first text")
    analyzer.terms(chinese)
    made.ends("jieba, OpenCC")
    encoder.load_for_questions()
    made.ends("encoder")
    list(shipped_dictionary().others((korean,)))
    made.ends("dictionary")
    retriever.expander.analyse(OF_EACH_LANGUAGE)
    made.ends("glossary, words")
    if again := retriever.read_again:
        again.reader.load()
    made.ends("reader")


def _answer(pipeline: Pipeline, settings: Settings, made: _Stages) -> None:
    """A first answer by features alone, the same with the passages read, and once more."""
    from geungeo.rag.pipeline import Pipeline

    unread = replace(pipeline.retriever, read_again=None)
    Pipeline(unread, pipeline.answerer, passages=settings.passages, threshold=settings.gate).invoke(
        _question()
    )
    made.ends("answer, unread")
    pipeline.invoke(_question())
    made.ends("answer, read")
    pipeline.invoke(_question())
    made.ends("next answer")


if __name__ == "__main__":
    print(json.dumps(stages(Path(sys.argv[1]))))
