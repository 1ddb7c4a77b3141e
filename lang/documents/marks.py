"""What a line begins with: the marks of lists, headings, captions and notes in Korean, Chinese
and English documents."""

from __future__ import annotations

import re

SYLLABLES = "가나다라마바사아자차카타파하"
"""The syllables that Korean counts with, in their order."""
LETTERS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
CIRCLED_SYLLABLES = "㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻"
CIRCLED_LETTERS = "㉠㉡㉢㉣㉤㉥㉦㉧㉨㉩㉪㉫㉬㉭"
KOREAN_DIGITS = "일이삼사오육칠팔구십"
HAN_DIGITS = "一二三四五六七八九十"
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
CIRCLED_HAN = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
SYLLABLE = f"[{SYLLABLES}]"
# Bullets, and what typists and OCR put in their place: ㅇ, o, 0 and a full stop.
BULLET = re.compile(
    r"(?:[-–—•∙·‧･*○●◦◯□■▢◇◆◈❖※▲△▶▷►‣▪▫❍☞➢➤✓ㅇ󰊱]+(?=\S|\s)|[oO0]\s(?=[(「『'‘’\"“]?[가-힣\d])|\.\s+(?=\S))\s*"
)
# Numbers of list items and headings, the highest level first; the level orders them.
_HAN_NUMBER = f"[{HAN_DIGITS}]{{1,3}}"
_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile("|".join(patterns)))
    for level, *patterns in (
        (
            2,
            r"제\s?\d{1,3}\s?[편장]\b",
            rf"第(?:{_HAN_NUMBER}|\d+)[编章]",
            r"(?:Chapter|Part)\s+\w+\b",
        ),
        (3, r"제\s?\d{1,3}\s?절\b", rf"第(?:{_HAN_NUMBER}|\d+)节"),
        (5, r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+(?:\.|\s)", r"(?:I{1,3}|IV|VI{0,3}|IX|X)\.\s"),
        (10, r"\d{1,2}\.(?![\d.])(?:\s|(?=\D))", rf"{_HAN_NUMBER}、", r"0\d\s+(?=\S)"),
        (10, r"[1-9]\d?\s(?=[가-힣A-Z\u4e00-\u9fff<「])"),
        (11, r"\d{1,2}\.\d{1,2}\.?(?=\s)", r"\d{1,2}-\d{1,2}\.?(?=\s)"),
        (12, r"\d{1,2}(?:\.\d{1,2}){2,3}\.?(?=\s)", rf"{SYLLABLE}\.(?=\s|[가-힣])"),
        (12, rf"[（(]{_HAN_NUMBER}[)）]"),
        (13, r"\d{1,2}\)(?:\s|(?=\D))"),
        (14, rf"{SYLLABLE}\)(?:\s|(?=\D))"),
        (15, r"[（(]\d{1,2}[)）]"),
        (16, rf"[（(]{SYLLABLE}[)）]"),
        (17, r"[①-⑳㉠-㉭❶-❿➀-➉㉮-㉻]"),
    )
)
# An entry of a table of contents: dots that lead to the number of a page.
CONTENTS_ENTRY = re.compile(
    r"(?:(?:[·․‧∙.・ㆍ]\s?){4,}|(?:[…‥]\s?){2,})\s*(?:\d{1,4}|[ivxlcIVXLC]{1,6})(?=\s|$)"
)
ARTICLE = re.compile(
    r"제\s?\d{1,4}\s?조(?:의\s?\d{1,2})?\s?[(（]|第[一二三四五六七八九十百\d]{1,5}条"
)
BOX = re.compile(r"[□■◆◈❖◇]\s*")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
BRACKETED = re.compile(
    r"[<〈《\[【](?!사진|그림|표|도표|출처\s?:|자료\s?:|图|表|Fig|Table|Source)[^<>]{2,90}[>〉》\]】]$"
)
_CAPTIONED = r"(?:표|그림|도표|사진|자료|图|圖|表)\s?"
# Behind a syllable stands a mark: with a space it is a particle, as in 표가 and 자료나.
CAPTION = re.compile(
    rf"[<〈\[【(]?\s*(?:(?:{_CAPTIONED}(?:[\dIVX]{{1,3}}|{_HAN_NUMBER})(?:[-.–]\d{{1,3}})?"
    r"|(?:Table|Figure|Fig\.|Box)\s?\d+(?:[-.]\d+)?)(?=[\s.:)\]>〉】]|$)"
    rf"|{_CAPTIONED}{SYLLABLE}(?=[.:)\]>〉】]))"
)
NOTE = re.compile(
    r"(?:\*{1,3}|†|‡|※|주\s?\d{0,2}\s?[):]|注[：:\d]|资料来源|Note[s:]"
    r"|[<〈\[(]?(?:자료\s?:|출처\s?:|Source[s:]))\s*\S"
)
# Appendices of official documents: [별첨 1] 명단, 붙임 2. 예산표, 附件1：名单.
APPENDIX = re.compile(
    r"[\[(<〈【]?\s*(?:(?:별첨|붙임|첨부|부록|별지|附件|附录|附表)(?:\s*\d{1,2}|[\])>〉】:：.])"
    r"|(?:Annex|Appendix)\s+(?:\d{1,2}|[A-Z])\b)"
)
SPREAD = re.compile(r"(?:[가-힣](?:\s[가-힣]){1,8}|[\u4e00-\u9fff](?:\s[\u4e00-\u9fff]){1,8})$")
"""A word with its letters set apart, alone on a line: 주 문, 이 유, 目 录."""
TYPED = re.compile(
    r"(?:[-–—•·∙‧◦○●◎□■▢◇◆▪▫▸▶►▷➢➔※☞✓✔∘ㅇ❍❏❑*]|[①-⑳⑴-⒇㉠-㉻㈀-㈛]"
    rf"|\(?(?:\d{{1,2}}|{SYLLABLE})\)|{SYLLABLE}\.)\s"
)
"""A mark of a list that was typed rather than set by a style."""
# The first cell of a row that is laid out as a heading: its number, or the name of an appendix.
BANNER = re.compile(
    r"(?:[Ⅰ-Ⅻ]|[IVX]{1,4}|\d{1,2}|[가-하])\.?$|(?:붙임|참고|별첨|첨부|부록|별지)\s?\d{0,2}$"
)
# The number before a heading, which a question on it leaves out.
HEADING_NUMBER = re.compile(
    rf"^(?:[\dIVX]{{1,4}}(?:[.\-]\d{{1,2}})*[.)]?|[{HAN_DIGITS}]+、|[가-하][.)])\s*"
)
QUESTION = re.compile(r"(?:Q|문|질문|问|問)\s?\d{0,3}\s?[.:)）：]|\d{1,3}\.\s.*[?？]$")


LABELLED = re.compile(r"[^\s:：]{1,12}(?:\s[^\s:：]{1,8})?\s?[:：]\s?\S")
"""신청인: 홍길동; several such lines are a form, not a paragraph."""


def numbered_level(text: str) -> int:
    """The level of the number that a line begins with; 0 where it begins with none."""
    return next((level for level, pattern in _NUMBERED if pattern.match(text)), 0)


FOOTNOTE = re.compile(
    r"(?P<mark>\d{1,3}\)|\[\d{1,3}\]|\*{1,3}|†|‡|[①-⑳]|\d{1,3}(?=[\s.]\s?[^\d\s]))\s*\S"
)
NUMBER_AS_NAME = re.compile(r"\d+(?:-\d+)*호?(?:과|와|을|를|은|는|의|에서?|으?로|부터|까지)(?!\w)")
"""The number of what is named before it, with its particle: 붙임 1과 같다."""
AMBIGUOUS = re.compile(rf"[1-9]\d?\s|{SYLLABLE}\.|[·∙‧･](?=\S)")
"""What opens a block only where nothing is left open before it: a number without a full stop may
be a page's tab that OCR read into its line, 다. the end of a sentence, and 통·폐합 is one word."""


def is_item(text: str) -> bool:
    """Whether a paragraph of an office program begins with a mark of a list that was typed by hand,
    with a space after it; lists that the program made have their marks from it."""
    return bool(TYPED.match(text))


def is_numbered(text: str) -> bool:
    """Whether a line is a part of something by its number or its name: 1., Ⅱ, [붙임 1]."""
    return bool(numbered_level(text) or ARTICLE.match(text) or APPENDIX.match(text))


def opens_block(text: str) -> bool:
    """Whether a line begins something of its own, whatever stood before it."""
    return bool(
        BULLET.match(text)
        or numbered_level(text)
        or ARTICLE.match(text)
        or MARKDOWN_HEADING.match(text)
        or BRACKETED.match(text)
        or CAPTION.match(text)
        or NOTE.match(text)
        or APPENDIX.match(text)
        or QUESTION.match(text)
        or SPREAD.match(text)
        or text.startswith("|")
    )
