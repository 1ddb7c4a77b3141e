import pytest

from ingest.charset import CharsetError, decode

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
