"""What is said to a database, by name: here by the catalogue, in ``beside_statements.py`` by what
is kept beside it.

PostgreSQL is told so by SQLAlchemy. For SQLite the same statements lie compiled in
``statements.sql`` (``compiling.py``), because loading SQLAlchemy would hold up every first answer.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    Select,
    Table,
    UpdateBase,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from geungeo.vectorstore.sql.beside_statements import BESIDE
from geungeo.vectorstore.sql.dialects import among, holds_any, length_of
from geungeo.vectorstore.sql.parameters import key, keys, text, texts
from geungeo.vectorstore.sql.tables import DOCUMENTS, GLOSSES, PASSAGES

_D, _P, _G = DOCUMENTS.c, PASSAGES.c, GLOSSES.c
_NEW = DOCUMENTS.alias("new").c
_WRITING: ColumnElement[str] = literal_column("'writing'")
_READY: ColumnElement[str] = literal_column("'ready'")
_REMOVED: ColumnElement[str] = literal_column("'removed'")
_NONE: ColumnElement[str] = literal_column("''")
_IS_READY = _D.state == _READY
_VISIBLE = PASSAGES.join(DOCUMENTS, _D.id == _P.document)
# How many vectors a passage has: its own, then its sentences'.
_ROWS: ColumnElement[int] = literal_column("1", Integer) + length_of(_P.sentences)
_PASSAGE = (
    _P.id, _D.name, _D.path, _D.title, _D.date, _D.organisation, _D.type, _D.language,
    _P.section, _P.page, _P.first, _P.last, _P.text, _P.sentences, _D.author, _D.code,
    _P.recognised, _P.kinds,
)  # fmt: skip
_SUMMARY = (
    _D.path, _D.name, _D.sha256, _D.title, _D.date, _D.organisation, _D.type, _D.language,
    _D.pages, _D.author, _D.code,
    select(func.count()).where(_P.document == _D.id).correlate(DOCUMENTS).scalar_subquery(),
)  # fmt: skip


def _narrowed(statement: Select[Any]) -> Select[Any]:
    """Narrowed to what a filter lets through, as ``filters.py`` gives its values."""
    exact = ((_D.name, "names"), (_D.language, "languages"), (_D.type, "types"))
    return statement.where(
        _IS_READY,
        or_(text("since") == _NONE, and_(_D.date != _NONE, _D.date >= text("since"))),
        or_(text("until") == _NONE, and_(_D.date != _NONE, _D.date <= text("until"))),
        *(or_(texts(name).is_(None), among(column, texts(name))) for column, name in exact),
        or_(
            texts("organisations").is_(None),
            holds_any(_D.organisation, texts("organisations")),
        ),
    )


def _insert(table: Table, **fixed: Any) -> Insert:
    """All columns are given by name but the fixed ones and those that the database numbers."""
    given = [column.name for column in table.c if column.name not in {"id", *fixed}]
    return insert(table).values({**{name: bindparam(name) for name in given}, **fixed})


def _visible(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(_VISIBLE).where(_IS_READY)


Statement = Select[Any] | UpdateBase

READING: dict[str, Statement] = {
    "leftovers": select(_D.id).where(_D.state != _READY),
    "terms": select(_P.terms).where(among(_P.document, keys("documents"))),
    "documents": _narrowed(select(*_SUMMARY)).order_by(_D.path),
    "matching": _narrowed(select(_D.id)),
    "text": select(_D.text).where(_D.path == text("path"), _IS_READY),
    "languages": _visible(_D.language, func.count()).group_by(_D.language),
    "vectors": _visible(_P.id, _P.vectors, _ROWS).where(among(_P.id, keys("ids"))),
    "passages": _visible(*_PASSAGE, _P.terms).where(among(_P.id, keys("ids"))),
    "passages_of": _visible(*_PASSAGE).where(_D.path == text("path")).order_by(_P.first),
    "names": select(_G.forms)
    .distinct()
    .select_from(GLOSSES.join(DOCUMENTS, _D.id == _G.document))
    .where(_IS_READY),
    "records": select(_P.id, _P.terms, _P.vectors, _ROWS).where(_P.document == key("document")),
}
CHANGING: dict[str, Statement] = {
    "replace": update(DOCUMENTS)
    .values(state=_REMOVED)
    .where(
        _IS_READY,
        _D.id != key("key"),
        _D.path == select(_NEW.path).where(_NEW.id == key("key")).scalar_subquery(),
    ),
    "show": update(DOCUMENTS).values(state=_READY).where(_D.id == key("key")),
    "withdraw": update(DOCUMENTS)
    .values(state=_REMOVED)
    .where(_D.path == text("old_path"), _IS_READY),
    "rename": update(DOCUMENTS)
    .values(path=text("new_path"), name=text("new_name"))
    .where(_D.path == text("old_path"), _IS_READY),
    "purge_glosses": delete(GLOSSES).where(among(_G.document, keys("documents"))),
    "purge_passages": delete(PASSAGES).where(among(_P.document, keys("documents"))),
    "purge_documents": delete(DOCUMENTS).where(among(_D.id, keys("documents"))),
}
ADDING: dict[str, Statement] = {
    "add_document": _insert(DOCUMENTS, state=_WRITING).returning(
        _D.id, sort_by_parameter_order=True
    ),
    "add_passage": _insert(PASSAGES).returning(_P.id, sort_by_parameter_order=True),
    "add_gloss": _insert(GLOSSES),
}
STATEMENTS: dict[str, Statement] = {**READING, **CHANGING, **ADDING, **BESIDE}
