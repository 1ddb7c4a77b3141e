"""Damage files of every format at random and read them: python -m tests.fuzz_loaders --minutes 60

A file may be read or refused with a reason; anything else is a finding, whose bytes are kept.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from geungeo.ingest.formats import LoadError
from geungeo.ingest.worker import Limits, Worker
from tests.unit import made

_FILES: dict[str, Callable[[], bytes]] = {
    "a.docx": made.a_docx,
    "a.pptx": made.a_pptx,
    "a.xlsx": made.an_xlsx,
    "a.odt": made.an_odt,
    "a.eml": lambda: made.a_mail(made.a_docx()),
    "a.pdf": made.a_pdf,
    "columns.pdf": made.a_page_of_two_columns,
    "a.zip": lambda: made.a_zip({"a.txt": "서울".encode() * 99, "b.docx": made.a_docx()}),
    "a.html": lambda: b"<html><body><table><tr><td>1</td></tr></table><p>x</p></body></html>",
    "a.csv": lambda: "팀,예산\n경제,4억\n".encode("cp949"),
    "a.md": lambda: "---\ntitle: 제목\n---\n# 머리\n\n- 하나\n".encode(),
}

_FINDINGS = ("reading it crashed", "it was not read", "it cannot be read")


def main(
    minutes: Annotated[float, typer.Option(help="How long.")] = 5.0,
    seed: Annotated[int, typer.Option()] = 0,
    more: Annotated[Path | None, typer.Option(help="A folder with further files.")] = None,
    out: Annotated[Path, typer.Option(help="Where findings are kept.")] = Path("findings"),
) -> None:
    chance = random.Random(seed)
    files: dict[str, bytes] = {name: make() for name, make in _FILES.items()}
    if more:
        files |= {file.name: file.read_bytes() for file in more.iterdir() if file.is_file()}
    worker = Worker(Limits(seconds=20, memory=3 * 1024**3))
    counts: Counter[str] = Counter()
    deadline = time.monotonic() + minutes * 60
    while time.monotonic() < deadline:
        name = chance.choice(sorted(files))
        data = damaged(files[name], chance)
        try:
            worker.load(name, data)
            counts["read"] += 1
        except LoadError as error:
            said = str(error)
            strange = said.startswith(
                ("reading it crashed", "it was not read", "it cannot be read")
            )
            counts["strange" if strange else "refused"] += 1
            if strange:
                out.mkdir(exist_ok=True)
                digest = hashlib.sha256(data).hexdigest()[:12]
                (out / f"{digest}-{name}").write_bytes(data)
                typer.echo(f"{digest}-{name}: {said[:150]}")
    worker.close()
    typer.echo(f"{sum(counts.values())} files: {dict(counts)}")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file with some bytes flipped, cut out, doubled or zeroed, or cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(max(1, len(changed)))
        length = chance.choice((1, 2, 4, 64, 1024))
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length]
            case 3:
                changed[at : at + length] = bytes(len(changed[at : at + length]))
            case _:
                if chance.random() < 0.2:
                    del changed[at:]
    return bytes(changed)


if __name__ == "__main__":
    typer.run(main)
