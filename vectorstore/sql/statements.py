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
    Subquery,
    Table,
    UpdateBase,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from geungeo.vectorstore.sql.beside_statements import BESIDE
from geungeo.vectorstore.sql.dialects import among, holds_any, length_of, lies_in
from geungeo.vectorstore.sql.parameters import key, keys, text, texts
from geungeo.vectorstore.sql.tables import CORRECTIONS, DOCUMENTS, GLOSSES, PASSAGES

_R, _P, _G, _C = DOCUMENTS.c, PASSAGES.c, GLOSSES.c, CORRECTIONS.c
_NEW = DOCUMENTS.alias("new").c
_ITS_PATH = select(_NEW.path).where(_NEW.id == key("key")).scalar_subquery()
_ITS_CONTENT = select(_NEW.sha256).where(_NEW.id == key("key")).scalar_subquery()
_WRITING: ColumnElement[str] = literal_column("'writing'")
_READY: ColumnElement[str] = literal_column("'ready'")
_REMOVED: ColumnElement[str] = literal_column("'removed'")
_NONE: ColumnElement[str] = literal_column("''")
_IS_READY = _R.state == _READY
# Who asks may see it: it lies in none of the folders that are hidden, if any are.
_IS_OPEN = or_(texts("hidden").is_(None), not_(lies_in(_R.id, texts("hidden"))))
_CORRECTED = (_C.title, _C.date, _C.organisation, _C.type)
# As it was read, and as it is shown.
_AS_READ = tuple(_R[one.name] for one in _CORRECTED)


def _shown() -> Subquery:
    """The documents that are visible to who asks, each with what was corrected of it in place of
    what was read. Whatever is told of documents is told of these."""
    corrected = {one.name: func.coalesce(one, _R[one.name]).label(one.name) for one in _CORRECTED}
    columns = [corrected.get(one.name, one) for one in _R if one is not _R.state]
    both = DOCUMENTS.outerjoin(CORRECTIONS, _C.path == _R.path)
    return select(*columns).select_from(both).where(_IS_READY, _IS_OPEN).subquery("shown")


_SHOWN = _shown()
_D = _SHOWN.c
_VISIBLE = PASSAGES.join(_SHOWN, _D.id == _P.document)
# Counted document by document, which takes a sixth of the time of sorting all passages.
_HELD = select(_P.document, func.count().label("passages")).group_by(_P.document).subquery("held")
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
    select(func.count()).where(_P.document == _D.id).correlate(_SHOWN).scalar_subquery(),
)  # fmt: skip


def _narrowed(statement: Select[Any]) -> Select[Any]:
    """Narrowed to what a filter lets through, as ``filters.py`` gives its values."""
    exact = ((_D.name, "names"), (_D.language, "languages"), (_D.type, "types"))
    return statement.where(
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
    return select(*columns).select_from(_VISIBLE)


Statement = Select[Any] | UpdateBase

READING: dict[str, Statement] = {
    "leftovers": select(_R.id).where(_R.state != _READY),
    "terms": select(_P.terms).where(among(_P.document, keys("documents"))),
    "documents": _narrowed(select(*_SUMMARY)).order_by(_D.path),
    "matching": _narrowed(select(_D.id)),
    "text": select(_D.text).where(_D.path == text("path")),
    "as_read": select(*_AS_READ).where(_R.path == text("path"), _IS_READY, _IS_OPEN),
    "corrections": select(_C.path, *_CORRECTED)
    .select_from(CORRECTIONS.join(_SHOWN, _D.path == _C.path))
    .where(_C.withdrawn == _NONE)
    .order_by(_C.path),
    "correction_of": select(*_CORRECTED).where(
        _C.path == text("path"), or_(_C.withdrawn == _NONE, _C.withdrawn == text("content"))
    ),
    "languages": select(_D.language, func.sum(_HELD.c.passages))
    .select_from(_HELD.join(_SHOWN, _D.id == _HELD.c.document))
    .group_by(_D.language),
    "vectors": _visible(_P.id, _P.vectors, _ROWS).where(among(_P.id, keys("ids"))),
    "passages": _visible(*_PASSAGE, _P.terms).where(among(_P.id, keys("ids"))),
    "passages_of": _visible(*_PASSAGE).where(_D.path == text("path")).order_by(_P.first),
    "names": select(_G.forms).distinct().select_from(GLOSSES.join(_SHOWN, _D.id == _G.document)),
    "records": select(_P.id, _P.terms, _P.vectors, _ROWS).where(_P.document == key("document")),
}
CHANGING: dict[str, Statement] = {
    "replace": update(DOCUMENTS)
    .values(state=_REMOVED)
    .where(_IS_READY, _R.id != key("key"), _R.path == _ITS_PATH),
    "show": update(DOCUMENTS).values(state=_READY).where(_R.id == key("key")),
    "withdraw": update(DOCUMENTS)
    .values(state=_REMOVED)
    .where(_R.path == text("old_path"), _IS_READY),
    "rename": update(DOCUMENTS)
    .values(path=text("new_path"), name=text("new_name"))
    .where(_R.path == text("old_path"), _IS_READY),
    # What is corrected stays with its path, and goes with a document that is moved. Where one is
    # withdrawn, it waits for the same content to come back.
    "forget_correction": delete(CORRECTIONS).where(_C.path == text("path")),
    "leave_correction": update(CORRECTIONS)
    .values(
        withdrawn=select(_R.sha256).where(_R.path == text("old_path"), _IS_READY).scalar_subquery()
    )
    .where(_C.path == text("old_path"), _C.withdrawn == _NONE),
    "outdate_correction": delete(CORRECTIONS).where(
        _C.path == _ITS_PATH, _C.withdrawn.not_in([_NONE, _ITS_CONTENT])
    ),
    "take_up_correction": update(CORRECTIONS).values(withdrawn=_NONE).where(_C.path == _ITS_PATH),
    "replace_correction": delete(CORRECTIONS).where(
        _C.path == text("new_path"),
        select(_R.id).where(_R.path == text("old_path"), _IS_READY).exists(),
    ),
    "move_correction": update(CORRECTIONS)
    .values(path=text("new_path"))
    .where(_C.path == text("old_path"), _C.withdrawn == _NONE),
    "purge_glosses": delete(GLOSSES).where(among(_G.document, keys("documents"))),
    "purge_passages": delete(PASSAGES).where(among(_P.document, keys("documents"))),
    "purge_documents": delete(DOCUMENTS).where(among(_R.id, keys("documents"))),
}
ADDING: dict[str, Statement] = {
    "add_document": _insert(DOCUMENTS, state=_WRITING).returning(
        _R.id, sort_by_parameter_order=True
    ),
    "add_passage": _insert(PASSAGES).returning(_P.id, sort_by_parameter_order=True),
    "add_gloss": _insert(GLOSSES),
    "add_correction": _insert(CORRECTIONS, withdrawn=_NONE),
}
STATEMENTS: dict[str, Statement] = {**READING, **CHANGING, **ADDING, **BESIDE}
