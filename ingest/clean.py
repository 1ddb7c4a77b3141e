"""What a saved web page leaves around its text, and characters that nobody sees."""

from __future__ import annotations

import re

# Words of a page's own controls, as browsers save them; alone on a line they are no text.
_CONTROLS = re.compile(
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
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufff9-\ufffb\ufffe\uffff\0]"
)


def is_control(line: str) -> bool:
    """Whether a line of a saved page is one of its controls, not of its text."""
    return bool(_CONTROLS.match(line))


def visible(text: str) -> str:
    """Text without characters that have no shape."""
    return _INVISIBLE.sub("", text)
