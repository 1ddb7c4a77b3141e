"""What SQLite and PostgreSQL say differently: conditions on lists, which SQLite takes as JSON."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class among(FunctionElement[bool]):  # noqa: N801
    """``among(column, values)``: the column is one of a list."""

    inherit_cache = True
    type = Boolean()


class holds_any(FunctionElement[bool]):  # noqa: N801
    """``holds_any(column, values)``: the column has one of a list of texts within it."""

    inherit_cache = True
    type = Boolean()


class holds_all(FunctionElement[bool]):  # noqa: N801
    """``holds_all(column, values)``: the column has each of a list of texts within it."""

    inherit_cache = True
    type = Boolean()


class lies_in(FunctionElement[bool]):  # noqa: N801
    """``lies_in(id, folders)``: the document of an id has one of a list of paths, lies below it, or
    in it where that is a file with others within. The documents below are looked up once, however
    many are asked for."""

    inherit_cache = True
    type = Boolean()


class added(FunctionElement[int]):  # noqa: N801
    """``added(column)``: the order in which rows were added, which a column numbers; SQLite does
    so by itself, in tables of older versions without such a column too."""

    inherit_cache = True
    type = Integer()


class length_of(FunctionElement[int]):  # noqa: N801
    """``length_of(column)``: how many parts a list has that a column keeps as JSON."""

    inherit_cache = True
    type = Integer()


def _parts(element: FunctionElement[Any], compiler: SQLCompiler, options: Any) -> list[str]:
    return [compiler.process(clause, **options) for clause in element.clauses]


@compiles(among, "sqlite")
def _among_json(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = _parts(element, compiler, options)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(among, "postgresql")
def _among_array(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = _parts(element, compiler, options)
    return f"{column} = ANY ({values})"


@compiles(holds_any, "sqlite")
def _holds_json(element: holds_any, compiler: SQLCompiler, **options: Any) -> str:
    column, values = _parts(element, compiler, options)
    return f"EXISTS (SELECT 1 FROM json_each({values}) WHERE instr({column}, value) > 0)"


@compiles(holds_any, "postgresql")
def _holds_array(element: holds_any, compiler: SQLCompiler, **options: Any) -> str:
    column, values = _parts(element, compiler, options)
    return f"EXISTS (SELECT 1 FROM unnest({values}) AS one WHERE strpos({column}, one) > 0)"


@compiles(holds_all, "sqlite")
def _all_of_json(element: holds_all, compiler: SQLCompiler, **options: Any) -> str:
    column, values = _parts(element, compiler, options)
    return f"NOT EXISTS (SELECT 1 FROM json_each({values}) WHERE instr({column}, value) = 0)"


@compiles(holds_all, "postgresql")
def _all_of_array(element: holds_all, compiler: SQLCompiler, **options: Any) -> str:
    column, values = _parts(element, compiler, options)
    return f"NOT EXISTS (SELECT 1 FROM unnest({values}) AS one WHERE strpos({column}, one) = 0)"


@compiles(lies_in, "sqlite")
def _below_json(element: lies_in, compiler: SQLCompiler, **options: Any) -> str:
    key, folders = _parts(element, compiler, options)
    # In this order, so that each folder is looked up by the index of paths.
    return (
        f"{key} IN (SELECT own.id FROM json_each({folders}) AS folder"
        f" CROSS JOIN documents AS own WHERE {_BELOW})"
    )


@compiles(lies_in, "postgresql")
def _below_array(element: lies_in, compiler: SQLCompiler, **options: Any) -> str:
    key, folders = _parts(element, compiler, options)
    return (
        f"{key} IN (SELECT own.id FROM unnest({folders}) AS folder(value)"
        f" JOIN documents AS own ON {_BELOW})"
    )


# What follows on "/" by its byte is "0", on "!/" it is "!0".
_BELOW = " OR ".join(
    (
        "own.path = folder.value",
        "own.path >= folder.value || '/' AND own.path < folder.value || '0'",
        "own.path >= folder.value || '!/' AND own.path < folder.value || '!0'",
    )
)


@compiles(added, "sqlite")
def _row_number(element: added, compiler: SQLCompiler, **options: Any) -> str:
    return "rowid"


@compiles(added, "postgresql")
def _number(element: added, compiler: SQLCompiler, **options: Any) -> str:
    (column,) = _parts(element, compiler, options)
    return column


@compiles(length_of, "sqlite")
@compiles(length_of, "postgresql")
def _length(element: length_of, compiler: SQLCompiler, **options: Any) -> str:
    (column,) = _parts(element, compiler, options)
    kept = f"{column}::json" if compiler.dialect.name == "postgresql" else column
    return f"json_array_length({kept})"
