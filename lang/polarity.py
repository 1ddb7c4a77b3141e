"""Whether a sentence says yes or no, and which of two opposites it says."""

from __future__ import annotations

import re

_NEGATION = re.compile(
    r"지\s?(?:는|도|를)?\s?(?:않|못|아니|말)|(?:^|\s)(?:안|못)\s(?=[가-힣])|없(?!애)|아니(?:다|며|고|라|었|므|ㄴ)"
    r"|아닌|아닙|불가(?!피)|미정|못(?:하|했|해|한|함|할)|무산"
    r"|不(?!仅|但|断|少|同|久|过|足|管|论|得不|锈)|没有?|未(?!来|必)|无(?!论|锡|线|人驾)|并非|尚未|非(?=\w*是)"
    r"|\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
# What negates in form and not in meaning: not only, no later than, 뿐만 아니라, 不得不 …
_NO_NEGATION = re.compile(
    r"뿐(?:만)?\s?아니라|(?:지|하지)\s?않을\s?수\s?없|without (?:a )?(?:rest|break|pause|charge|fee)|쉬지\s?않고|不休息"
    r"|\bnot only\b|\bno (?:later|more|fewer|less) than\b|\bNo\.|不得不|끊임없|변함없|틀림없|다름없",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:，；。：!?！？\n]\s*|\.\s+|(?<=[가-힣][며고만데])\s|(?<=으나)\s|(?<=지만)\s"
    r"|\s(?=(?:but|while|whereas|although)\b)",
    re.IGNORECASE,
)
_SHORTEST_CLAUSE = 4
_HANGUL = re.compile(r"[가-힣]")
_KOREAN_TAIL = 16

_OPPOSITES = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            r"늘[어었었린릴림렸]|늘[다고며]|증가|상승|올[라랐]|오르|더 많|보다 .{0,12}많|확대"
            r"|\b(?:increas|rise\b|rises|rose|risen|grew|grow|higher|expand)\w*|\bmore\b"
            r"|增加|增长|上升|提高|扩大|比.{1,8}多|多于",
            r"줄[어었였인일임]|줄이[고기는]|줄[다고며]|감소|하락|내렸|내려[가간갔]|내리[다며]|더 적|보다 .{0,12}적|축소"
            r"|\b(?:decreas|fell\b|fall\b|falls|fallen|drop|declin|lower|shrink|shrank)\w*"
            r"|\bfewer\b|\bless\b|减少|下降|降低|缩小|比.{1,8}少|少于",
        ),
        (
            r"이상|적어도|최소|넘[는어었]|초과|\bat least\b|\bmore than\b(?=\s[\d$])|\bover \d|\bexceed|至少|以上|超过|不少于",
            r"이하|많아야|기껏|최대|미만|못\s?미|\bat most\b|\b(?:fewer|less) than\b(?=\s[\d$])|\bunder \d|\bup to \d"
            r"|至多|最多(?=\d)|以下|不到|不足|少于",
        ),
        (
            r"가장 (?:많|큰|크|높|빠)|최다|최고|\b(?:largest|biggest|most|highest|greatest|fastest)\b"
            r"|最(?:多|大|高|快)",
            r"가장 (?:적|작|낮|느)|최소|최저|\b(?:smallest|least|fewest|lowest|slowest)\b|最(?:少|小|低|慢)",
        ),
        (r"상반기|\bfirst half of the year\b|上半年", r"하반기|\bsecond half of the year\b|下半年"),
        (
            r"신설|설립|설치|새로 (?:만|생)|개통|개설|개소|\b(?:set up|establish|found|opened)\w*"
            r"|新设|成立|设立|开通",
            r"폐지|폐쇄|해체|없[앴애]|폐소|\b(?:abolish|close[ds]?|dissolv|shut)\w*|撤销|废除|关闭|解散",
        ),
        (
            r"찬성|동의|승인|수락|허가|\b(?:agree|approv|accept|support)\w*|赞成|同意|批准",
            r"반대|거부|거절|불허|\b(?:oppos|reject|refus|disapprov)\w*|反对|拒绝|否决",
        ),
        (
            r"면제|무료|\b(?:free of charge|without charge|exempt|waive)\w*|免(?:费|除|租)|不收",
            r"유료|부과|\b(?<!free of )(?<!without )charged?\b|\bpaid\b|收费|缴纳",
        ),
        (r"이전|하기 전|\bbefore\b|之前|以前", r"이후|한 뒤|\bafter\b|之后|以后"),
    )
)


def clauses(text: str) -> list[str]:
    """The parts of a text that say something of their own; the whole text at least."""
    parts = [part.strip() for part in _CLAUSE.split(text)]
    return [part for part in parts if len(part) >= _SHORTEST_CLAUSE] or [text]


def is_negated(clause: str) -> bool:
    """Whether a clause is negated; two negations are none. Korean negates at the end."""
    plain = _NO_NEGATION.sub(" ", clause)
    if _HANGUL.search(plain):
        plain = plain[-_KOREAN_TAIL:]
    return len(_NEGATION.findall(plain)) % 2 == 1


def negated(clause: str) -> str:
    """The part of a clause that its negation is about: what follows it, or in Korean what
    goes before it; "" where nothing is negated."""
    if not is_negated(clause):
        return ""
    plain = _NO_NEGATION.sub(" ", clause)
    last = list(_NEGATION.finditer(plain))[-1]
    return plain[: last.start()] if _HANGUL.search(plain) else plain[last.end() :]


def contradicts(claim: str, given: str) -> str:
    """The words of a claim whose opposite the given text says, or ""."""
    for sides in _OPPOSITES:
        for side, opposite in (sides, sides[::-1]):
            said = side.search(claim)
            elsewhere = opposite.search(given) and not side.search(given)
            if said and elsewhere and not opposite.search(claim):
                return said[0]
    return ""
