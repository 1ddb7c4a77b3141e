"""What the parts tell while they work, on standard error. Only programs call this."""

from __future__ import annotations

import logging

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Libraries that tell more than a reader wants to know, whatever level is asked for.
_OTHERS = ("asyncio", "chromadb", "gradio", "httpcore", "httpx", "pdfminer", "urllib3", "uvicorn")


def tell(level: str) -> None:
    """Let our loggers write what is of a level (``debug``, ``info``, ``warning`` or ``error``)
    and above; a later call changes the level."""
    ours = logging.getLogger("geungeo")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    # One handler, of the standard error of now.
    ours.handlers = [handler]
    ours.propagate = False
    ours.setLevel(level.upper())
    for name in _OTHERS:
        logging.getLogger(name).setLevel(logging.WARNING)
