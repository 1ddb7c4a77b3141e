"""Mails, and web pages saved as one file (MHTML), which are mails in form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.plain.text import read_text
from geungeo.ingest.formats.result import LoadError, Member, Read
from geungeo.lang.ends import ends_sentence

_DEEPEST = 50
_SUFFIXES = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt"}
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_QUOTED = re.compile(rb"(?:>[ \t]?)+")


def read_mail(data: bytes, name: str) -> Read:
    """The body with subject, date and sender; attachments and attached mails come as members.

    Of a web page saved as one file the page is read, then the frames with sentences in them.
    Spec: RFC 5322, RFC 2045 to 2047; RFC 2557 for pages.

    Raises:
        LoadError: the mail is damaged, or there is neither text nor an attachment.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        given = _headers(message)
        parts = list(_parts(message))
        bodies = [part for part in parts if _is_body(part)]
        members = tuple(
            member
            for number, part in enumerate(parts, 1)
            if not _is_body(part) and (member := _member(part, number))
        )
        found = [one for part in bodies if (one := _read(part)) is not None]
    except (LookupError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise LoadError(f"the mail cannot be read ({error}); save it anew as EML") from error
    blocks = _together(found, message.get_content_type() == "multipart/related")
    if not blocks and not members:
        raise LoadError("no text in it")
    said = found[0].given if found else {}
    notes = dict.fromkeys(note for one in found for note in one.notes)
    return Read(
        tuple(blocks),
        given={**said, **given},
        loader="email",
        members=members,
        notes=tuple(notes),
    )


def _together(found: list[Read], is_page: bool) -> list[Block]:
    """The bodies in order; a frame of a page only where it says something."""
    blocks: list[Block] = []
    for number, one in enumerate(found):
        says = any(ends_sentence(block.text) for block in one.blocks)
        if number == 0 or says or not is_page:
            blocks.extend(one.blocks)
    return blocks


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something, one of each set of alternatives; attached mails whole."""
    kind = message.get_content_type()
    if not message.is_multipart() or kind.startswith("message/"):
        yield message
        return
    children = [part for part in message.get_payload() if isinstance(part, Message)]
    if depth > _DEEPEST:
        raise ValueError("its parts lie too deep within one another")
    if kind == "multipart/alternative":
        chosen = _best(children)
        children = [part for part in children if part is chosen or not _has_text(part)]
    for part in children:
        yield from _parts(part, depth + 1)


def _best(alternatives: list[Message]) -> Message | None:
    """The last that is not plain: HTML keeps what is a heading and what a table."""
    with_text = [part for part in alternatives if _has_text(part)]
    pages = [part for part in with_text if part.get_content_type() != "text/plain"]
    return next(reversed(pages or with_text), None)


def _has_text(part: Message) -> bool:
    return any(one.get_content_maintype() == "text" and _bytes(one).strip() for one in part.walk())


def _is_body(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return False
    kind = part.get_content_type()
    # Text that is shown within a mail is part of it, unless it is a file of another kind.
    return kind == "text/html" or (kind == "text/plain" and not _is_file(part))


def _is_file(part: Message) -> bool:
    name = part.get_filename() or ""
    return bool(name) and not name.lower().endswith((".txt", ".text"))


def _read(part: Message) -> Read | None:
    payload = _bytes(part)
    if not payload.strip():
        return None
    is_html = part.get_content_type() == "text/html"
    said = part.get_content_charset() or ""
    if is_html:
        return read_text(payload, "body.html", said)
    return read_text(_unwrapped(part, payload), "body.txt", said)


def _unwrapped(part: Message, payload: bytes) -> bytes:
    """A plain text without the marks of what it quotes, and with the lines joined that a program
    has wrapped for the way.

    Spec: RFC 3676 (format=flowed).
    """
    lines: list[bytes] = []
    depth = 0
    for line in payload.replace(b"\r\n", b"\n").split(b"\n"):
        quoted = _QUOTED.match(line)
        own = quoted[0].count(b">") if quoted else 0
        if own != depth:
            lines.append(b"")
        depth = own
        lines.append(line[quoted.end() :] if quoted else line)
    text = b"\n".join(lines)
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    joint = b"" if str(part.get_param("delsp") or "").lower() == "yes" else b" "
    return re.sub(rb"(?m)(?<!^--) \n(?=[^\n])", joint, text)


def _member(part: Message, number: int) -> Member | None:
    kind = part.get_content_type()
    name = part.get_filename() or ""
    if kind == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        if not isinstance(inner, Message):
            return None
        data = inner.as_bytes()
        name = name or str(inner.get("subject") or "")
    else:
        data = _bytes(part)
        # A page's pictures and style sheets are no files of their own.
        is_attached = part.get_content_disposition() == "attachment"
        if not data or not (name or (is_attached and kind in _SUFFIXES)):
            return None
    suffix = _SUFFIXES.get(kind, "")
    name = _UNSAFE.sub(" ", name).strip() or f"attachment {number}"
    return Member(
        name if name.lower().endswith(suffix) or "." in name[-6:] else name + suffix, data
    )


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _headers(message: EmailMessage | Message) -> dict[str, str]:
    given = {}
    if subject := " ".join(str(message.get("subject") or "").split()):
        given["title"] = subject
    with suppress(ValueError, TypeError, IndexError):
        given["date"] = parsedate_to_datetime(str(message.get("date"))).date().isoformat()
    sender = str(message.get("from") or "")
    if (name := parseaddr(sender)[0]) and message.get_content_type() != "multipart/related":
        given["author"] = name
    return given
