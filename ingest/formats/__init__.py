"""From a file's bytes to its text, by the format that its content shows."""

from geungeo.ingest.formats.detect import Format, detect
from geungeo.ingest.formats.read import LoadError, Member, NotADocumentError, Read, read

__all__ = [
    "Format",
    "LoadError",
    "Member",
    "NotADocumentError",
    "Read",
    "detect",
    "read",
]
