"""Where a Milvus server is. Nothing here needs Milvus's own package."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class MilvusAddress:
    """``uri`` is ``http://host:19530``, or a file ``….db`` for milvus-lite; ``token`` is
    ``user:password`` or a key, empty where the server asks for none."""

    uri: str
    token: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """The address without a password that stands in it."""
        user, _, _ = urlsplit(self.uri).netloc.rpartition("@")
        return self.uri.replace(f"{user}@", "", 1) if user else self.uri
