"""What ``import geungeo`` offers."""

import ast
import subprocess
import sys
from pathlib import Path

import geungeo


def test_every_public_name_is_there() -> None:
    for name in geungeo.__all__:
        assert getattr(geungeo, name).__name__ == name


def test_the_public_names_are_those_that_type_checkers_see() -> None:
    source = ast.parse(Path(geungeo.__file__).read_text(encoding="utf-8"))
    (seen,) = (node for node in source.body if isinstance(node, ast.If))
    names = [alias.name for node in ast.walk(seen) for alias in getattr(node, "names", ())]
    assert sorted(names) == sorted(geungeo.__all__)
    assert (Path(geungeo.__file__).parent / "py.typed").exists()


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys, geungeo; print(*(m for m in sys.modules if m.startswith('geungeo.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
