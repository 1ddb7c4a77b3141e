"""The texts that evals write themselves, from ``wording.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(1)
def wording() -> dict[str, Any]:
    """Its tables by their names."""
    return tomllib.loads((files("geungeo.evals") / "wording.toml").read_text(encoding="utf-8"))
