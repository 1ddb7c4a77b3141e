"""Where the questions come from that weights are fitted on, with a cache of what was found."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import typer

from geungeo.evals.fit.cases import Case, beir_cases, gold_cases, pool_cases, reading_cases
from geungeo.ingest import CHUNKER
from geungeo.lang import Analyzer
from geungeo.vectorstore import Encoder

LANGUAGES = ("ko", "zh", "en")
# Sets in which passages and questions have one language, and those in which they have two, with
# the set that has the answers in the language of the passages.
SAME_LANGUAGE = ("korquad", "xquad-en", "xquad-zh")
OTHER_LANGUAGE = {"xquad-en2zh": "xquad-zh", "xquad-zh2en": "xquad-en"}
GATED = ("korquad-open", "xquad-en", "xquad-zh", *OTHER_LANGUAGE)

Part = Callable[[], list[Case]]


@dataclass(frozen=True)
class Folders:
    """Where the questions lie; what they hold is described in docs/fitting.md."""

    bench: Path
    sample: Path
    reports: Path
    reading: Path


def parts(folders: Folders) -> dict[str, Part]:
    """What makes the questions of each part of each source; the slowest come first."""
    bench = folders.bench
    found: dict[str, Part] = {}
    for language in LANGUAGES:
        file = bench / "nomiracl" / f"{language}.jsonl"
        found[f"nomiracl-{language}"] = partial(pool_cases, file, "nomiracl")
    for name in (*SAME_LANGUAGE, *OTHER_LANGUAGE):
        answers = bench / OTHER_LANGUAGE[name] if name in OTHER_LANGUAGE else None
        source = name.split("-")[0]
        found[f"ranked-{name}"] = partial(
            beir_cases, bench / name, source, answers_of=answers, half=False
        )
    for name in GATED:
        source = name.split("-")[0]
        found[f"gated-{name}"] = partial(beir_cases, bench / name, source, half=True)
    found["finreg"] = partial(beir_cases, bench / "finreg", "finreg", half=True, headed=True)
    found["reading"] = partial(reading_cases, folders.reading, "reading")
    for name, folder, gold in (
        ("reports", folders.reports, "gold.jsonl"),
        ("sample", folders.sample, "questions.jsonl"),
    ):
        found[name] = partial(gold_cases, folder / gold, folder / "documents", name)
    return found


def read_cases(found: Mapping[str, Part], cache: Path, workers: int) -> Mapping[str, list[Case]]:
    """The questions of parts, from the cache where they were found before by the same
    encoder, analyzer and chunker. Delete the cache to find them anew."""
    made_by = "\n".join((Encoder().name, Analyzer().name, CHUNKER))
    own = cache / hashlib.sha256(made_by.encode()).hexdigest()[:12]
    own.mkdir(parents=True, exist_ok=True)
    missing = {name: part for name, part in found.items() if not _file(own, name).exists()}
    if missing:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            tasks = {
                name: pool.submit(_make, part, _file(own, name)) for name, part in missing.items()
            }
            for name, task in tasks.items():
                typer.echo(f"{name}: {task.result()} questions", err=True)
    return {name: pickle.loads(_file(own, name).read_bytes()) for name in found}


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.pickle"


def _make(part: Part, file: Path) -> int:
    cases = part()
    whole = file.with_suffix(".part")
    whole.write_bytes(pickle.dumps(cases))
    whole.rename(file)
    return len(cases)
