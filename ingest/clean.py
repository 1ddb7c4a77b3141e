"""Lines that belong to a web page or a scanner, not to the document."""

from __future__ import annotations

import re

_FURNITURE_LINES = re.compile(
    r"""^[\s\-•·*|]*(?:
        (?:\S*\s*(?:바로\s*가기|건너뛰기)[\s·|]*)+             # skip links
      | HOME(?:\s*[>/·]?\s*\S+){0,5}                            # breadcrumbs
      | (?:ENG|KOR|中文|English|한국어|로그인|회원가입|사이트맵|전체메뉴)
      | (?:검색|인쇄|목록|이전글|다음글|맨위로|TOP)
      | \S*\s*로고
      | \S*\s*마크\s*이미지
      | (?:\S+\s*현재\s*게시물\s*링크\s*내보내기\s*)+            # share links
      | (?:공유하기|URL\s*복사|페이스북|트위터|카카오톡|카카오스토리|네이버\s*밴드)
        (?:[\s·|]+\S+){0,6}
      | 다운로드\s*표?
      | !\[[^\]]*\]\([^)]*\)                                    # image placeholders
      | \[?(?:image|img|사진|그림)\s*(?:placeholder|없음)[^\n]*
      | [A-Za-z_\-]+\d*\.(?:png|jpe?g|gif|bmp)
      | 사진\s*없음.*
      | (?:-\s*)?\d{1,3}\s*(?:-|/\s*\d{1,3})                    # page numbers
      | 조회수?\s*:?\s*[\d,]+
      | .{0,40}(?:유용한\s*생활\s*정보|구독과\s*좋아요).{0,80}
    )[\s|]*$""",
    re.VERBOSE | re.IGNORECASE,
)
# The alternative text of an image that a page saver left alone on a line: shanghai1
_IMAGE_NAME = re.compile(r"^[a-z]{3,20}[_\-]?\d{1,3}$")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufff9-\ufffb\0]")
_TRAILING = re.compile(r"[ \t\xa0]+$", re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Drop furniture and invisible characters; a line that stays is not altered within."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", text)
    lines = ["" if _is_furniture(line) else line for line in text.split("\n")]
    text = _TRAILING.sub("", "\n".join(lines))
    return _BLANKS.sub("\n\n", text).strip("\n")


def _is_furniture(line: str) -> bool:
    return bool(_FURNITURE_LINES.match(line) or _IMAGE_NAME.match(line.strip()))
