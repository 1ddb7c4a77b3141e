"""What kind of value a question asks for, and whether a text gives one.

A question word stands for a value: with 7 in its place, 몇 명 reads as 7 persons, how many
buses as 7 vehicles, 多少家 as 7 of a count. The facts of a text then tell whether it holds a
value of that unit that the question does not name itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geungeo.lang.values.facts import NAMED, Facts, Quantity, facts, same_unit

Kind = Literal["", "quantity", "time", "month", "day", "code", "phone"]

_MONEY = frozenset(("KRW", "USD", "EUR", "JPY", "CNY"))
_SPAN = frozenset(("year", "month", "week", "day", "hour", "minute", "second"))
_LENGTH = frozenset(("m", "km", "cm"))
_AREA = frozenset(("m2", "km2", "hectare", "pyeong"))
_WEIGHT = frozenset(("kg", "tonne"))
_CLOCK = frozenset(("clock", "half clock"))
_PEOPLE = frozenset(("person",))

# The first that fits tells the units; what is asked by a counter is read by the facts.
_PATTERNS: tuple[tuple[Kind, frozenset[str], str], ...] = (
        (
            "code", frozenset(),
            r"과제\s?(?:코드|번호)|문서\s?번호|project (?:code|number)|课题(?:编号|代码)|项目(?:编号|代码)",
        ),
        ("quantity", _SPAN, r"몇\s?박|几天几夜|how many nights"),
        ("phone", frozenset(), r"전화\s?번호|연락처|전화\S*\s(?:\S+\s){0,2}몇\s?번|몇\s?번(?:으로|에)\s?(?:\S+\s)?(?:전화|걸|연락)|phone number|telephone|电话"),
        ("quantity", _CLOCK, r"몇\s?시(?!간)|what time|几点|什么时间开始"),
        ("day", frozenset(), r"며칠(?!\s?(?:동안|간))|몇\s?월\s?몇\s?일|몇\s?일(?!\s?(?:동안|간))|what day|which day|what date|on which date|哪一?天|几月几[日号]|几[号日](?![线])"),
        ("month", frozenset(), r"몇\s?월|which month|what month|哪个月|几月"),
        ("time", frozenset(), r"몇\s?년(?!\s?(?:동안|간|마다))|몇\s?년도|어느\s?해|해는|연도|which year|what year|哪一?年|几几年"),
        ("month", frozenset(), r"언제부터\s?언제까지|기간은|기간이|일정은|from when (?:to|until)|从什么时候到什么时候"),
        (
            "time", frozenset(),
            r"언제|날짜|일자|작성일|발행일|등록일|게시일|게시요망일|\bwhen\b|什么时候|何时|日期|什么时间",
        ),
        ("quantity", _SPAN, r"얼마나\s?(?:걸|오래|자주)|얼마\s?(?:동안|만에)|며칠\s?(?:동안|간)|how long (?:does|do|did|will|would|is|are|was|were|has|have)|how long\b|多长时间|多久"),
        ("quantity", _LENGTH, r"길이|높이|키[는가]|how (?:tall|high|far)|多[高长远](?!时)|高度|长度"),
        ("quantity", _AREA, r"면적|넓이|how (?:large|big)|what (?:area|size)|(?<!规模)(?<!规模有)(?<!年龄)多大|面积"),
        ("quantity", _WEIGHT, r"무게|몸무게|체중|how heavy|weight|体重|重量|多重"),
        ("quantity", _PEOPLE, r"인구|population|人口|(?:几|多少)个?人"),
        ("quantity", frozenset(("percent",)), r"퍼센트|백분율|비율|비중|점유율|percent|what share|what proportion|百分之几|比例|占多少|占比"),
        (
            "quantity", _MONEY,
            r"(?:예산|비용|요금|가격|금액|참가비|사업비|항공료|숙박비|임대료|임차료|연봉|월급|수수료|입장료|등록금|보조금|지원금|투자액|매출|값|돈)\S*\s?(?:\S+\s){0,3}(?:얼마|몇)"
            r"|(?:얼마|몇).{0,12}(?:예산|비용|요금|가격|금액|들었|들어|썼|쓴|투자)"
            r"|how much (?:does|do|did|is|was|were|would|will|money)|(?:price|cost|fee|fare|budget|salary|rent|revenue)\b"
            r"|(?:预算|费用|价格|票价|房价|租金|花了|成本|工资|学费|收入).{0,8}(?:多少|几)|多少(?:钱|元|预算|费用)",
        ),
)  # fmt: skip
_ASKED = tuple(
    (kind, units, re.compile(pattern, re.IGNORECASE)) for kind, units, pattern in _PATTERNS
)
_QUESTION_WORD = re.compile(
    r"몇|\bhow many\b|多少(?=\S)|几(?=[个家座名位年次届辆台项条件种级天周倍])", re.IGNORECASE
)
_SOME_NUMBER = re.compile(
    r"얼마|몇|\bhow (?:many|much)\b|多少|(?:规模|年龄)有?多大|\bwhat (?:number|amount)\b|几[个家座名位次届辆台项条件种级天周倍]",
    re.IGNORECASE,
)
_HANGUL = re.compile(r"[가-힣]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MEASURE = re.compile(
    r"\bwhat (?:is|was|are|were) the [^?]*?\b((?:population|price|cost|fee|fare|budget|salary|rent"
    r"|revenue|height|weight|length|area|size|age|number)s?)\b",
    re.IGNORECASE,
)
# 몇 개의 기업이, 몇 명의 사람이: what is counted follows.
_WHO = re.compile(
    r"(\S+[은는이가])\s(?:누구|누가)|(\S+)의\s이름은|\bwho (?:is|was|are|were) the (\w+(?: \w+)?) (?:of|at|in)\b"
    r"|([^的是]{2,4})(?:是谁|叫什么)",
    re.IGNORECASE,
)
_ADVERB = re.compile(r"모두|각각|평균|대략|약|총|현재|지금까지|1인당|한\s?사람당")
_ENGLISH_COUNTED = re.compile(
    r"(?:\s(?:is|are|was|were|will|would))?(?:\sthe)?\s((?:(?!(?:is|are|was|were|did|does|do|has|have"
    r"|had|will|would|can|could|in|on|of|at|for|from|there|take|takes|took|joined)\b)[\w-]+\s?){1,3})",
    re.IGNORECASE,
)
_OF_COUNTED = re.compile(r"\s?\S{1,3}의\s(\S+(?:\s\S+)?)")
_CHINESE_COUNTED = re.compile(
    r"[个家座名位年次届辆台项条件种级天周倍所]?([^的是？?，,在有了]{2,8})"
)

_PHONE = re.compile(r"[\d-]+-\d{3,4}-\d{4}")

_CHINESE_BEFORE = re.compile(r"([^的了在，,、\s]{2,6}?)(?:一共|总共|共)?(?:有|是)?$")

# A document that says that something is not settled answers the question after it.
_UNDECIDED = re.compile(
    r"미정|정하지\s?(?:못|않)|정해지지\s?않|추후\s?(?:정|공지|안내|결정)|결정되지\s?않"
    r"|未定|待定|尚未(?:确定|决定|公布)|没有(?:确定|决定)|另行通知"
    r"|\bnot (?:yet )?(?:been )?(?:set|decided|fixed|determined|settled)\b|\bundecided\b"
    r"|\bto be (?:decided|determined|announced)\b|\bno \w+ has been set\b",
    re.IGNORECASE,
)
_UNASKED = frozenset(("clock", "half clock", "ordinal", NAMED))
# What is counted may be any noun, so that a number without a known unit can be of these.
COUNTED = frozenset(("", "count", "person", "vehicle", "times"))


@dataclass(frozen=True)
class Wanted:
    """``units`` are those that a quantity may have; none stands for any unit.

    The kinds ``time``, ``month`` and ``day`` are dates, the latter two at least so exact.
    """

    kind: Kind = ""
    units: frozenset[str] = frozenset()

    def is_given_by(self, text: Facts, asked: Facts) -> bool:
        """Whether a text has such a value that the question does not name; true where nothing
        of the kind is wanted."""
        return not self.kind or bool(self.values(text, asked))

    def values(self, text: Facts, asked: Facts) -> frozenset[tuple[object, ...]]:
        """The values of a text that are wanted, without those that the question names."""
        if self.kind in ("code", "phone"):
            return frozenset(
                (code,)
                for code in text.codes
                if code not in asked.codes
                and bool(_PHONE.fullmatch(code)) == (self.kind == "phone")
            )
        if self.kind == "quantity":
            return frozenset((one.value, one.unit) for one in self.quantities(text, asked))
        return frozenset(
            (date.year, date.month, date.day)
            for date in text.dates
            if self._is_date(date.month, date.day)
        )

    def written(self, text: Facts, asked: Facts) -> list[str]:
        """The quantities of a text that are wanted, as they are written there."""
        return [one.text for one in self.quantities(text, asked)]

    def quantities(self, text: Facts, asked: Facts) -> list[Quantity]:
        """The quantities of a text that are wanted, without those that the question names."""
        known = {(one.value, one.unit) for one in asked.quantities}
        return [
            one
            for one in text.quantities
            if self._fits(one.unit) and (one.value, one.unit) not in known
        ]

    def _fits(self, unit: str) -> bool:
        if not self.units:
            return unit not in _UNASKED
        if not unit:
            return bool(self.units & COUNTED)
        return any(same_unit(unit, one) for one in self.units)

    def _is_date(self, month: int | None, day: int | None) -> bool:
        if self.kind == "day":
            return day is not None
        return self.kind == "time" or month is not None


def is_undecided(text: str) -> bool:
    """Whether a text says that something has not been settled."""
    return bool(_UNDECIDED.search(text))


def named_kind(question: str) -> str:
    """The words of a question that only name the kind of value, such as 전화번호 or 날짜."""
    for kind, _, pattern in _ASKED:
        if match := pattern.search(question):
            return match[0] if kind != "quantity" else ""
    return ""


def subject(question: str) -> str:
    """The part of a question that names what is measured or counted, or the office of whoever
    is asked for, "" where there is none: 예산은 in 예산은 얼마, companies in how many companies
    are there, 所长 in 所长是谁."""
    for pattern in (_MEASURE, _WHO):
        if match := pattern.search(question):
            return str(next(filter(None, match.groups())))
    match = _SOME_NUMBER.search(question)
    if not match:
        return ""
    before, after = question[: match.start()], question[match.end() :]
    if _HANGUL.search(question):
        if counted := _OF_COUNTED.match(after):
            return counted[1]
        words = [word for word in before.split() if not _ADVERB.fullmatch(word)]
        return words[-1] if words else ""
    if _HAN.search(question):
        following = _CHINESE_COUNTED.match(after)
        if following:
            return following[1]
        preceding = _CHINESE_BEFORE.search(before)
        return preceding[1] if preceding else ""
    phrase = _ENGLISH_COUNTED.match(after)
    return phrase[1] if phrase else ""


def wanted(question: str) -> Wanted:
    """What a question asks for, as far as its form tells."""
    for kind, units, pattern in _ASKED:
        if pattern.search(question):
            return Wanted(kind, units)
    if match := _QUESTION_WORD.search(question):
        units = _units_after(question[match.end() :])
        return Wanted("quantity", units)
    return Wanted("quantity") if _SOME_NUMBER.search(question) else Wanted()


def _units_after(rest: str) -> frozenset[str]:
    """The unit that a number in place of the question word would have."""
    found: Sequence[str] = [one.unit for one in facts(f"7 {rest.lstrip()}").quantities[:1]]
    return frozenset(unit for unit in found if unit)
