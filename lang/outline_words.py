"""How parts of documents are called that say what the whole does, and how one asks for them."""

from __future__ import annotations

import re

SUMMARISING = re.compile(
    r"요약|개요|결론|맺음말|시사점|총괄|주요\s?내용|핵심|취지|목적|소결"
    r"|추진\s?(?:방향|배경|내용)|주\s*문\s*$"
    r"|摘要|概要|概述|结论|结语|要点|目的|总结"
    r"|\b(?:summary|abstract|overview|conclusions?|key (?:points|findings|messages)|purpose"
    r"|highlights)\b",
    re.IGNORECASE,
)
SOURCES = re.compile(
    r"참고\s?(?:문헌|자료)|출처|参考文献|\b(?:references|bibliography)\b", re.IGNORECASE
)
CONTENTS = re.compile(
    r"목차|차례|구성|짜임|目录|大纲|结构|table of contents|\bcontents\b|\boutline\b|structure",
    re.IGNORECASE,
)
