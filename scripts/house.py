"""The house, a line for each module: python scripts/house.py"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("geungeo", "ui", "evals", "rag", "ingest", "vectorstore", "lang")


def purpose(module: Path) -> str:
    """The first sentence of a module's docstring."""
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n")[0].split())


def main() -> None:
    for folder in FOLDERS:
        for module in sorted((ROOT / folder).rglob("*.py")):
            lines = len(module.read_text(encoding="utf-8").splitlines())
            print(f"{module.relative_to(ROOT)!s:<50} {lines:>4}  {purpose(module)}")


if __name__ == "__main__":
    main()
