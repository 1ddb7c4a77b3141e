"""Places in which two servers keep what is beside a catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from geungeo.evals.kept_runs import KeptRuns
from geungeo.ingest import Ledger
from geungeo.rag.feedback import Feedback
from geungeo.ui.history import History
from geungeo.vectorstore import FILES, Tables, begin_beside, open_beside
from tests.contract.implementations import BESIDE


@dataclass(frozen=True)
class Place:
    """What one server opens: files in a folder, or a database."""

    folder: Path
    shared: Tables | None

    def history(self) -> History:
        return History(self.folder / FILES["conversations"], self.shared)

    def feedback(self) -> Feedback:
        return Feedback(self.folder / FILES["remarks"], self.shared)

    def ledger(self) -> Ledger:
        return Ledger(self.folder / FILES["ledger"], self.shared)

    def runs(self) -> KeptRuns:
        return KeptRuns(self.folder, self.shared)

    @contextmanager
    def accounts(self) -> Iterator[Tables]:
        """The tables of accounts."""
        if self.shared is not None:
            yield self.shared
            return
        begin_beside(self.folder, "accounts")
        tables = open_beside(self.folder, "accounts")
        assert tables is not None
        with closing(tables):
            yield tables


@pytest.fixture(params=BESIDE)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """The same for two servers: in files they have one folder, over a database one each."""
    made = BESIDE[request.param].ready(request)
    with ExitStack() as opened:
        one, other = (opened.enter_context(made.open(tmp_path)) for _ in range(2))
        beside = tmp_path if made.in_folder else tmp_path / "other"
        beside.mkdir(exist_ok=True)
        yield Place(tmp_path, one), Place(beside, other)


@pytest.fixture
def place(places: tuple[Place, Place]) -> Place:
    return places[0]
