"""Writes ``statements.sql`` of ``tables.py`` and ``statements.py``:
``python -m geungeo.vectorstore.sql.compiling``."""

from __future__ import annotations

from sqlalchemy import Dialect, MetaData
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from geungeo.vectorstore.sql.beside_tables import BESIDE as OWN
from geungeo.vectorstore.sql.compiled import BESIDE, FILE, MARK, SCHEMA
from geungeo.vectorstore.sql.statements import STATEMENTS
from geungeo.vectorstore.sql.tables import METADATA


def compiled() -> str:
    """What the file has to hold."""
    dialect = SQLiteDialect_pysqlite(paramstyle="named")
    # A condition is not compared with 1, so that an index serves it.
    dialect.supports_native_boolean = True
    texts = {SCHEMA: _schema(METADATA, dialect)}
    texts |= {BESIDE.format(kind): _schema(one, dialect) for kind, one in OWN.items()}
    texts |= {
        name: str(statement.compile(dialect=dialect)) for name, statement in STATEMENTS.items()
    }
    return "\n".join(f"{MARK}{name}\n{_tidy(text)}\n" for name, text in texts.items())


def _schema(tables: MetaData, dialect: Dialect) -> str:
    made: list[DDLElement] = []
    for table in tables.sorted_tables:
        made.append(CreateTable(table, if_not_exists=True))
        made.extend(CreateIndex(index, if_not_exists=True) for index in table.indexes)
    schema = ";\n".join(str(one.compile(dialect=dialect)).strip() for one in made)
    return f"{schema};"


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines() if line.strip())


if __name__ == "__main__":
    FILE.write_text(compiled(), encoding="utf-8")
