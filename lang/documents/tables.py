"""Words of tables in documents."""

from __future__ import annotations

import re

PERIOD = re.compile(
    r"['’]?(?:19|20)?\d\d(?:년|年|[./-]\s?\d{1,2}월?)?(?:\s?[1-4]분기|\s?\d{1,2}월)?$"
)
"""A year, a quarter or a month as a label."""
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
