"""What readers may upload: how much, how many, and under which names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geungeo.ingest.files import is_system_file
from geungeo.ui.strings import Strings
from geungeo.vectorstore import StoreError, in_one_line, name_of

MOST_FILES = 500
LARGEST_FILE = 200 * 1024**2
_LARGEST_FOLDER = 10 * 1024**3
_LONGEST_NAME = 200  # bytes, of the 255 that most disks have
# What runs when it is opened, on one system or another; no document has such a name.
_PROGRAMS = frozenset(
    ".exe .dll .com .bat .cmd .ps1 .vbs .js .jse .wsf .hta .msi .scr .lnk .sh .py .jar .apk "
    ".so .dylib .app .php .cgi".split()
)


def make_folder(folder: Path) -> None:
    """Make the folder of uploads where it is not there.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: nothing can be uploaded: {in_one_line(error)}") from error


def accepted(files: Sequence[str], folder: Path, say: Strings) -> dict[str, str]:
    """The uploaded files that may lie in a folder, by the name that they get there; those that
    may not, by their names or size, are missing.

    Raises:
        ValueError: there are too many, or the folder would hold too much; the message is for
            the reader.
    """
    if len(files) > MOST_FILES:
        raise ValueError(say.too_many_files.format(MOST_FILES))
    named = {name_of(file): file for file in files}
    kept = {name: file for name, file in named.items() if is_name(name) and _is_small(file)}
    there = sum(one.stat().st_size for one in folder.iterdir() if one.name not in kept)
    if there + sum(Path(file).stat().st_size for file in kept.values()) > _LARGEST_FOLDER:
        raise ValueError(say.uploads_full.format(_LARGEST_FOLDER // 1024**3))
    return kept


def is_name(name: str) -> bool:
    """Whether a document may have a name."""
    return (
        name.isprintable()
        # Gradio takes the dollar out of the name of a lock file.
        and not name.startswith((".", "~"))
        and not is_system_file(name)
        and len(name.encode()) <= _LONGEST_NAME
        and Path(name).suffix.lower() not in _PROGRAMS
    )


def _is_small(file: str) -> bool:
    return Path(file).stat().st_size <= LARGEST_FILE
