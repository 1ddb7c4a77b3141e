"""Which tables a server's database has, and how it gets those of this version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

HEAD = "0009"
"""The newest step of ``migrations``."""


def revision(connection: Connection) -> str:
    """The step that the tables are at; empty where there are none."""
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def is_known(step: str) -> bool:
    """Whether tables at a step can be brought up by this version."""
    return step <= HEAD


def bring_up(connection: Connection, to: str = HEAD) -> None:
    """Make the tables, or change those of an older version, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
