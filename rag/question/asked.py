"""The form of a question, and what in a text looks like an answer to it."""

from __future__ import annotations

import re
from typing import Literal

Form = Literal["time", "number", "reason", "person", "place", "manner", "yes or no", ""]

_ASKS: tuple[tuple[Form, str], ...] = (
    (
        "time",
        r"언제|며칠|몇\s*(?:년|월|일|시)|날짜|기간|해는|연도|일자"
        r"|\bwhen\b|what (?:year|date|day)|which year|什么时候|何时|哪一?年|几月|几[年日号]|日期",
    ),
    (
        "number",
        r"몇|얼마|퍼센트|비율|how (?:many|much|large|big|long)|percent|多少|几[个家座年次天名岁]",
    ),
    (
        "reason",
        r"왜(?=\s|\?|$|[가-힣])|이유|까닭|때문|무엇을 위해|목적|원인"
        r"|\bwhy\b|\breasons?\b|\bpurpose\b|what caused|为什么|为何|原因|目的|理由|因何",
    ),
    ("person", r"누구|누가|\bwho(?:m|se)?\b|谁|哪位"),
    ("place", r"어디|장소|\bwhere\b|哪里|哪儿|何处|在哪"),
    ("manner", r"어떻게|어떤\s?(?:방법|방식|절차)|방법은|\bhow\b|如何|怎么|怎样"),
    (
        "yes or no",
        r"(?:한가|인가|있나|있는가|되나|하나|는가|을까|될까|맞나|습니까|나요|은가|ㄴ가)요?\s*\?*$"
        r"|^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|may|must)\b"
        r"|吗\s*[？?]?$|是否|能否|有没有",
    ),
)
_FORMS = tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in _ASKS)
_INTERROGATIVE = re.compile(
    r"무엇|무슨|어느|어떤|뭐|뭔|몇|누구|어디|언제|왜|\b(?:what|which)\b|什么|哪|几", re.IGNORECASE
)
_GIVES: dict[Form, re.Pattern[str]] = {
    "number": re.compile(
        r"\d|[一二三四五六七八九十百千万亿]{2,}|\b(?:two|three|four|five|six|seven|ten)\b", re.I
    ),
    "time": re.compile(
        r"\d{4}|\d+\s*[년월일年月日号]|\d{1,2}\.\s?\d{1,2}|['’]\d\d"
        r"|\b(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December)\b|[○〇一二三四五六七八九]{2,4}年"
    ),
    "reason": re.compile(
        r"때문|위해|위하여|위한|따라|[으]?므로|이유|까닭|원인|목적|인해|인하여|덕분|도록|려고|고자|바탕|영향|계기"
        r"|\bbecause\b|\bsince\b|\bin order to\b|\bso that\b|\bdue to\b|\bto \w+"
        r"|\bas a result\b|\bthus\b"
        r"|因为|由于|为了|因此|以便|原因|目的|所以|从而|导致",
        re.IGNORECASE,
    ),
}


def form(question: str) -> Form:
    """What a question asks for, as far as its words tell; the first form that fits."""
    for name, pattern in _FORMS:
        if pattern.search(question) and not (
            name == "yes or no" and _INTERROGATIVE.search(question)
        ):
            return name
    return ""


def gives(asked: Form, text: str) -> bool:
    """Whether a text has what a form asks for; false for forms that nothing shows."""
    return asked in _GIVES and bool(_GIVES[asked].search(text))


def can_be_given(asked: Form) -> bool:
    """Whether ``gives`` can tell for a form."""
    return asked in _GIVES
