"""What reading a file gives, and why it may give nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geungeo.errors import GeungeoError
from geungeo.ingest.blocks import Block

PROTECTED = "protected by a password; save it without one"


class LoadError(GeungeoError):
    """The file cannot be read as a document; the message says why and what to do."""


class NotADocumentError(LoadError):
    """The file is of a kind that holds no text of its own, such as a picture."""


@dataclass(frozen=True)
class Member:
    """A file within a file: of an archive, or attached to a mail."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Read:
    """What a file holds.

    ``blocks`` are in reading order, on ``pages`` pages, of which ``recognised`` (their numbers,
    from 1) have their text from OCR. ``loader`` names the libraries that read it, ``given`` is
    what the file itself says of its title, date and author, and ``notes`` say what of the file
    was not read (a chart, hidden text), each in a phrase of its own.
    """

    blocks: tuple[Block, ...] = ()
    pages: int = 1
    recognised: tuple[int, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    loader: str = ""
    members: tuple[Member, ...] = ()
    notes: tuple[str, ...] = ()


def counted(number: int, thing: str, things: str = "") -> str:
    """``1 chart``, ``2 charts``: how notes count."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
