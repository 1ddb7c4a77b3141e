"""Labels by which documents say what they are: their title, date, author, organisation, code."""

from __future__ import annotations

import re

from geungeo.lang.en.calendar import MONTHS
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.values.dates import MONTH_MARK, YEAR_MARK

TITLE_LABEL = "제목 : "
"""Stands before the title of a document that is read back from its own text."""
TITLE = re.compile(
    r"^(?:제\s*목|title|标题|題目)\s*[:：]\s*(.+(?:\n(?!\s*\n|\s*\d+\.).+)?)", re.M | re.I
)
TITLE_FIELD = re.compile(r"(?i)(?:title|제목|법령명\w*|标题|標題)$")
"""The name of an element that holds a document's title."""
TITLE_KEYS = frozenset("title 제목 标题 標題 name 이름 名称 headline subject".split())
NO_LABELS = frozenset("p para text t item li line value span body content row 내용 본문".split())
"""Names of elements that say no more than that there is text."""
# The commonest first: a judgment names other courts' dates too.
DATE = re.compile(
    r"(?:판\s*결\s*선\s*고|발행일|작성일|등록일|게시일|보도\s?일시|보도\s?시점|배포\s?일시|发布日期|发布时间"
    r"|^(?:\d+\.)?\W*(?:보도일|배포일?|시행일|제정|일\s?[자시]|날\s?짜"
    r"|date|published(?: on)?|judge?ment(?: delivered)?|日\s?期))"
    r"\s*[:：|]?\s*(.{0,50})",
    re.IGNORECASE,
)
"""The label of a document's date, and what follows it as the first group."""
_ORGANISATION_LABELS = (
    "담당 부서|담당부서|발행기관|작성기관|주관기관|기관명|기관|부서명|부서"
    "|organisation|organization|publisher|发布机构|(?:发布|编制|编写|起草|主办|主管|责任)单位"
)
ORGANISATION = re.compile(
    rf"^\W*(?:{_ORGANISATION_LABELS})[ \t]*[:：]?[ \t]*([^\n|:：][^\n|]{{1,39}}?)(?:\s*\||$)",
    re.MULTILINE | re.IGNORECASE,
)
AUTHOR = re.compile(
    r"^\s*(?:[•·*\-|]\s*)?(?:저자|지은이|글쓴이|작성자|연구책임자?|연구진|출장자|作者|撰稿人|authors?|by)"
    rf"\s*(?:[::|]\s*|(?=[{HANGUL}]{{2,4}}\s*(?:[•·|]|$)))([^\n|•]{{2,60}}?)\s*(?:[•|]|과제\s?코드|$)",
    re.MULTILINE | re.IGNORECASE,
)
CODE = re.compile(
    r"(?:과제\s?(?:코드|번호)|(?:보고서|문서)\s?번호|report (?:no|number)\.?|project code|课题编号"
    r"|报告编号)"
    r"\s*[::|]?\s*([A-Za-z0-9][A-Za-z0-9-]{3,24})",
    re.IGNORECASE,
)
# What stands below a title on a saved page or a report.
ABOUT = re.compile(
    r"^\W*(?:등록일|발행일|작성일|게시일|이름|저자|글쓴이|작성자|date|author|by|发布日期|作者)\W*\S",
    re.IGNORECASE,
)
_OFFICES = "부|처|청|위원회|연구원|연구소|재단|공사|협회|센터|법원"
NO_TITLE = re.compile(
    r"^\||https?:|www\.|@|^[\W\d_]*$|^(?:등록일|발행일|작성일|게시일|조회수?|이름|저자|과제코드|부서명?"
    rf"|담당(?:\s?부서|자)?|보도시점|배포(?:\s?일시?)?|date|author|by)\b|제\s?\d\S*\s?호$"
    rf"|(?:{_OFFICES})$|^(?-i:IN THE [A-Z’' ]*COURT)\b",
    re.IGNORECASE,
)
"""Lines near a title that are none: labels, addresses, numbers, names of offices."""
NAMED_BY_FORM = re.compile(
    r"关于.{2,60}的(?:通知|通报|通告|公告|意见|报告|请示|批复|决定|方案|函)$"
)
"""A title that the form of Chinese official documents gives away (GB/T 9704)."""
ORGANISATION_LINE = re.compile(
    rf"^(?!제\s?\d)(?:[{HANGUL}·\s]{{1,18}}(?:{_OFFICES})"
    rf"|[{HAN}]{{2,18}}(?:研究所|研究院|委员会|人民政府|法院|局|厅)"
    r"|(?:[A-Z][a-z]+ ){1,4}(?:Institute|University|Agency|Foundation|Commission|Council))$"
)
"""A line that is the name of an organisation and nothing else."""
DAY = re.compile(
    rf"(?P<y>(?:19|20)\d\d)\s*[.\-/{YEAR_MARK}]\s*(?P<m>1[0-2]|0?[1-9])\s*[.\-/{MONTH_MARK}]"
    r"\s*(?P<d>3[01]|[12]\d|0?[1-9])"
)
ENGLISH_DAY = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})\s+)?(?P<month>{'|'.join(MONTHS)})\s+(?:(?P<d2>\d{{1,2}}),?\s+)?"
    r"(?P<y>(?:19|20)\d\d)"
)
MONTH_AT_END = re.compile(
    rf"((?:19|20)\d\d)\s*[.{YEAR_MARK}]\s*(1[0-2]|0?[1-9])\s*[.{MONTH_MARK}]?\s*$"
)
