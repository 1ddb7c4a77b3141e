"""Mails, and web pages saved as one file (MHTML), which are mails in form."""

from __future__ import annotations

from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from ingest.formats.read import LoadError, Member, Read
from ingest.formats.text import read_text


def read_mail(data: bytes, name: str) -> Read:
    """The body with subject and date; attachments come as members.

    Raises ``LoadError`` when there is neither.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
        body = body or next(
            (part for part in message.walk() if part.get_content_type() == "text/html"), None
        )
        members = tuple(
            Member(file, data)
            for part in message.iter_attachments()
            if (file := part.get_filename()) and (data := _bytes(part))
        )
        given = _headers(message)
        payload = _bytes(body) if body is not None else b""
        charset = body.get_content_charset() if body is not None else None
    except (LookupError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise LoadError(f"the mail cannot be read: {error}") from error
    if not payload and not members:
        raise LoadError("no text in it")
    if not payload:
        return Read(given=given, loader="email", members=members)
    is_html = body is not None and body.get_content_type() == "text/html"
    text = _unicode(payload, charset)
    found = read_text(text, "body.html" if is_html else "body.txt")
    return Read(found.pages, {**found.given, **given}, "email", members)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _unicode(payload: bytes, charset: str | None) -> bytes:
    """The body in UTF-8, where the mail names an encoding that exists."""
    try:
        return payload.decode(charset or "").encode()
    except (LookupError, ValueError):
        return payload


def _headers(message: EmailMessage) -> dict[str, str]:
    given = {}
    if subject := str(message.get("subject") or "").strip():
        given["title"] = subject
    with suppress(ValueError, TypeError, IndexError):
        given["date"] = parsedate_to_datetime(str(message.get("date"))).date().isoformat()
    return given
