"""The wheel, installed outside the repository, answers questions about the bundled sample."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.conftest import ROOT

_SECONDS_TO_START = 400


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, since a build leaves files where it is made."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name in settings["tool"]["setuptools"]["package-dir"].values():
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = ("pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    run(sys.executable, "-m", *build, source, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, beside what this one has installed: not with the repository,
    which is no plain folder on the path."""
    folder = tmp_path_factory.mktemp("environment")
    # It has its pip from here too: an older setuptools of its own would hide the one that fits.
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    shared = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (Path(own.strip()) / "shared.pth").write_text("\n".join(shared), encoding="utf-8")
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall",
        wheel, cwd=folder)  # fmt: skip
    return python


@contextmanager
def served(python: Path, folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GEUNGEO_", "PYTHON"))}
    server = subprocess.Popen(
        [python.parent / "geungeo", "chat", "--sample", "--port", str(port)],
        cwd=folder, env={**environment, "GEUNGEO_CACHE": str(folder / "cache")}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        end = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, server.stdout and server.stdout.read()
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=30)


def test_it_holds_one_package_with_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (about,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(about))
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"geungeo"}
    for name in (
        "py.typed", "evals/report.html.jinja", "ui/server/login.html.jinja",
        "lang/data/glossary.txt", "sample/questions.jsonl",
        "rag/ranking/weights.json", "sample/documents/02_trip_report_2024.txt", "ui/page/page.js",
        "ui/page/evidence.js", "vectorstore/sql/statements.sql",
        "vectorstore/sql/migrations/versions/step_0001.py",
    ):  # fmt: skip
        assert f"geungeo/{name}" in names
    assert not [name for name in names if "test" in name]
    extras = ["evals", "milvus", "openai", "openid", "postgres", "ray", "s3", "local", "dev"]
    assert metadata.get_all("Provides-Extra") == extras
    needed = [line for line in metadata.get_all("Requires-Dist", []) if "extra" not in line]
    assert not [line for line in needed if line.startswith(("matplotlib", "rank-bm25", "ir-"))]


def test_it_answers_from_the_sample_anywhere(installed: Path, tmp_path: Path) -> None:
    where = run(installed, "-c", "import geungeo; print(geungeo.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent.parent)
    assert "No broken requirements" in run(installed, "-m", "pip", "check", cwd=tmp_path)
    question = {"question": "이좡의 자율주행 버스는 몇 대가 다니나요?"}
    with served(installed, tmp_path) as address:
        request = urllib.request.Request(
            f"{address}/api/ask",
            json.dumps(question).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=120) as response:
            answer = json.load(response)
    assert "18대" in answer["answer"]
    assert answer["citations"][0]["document"] == "02_trip_report_2024.txt"
    assert [path.name for path in tmp_path.iterdir()] == ["cache"], "nothing else was written"
