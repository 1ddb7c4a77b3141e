"""The Korean reading of Chinese characters: 首都外交 is 수도외교.

The national standard KS X 1001 sorts its 4,888 Chinese characters by their Korean reading,
so the first character of each reading is all that one needs to know; the codec ``euc_kr``
has the rest. The table agrees with the property kHangul of Unicode's Unihan database.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache

from geungeo.lang.ko.hangul import letters

_FIRST_OF_READING = """
가伽 각刻 간侃 갈乫 감勘 갑匣 강剛 개介 객喀 갱坑 갹醵 거倨 건乾 걸乞 검儉 겁劫 게偈 격擊 견堅
결抉 겸兼 경京 계係 고古 곡哭 곤困 골汨 공供 곶串 과寡 곽廓 관串 괄刮 광侊 괘卦 괴乖 굉宏 교交
구丘 국國 군君 굴堀 궁宮 권倦 궐厥 궤机 귀句 규叫 균勻 귤橘 극克 근僅 글契 금今 급伋 긍亘 기企
긴緊 길佶 김金 끽喫 나儺 낙樂 난亂 날捏 남南 납拉 낭囊 내乃 냉冷 녀女 년年 념念 녕寧 노努 녹碌
논論 농壟 뇌惱 뇨尿 누壘 눈嫩 눌訥 뉴杻 늑勒 늠凜 능凌 니尼 닉匿 다多 단丹 달撻 담啖 답沓 당唐
대代 댁宅 덕德 도倒 독毒 돈墩 돌乭 동仝 두兜 둔屯 득得 등嶝 라喇 락樂 란丹 랄剌 람嵐 랍拉 랑廊
래來 랭冷 략掠 량亮 려侶 력力 련憐 렬冽 렴廉 렵獵 령令 례例 로勞 록碌 론論 롱壟 뢰儡 료了 룡龍
루壘 류劉 륙六 륜侖 률律 륭隆 륵勒 름凜 릉凌 리俚 린吝 림林 립砬 마摩 막寞 만万 말唜 망亡 매埋
맥脈 맹孟 멱冪 면免 멸滅 명冥 몌袂 모侮 목木 몰歿 몽夢 묘卯 무務 묵墨 문們 물勿 미味 민岷 밀密
박剝 반伴 발勃 방倣 배倍 백伯 번幡 벌伐 범凡 법法 벽僻 변便 별別 병丙 보保 복伏 본本 볼乶 봉俸
부不 북北 분分 불不 붕崩 비丕 빈嚬 빙憑 사乍 삭削 산傘 살乷 삼三 삽揷 상上 새塞 색嗇 생牲 서墅
석夕 선仙 설卨 섬剡 섭攝 성城 세世 소召 속俗 손孫 솔率 송宋 쇄刷 쇠衰 수修 숙叔 순巡 술戌 숭崇
슬瑟 습濕 승丞 시侍 식埴 신伸 실失 심審 십什 쌍雙 씨氏 아亞 악堊 안安 알斡 암唵 압壓 앙仰 애厓
액厄 앵櫻 야也 약弱 양亮 어圄 억億 언偃 얼孼 엄俺 업嶪 엔円 여予 역亦 연嚥 열列 염厭 엽曄 영令
예乂 오五 옥屋 온溫 올兀 옹壅 와渦 완婉 왈曰 왕往 왜倭 외外 요了 욕慾 용俑 우于 욱勖 운云 울蔚
웅熊 원元 월月 위位 유乳 육六 윤倫 율律 융戎 은垠 을乙 음吟 읍揖 응凝 의依 이二 익匿 인人 일一
임任 입入 잉仍 자仔 작作 잔孱 잠岑 잡雜 장丈 재再 쟁爭 저佇 적勣 전佃 절切 점占 접接 정丁 제制
조俎 족族 존存 졸卒 종倧 좌佐 죄罪 주主 죽竹 준俊 줄茁 중中 즉卽 즐櫛 즙楫 증增 지之 직直 진唇
질侄 짐斟 집什 징徵 차且 착捉 찬撰 찰刹 참僭 창倉 채債 책冊 처凄 척倜 천仟 철凸 첨僉 첩堞 청廳
체切 초初 촉促 촌寸 총叢 촬撮 최催 추墜 축丑 춘春 출出 충充 췌悴 취取 측側 층層 치侈 칙則 친親
칠七 침侵 칩蟄 칭秤 쾌快 타他 탁倬 탄呑 탈奪 탐探 탑塔 탕宕 태兌 택宅 탱撑 터攄 토兎 통慟 퇴堆
투偸 특慝 틈闖 파坡 판判 팔八 패佩 팽彭 퍅愎 편便 폄貶 평坪 폐吠 포佈 폭幅 표俵 품品 풍楓 피彼
필匹 핍乏 하下 학壑 한寒 할割 함函 합合 항亢 해亥 핵劾 행倖 향享 허噓 헌憲 헐歇 험險 혁奕 현俔
혈孑 혐嫌 협俠 형亨 혜兮 호乎 혹惑 혼婚 홀忽 홍哄 화化 확廓 환丸 활活 황凰 회匯 획劃 횡宖 효哮
후侯 훈勛 훙薨 훤喧 훼卉 휘彙 휴休 휼恤 흉兇 흑黑 흔昕 흘吃 흠欠 흡吸 흥興 희僖 힐詰
"""
# Characters that the standard has in another form, which follows.
_OTHER_FORM = """
產産 強强 畫畵 舉擧 絕絶 教敎 青靑 清淸 真眞 研硏 鎮鎭 即卽 既旣 概槪 溉漑 尚尙 晚晩 值値 郎郞
涼凉 祕秘 隸隷 炮砲 鄉鄕 冰氷 並竝 顏顔 緒緖 敘敍 攜携 獎奬 窗窓 鄰隣 餅餠 瓶甁 屏屛 吞呑 污汚
豔艶 飲飮 羣群 卻却 腳脚 冤寃 恆恒 查査 棱稜 佔占 咒呪 填塡 慎愼 茲玆 僱雇 雞鷄 翻飜 插揷 拋抛
溼濕 毀毁 鬥鬪 啟啓
"""
_PLANE = range(0xCAA1, 0xFDFF)
# At the start of a word ㄹ and ㄴ are softened (한글 맞춤법 제10–12항): 녀 → 여, 로 → 노.
_N, _R, _SILENT = 2, 5, 11
_SOFT_VOWELS = frozenset((2, 3, 6, 7, 12, 17, 20))


def reading(word: str) -> str:
    """The Korean reading of a word in traditional characters, or "" if one of them has none."""
    syllables = [_syllable(character) for character in word]
    if not syllables or not all(syllables):
        return ""
    return _soften(syllables[0]) + "".join(syllables[1:])


def _syllable(character: str) -> str:
    starts, readings, forms = _table()
    try:
        code = int.from_bytes(forms.get(character, character).encode("euc_kr"))
    except UnicodeEncodeError:
        return ""
    return readings[bisect_right(starts, code) - 1] if code in _PLANE else ""


@lru_cache(1)
def _table() -> tuple[list[int], list[str], dict[str, str]]:
    starts = []
    readings = []
    for pair in _FIRST_OF_READING.split():
        readings.append(pair[0])
        starts.append(int.from_bytes(pair[1].encode("euc_kr")))
    return starts, readings, {pair[0]: pair[1] for pair in _OTHER_FORM.split()}


def _soften(syllable: str) -> str:
    own = letters(syllable)
    if own and own.initial in (_N, _R) and own.vowel in _SOFT_VOWELS:
        own = replace(own, initial=_SILENT)
    elif own and own.initial == _R:
        own = replace(own, initial=_N)
    return own.syllable if own else syllable
