"""Parameters of statements, by what they are given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, BigInteger, Integer, Text, bindparam


def text(name: str) -> Any:
    return bindparam(name, type_=Text())


def texts(name: str) -> Any:
    return bindparam(name, type_=ARRAY(Text()))


def number(name: str) -> Any:
    return bindparam(name, type_=Integer())


def key(name: str) -> Any:
    return bindparam(name, type_=BigInteger())


def keys(name: str) -> Any:
    return bindparam(name, type_=ARRAY(BigInteger()))
