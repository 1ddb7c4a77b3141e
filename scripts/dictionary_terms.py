"""Make lang/data/dictionary.terms of lang/data/dictionary.tsv."""

from __future__ import annotations

from pathlib import Path

from geungeo.lang import Analyzer
from geungeo.lang.dictionary import terms_of_lines

DATA = Path(__file__).parent.parent / "lang" / "data"

if __name__ == "__main__":
    written = (DATA / "dictionary.tsv").read_text(encoding="utf-8").splitlines()
    made = "\n".join(terms_of_lines(written, Analyzer()))
    (DATA / "dictionary.terms").write_text(made + "\n", encoding="utf-8")
