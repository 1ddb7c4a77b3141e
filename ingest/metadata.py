"""Title, date, organisation and type, as far as a document's text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from geungeo.ingest.load import Loaded
from geungeo.ingest.title import title_of
from geungeo.lang.documents import labels
from geungeo.lang.documents.kinds import NAMES, at_head
from geungeo.lang.en.calendar import month_number

# How far into a document its own heading data is looked for, in characters.
_HEAD = 2500
_IN_NAME = re.compile(
    r"(?<!\d)(?:20)?(?P<y>[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
# Blocks at the beginning among which a document says when it is from, and who made it.
_HEAD_BLOCKS = 24
_LONGEST_COVER_LINE = 60
_TYPE_HEAD = 600


@dataclass(frozen=True)
class Metadata:
    """``date`` is ISO 8601 (YYYY-MM-DD); what the text does not give is empty."""

    title: str = ""
    date: str = ""
    organisation: str = ""
    type: str = ""
    author: str = ""
    code: str = ""


def extract(loaded: Loaded, name: str) -> Metadata:
    """Metadata of a document whose file is called ``name``. What the file itself says (front
    matter, a page's head, properties) comes first; the day on which it was made is the last
    resort for its date, and its name for its title."""
    given, stem = loaded.given, PurePath(name).stem
    blocks = [loaded.text[part.start : part.end] for part in loaded.parts[:_HEAD_BLOCKS]]
    levels = [part.level for part in loaded.parts[:_HEAD_BLOCKS]]
    head = loaded.text[:_HEAD]
    return Metadata(
        title=title_of(list(zip(blocks, levels, strict=True)), head, given, stem)[:200],
        date=next(filter(None, _dates(blocks, given, stem)), ""),
        organisation=given.get("organisation") or _organisation(head, blocks),
        type=_type(head, given),
        author=" ".join((given.get("author") or _labelled(labels.AUTHOR, head)).split()),
        code=given.get("code") or _labelled(labels.CODE, head),
    )


def _labelled(pattern: re.Pattern[str], head: str) -> str:
    match = pattern.search(head)
    return match[1].strip(" ,·|") if match else ""


def _type(head: str, given: Mapping[str, str]) -> str:
    if given.get("type"):
        return given["type"].lower()
    if "categories" in given:
        return "blog"
    found = {
        kind: match.start() for kind in NAMES if (match := at_head(kind).search(head[:_TYPE_HEAD]))
    }
    return min(found, key=lambda kind: found[kind], default="")


def _dates(blocks: Sequence[str], given: Mapping[str, str], stem: str) -> Iterator[str]:
    """Dates of the document, the surest first: never one within a sentence, which may be that
    of another."""
    yield _iso_date(given.get("date", ""))
    lines = [line for block in blocks for line in _cells(block)]
    for line in lines:
        if match := labels.DATE.search(line):
            yield _iso_date(match[1]) or _month(match[1])
    for line in lines:
        day = labels.DAY.search(line) or labels.ENGLISH_DAY.search(line)
        if day and 2 * len(day[0]) >= len(re.sub(r"[^\w.]", "", line)):
            yield _iso_date(line)
        elif len(line) <= _LONGEST_COVER_LINE and (month := _month(line)):
            yield month
    if match := _IN_NAME.search(stem):
        yield f"20{match['y']}-{match['m']}-{match['d']}"
    yield _iso_date(given.get("made", ""))


def _cells(block: str) -> list[str]:
    """A block as it is, or the cells of a row."""
    return [cell.strip() for cell in block.strip("|").split(" | ")]


def _month(text: str) -> str:
    match = labels.MONTH_AT_END.search(text)
    return f"{match[1]}-{int(match[2]):02}" if match else ""


def _iso_date(text: str) -> str:
    match = labels.DAY.search(text)
    if match:
        return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    match = labels.ENGLISH_DAY.search(text)
    if match:
        month = month_number(match["month"])
        day = match["d1"] or match["d2"]
        return f"{match['y']}-{month:02}" + (f"-{int(day):02}" if day else "")
    return ""


def _organisation(head: str, blocks: Sequence[str]) -> str:
    labelled = labels.ORGANISATION.search(head)
    if labelled:
        return labelled[1].strip()
    return next((block for block in blocks if labels.ORGANISATION_LINE.match(block)), "")
