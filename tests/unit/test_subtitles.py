import pytest

from geungeo.ingest.formats import LoadError, detect, read


def texts(source: str, name: str, encoding: str = "utf-8") -> list[str]:
    return [block.text for block in read(source.encode(encoding), name).blocks]


SUBRIP = """1
00:00:01,000 --> 00:00:03,000
<font color="red">최위원:</font> 물길을

2
00:00:03,000 --> 00:00:05,000
새로 냅시다.

3
00:00:05,100 --> 00:00:06,000
- 찬성입니다.
- 반대합니다.

4
00:00:20,000 --> 00:00:21,000
{\\an8}회의를 마칩니다 &amp; 끝
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_subrip(encoding: str) -> None:
    assert texts(SUBRIP, "a.srt", encoding) == [
        "최위원: 물길을 새로 냅시다.",
        "찬성입니다.",
        "반대합니다.",
        "회의를 마칩니다 & 끝",
    ]


def test_webvtt() -> None:
    source = """WEBVTT

STYLE
::cue { color: white }

NOTE 손으로 고침

첫째
00:01.000 --> 00:02.000 align:start
<v 윤위원>나루를 <c.yellow>옮기는</c> 일은

00:02.000 --> 00:04.000
<v 윤위원>내년에 합니다.

00:04.500 --> 00:06.000
<v 오위원>값은 <00:05.000>얼마입니까?
"""
    assert detect(source.encode(), ".txt") == "subtitles"
    assert texts(source, "a.vtt") == [
        "윤위원: 나루를 옮기는 일은 내년에 합니다.",
        "오위원: 값은 얼마입니까?",
    ]


def test_lines_that_roll_upwards_are_read_once() -> None:
    source = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n물이 든다\n\n"
        "00:02.000 --> 00:03.000\n물이 든다\n배가 뜬다\n"
    )
    assert texts(source, "a.vtt") == ["물이 든다 배가 뜬다"]


def test_no_times_no_subtitles() -> None:
    with pytest.raises(LoadError, match="times"):
        read("그냥 글이다.".encode(), "a.srt")
