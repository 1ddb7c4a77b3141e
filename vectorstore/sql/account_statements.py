"""What is said to the tables of who may do what, by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Select,
    UpdateBase,
    bindparam,
    delete,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from geungeo.vectorstore.sql.account_tables import (
    ACCOUNTS,
    API_KEYS,
    AUDIT,
    COLLECTIONS,
    GRANTS,
    GROUP_GRANTS,
    MEMBERS,
    SESSIONS,
)
from geungeo.vectorstore.sql.dialects import added
from geungeo.vectorstore.sql.parameters import number, text
from geungeo.vectorstore.sql.upserts import put

_A, _K, _S, _L = ACCOUNTS.c, API_KEYS.c, SESSIONS.c, AUDIT.c
_C, _G = COLLECTIONS.c, GRANTS.c
_M, _T = MEMBERS.c, GROUP_GRANTS.c
_LINE = [column for column in _L if column is not _L.id]
_IS_NAMED = _A.name == text("whose")
_IS_GRANTED = _G.account == text("whose")
_GRANTED_TO_GROUPS = (
    select(_T.folder)
    .select_from(GROUP_GRANTS.join(MEMBERS, _M.group_name == _T.group_name))
    .where(_M.account == text("whose"))
)
_IS_OPEN = _A.disabled == literal_column("0")

ACCOUNT_STATEMENTS: dict[str, Select[Any] | UpdateBase] = {
    "add_account": insert(ACCOUNTS).values({one.name: bindparam(one.name) for one in _A}),
    "put_account": put(ACCOUNTS),
    "account": select(*_A).where(_IS_NAMED),
    "account_of_subject": select(*_A).where(_A.subject == text("which")),
    "account_of_session": select(*_A, _S.until)
    .select_from(SESSIONS.join(ACCOUNTS, _A.name == _S.account))
    .where(_S.digest == text("shown"), _S.until > text("now"), _S.began > text("oldest"), _IS_OPEN),
    "account_of_key": select(*_A)
    .select_from(API_KEYS.join(ACCOUNTS, _A.name == _K.account))
    .where(_K.digest == text("shown"), _IS_OPEN),
    "every_account": select(*_A).order_by(_A.name),
    "forget_account": delete(ACCOUNTS).where(_IS_NAMED),
    "put_key": put(API_KEYS),
    "key": select(_K.account).where(_K.id == text("which")),
    "every_key": select(*_K).order_by(_K.created),
    "forget_key": delete(API_KEYS).where(_K.id == text("which")),
    "forget_keys": delete(API_KEYS).where(_K.account == text("whose")),
    "put_session": put(SESSIONS),
    "prolong_session": update(SESSIONS)
    .values(until=text("new_until"))
    .where(_S.digest == text("shown")),
    "every_session": select(*_S),
    "forget_session": delete(SESSIONS).where(_S.digest == text("shown")),
    "forget_sessions": delete(SESSIONS).where(_S.account == text("whose")),
    "forget_old_sessions": delete(SESSIONS).where(
        or_(_S.until <= text("now"), _S.began <= text("oldest"))
    ),
    "put_collection": put(COLLECTIONS),
    "collection": select(*_C).where(_C.folder == text("which")),
    "every_collection": select(*_C).order_by(_C.folder),
    "forget_collection": delete(COLLECTIONS).where(_C.folder == text("which")),
    "put_grant": put(GRANTS),
    "grant": select(*_G).where(_G.folder == text("which"), _IS_GRANTED),
    "every_grant": select(*_G).order_by(_G.folder, _G.account),
    "forget_grant": delete(GRANTS).where(_G.folder == text("which"), _IS_GRANTED),
    "forget_grants": delete(GRANTS).where(_IS_GRANTED),
    "forget_grants_of": delete(GRANTS).where(_G.folder == text("which")),
    "put_member": put(MEMBERS),
    "every_member": select(*_M).order_by(_M.group_name, _M.account),
    "member": select(_M.account).where(_M.group_name == text("which")),
    "forget_members": delete(MEMBERS).where(_M.account == text("whose")),
    "put_group_grant": put(GROUP_GRANTS),
    "group_grant": select(*_T).where(_T.folder == text("which"), _T.group_name == text("whose")),
    "every_group_grant": select(*_T).order_by(_T.folder, _T.group_name),
    "forget_group_grant": delete(GROUP_GRANTS).where(
        _T.folder == text("which"), _T.group_name == text("whose")
    ),
    "forget_group_grants_of": delete(GROUP_GRANTS).where(_T.folder == text("which")),
    "hidden_from": select(_C.folder)
    .where(
        _C.folder.not_in(select(_G.folder).where(_IS_GRANTED)),
        _C.folder.not_in(_GRANTED_TO_GROUPS),
    )
    .order_by(_C.folder),
    "add_audit": insert(AUDIT).values({one.name: bindparam(one.name) for one in _LINE}),
    "audit": select(*_LINE)
    .order_by(added(_L.id).desc())
    .limit(number("most"))
    # Else SQLite's is told as a parameter.
    .offset(literal_column("0")),
    "forget_old_audit": delete(AUDIT).where(_L.at < text("oldest")),
    "every_audit": select(*_LINE).order_by(added(_L.id)),
}
