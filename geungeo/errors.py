"""What goes wrong and can be put right by whoever runs the program."""

from __future__ import annotations


class GeungeoError(Exception):
    """Every error of ours; its message names the file or the setting, and says what to do.

    Programs show the message and end. Anything else that is raised is a fault of the code, and
    is shown as such.
    """
