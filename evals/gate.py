"""Least and greatest figures that a change has to keep: ``geungeo eval answers --gate FILE``.

A gate is a TOML file with a table for each language and for ``all``, whose lines bound a
figure: ``accuracy = { least = 0.9 }``, ``wrong_refusals = { most = 0.05 }``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from geungeo.errors import GeungeoError


class GateError(GeungeoError):
    """A gate cannot be read; the message names the file and the line."""


class Bound(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    least: float | None = None
    most: float | None = None


Gate = dict[str, dict[str, Bound]]


def read_gate(file: Path) -> Gate:
    """Raises ``GateError`` when the file cannot be read or is not a gate."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        return TypeAdapter(Gate).validate_python(data)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GateError(f"{file}: the gate cannot be read: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        raise GateError(f"{file}: {where}: {problem['msg']}") from error


def fallen(figures: Mapping[str, Mapping[str, Any]], gate: Gate) -> list[str]:
    """The figures that are out of their bounds or missing, a line each."""
    lines = []
    for group, bounds in gate.items():
        for name, bound in bounds.items():
            value = figures.get(group, {}).get(name)
            if value is None:
                lines.append(f"{group} {name}: not measured")
            elif bound.least is not None and value < bound.least:
                lines.append(f"{group} {name}: {value} is less than {bound.least}")
            elif bound.most is not None and value > bound.most:
                lines.append(f"{group} {name}: {value} is more than {bound.most}")
    return lines
