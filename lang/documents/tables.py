"""Words of tables in documents."""

from __future__ import annotations

import re

from geungeo.lang.values.facts import facts

PERIOD = re.compile(
    r"['’]?(?:19|20)?\d\d(?:년|年|[./-]\s?\d{1,2}월?)?(?:\s?[1-4]분기|\s?\d{1,2}월)?$"
)
"""A year, a quarter or a month as a label."""
NUMBERED_LABEL = re.compile(
    r"(?:['’]\d\d|(?:19|20)\d\d)(?:년|年)?도?\s?[^\W\d_][^\d]+$|\d+\s?[^\W\d_]{1,3}당\s?[^\d]+$"
)
"""A label that begins with the year that it is of, or with that of which there are so many: 2024년
예산, 2024 budget, 1인당 지급액."""
OVER_LABELS = frozenset(
    "구분 항목 번호 연번 순번 분류 품목 no no. item items category 项目 序号 類別 类别 编号".split()
)
"""What stands over the first column of a table with a header row."""
OPENS_LINE = re.compile(
    r"[^\w\s\"'“‘「『(<]|ㅇ\s|[(（]?(?:\d{1,2}|[가-하])[.)）]\s|[^:：]{1,15}[:：]"
)
"""What a line within a cell begins with that is a paragraph of its own."""
REMARK = re.compile(
    r"[※*☞◦○ㅇ\-–•【]|(?:주|자료|출처|비고|참고|note|source)\s*\d*\s*[):：]|\d\)\s|注|資料|资料",
    re.IGNORECASE,
)
"""A remark below a table rather than a row of it."""
_TOTAL = re.compile(
    r"(?:총\s?)?(?:합\s?계|소\s?계|총\s?계|누\s?계|계)|合计|总计|小计|共计|(?:sub|grand )?total",
    re.IGNORECASE,
)
_GROUP_TOTAL = re.compile(r"\S.*\s(?:합계|소계|요약|合计|小计|汇总|(?:sub)?total)", re.IGNORECASE)
_UNIT_ABOVE = re.compile(
    r"(?:단위|单位|\bunit)\s?[:：]\s?([^,，、·/)）\]\s]+)\s?(?=[)）\]]|$)", re.IGNORECASE
)
_IN_PARENTHESES = re.compile(r"\s?[(（\[]([^()（）\[\]]{1,12})[)）\]]")


def is_total(cell: str) -> bool:
    """Whether a row that has such a cell sums up the others."""
    return bool(_TOTAL.fullmatch(cell.strip()))


def is_group_total(cell: str) -> bool:
    """Whether a row whose first cell it is sums up some of the others: 김 요약, 동부 소계."""
    return bool(_GROUP_TOTAL.fullmatch(cell.strip()))


_NUMBERING = frozenset("번호 연번 순번 순위 no no. nr. number rank 序号 编号 排名".split())


def is_of_numbers(label: str) -> bool:
    """Whether what stands under a label only numbers the rows."""
    return label.casefold().strip() in _NUMBERING


def plain_label(label: str) -> str:
    """A label without what stands in parentheses."""
    return _IN_PARENTHESES.sub("", label).strip() or label


def unit_above(text: str) -> str:
    """The one unit that stands above a table for all its numbers: 백만원 of (단위: 백만원)."""
    found = _UNIT_ABOVE.findall(text)
    return str(found[-1]).strip() if found else ""


def unit_of(label: str) -> str:
    """The unit that a label gives in parentheses, as it is written there: 원 of 요금(원)."""
    for inside in _IN_PARENTHESES.findall(label):
        said = inside.rpartition(":")[2].strip()
        if any(one.unit for one in facts(f"7{said}").quantities):
            return str(said)
    return ""
