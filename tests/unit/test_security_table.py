"""Every test that the threat table names is there."""

import re

from tests.conftest import ROOT


def test_the_table_names_tests_that_exist() -> None:
    table = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    sources = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("*.py"))
    named = set(re.findall(r"\btest_\w+(?!\w|\.py)\b", table))
    assert len(named) > 12
    files = {file.name for file in (ROOT / "tests").rglob("*.py")}
    missing = {one for one in named if f"def {one}(" not in sources and f"{one}.py" not in files}
    assert not missing
