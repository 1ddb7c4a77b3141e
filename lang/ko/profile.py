"""Korean as data."""

from __future__ import annotations

import re

from geungeo.lang.ko.instructions import INSTRUCTIONS
from geungeo.lang.profile import Profile, Reckoned, Replies, Said
from geungeo.lang.scripts import HANGUL

KOREAN = Profile(
    code="ko",
    own_name="한국어",
    language_names={"ko": "한국어", "zh": "중국어", "en": "영어"},
    name=re.compile(rf"[{HANGUL}][{HANGUL} ]+"),
    frame_words=frozenset(
        (
            "사람 이름 시작 어떻다 어떠하다 며칠 날짜 기간 때 해 년도 곳 말 말하다 문서 보고서 "
            "자료 글 측 내용 퍼센트 목적 장소 쪽 글자 단어 알다 무엇 누구누구 각각 모두 총 현재 "
            "최근 다음 어느 가장 가운데 경우 정도 대해 관련 가지 거 데 이유 까닭 방식 방법"
        ).split()
    ),
    units={
        "": "", "count": "개", "percent": "%", "KRW": "원", "USD": "달러", "EUR": "유로",
        "GBP": "파운드",
        "JPY": "엔", "CNY": "위안", "m2": "㎡", "km2": "㎢", "hectare": "헥타르", "pyeong": "평",
        "m": "m", "km": "km", "cm": "cm", "kg": "kg", "tonne": "톤", "celsius": "℃",
        "year": "년", "month": "개월", "week": "주", "day": "일", "hour": "시간", "minute": "분",
        "second": "초", "age": "세", "person": "명", "vehicle": "대", "times": "회",
    },
    more_than="{} 이상",
    about="약 {}",
    date={"year": "{}년", "month": "{}월", "day": "{}일"},
    between_parts=" ",
    scales={"조": 10**12, "억": 10**8, "만": 10**4},
    between_scales=" ",
    said=Said(
        no_answer="이 문서들에서는 답을 찾을 수 없습니다.",
        missing="이 문서들에서 찾을 수 없는 것: {}",
        claimed="당사자의 주장입니다({}):",
        differ="문서마다 다릅니다: ",
        write_answer="그럼 질문의 답을 한국어 문장으로 쓰십시오.",
        left_out="모델이 쓴 문장 {n}개는 문서에서 확인되지 않아 뺐습니다.",
    ),
    instructions=INSTRUCTIONS,
    replies=Replies(
        hello="안녕하세요. 여기 있는 문서 {n}건에서 답을 찾아 "
        "근거가 되는 문장을 그대로 보여 드립니다. 무엇이든 물어보세요.",
        welcome="도움이 되었다니 다행입니다. 더 궁금한 것이 있으면 물어보세요.",
        document="문서 1건이 있습니다.",
        documents="문서 {n}건이 있습니다.",
        dealing="이 문서들에서 다룹니다.",
        newest="가장 최근 문서는 다음과 같습니다.",
        oldest="가장 오래된 문서는 다음과 같습니다.",
        more="그 밖에 {n}건이 더 있습니다.",
        none="그런 문서는 없습니다. 모두 {n}건이 있습니다.",
        undated="날짜를 알 수 없는 문서 {n}건은 빠졌습니다.",
        organisations="문서를 낸 기관은 다음과 같습니다.",
        types="문서의 종류는 다음과 같습니다.",
        languages="문서의 언어는 다음과 같습니다.",
        unknown="알 수 없음",
        central="「{title}」의 중심 문장입니다.",
        summary="「{title}」을(를) 요약하면 다음과 같습니다.",
        contents="차례",
        which="어느 문서를 말씀하시나요? 제목이나 파일 이름을 알려 주세요.",
    ),
    reckoned=Reckoned(
        greatest="{label} {value} – {n}개 행 가운데 가장 큰 값",
        least="{label} {value} – {n}개 행 가운데 가장 작은 값",
        latest="{label} {value} – {n}개 행 가운데 가장 늦은 값",
        earliest="{label} {value} – {n}개 행 가운데 가장 이른 값",
        sum="{label} 합계 {value} – {n}개 행",
        mean="{label} 평균 {value} – {n}개 행",
        count="{n}개 – 표에서 센 행의 수",
        difference="{label} 차이 {value}",
    ),
)  # fmt: skip
