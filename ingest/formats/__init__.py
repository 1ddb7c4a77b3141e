"""From a file's bytes to its text, by the format that its content shows."""

from ingest.formats.detect import Format, detect
from ingest.formats.read import (
    SUPPORTED_SUFFIXES,
    LoadError,
    Member,
    NotADocumentError,
    Page,
    Read,
    read,
)

__all__ = [
    "SUPPORTED_SUFFIXES",
    "Format",
    "LoadError",
    "Member",
    "NotADocumentError",
    "Page",
    "Read",
    "detect",
    "read",
]
