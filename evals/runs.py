"""Runs of the evals as files, and what got better or worse between two of them."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from geungeo.errors import GeungeoError
from geungeo.evals.extra import extra
from geungeo.rag.settings import Settings

if TYPE_CHECKING:
    from geungeo.evals.answers import Judged

_PACKAGES = ("chromadb", "kiwipiepy", "langchain-core", "sentence-transformers", "tantivy", "torch")


class RunError(GeungeoError):
    """A run cannot be read or written; the message names the file."""


class RunCase(BaseModel):
    """What became of one question; ``right`` for an unanswerable one means refused, and
    ``rank`` is that of the first passage with the evidence, 0 for none."""

    model_config = ConfigDict(frozen=True)

    id: str
    lang: str
    question: str
    kind: str
    answerable: bool
    wanted: tuple[str, ...]
    right: bool
    refused: bool
    confidence: float
    rank: int
    answer: str
    seconds: float
    tokens: int


class Run(BaseModel):
    """``ablation`` has the figures of the systems that were asked the same, by name."""

    model_config = ConfigDict(frozen=True)

    at: str
    gold: str
    commit: str
    machine: str
    versions: dict[str, str]
    settings: dict[str, str]
    figures: dict[str, dict[str, Any]]
    cases: tuple[RunCase, ...]
    ablation: dict[str, dict[str, Any]] = {}


class Change(BaseModel):
    """A case that is right in one of two runs only."""

    before: RunCase
    after: RunCase


def make_run(
    gold: Path,
    settings: Settings,
    judged: Sequence[Judged],
    figures: Mapping[str, Mapping[str, Any]],
    ablation: Mapping[str, Mapping[str, Any]],
) -> Run:
    """A run as it is recorded: figures and cases with what produced them."""
    hidden = {"api_key"}
    return Run(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        gold=gold.name,
        commit=_commit(),
        machine=f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}",
        versions={name: version(name) for name in _PACKAGES},
        settings={k: str(v) for k, v in settings.model_dump(exclude=hidden).items()},
        figures={group: dict(values) for group, values in figures.items()},
        cases=tuple(_case(one) for one in judged),
        ablation={name: dict(values) for name, values in ablation.items()},
    )


def record(folder: Path, run: Run) -> Path:
    """Write a run into a folder of runs; returns its file. Raises ``RunError``."""
    at = re.sub(r"[-:]|\+.*", "", run.at)
    file = folder / f"{at}-{Path(run.gold).stem}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise RunError(f"{file}: the run cannot be written: {error}") from error
    return file


def read_run(file: Path) -> Run:
    """Raises ``RunError`` when the file is not a run."""
    try:
        return Run.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise RunError(f"{file}: not a run of the evals: {error}") from error


def changes(before: Run, after: Run) -> tuple[list[Change], list[Change]]:
    """The cases that got better, and those that got worse."""
    earlier = {case.id: case for case in before.cases}
    better: list[Change] = []
    worse: list[Change] = []
    for case in after.cases:
        was = earlier.get(case.id)
        if was is not None and was.right != case.right:
            (better if case.right else worse).append(Change(before=was, after=case))
    return better, worse


def sign_test(better: int, worse: int) -> float:
    """The probability that as one-sided a change as this, or more so, comes by chance (exact
    sign test on the cases that differ; McNemar 1947)."""
    with extra("evals"):
        from scipy.stats import binomtest
    return float(binomtest(better, better + worse).pvalue) if better + worse else 1.0


def _case(one: Judged) -> RunCase:
    case, answer = one.case, one.answer
    return RunCase(
        id=case.id,
        lang=case.lang,
        question=case.question,
        kind=case.kind,
        answerable=case.answerable,
        wanted=case.wanted,
        right=one.is_well_answered,
        refused=answer.refused,
        confidence=round(answer.confidence, 4),
        rank=one.rank,
        answer=answer.answer,
        seconds=round(answer.seconds.total, 4),
        tokens=one.tokens,
    )


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
