"""What is said to the tables beside the catalogue, by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Select,
    UpdateBase,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from geungeo.vectorstore.sql.account_statements import ACCOUNT_STATEMENTS
from geungeo.vectorstore.sql.beside_tables import (
    CONVERSATIONS,
    REMARKS,
    RUNS,
    SEEN_FILES,
    SKETCHES,
)
from geungeo.vectorstore.sql.dialects import added, holds_all
from geungeo.vectorstore.sql.parameters import number, text, texts
from geungeo.vectorstore.sql.upserts import put

_C, _R, _F, _S, _U = CONVERSATIONS.c, REMARKS.c, SEEN_FILES.c, SKETCHES.c, RUNS.c
_MOVED = SKETCHES.alias("moved").c
_GOLD_ASKED_LAST = (
    select(_U.gold)
    .order_by(_U.at.desc(), _U.id.desc())
    .limit(literal_column("1"))
    .offset(literal_column("0"))
    .scalar_subquery()
)
# What names a conversation.
_IS_ASKED = (_C.reader == text("whose"), _C.id == text("which"))
_SAID = func.lower(_C.name + literal_column("' '") + _C.words)
_REMARK = [column for column in _R if column is not _R.id]


def _newest(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .where(_C.reader == text("whose"))
        .order_by(_C.at.desc())
        .limit(number("most"))
        # Else SQLite's is told as a parameter.
        .offset(literal_column("0"))
    )


BESIDE: dict[str, Select[Any] | UpdateBase] = {
    # Conversations
    "keep_conversation": put(CONVERSATIONS, "name"),
    "conversations": _newest(_C.id, _C.name, _C.at).where(holds_all(_SAID, texts("sought"))),
    "turns": select(_C.turns).where(*_IS_ASKED),
    "turns_with": _newest(_C.turns).where(holds_all(_C.turns, texts("parts"))),
    "rename_conversation": update(CONVERSATIONS).values(name=text("new_name")).where(*_IS_ASKED),
    "forget_conversation": delete(CONVERSATIONS).where(*_IS_ASKED),
    "forget_reader": delete(CONVERSATIONS).where(_C.reader == text("whose")),
    "every_conversation": select(*_C),
    # Remarks
    "add_remark": insert(REMARKS).values({one.name: bindparam(one.name) for one in _REMARK}),
    "every_remark": select(*_REMARK).order_by(_R.at, added(_R.id)),
    # The ledger
    "write_file": put(SEEN_FILES),
    "every_file": select(*_F).order_by(_F.path),
    "files_by_status": select(
        _F.status, func.count(), func.sum(_F.chunks), func.sum(_F.seconds)
    ).group_by(_F.status),
    "forget_file": delete(SEEN_FILES).where(_F.path == text("old_path")),
    "twins": update(SEEN_FILES).values(twin=text("new_path")).where(_F.twin == text("old_path")),
    "keep_sketch": put(SKETCHES),
    "every_sketch": select(*_S),
    "forget_sketch": delete(SKETCHES).where(_S.path == text("old_path")),
    "replace_sketch": delete(SKETCHES).where(
        _S.path == text("new_path"),
        select(_MOVED.path).where(_MOVED.path == text("old_path")).exists(),
    ),
    "move_sketch": update(SKETCHES)
    .values(path=text("new_path"))
    .where(_S.path == text("old_path")),
    # Runs of the evals
    "keep_run": put(RUNS),
    "every_run": select(*_U).order_by(_U.at, _U.id),
    "newest_runs": select(_U.run)
    .where(_U.gold == _GOLD_ASKED_LAST)
    .order_by(_U.at.desc(), _U.id.desc())
    .limit(number("most"))
    .offset(literal_column("0")),
    **ACCOUNT_STATEMENTS,
}
