import pytest

from geungeo.lang.zh.mandarin import hangul_of_chinese, hangul_of_pinyin


@pytest.mark.parametrize(
    ("characters", "pinyin", "hangul"),
    [
        ("殷勇", "Yin Yong", "인융"),
        ("胡衡華", "Hu Henghua", "후헝화"),
        ("亦庄", "Yizhuang", "이좡"),
        ("中关村", "Zhongguancun", "중관춘"),
        ("重庆", "Chongqing", "충칭"),
        ("雄安", "Xiong'an", "슝안"),
        ("习近平", "Xi Jinping", "시진핑"),
        ("香山", "Xiangshan", "샹산"),
        ("天津", "Tianjin", "톈진"),
        ("剑桥", "Jianqiao", "젠차오"),
    ],
)
def test_mandarin_in_hangul(characters: str, pinyin: str, hangul: str) -> None:
    assert hangul_of_chinese(characters) == hangul
    assert hangul_of_pinyin(pinyin) == hangul


@pytest.mark.parametrize("word", ["Seoul", "committee", "fee", "Park", "", "서울", "C40"])
def test_other_words_are_no_pinyin(word: str) -> None:
    assert hangul_of_pinyin(word) == ""


def test_what_is_not_chinese_has_no_sound() -> None:
    assert hangul_of_chinese("Seoul") == ""
