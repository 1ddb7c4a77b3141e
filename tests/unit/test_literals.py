"""Hangul and Han stand where a language is known, in what the page says, and in data."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_LETTER = re.compile(
    r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
# Files outside lang/ that may hold such strings: the texts of the page.
_EXCEPTIONS = {"ui/strings/always.py", "ui/strings/ko.py", "ui/strings/zh.py"}
_FOLDERS = ("evals", "geungeo", "ingest", "rag", "sample", "ui", "vectorstore")


def _sources() -> list[Path]:
    found = [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return [ROOT / "app.py", *found]


def _literals(source: str) -> list[tuple[int, str]]:
    """The strings of a module with such a letter, with their lines; docstrings are none."""
    tree = ast.parse(source)
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in said
        and _LETTER.search(node.value)
    ]


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_hangul_and_no_han_outside_lang(path: Path) -> None:
    found = _literals(path.read_text(encoding="utf-8"))
    name = path.relative_to(ROOT).as_posix()
    if name in _EXCEPTIONS:
        assert found, f"{name} needs no exception any more"
    else:
        assert not found, f"move into lang/ or a data file: {found[0][1]!r} in line {found[0][0]}"


def test_what_counts_as_a_literal() -> None:
    assert _literals('"""서울"""\nx = "Seoul"  # 서울') == []
    assert _literals('x = f"{1}시"') == [(1, "시")]
    assert _literals('x = ("a", "市")')[0][1] == "市"
