"""Lay the package out as it is installed, by links, for tools that read files instead of importing:
python scripts/package_tree.py FOLDER
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def lay_out(target: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shutil.rmtree(target, ignore_errors=True)
    for name, folder in settings["tool"]["setuptools"]["package-dir"].items():
        for source in (ROOT / folder).rglob("*"):
            if source.suffix == ".py" or source.name == "py.typed":
                link = target / name.replace(".", "/") / source.relative_to(ROOT / folder)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(source)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
