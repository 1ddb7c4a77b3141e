"""Real parts, loaded once: the bundled encoder, Kiwi, Chroma in temporary folders."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geungeo.ingest import CHUNKER, Ledger, ingest
from geungeo.lang import Analyzer
from geungeo.rag.assembly import make_chain
from geungeo.rag.chain import AnswerChain
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Encoder, Store
from tests.postgres import PostgresServer, running

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample"
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the real documents and benchmarks (../shared) are not here"
)


@pytest.fixture(autouse=True)
def no_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the outside world fails."""
    connect = socket.socket.connect

    def inside_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if not (host.startswith("127.") or host in ("::1", "localhost", "0.0.0.0")):
                raise OSError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", inside_only)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture
def store(tmp_path: Path, encoder: Encoder, analyzer: Analyzer) -> Iterator[Store]:
    with Store.open(tmp_path / "store", encoder, analyzer, CHUNKER) as opened:
        yield opened


@pytest.fixture
def ledger(store: Store) -> Ledger:
    return Ledger(store.folder / "ledger.sqlite")


@pytest.fixture(scope="session")
def sample_store(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, analyzer: Analyzer
) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("sample")
    with Store.open(folder, encoder, analyzer, CHUNKER) as opened:
        report = ingest([SAMPLE / "documents"], opened, Ledger(folder / "ledger.sqlite"))
        assert not report.failed
        yield opened


@pytest.fixture(scope="session")
def sample_chain(sample_store: Store) -> AnswerChain:
    return make_chain(sample_store, Settings(store=sample_store.folder))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running() as server:
        yield server


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=3, help="how often to kill an ingest")
