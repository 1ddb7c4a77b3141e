"""Kinds of documents by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geungeo.lang.scripts import HAN, HANGUL

KINDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for name, pattern in {
        "press release": r"보도\s?자료|보도참고자료|press release|新闻稿",
        "judgment": r"^판\s*결\s*$|判决书|法院.{0,12}裁定书",
        "trip report": r"출장\s?(?:노트|보고|결과)|trip report|出差报告|考察报告|出访报告",
        "minutes": r"회의록|회의\s?결과|minutes of|会议纪要|会议记录",
        "research report": r"연구\s?보고서|정책연구|기초연구|research report|研究报告",
        "notice": r"공지\s?사항|공고|행사/활동|알림|notice|公告|通知",
        "blog": r"블로그|\bblog\b|博客",
    }.items()
}
# Titles that say only what kind of a document or of a part stands there.
GENERIC_TITLES = frozenset(
    "보도자료 보도참고자료 보도해명자료 신문보도자료 연구보고서 공지사항 입법예고 행정예고"
    " 공고 고시 판결 목차 차례 순서 요약 서론 표지 붙임"
    " pressrelease contents tableofcontents summary abstract 新闻稿 目录 摘要".split()
)
COURT = re.compile(rf"^(?:[{HANGUL}]{{0,10}}법원|[{HAN}]{{2,20}}人民法院)$")
CASE = re.compile(
    rf"^사\s*건\s*[:：]?\s*(?P<case>\d{{4}}\s?[{HANGUL}]{{1,3}}\s?\d+\S*(?:\s.{{1,40}})?)$"
)
"""The number of a judgment's case, and its name."""
