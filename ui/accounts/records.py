"""What is known of an account, and what its role lets it do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from geungeo.errors import GeungeoError

Role = Literal["reader", "curator", "admin"]
"""A reader asks; a curator adds documents and takes them out too; an administrator sees the evals
and the state of the server too. Each may do what those before it may."""

ROLES: tuple[Role, ...] = get_args(Role)

STATE = "account"
"""The name under which a request's state has the account that it comes from."""

Action = Literal[
    "logged in", "login failed", "logged out", "key refused", "asked", "uploaded", "deleted",
    "corrected", "account added", "account removed", "account disabled", "account enabled",
    "role changed", "password changed", "key made", "key revoked",
    "folder closed", "folder granted", "folder withdrawn", "folder opened",
]  # fmt: skip


class AccountError(GeungeoError):
    """Something that cannot be done with an account; the message says why."""


@dataclass(frozen=True)
class Account:
    """``reader`` is the secret by which its conversations are found; ``subject`` names it where
    it logs in elsewhere; ``created`` is in ISO 8601."""

    name: str
    role: Role
    subject: str
    reader: str
    created: str
    is_disabled: bool

    def may(self, needed: Role) -> bool:
        """Whether it may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(needed)


@dataclass(frozen=True)
class ApiKey:
    """A key of a program as it is listed; what the program shows is not kept."""

    id: str
    account: str
    created: str


@dataclass(frozen=True)
class Restricted:
    """A folder with its own readers, the names of accounts and of groups of the OpenID provider;
    administrators see it too."""

    folder: str
    readers: tuple[str, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class AuditLine:
    """Who did what; ``at`` is in ISO 8601, ``detail`` a name of a document, a folder, an account or
    a door, never what was asked."""

    at: str
    who: str
    action: Action
    detail: str
    address: str
