"""From a file's bytes to its text, by the format that its content shows: a folder for each
family of formats, and ``registry`` with the table of their readers."""

from geungeo.ingest.formats.registry import read
from geungeo.ingest.formats.result import LoadError, Member, NotADocumentError, Read
from geungeo.ingest.formats.signatures import Format, detect

__all__ = [
    "Format",
    "LoadError",
    "Member",
    "NotADocumentError",
    "Read",
    "detect",
    "read",
]
