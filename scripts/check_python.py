"""Stops with a sentence when the interpreter is one that the project does not run on."""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"Geungeo needs Python 3.11, 3.12 or 3.13; this is {found}. Try: make PYTHON=python3.12"
    )
