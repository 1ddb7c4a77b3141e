"""How Korean writes Mandarin by its sound: 殷勇, Yin Yong and 인융 are one man.

The table is the one for Chinese in the Korean rules for loanwords (외래어 표기법, 표 5, 1986).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from geungeo.lang.ko.hangul import letters

_INITIALS = dict(
    pair.split(":")
    for pair in (
        "b:ㅂ p:ㅍ m:ㅁ f:ㅍ d:ㄷ t:ㅌ n:ㄴ l:ㄹ g:ㄱ k:ㅋ h:ㅎ j:ㅈ q:ㅊ x:ㅅ "
        "zh:ㅈ ch:ㅊ sh:ㅅ r:ㄹ z:ㅉ c:ㅊ s:ㅆ"
    ).split()
)
_FINALS = dict(
    pair.split(":")
    for pair in (
        "a:아 o:오 e:어 i:이 u:우 v:위 ai:아이 ei:에이 ao:아오 ou:어우 an:안 en:언 ang:앙 eng:엉 "
        "er:얼 ia:야 ie:예 iao:야오 iu:유 iou:유 ian:옌 in:인 iang:양 ing:잉 iong:융 ua:와 uo:워 "
        "uai:와이 ui:우이 uei:우이 uan:완 un:운 uen:운 uang:왕 ong:웅 ueng:웡 ve:웨 ue:웨 van:위안 "
        "vn:윈"
    ).split()
)
# Syllables without an initial, and those whose vowel is not the one written.
_WHOLE = dict(
    pair.split(":")
    for pair in (
        "yi:이 ya:야 yo:요 ye:예 yai:야이 yao:야오 you:유 yan:옌 yin:인 yang:양 ying:잉 yong:융 "
        "wu:우 wa:와 wo:워 wai:와이 wei:웨이 wan:완 wen:원 wang:왕 weng:웡 yu:위 yue:웨 "
        "yuan:위안 yun:윈 zhi:즈 chi:츠 shi:스 ri:르 zi:쯔 ci:츠 si:쓰"
    ).split()
)
_FRONT = {"u": "위", "uan": "위안", "un": "윈", "ue": "웨"}
# After ㅈ and ㅊ the vowels ㅑ ㅖ ㅠ are written ㅏ ㅔ ㅜ.
_PLAIN = {"야": "아", "예": "에", "야오": "아오", "유": "우", "양": "앙", "융": "웅", "옌": "엔"}
_JAMO = {letter: index for index, letter in enumerate("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")}
_SILENT = _JAMO["ㅇ"]
_PART = re.compile(r"[ '’-]")
_VOWELS = tuple("aeo")
_LONGEST = 6


def hangul_of_pinyin(word: str) -> str:
    """A word of pinyin without tones in Hangul, or "" if it is none: Yizhuang is 이좡."""
    parts = [_cut(part) for part in _PART.split(word.lower().replace("ü", "v"))]
    return "".join(parts) if all(parts) else ""


def hangul_of_chinese(word: str) -> str:
    """A Chinese word in Hangul by its Mandarin sound, or "" where one is not known."""
    written = [_syllables().get(syllable, "") for syllable in _spoken(word)]
    return "".join(written) if all(written) else ""


def pinyin_of_chinese(word: str) -> str:
    """A Chinese word in pinyin without tones, as one word, or "" where one is not known."""
    return "".join(_spoken(word)).replace("v", "u")


def pinyin_of_name(name: str) -> str:
    """A Chinese name of a person in pinyin, the family name first and apart: 殷勇 is Yin Yong;
    "" where a sound is not known."""
    spoken = [syllable.replace("v", "ü") for syllable in _spoken(name)]
    return f"{spoken[0].capitalize()} {''.join(spoken[1:]).capitalize()}" if spoken else ""


def _spoken(word: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore")
    return [s.replace("ü", "v") for s in syllables] if len(syllables) == len(word) else []


def _cut(letters: str) -> str:
    """The Hangul of the first way to cut letters into syllables, the longest tried first.

    Within a word only an apostrophe stands before a vowel.
    """
    for length in range(min(_LONGEST, len(letters)), 0, -1):
        head, rest = _syllables().get(letters[:length], ""), letters[length:]
        if head and not rest:
            return head
        if head and not rest.startswith(_VOWELS) and (tail := _cut(rest)):
            return head + tail
    return ""


@lru_cache(1)
def _syllables() -> dict[str, str]:
    """Every syllable of pinyin that the table can write."""
    written = dict(_WHOLE)
    for initial, letter in _INITIALS.items():
        for final, sound in _FINALS.items():
            written.setdefault(initial + final, _joined(initial, letter, final, sound))
    written.update(
        {final: _FINALS[final] for final in "a o e ai ei ao ou an en ang eng er".split()}
    )
    return written


def _joined(initial: str, letter: str, final: str, sound: str) -> str:
    if initial in ("j", "q", "x"):
        sound = _FRONT.get(final, sound)
    if letter in "ㅈㅊ":
        sound = _PLAIN.get(sound, sound)
    first = letters(sound[0])
    if first is None or first.initial != _SILENT:
        return ""
    return replace(first, initial=_JAMO[letter]).syllable + sound[1:]
