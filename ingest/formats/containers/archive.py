"""ZIP archives, whose files are documents of their own."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import PurePosixPath

from geungeo.ingest.formats.result import LoadError, Member, Read
from geungeo.ingest.formats.signatures import DAMAGED_ZIP

MOST_MEMBERS = 2000
MOST_BYTES = 500 * 1024 * 1024
# A file that unpacks to so many times its size is no document.
_GREATEST_RATIO = 200
_SMALL = 1024 * 1024


def read_archive(data: bytes, name: str) -> Read:
    """The files of an archive, each read only as far as its header promises.

    Raises ``LoadError`` for one that is damaged, locked or unpacks to too much.
    """
    members: list[Member] = []
    notes: list[str] = []
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_MEMBERS:
                raise LoadError(f"{len(entries):,} files in it; {MOST_MEMBERS:,} are the most")
            for entry in entries:
                inner = _file_name(entry)
                if _is_hidden(inner):
                    continue
                if entry.flag_bits & 1:
                    raise LoadError("protected by a password; unpack it first")
                if entry.file_size > max(_SMALL, _GREATEST_RATIO * entry.compress_size):
                    notes.append(f"{inner}: unpacks to {entry.file_size:,} bytes; left out")
                    continue
                total += entry.file_size
                if total > MOST_BYTES:
                    raise LoadError(
                        f"it unpacks to more than {MOST_BYTES // 1024**2} MiB; unpack it first"
                    )
                with archive.open(entry) as stream:
                    members.append(Member(inner, stream.read(entry.file_size)))
    except DAMAGED_ZIP as error:
        raise LoadError(f"the archive is damaged: {error}") from error
    if not members and not notes:
        raise LoadError("no files in it")
    return Read(loader="zipfile", members=tuple(members), notes=tuple(notes))


def _file_name(entry: zipfile.ZipInfo) -> str:
    """The name within the archive, without what would lead out of it. Korean archives name
    files in CP949 where they do not say UTF-8."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("cp949")
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("..", "/", ".") and ":" not in part)


def _is_hidden(name: str) -> bool:
    return not name or any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
