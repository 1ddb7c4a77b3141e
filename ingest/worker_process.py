"""The process that reads files: answers messages on its standard input until it ends."""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import sys
from typing import Any

from geungeo.ingest.formats import LoadError, NotADocumentError
from geungeo.ingest.load import load
from geungeo.ingest.messages import of_loaded, send


def _answer(name: str, data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    try:
        found = load(name, data)
    except NotADocumentError as error:
        return {"error": str(error), "skipped": True}, []
    except LoadError as error:
        return {"error": str(error), "skipped": False}, []
    except (RecursionError, MemoryError) as error:
        reason = f"nested too deeply or too large to read ({type(error).__name__})"
        return {"error": reason, "skipped": False}, []
    except Exception as error:
        return {
            "error": f"it cannot be read: {type(error).__name__}: {error}",
            "skipped": False,
        }, []
    return of_loaded(found)


def _serve(memory: int) -> None:
    """Answer messages on standard input until it ends."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # What a library prints must not come between the messages.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    source = sys.stdin.buffer
    send(out, {"ready": True}, [])
    while line := source.readline():
        about = json.loads(line)
        data = source.read(about["sizes"][0])
        send(out, *_answer(about["name"], data))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
