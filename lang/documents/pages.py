"""What stands on pages around their text: controls of saved web pages, numbers of pages."""

from __future__ import annotations

import re

from geungeo.lang.scripts import HANGUL

# Words of a page's own controls, as browsers save them; alone on a line they are no text.
CONTROLS = re.compile(
    r"""^[\s\-•·*|]*(?:
        (?:\S*\s*(?:바로\s*가기|건너뛰기)[\s·|]*)+             # skip links
      | HOME(?:\s*[>/·]?\s*\S+){0,5}                            # breadcrumbs
      | (?:ENG|KOR|中文|English|한국어|로그인|회원가입|사이트맵|전체메뉴)
      | (?:검색|인쇄|목록|이전글|다음글|맨위로|TOP)
      | (?:\S+\s*현재\s*게시물\s*링크\s*내보내기\s*)+            # share links
      | (?:공유하기|URL\s*복사|페이스북|트위터|카카오톡|카카오스토리|네이버\s*밴드)
        (?:[\s·|]+\S+){0,6}
      | !\[[^\]]*\]\([^)]*\)                                    # image placeholders
      | \[?(?:image|img)\s*placeholder[^\n]*
      | [A-Za-z_\-]+\d*\.(?:png|jpe?g|gif|bmp)
      | [a-z]{3,20}[_\-]?\d{1,3}                                # a picture's name
      | (?:-\s*)?\d{1,3}\s*(?:-|/\s*\d{1,3})                    # page numbers
      | 조회수?\s*:?\s*[\d,]+
    )[\s|]*$""",
    re.VERBOSE | re.IGNORECASE,
)
PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|쪽|第)?\s*\d{1,4}\s*(?:쪽|页|/\s*\d{1,4}|of\s+\d{1,4})?\W*$", re.IGNORECASE
)
SPACED_SYLLABLES = re.compile(rf"(?<=(?<![{HANGUL}])[{HANGUL}]) (?=[{HANGUL}](?![{HANGUL}]))")
"""A space between single syllables, which OCR sets between any two that stand apart a little."""
LETTERS_SET_APART = re.compile(rf"(?<![{HANGUL}])(?:[{HANGUL}] ){{3,}}[{HANGUL}](?![{HANGUL}])")
"""Syllables with a space after each; words then end where letters do, which nothing here tells,
and the analyzer reads Korean without spaces."""
