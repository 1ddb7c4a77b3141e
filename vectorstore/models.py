"""Models from this machine first, then from the hub."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from geungeo.errors import GeungeoError

_HUB_SECONDS = 3
Model = TypeVar("Model")


class ModelError(GeungeoError):
    """The model that a setting names cannot be loaded; the message says what to do."""


def load_model(load: Callable[..., Model], name: str, setting: str) -> Model:
    """Load a sentence-transformers model of any kind by its class; one that lies on disk or
    in the local cache is never looked up on the hub. ``setting`` is what named it.

    Raises:
        ModelError: it is neither on this machine nor to be had from the hub.
    """
    try:
        return load(name, local_files_only=True)
    except (OSError, ValueError):
        pass
    try:
        _reach_hub()
        return load(name)
    except Exception as error:
        raise ModelError(
            f"{setting}={name}: the model is not on this machine and the hub did not give it "
            f"({type(error).__name__}). Put the model into a folder and name the folder, "
            f"or unset {setting}."
        ) from error


def _reach_hub() -> None:
    """Fail at once where there is no way to the hub; its own client retries for minutes.

    Raises:
        OSError: no connection within ``_HUB_SECONDS``.
    """
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        raise OSError("HF_HUB_OFFLINE is set")
    if "https" in getproxies() or "all" in getproxies():
        return
    address = urlsplit(constants.ENDPOINT)
    port = address.port or (80 if address.scheme == "http" else 443)
    socket.create_connection((address.hostname or "", port), timeout=_HUB_SECONDS).close()
