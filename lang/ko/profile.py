"""Korean as data."""

from __future__ import annotations

import re

from geungeo.lang.profile import Profile, Said
from geungeo.lang.scripts import HANGUL

KOREAN = Profile(
    code="ko",
    own_name="한국어",
    name=re.compile(rf"[{HANGUL}][{HANGUL} ]+"),
    frame_words=frozenset(
        (
            "사람 이름 시작 어떻다 어떠하다 며칠 날짜 기간 때 해 년도 곳 말 말하다 문서 보고서 "
            "자료 글 측 내용 퍼센트 목적 장소 쪽 글자 단어 알다 무엇 누구누구 각각 모두 총 현재 "
            "최근 다음 어느 가장 경우 정도 대해 관련 가지"
        ).split()
    ),
    units={
        "": "", "count": "개", "percent": "%", "KRW": "원", "USD": "달러", "EUR": "유로",
        "JPY": "엔", "CNY": "위안", "m2": "㎡", "km2": "㎢", "hectare": "헥타르", "pyeong": "평",
        "m": "m", "km": "km", "cm": "cm", "kg": "kg", "tonne": "톤", "celsius": "℃",
        "year": "년", "month": "개월", "week": "주", "day": "일", "hour": "시간", "minute": "분",
        "second": "초", "age": "세", "person": "명", "vehicle": "대", "times": "회",
    },
    more_than="{} 이상",
    about="약 {}",
    date={"year": "{}년", "month": "{}월", "day": "{}일"},
    between_parts=" ",
    said=Said(
        no_answer="이 문서들에서는 답을 찾을 수 없습니다.",
        missing="이 문서들에서 찾을 수 없는 것: {}",
        differ="문서마다 다릅니다: ",
        write_answer="그럼 질문의 답을 한국어 문장으로 쓰십시오.",
    ),
)  # fmt: skip
