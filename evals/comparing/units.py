"""What a number counts or measures, by the word before or after it."""

from __future__ import annotations

import re

# A row: the unit and the words for it, longest first where one begins another.
_AFTER: tuple[tuple[str, str], ...] = (
    ("percent", r"%p?|퍼센트|percent(?:age points?)?|per cent|个百分点|프로(?![가-힣])"),
    ("KRW", r"원(?!장|칙|인|래|본|자)|(?:korean )?won(?![a-z])|krw|韩元|韓元"),
    ("USD", r"달러|(?:us )?dollars?(?![a-z])|usd(?![a-z])|美元"),
    ("EUR", r"유로|euros?(?![a-z])|欧元"),
    ("JPY", r"엔(?!진|지|터)|yen(?![a-z])|日元"),
    ("CNY", r"위안|yuan(?![a-z])|rmb(?![a-z])|人民币|元(?!旦)"),
    ("km2", r"km2|km²|㎢|제곱\s?킬로미터|square kilomet(?:re|er)s?|平方公里"),
    ("m2", r"m2|m²|㎡|제곱\s?미터|square met(?:re|er)s?|平方米"),
    ("ha", r"ha(?![a-z])|헥타르|hectares?(?![a-z])|公顷"),
    ("pyeong", r"평(?![가-힣])"),
    ("km", r"km(?![a-z])|㎞|킬로미터|kilomet(?:re|er)s?(?![a-z])|公里"),
    ("cm", r"cm(?![a-z])|㎝|센티미터|centimet(?:re|er)s?(?![a-z])|厘米"),
    ("m", r"m(?![a-z])|미터|met(?:re|er)s?(?![a-z])|米"),
    ("kg", r"kg(?![a-z])|㎏|킬로그램|kilograms?(?![a-z])|公斤"),
    ("tonne", r"톤|tonnes?(?![a-z])|tons?(?![a-z])|吨"),
    ("celsius", r"℃|°c|도(?![가-힣])|degrees?(?![a-z])|摄氏度|度"),
    ("fold", r"배(?![가-힣]{2})|times (?:as|more|the)(?![a-z])|-?fold(?![a-z])|倍"),
    ("centuries", r"세기|世纪"),
    ("floor", r"층|层|楼"),
    ("age", r"세(?![가-힣]{2})|살|years? old|岁"),
    ("line", r"호선|号线"),
    ("rank", r"번째|위(?![가-힣])|届"),
    ("months", r"개월|달(?!러)|months?(?![a-z])|个月"),
    ("weeks", r"주(?:일|간)?(?![가-힣]{2})|weeks?(?![a-z])|周|星期"),
    ("years", r"년(?:간|동안)?|개년|해(?=[에의\s]|$)|years?(?![a-z])|年"),
    ("days", r"(?:영업|근무)?일(?:간|동안)?(?![가-힣]{3})|(?:working |business )?days?(?![a-z])|个?工作日|天|日"),
    ("hours", r"시간|hours?(?![a-z])|小时"),
    ("minutes", r"분(?![가-힣]{2})|minutes?(?![a-z])|分钟"),
    ("seconds", r"초(?![가-힣])|seconds?(?![a-z])|秒"),
    ("persons", r"명|사람|인(?![가-힣]{2})|people(?![a-z])|persons?(?![a-z])|人|名|位"),
    ("vehicles", r"대(?![가-힣]{2})|척|vehicles?(?![a-z])|buses(?![a-z])|cars?(?![a-z])|台|辆"),
    ("times", r"회|번|차례|차(?![가-힣])|times(?![a-z])|次|回"),
    ("teams", r"개?\s?팀|teams?(?![a-z])|个?小组"),
    (
        "things",
        r"개사|개국|개소|개|곳|가지|건|편|석|도시|나라|기관|종|장|권|쪽|호|companies(?![a-z])|seats?(?![a-z])|cases?(?![a-z])"
        r"|个|個|家|所|座|条|项|件|种|席|级|篇|市(?![场民政长])|国(?![家际人])|方(?![面式法])|机构",
    ),
)  # fmt: skip
_BEFORE = {"$": "USD", "€": "EUR", "₩": "KRW", "line": "line"}
_UNIT = re.compile(
    r"\s?-?(?:여|余|多|餘)?\s?(?:"
    + "|".join(f"(?P<u{place}>{words})" for place, (_, words) in enumerate(_AFTER))
    + ")",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?P<mark>[$€₩]|\bline)\s?$", re.IGNORECASE)
# What a number without a unit may count as well.
_COUNTED = frozenset(("persons", "vehicles", "times", "things", "teams"))


def unit_of(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The unit of the number from ``start`` to ``end``, "" where none is known, and where the
    number with its unit starts and ends."""
    if mark := _MARK.search(text, 0, start):
        return _BEFORE[mark["mark"].lower()], mark.start(), end
    after = _UNIT.match(text, end)
    if after is None:
        return "", start, end
    place = next(place for place in range(len(_AFTER)) if after[f"u{place}"] is not None)
    return _AFTER[place][0], start, after.end()


def alike(wanted: str, given: str) -> bool:
    """Whether what was wanted in one unit may be given in another: what was wanted bare may come
    with any unit but a rank, and what was to be counted as a bare number."""
    if wanted == given:
        return True
    if not wanted:
        return given != "rank"
    return not given and wanted in _COUNTED
