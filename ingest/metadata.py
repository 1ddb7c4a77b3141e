"""Title, date, organisation and type, as far as a document's text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from geungeo.ingest.load import Loaded
from geungeo.ingest.title import title_of

# How far into a document its own heading data is looked for, in characters.
_HEAD = 2500
# The commonest first: a judgment names other courts' dates too.
_DATE_LABELS = re.compile(
    r"(?:판결\s?선고|발행일|작성일|등록일|게시일|보도\s?일시|보도\s?시점|배포\s?일시|发布日期|发布时间"
    r"|^\W*(?:보도일|배포일?|시행일|제정|일\s?자|날\s?짜|date|published(?: on)?|日\s?期))"
    r"\s*[:：|]?\s*(.{0,50})",
    re.IGNORECASE,
)
_ORGANISATION_LABELS = (
    "담당 부서|담당부서|발행기관|작성기관|주관기관|기관명|기관|부서명|부서"
    "|organisation|organization|publisher|发布机构|单位"
)
_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[.\-/년年]\s*(?P<m>1[0-2]|0?[1-9])\s*[.\-/월月]"
    r"\s*(?P<d>3[01]|[12]\d|0?[1-9])"
)
_ENGLISH_DAY = re.compile(
    r"(?:(?P<d1>\d{1,2})\s+)?(?P<month>January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\s+(?:(?P<d2>\d{1,2}),?\s+)?(?P<y>(?:19|20)\d\d)"
)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH_AT_END = re.compile(r"((?:19|20)\d\d)\s*[.년年]\s*(1[0-2]|0?[1-9])\s*[.월月]?\s*$")
_IN_NAME = re.compile(
    r"(?<!\d)(?:20)?(?P<y>[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
# Blocks at the beginning among which a document says when it is from, and who made it.
_HEAD_BLOCKS = 24
_LONGEST_COVER_LINE = 60
_ORGANISATION = re.compile(
    r"^(?!제\s?\d)(?:[가-힣·\s]{1,18}(?:부|처|청|위원회|연구원|연구소|재단|공사|협회|센터|법원)"
    r"|[\u4e00-\u9fff]{2,18}(?:研究所|研究院|委员会|人民政府|法院)"
    r"|(?:[A-Z][a-z]+ ){1,4}(?:Institute|University|Agency|Foundation|Commission|Council))$"
)

# The first type named at the start of a document is its own.
_TYPES = {
    "press release": r"보도\s?자료|보도참고자료|press release|新闻稿",
    "judgment": r"^판\s*결\s*$|判决书|法院.{0,12}裁定书",
    "trip report": r"출장\s?(?:노트|보고|결과)|trip report|出差报告|考察报告|出访报告",
    "minutes": r"회의록|회의\s?결과|minutes of|会议纪要|会议记录",
    "research report": r"연구\s?보고서|정책연구|기초연구|research report|研究报告",
    "notice": r"공지\s?사항|공고|행사/활동|알림|notice|公告|通知",
    "blog": r"블로그|\bblog\b|博客",
}
_TYPE_HEAD = 600
_AUTHOR = re.compile(
    r"^\s*(?:[•·*\-|]\s*)?(?:저자|지은이|글쓴이|작성자|연구책임자?|연구진|출장자|作者|撰稿人|authors?|by)"
    r"\s*(?:[::|]\s*|(?=[가-힣]{2,4}\s*(?:[•·|]|$)))([^\n|•]{2,60}?)\s*(?:[•|]|과제\s?코드|$)",
    re.MULTILINE | re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:과제\s?(?:코드|번호)|(?:보고서|문서)\s?번호|report (?:no|number)\.?|project code|课题编号"
    r"|报告编号)"
    r"\s*[::|]?\s*([A-Za-z0-9][A-Za-z0-9-]{3,24})",
    re.IGNORECASE,
)


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
        author=" ".join((given.get("author") or _labelled(_AUTHOR, head)).split()),
        code=given.get("code") or _labelled(_CODE, head),
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
        name: match.start()
        for name, pattern in _TYPES.items()
        if (match := re.search(pattern, head[:_TYPE_HEAD], re.I | re.M))
    }
    return min(found, key=lambda name: found[name], default="")


def _dates(blocks: Sequence[str], given: Mapping[str, str], stem: str) -> Iterator[str]:
    """Dates of the document, the surest first: never one within a sentence, which may be that
    of another."""
    yield _iso_date(given.get("date", ""))
    lines = [line for block in blocks for line in _cells(block)]
    for line in lines:
        if match := _DATE_LABELS.search(line):
            yield _iso_date(match[1]) or _month(match[1])
    for line in lines:
        day = _DAY.search(line) or _ENGLISH_DAY.search(line)
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
    match = _MONTH_AT_END.search(text)
    return f"{match[1]}-{int(match[2]):02}" if match else ""


def _iso_date(text: str) -> str:
    match = _DAY.search(text)
    if match:
        return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    match = _ENGLISH_DAY.search(text)
    if match:
        month = _MONTHS.index(match["month"]) + 1
        day = match["d1"] or match["d2"]
        return f"{match['y']}-{month:02}" + (f"-{int(day):02}" if day else "")
    return ""


def _organisation(head: str, blocks: Sequence[str]) -> str:
    labelled = re.search(
        rf"^\W*(?:{_ORGANISATION_LABELS})[ \t]*[:：]?[ \t]*([^\n|]{{2,40}}?)(?:\s*\||$)",
        head,
        re.MULTILINE | re.IGNORECASE,
    )
    if labelled:
        return labelled[1].strip()
    return next((block for block in blocks if _ORGANISATION.match(block)), "")
