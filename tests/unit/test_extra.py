import subprocess
import sys

import pytest

from geungeo.errors import GeungeoError
from geungeo.evals.extra import extra


def test_what_is_missing_names_the_extra_that_brings_it() -> None:
    with pytest.raises(GeungeoError, match=r"pip install 'geungeo\[evals\]'"), extra("evals"):
        import no_such_package_anywhere  # type: ignore[import-not-found]  # noqa: F401


def test_a_command_without_its_extra_ends_with_a_line() -> None:
    code = (
        "import sys; sys.modules['ir_measures'] = None; from geungeo.ui.cli.main import app;"
        "app(['eval', 'retrieval', 'nowhere'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "ir_measures is not installed: pip install 'geungeo[evals]'\n"
