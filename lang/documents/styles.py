"""Names that word processors and spreadsheets give by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORD_HEADING = re.compile(r"(?i)(?:heading|제목|개요|標題|标题)\s*([1-9])$")
WORD_TITLES = frozenset(("title", "제목", "标题", "標題"))
WORD_CAPTIONS = frozenset(("caption", "캡션", "题注", "標號"))
WORD_CONTENTS = re.compile(r"(?i)(?:toc|목차|table of figures)\s*\d*$")
HANGUL_HEADING = re.compile(r"(?i)(?:제목|개요|heading|outline|title)\s*(\d{0,2})$")
# Hangul's own old styles, with their levels.
HANGUL_SIZES: Mapping[str, int] = {
    "큰제목": 1, "대제목": 1, "중간제목": 2, "중제목": 2, "작은제목": 3, "소제목": 3,
}  # fmt: skip
HANGUL_CAPTION = re.compile(r"(?i)(?:표|그림|수식|도표)?\s?(?:캡션|caption)$")
HANGUL_CONTENTS = re.compile(r"(?i)(?:차례|목차|toc)\s?\d{0,2}$")
ODF_CAPTIONS = frozenset(("caption", "illustration", "table", "figure", "drawing", "캡션"))
# Number formats of OpenDocument lists, by Word's names for them.
ODF_NUMBERS: Mapping[str, str] = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
    "I": "upperRoman", "가, 나, 다, ...": "ganada", "ㄱ, ㄴ, ㄷ, ...": "chosung",
    "①, ②, ③, ...": "decimalEnclosedCircle", "一, 二, 三, ...": "chineseCounting",
    "일, 이, 삼, ...": "koreanDigital",
}  # fmt: skip
# Hangul's format codes call Excel's General so.
GENERAL_FORMAT = "G/표준"
SHEET_NAMES = ("sheet", "시트", "工作表")
"""What programs call a sheet, before its number."""
HWP_NO_AUTHOR = re.compile(r"(?i)(?:user|admin\w*|administrator|사용자|관리자|hancom|.*pc)$")
OFFICE_NO_AUTHOR = re.compile(
    r"(?i)^(?:user|admin(?:istrator)?|사용자|관리자|owner|python-docx|openpyxl|apache poi"
    r"|steve canny|microsoft office.*|.*\\.*|.*pc)$"
)
OFFICE_NO_TITLE = re.compile(
    r"(?i)^(?:(?:PowerPoint|Word|Excel).{0,20}|.*프레젠테이션|슬라이드\s?\d+|제목 없음|untitled)$"
)
PDF_NO_TITLE = re.compile(
    r"(?i)^(?:microsoft word|untitled|\(anonymous\)|무제|제목 없음).*"
    r"|.*\.(?:docx?|hwpx?|pptx?|xlsx?|pdf|indd)$"
)
# What the program for readers shows in place of a protected document's text.
DISTRIBUTION_COPY = re.compile(r"상위 버전의 배포용 문서입니다")
IS_DISTRIBUTION_COPY = (
    "a distribution copy (배포용 문서) whose text is locked; "
    "ask its author for the original or a PDF"
)
