"""Kinds of documents by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from geungeo.lang.detect import Language
from geungeo.lang.rules import rules
from geungeo.lang.scripts import HAN, HANGUL

NAMES: Mapping[str, Mapping[Language, str]] = {
    "press release": {"ko": "보도자료", "zh": "新闻稿", "en": "press release"},
    "judgment": {"ko": "판결문", "zh": "判决书", "en": "judgment"},
    "trip report": {"ko": "출장보고서", "zh": "出差报告", "en": "trip report"},
    "minutes": {"ko": "회의록", "zh": "会议纪要", "en": "minutes"},
    "research report": {"ko": "연구보고서", "zh": "研究报告", "en": "research report"},
    "notice": {"ko": "공지", "zh": "公告", "en": "notice"},
    "blog": {"ko": "블로그", "zh": "博客", "en": "blog"},
}
"""The kinds that are told apart, each as a reader's language calls it."""
# Titles that say only what kind of a document or of a part stands there.
GENERIC_TITLES = frozenset(
    "보도자료 보도참고자료 보도해명자료 신문보도자료 연구보고서 공지사항 입법예고 행정예고"
    " 공고 고시 판결 목차 차례 순서 요약 서론 표지 붙임"
    " pressrelease contents tableofcontents summary abstract 新闻稿 目录 摘要".split()
)
COURT = re.compile(rf"^(?:[{HANGUL}]{{0,10}}법원|[{HAN}]{{2,20}}人民法院)$")
CASE = re.compile(
    rf"^(?:사\s*건\s*[:：]?\s*|(?=[（(]))(?P<case>\d{{4}}\s?[{HANGUL}]{{1,3}}\s?\d+\S*(?:\s.{{1,40}})?"
    rf"|[（(]\d{{4}}[)）]\s?[{HAN}]\S{{2,16}}号)$"
)
"""The number of a judgment's case, and its name."""


def name_of_kind(kind: str, language: Language) -> str:
    """What a language calls a kind; one that documents bring themselves keeps its name."""
    return NAMES.get(kind, {}).get(language, kind)


def kind_of_name(name: str) -> str:
    """The kind that any of the languages calls so; a name that none has is a kind of its own."""
    sought = name.strip().casefold()
    return next(
        (kind for kind, names in NAMES.items() if sought in (kind, *names.values())), name.strip()
    )


def at_head(kind: str) -> re.Pattern[str]:
    """What stands at the head of a document of a kind of ``NAMES``."""
    return _named(kind, "at its head")


def in_question(kind: str) -> re.Pattern[str]:
    """How a question names a kind of ``NAMES``."""
    return _named(kind, "in a question")


@lru_cache
def _named(kind: str, where: str) -> re.Pattern[str]:
    meanings = (kind, f"{kind} {where}")
    found = [rule.pattern for rule in rules("kinds") if rule.meaning in meanings]
    return re.compile("|".join(found), re.IGNORECASE | re.MULTILINE)
