"""Files read in the processes of Ray are what they are in a plain ingest, whatever dies meanwhile.

``pytest tests/integration/test_ray_ingest.py --kills 20`` kills more often.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geungeo.evals.generated import Generator
from geungeo.ingest import CHUNKER, IngestReport, Ledger, Limits, ingest
from geungeo.ingest.cluster import RayPool
from geungeo.ingest.cluster.actor import FileReader
from geungeo.ingest.read import Outcome, Source
from geungeo.ingest.reader import Means
from geungeo.lang import Analyzer
from geungeo.vectorstore import Encoder, IndexSettings, Store
from geungeo.vectorstore.opening import open_folder
from tests.conftest import SAMPLE, SHARED, needs_shared

ray = pytest.importorskip("ray", reason="Ray has no wheel for this Python")
cluster_utils = pytest.importorskip("ray.cluster_utils")

# A number of a vector that is kept in a byte may be rounded to its neighbour.
STEP = 0.002


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A machine with two processors, which this process has joined."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    running = cluster_utils.Cluster(
        initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False}
    )
    ray.init(running.address, log_to_driver=False, logging_level="error")
    yield running
    ray.shutdown()
    running.shutdown()


def opened(folder: Path, encoder: Encoder, analyzer: Analyzer) -> Store:
    return Store.open(folder, encoder, analyzer, CHUNKER)


def readers_of(node: Any) -> list[int]:
    """The processes that read files on a machine, by the processes that its Ray has started."""
    raylet = node.all_processes["raylet"][0].process.pid
    children = Path(f"/proc/{raylet}/task/{raylet}/children").read_text().split()
    return [pid for pid in map(int, children) if b"FileReader" in command_of(pid)]


def awaited(node: Any, *others: int) -> list[int]:
    """The processes that read files on a machine, once there are any beside others."""
    end = time.monotonic() + 120
    while not (there := [pid for pid in readers_of(node) if pid not in others]):
        assert time.monotonic() < end, "no process reads files on the machine"
        time.sleep(0.05)
    return there


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def write_files(folder: Path, count: int) -> Path:
    folder.mkdir()
    made = (" ".join(one) for each in Generator().documents(count) for one in each.passages)
    for number, text in zip(range(count), made, strict=False):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path, encoder: Encoder, analyzer: Analyzer) -> tuple[Any, ...]:
    """Documents with texts and passages, names, terms, words; and the vectors of passages."""
    with opened(folder, encoder, analyzer) as store:
        documents = store.documents()
        texts = [(store.text(one.path), store.passages(one.path)) for one in documents]
        names, words = store.names(), sorted(store.words())
    settings = IndexSettings(encoder.name, analyzer.name, CHUNKER)
    catalogue, index = open_folder(folder, settings)
    records = [record for batch in catalogue.records() for record in batch]
    index.close()
    catalogue.close()
    terms = [(one.passage, one.document, one.terms) for one in records]
    return (documents, texts, names, words, terms), np.stack([one.vector for one in records])


def require_equal(one: Path, other: Path, encoder: Encoder, analyzer: Analyzer) -> None:
    (first, vectors), (second, others) = (contents(it, encoder, analyzer) for it in (one, other))
    assert first == second
    assert np.abs(vectors - others).max() <= STEP


def ingested(
    documents: Path,
    folder: Path,
    encoder: Encoder,
    analyzer: Analyzer,
    progress: Callable[[int, int, str], None] | None = None,
    **cluster: Any,
) -> IngestReport:
    """An ingest into a new store, in the processes of Ray where there are some."""
    how: dict[str, Any] = {"open_pool": partial(RayPool, **cluster)} if cluster else {}
    with opened(folder, encoder, analyzer) as store:
        return ingest([documents], store, Ledger.of(store), progress, **how)


def as_read(outcome: Outcome) -> tuple[Outcome, list[int] | None]:
    """An outcome without vectors and the seconds that it took, and the numbers of its sketch."""
    entry = replace(outcome.entry, seconds=0.0)
    numbers = None if outcome.sketch is None else outcome.sketch.tolist()
    return replace(outcome, entry=entry, prepared=None, sketch=None), numbers


def require_read_alike(paths: Sequence[Path], encoder: Encoder, analyzer: Analyzer) -> None:
    """Each file read by Ray is, to the last bit but for vectors, what it is when it is read by
    this process, and its vectors are the same up to how the processor rounds."""
    means = Means(Limits(), analyzer, encoder, {})
    sources = [Source(str(path)) for path in paths]
    here, pool = FileReader(means), RayPool(means, workers=2)
    try:
        elsewhere = [pool.submit(source) for source in sources]
        for source, future in zip(sources, elsewhere, strict=True):
            one, other = here.read(source), future.result()
            assert as_read(one) == as_read(other)
            if one.prepared is None:
                assert other.prepared is None
                continue
            assert other.prepared is not None
            assert one.prepared.names == other.prepared.names
            for own, theirs in zip(one.prepared.entries, other.prepared.entries, strict=True):
                assert (own.chunk, own.terms) == (theirs.chunk, theirs.terms)
                # Both of length one; some processors sum otherwise where others run beside.
                assert (own.vectors * theirs.vectors).sum(axis=1).min() > 0.9999
    finally:
        pool.close()
        here.close()


def test_a_file_is_read_alike(cluster: Any, encoder: Encoder, analyzer: Analyzer) -> None:
    require_read_alike(sorted((SAMPLE / "documents").iterdir()), encoder, analyzer)


@needs_shared
def test_real_reports_are_read_alike(cluster: Any, encoder: Encoder, analyzer: Analyzer) -> None:
    some = sorted((SHARED / "reports" / "documents").iterdir())[::3]
    require_read_alike(some, encoder, analyzer)


def test_the_store_is_the_same(
    cluster: Any, tmp_path: Path, encoder: Encoder, analyzer: Analyzer, sample_store: Store
) -> None:
    seen: list[tuple[int, int, str]] = []
    report = ingested(
        SAMPLE / "documents", tmp_path / "ray", encoder, analyzer,
        lambda *how_far: seen.append(how_far), workers=2,
    )  # fmt: skip
    assert {entry.status for entry in report.files} == {"added"}
    names = [Path(entry.path).name for entry in report.files]
    assert seen == [(done, len(names), name) for done, name in enumerate(names)]
    require_equal(sample_store.folder, tmp_path / "ray", encoder, analyzer)


@pytest.fixture(scope="module")
def small(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, analyzer: Analyzer
) -> tuple[Path, Path]:
    """300 small files, and a store of a plain ingest of them."""
    folder = tmp_path_factory.mktemp("small")
    documents = write_files(folder / "documents", 300)
    assert not ingested(documents, folder / "plain", encoder, analyzer).failed
    return documents, folder / "plain"


def test_killed_processes_cost_no_file(
    cluster: Any,
    small: tuple[Path, Path],
    tmp_path: Path,
    encoder: Encoder,
    analyzer: Analyzer,
    request: pytest.FixtureRequest,
) -> None:
    documents, plain = small
    chance = random.Random(5)
    moments = set(chance.sample(range(1, 280), request.config.getoption("--kills")))
    killed: list[int] = []

    def kill(done: int, total: int, name: str) -> None:
        if done in moments:
            killed.append(chance.choice(awaited(cluster.head_node, *killed)))
            os.kill(killed[-1], signal.SIGKILL)

    report = ingested(documents, tmp_path / "ray", encoder, analyzer, kill, workers=2)
    assert len(killed) == len(moments)
    assert [entry.status for entry in report.files] == ["added"] * 300
    require_equal(plain, tmp_path / "ray", encoder, analyzer)


def test_a_machine_that_dies_costs_no_file(
    cluster: Any, small: tuple[Path, Path], tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    documents, plain = small
    second = cluster.add_node(num_cpus=2)
    there: list[int] = []

    def kill(done: int, total: int, name: str) -> None:
        if done == 100:
            # All of it at once, as when the power goes.
            there.extend(awaited(second))
            cluster.remove_node(second, allow_graceful=False)
            for pid in there:
                if command_of(pid):
                    os.kill(pid, signal.SIGKILL)

    report = ingested(documents, tmp_path / "ray", encoder, analyzer, kill, workers=4)
    assert [entry.status for entry in report.files] == ["added"] * 300
    require_equal(plain, tmp_path / "ray", encoder, analyzer)


class Deadly(Analyzer):
    """Ends the process that reads a file with a certain word."""

    def __reduce__(self) -> Any:
        return Deadly, ()

    def batch(self, texts: Iterable[str]) -> Iterator[list[str]]:
        texts = [*texts]
        if any("독버섯" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().batch(texts)


def test_a_file_that_kills_whoever_reads_it_is_reported(
    cluster: Any, tmp_path: Path, encoder: Encoder
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in (("a", "나루터의 배"), ("b", "나루터의 독버섯"), ("c", "나루터의 버섯")):
        (folder / f"{name}.txt").write_text(f"{text}는 세 개이다.", encoding="utf-8")
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    report = ingested(folder, tmp_path / "store", encoder, Deadly(), workers=2)
    assert [entry.status for entry in report.files] == ["added", "failed", "added"]
    assert report.files[1].reason.startswith("3 processes or machines that were reading it died")


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("나루터의 배는 세 척이다.", encoding="utf-8")
    done = run("ingest", tmp_path / "a.txt", "--store", tmp_path / "store", "--ray", "127.0.0.1:9")
    assert done.returncode == 1
    assert done.stderr.startswith("Ray at 127.0.0.1:9: ") and "Traceback" not in done.stderr


def run(*arguments: object, code: str = "") -> subprocess.CompletedProcess[str]:
    program = f"{code}\nfrom geungeo.ui.cli.main import app\napp({[*map(str, arguments)]!r})"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


def test_without_ray_several_workers_name_the_extra(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("나루터의 배는 세 척이다.", encoding="utf-8")
    ask = ("ingest", tmp_path / "a.txt", "--store", tmp_path / "store")
    missing = "import sys; sys.modules['ray'] = None"
    done = run(*ask, "--workers", 2, code=missing)
    assert (done.returncode, done.stderr) == (
        1, "several workers need Ray, which is not installed: pip install 'geungeo[ray]'\n"
    )  # fmt: skip
    assert run(*ask, "--workers", 1, code=missing).returncode == 0


def test_one_machine_begins_and_ends_a_ray_of_its_own(tmp_path: Path) -> None:
    """It writes nothing to the home, and leaves nothing behind."""
    (tmp_path / "a.txt").write_text("나루터의 배는 세 척이다.", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    with tempfile.TemporaryDirectory(dir="/tmp") as temporary:
        done = run(
            "ingest", tmp_path / "a.txt", "--store", tmp_path / "store", "--workers", 2,
            code=f"import os; os.environ.update(HOME='{home}', RAY_TMPDIR='{temporary}')",
        )  # fmt: skip
        assert not [*Path(temporary).iterdir()]
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 chunks in the index" in done.stdout
    assert not [*home.iterdir()]
