"""What is known of the three languages, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(1)
def words() -> dict[str, Any]:
    """Its tables by their names."""
    file = files("geungeo.evals.comparing") / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
