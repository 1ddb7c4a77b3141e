"""From questions and passages to what training takes."""

from __future__ import annotations

import hashlib
import random
from functools import partial
from pathlib import Path

import typer
from tokenizers import Tokenizer

from geungeo.evals.fit.cases import Case
from geungeo.evals.fit.sources import Folders, Part, parts, read_cases
from geungeo.evals.train_reader.composed import composed
from geungeo.evals.train_reader.examples import Packer
from geungeo.evals.train_reader.files import EXAMPLES, START, TOKENIZER
from geungeo.evals.train_reader.pretrained import read_pretrained, trimmed
from geungeo.evals.train_reader.written import ORIGINS, SOURCE, read_written, written_cases
from geungeo.rag.reading.layout import Layout

_SEED = 0
_QUESTIONS = Path(__file__).with_name("questions.tsv")


def prepare(
    folders: Folders, model: Path, tokenizer: Path, out: Path, cache: Path, workers: int
) -> None:
    """Write the start, its tokenizer and the examples into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    kept, own = trimmed(tokenizer)
    (out / TOKENIZER).write_text(own, encoding="utf-8")
    read_pretrained(model, kept).save(out / START)
    packer = Packer(Layout(Tokenizer.from_str(own)))
    rng = random.Random(_SEED)
    found, written = 0, list[Case]()
    asked = {**parts(folders), **_written(folders)}
    for name, cases in read_cases(asked, cache, workers).items():
        for case in cases:
            if _teaches(name):
                packer.learn(case, rng)
            if name.startswith(SOURCE):
                found += 1
            else:
                packer.watch(case)
        if name.startswith(SOURCE):
            written += cases
    made = 0
    for case in composed(written, rng):
        packer.learn(case, rng)
        made += 1
    packer.save(out / EXAMPLES)
    typer.echo(
        f"{found} of {len(read_written(_QUESTIONS))} written questions have their passages; "
        f"{made} more are made of them"
    )


def _written(folders: Folders) -> dict[str, Part]:
    documents = (folders.reports / "documents", folders.sample / "documents")
    written = _QUESTIONS.read_bytes() + _QUESTIONS.with_name("passages.jsonl").read_bytes()
    # What is cached is of these questions.
    version = hashlib.sha256(written).hexdigest()[:8]
    return {
        f"{SOURCE}-{origin}-{version}": partial(
            written_cases, _QUESTIONS, origin, folders.bench, documents
        )
        for origin in ORIGINS
    }


def _teaches(part: str) -> bool:
    """Of sets that are there twice one part is learned from."""
    return not part.startswith("gated-xquad")
