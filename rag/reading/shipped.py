"""Which reader a setting means."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geungeo.rag.reading.reader import Reader

SHIPPED, NONE = "shipped", "none"


def reader_of(setting: str) -> Reader | None:
    """The reader of a setting, the same one each time; None for none."""
    if setting == NONE:
        return None
    file = files("geungeo.rag.reading") / "reader.onnx"
    return _reader(Path(str(file)) if setting == SHIPPED else Path(setting).expanduser())


@lru_cache(maxsize=2)
def _reader(file: Path) -> Reader:
    from geungeo.rag.reading.reader import Reader

    return Reader(file)
