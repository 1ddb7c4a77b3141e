"""Title, date, organisation and type, as far as a document's text gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

# How far into a document its own heading data is looked for, in characters.
_HEAD = 2500
_DATE_LABELS = (
    "발행일 작성일 등록일 게시일 보도일 보도일시 배포일 일자 날짜 date published 发布日期 日期"
).split()
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
_LABELLED_LINE = re.compile(
    r"(?:[•·*\-]\s*)?(?:등록일|발행일|작성일|조회수|이름|저자|과제코드|게시일)\s*[::]?\s*\S"
)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_GENERIC_TITLES = frozenset(
    ("보도자료", "보도참고자료", "신문 보도자료", "연구보고서", "공지사항", "press release")
)


# The first type named at the start of a document is its own.
_TYPES = {
    "press release": r"보도\s?자료|보도참고자료|press release|新闻稿",
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


def extract(text: str, given: Mapping[str, str]) -> Metadata:
    """Metadata of a cleaned text; ``given`` is what front matter, the page's head or
    the file's properties say; the day on which it was made is the last resort for its date."""
    head = text[:_HEAD]
    return Metadata(
        title=" ".join((given.get("title") or _title(head)).split()),
        date=_iso_date(given.get("date", "")) or _date(head) or _iso_date(given.get("made", "")),
        organisation=given.get("organisation") or _organisation(head),
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
        if (match := re.search(pattern, head[:_TYPE_HEAD], re.IGNORECASE))
    }
    return min(found, key=lambda name: found[name], default="")


# A row of a table, or a line without a letter.
_NO_TITLE = re.compile(r"\||[\W\d]*$")


def _title(head: str) -> str:
    labelled = re.search(
        r"^(?:제\s*목|title|标题)\s*[::]\s*(.+(?:\n(?!\s*\n|\s*\d+\.).+)?)", head, re.M | re.I
    )
    if labelled:
        return labelled[1]
    for match in _HEADING.finditer(head):
        if match[1].strip().lower() not in _GENERIC_TITLES:
            return match[1]
    lines = [line.strip() for line in head.split("\n") if not _NO_TITLE.match(line.strip())]
    for before, line in pairwise(lines):
        if _LABELLED_LINE.match(line) and not _LABELLED_LINE.match(before) and len(before) > 5:
            return before[:200]
    for line in lines:
        if line.lower() not in _GENERIC_TITLES and not re.match(r"^\S{1,6}\s*[::]", line):
            return line[:120]
    return lines[0][:120] if lines else ""


def _date(head: str) -> str:
    for label in _DATE_LABELS:
        match = re.search(rf"{label}\s*[::]?\s*(.{{0,40}})", head, re.IGNORECASE)
        if match and (date := _iso_date(match[1])):
            return date
    return _iso_date(head[:400])


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


def _organisation(head: str) -> str:
    match = re.search(
        rf"^\s*(?:[•·*\-]\s*)?(?:{_ORGANISATION_LABELS})\s*[::]?\s*([^\n|]{{2,60}})$",
        head,
        re.MULTILINE | re.IGNORECASE,
    )
    if match:
        return match[1].strip()
    named = re.search(r"([가-힣]{2,20}(?:연구원|연구소|위원회|재단|공사|협회|센터))\(", head)
    return named[1] if named else ""
