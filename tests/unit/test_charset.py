import pytest

from geungeo.ingest.formats.plain.charset import CharsetError, decode

KOREAN = "서울과 베이징은 1993년에 자매도시가 되었다. 두 도시의 교류는 문화에서 시작하였다."
CHINESE = "首尔与北京在一九九三年结为友好城市，两市的交流从文化开始。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [KOREAN, CHINESE + " ok"])
def test_unicode(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["cp949", "euc-kr"])
def test_korean_code_pages(encoding: str) -> None:
    assert decode(KOREAN.encode(encoding)) == (KOREAN, "cp949")


@pytest.mark.parametrize("encoding", ["gb18030", "gb2312"])
def test_chinese_code_pages(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == (CHINESE, "gb18030")


def test_binary_is_not_text() -> None:
    with pytest.raises(CharsetError, match="binary"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")


TRADITIONAL = "漁會自本月起調整冰庫租金，每噸每日收費四十元，會員減半。"
JAPANESE = "漁港の使用料は来月から三百円になります。"


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
def test_traditional_chinese_code_pages(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp"])
def test_japanese_is_refused_rather_than_read_as_noise(encoding: str) -> None:
    with pytest.raises(CharsetError, match="Japanese"):
        decode(JAPANESE.encode(encoding))


def test_mixed_script_and_western_letters() -> None:
    mixed = "本 規則은 漁村契의 運營에 關한 事項을 定한다."
    assert decode(mixed.encode("cp949")) == (mixed, "cp949")
    western = "The café’s “menu” – 12 résumés"
    assert decode(western.encode("cp1252")) == (western, "cp1252")


def test_a_named_encoding_decides_on_short_texts() -> None:
    assert decode("材料".encode("gb2312"), "GB2312")[0] == "材料"
    assert decode('<meta charset="big5">公告'.encode("big5"))[0].endswith("公告")
    assert decode(KOREAN.encode("cp949"), "no-such-thing")[0] == KOREAN


def test_a_few_broken_bytes_do_not_cost_the_file() -> None:
    data = KOREAN.encode() * 20
    assert decode(data[:-1])[0].startswith(KOREAN)
    assert decode((KOREAN * 20).encode("cp949")[:-2] + b"\xff.")[0].startswith(KOREAN)
