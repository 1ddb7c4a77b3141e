"""Tables in text, JSON and XML."""

import pytest

from geungeo.ingest.formats import LoadError, NotADocumentError, Read, detect, read


def lines(source: str, name: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(source.encode(), name).blocks]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_of_a_table_is_found(separator: str) -> None:
    rows = [["품명", "값", "말"], ["굴", '"1,200원; 새것"', '"가|나\t다"'], ["김", "300원", ""]]
    source = "\ufeff" + "\n".join(separator.join(row) for row in rows) + "\n"
    found = lines(source, "a.csv")
    assert found[1] == ("row", "| 품명: 김 | 값: 300원 |")
    assert found[0][1].startswith("| 품명: 굴 | 값: 1,200원; 새것 | 말: 가|나 다 |")


def test_a_separator_that_is_named_and_a_name_of_two_lines() -> None:
    assert lines('sep=;\n이름;값,원\n"굴\n(깐 것)";1,2\n조개;3,4\n', "a.csv") == [
        ("row", "| 이름: 굴 (깐 것) | 값,원: 1,2 |"),
        ("row", "| 이름: 조개 | 값,원: 3,4 |"),
    ]


def test_json_objects_are_forms_and_arrays_of_them_tables() -> None:
    source = (
        '{"\\uc12c": "\\uc194\\uc12c", "넓이": 8.40, "잰 값": [{"때": "9시", "물": {"온도": 8}},'
        '{"때": "10시", "물": {"온도": 9}}], "말": "물이 맑다.", "빈 것": null, "참": true,'
        '"갈래": ["굴", "김"], "글": "첫 문장이다.\\n\\n둘째 문장이다."}'
    )
    assert lines(source, "a.json") == [
        ("row", "| 섬: 솔섬 | 넓이: 8.40 |"),
        ("paragraph", "말: 물이 맑다."),
        ("row", "| 참: true | 갈래: 굴, 김 |"),
        ("heading", "글"),
        ("paragraph", "첫 문장이다."),
        ("paragraph", "둘째 문장이다."),
        ("heading", "잰 값"),
        ("row", "| 때: 9시 | 물 온도: 8 |"),
        ("row", "| 때: 10시 | 물 온도: 9 |"),
    ]


def test_lines_of_json_and_one_that_is_broken() -> None:
    found = read('{"굴": 1, "김": 2}\n{"굴": 3,\n{"굴": 5, "김": 6}\n'.encode(), "a.jsonl")
    assert [block.text for block in found.blocks] == ["| 굴: 1 | 김: 2 |", "| 굴: 5 | 김: 6 |"]
    assert found.notes == ("line 2 left out: no valid JSON",)


def test_what_is_no_json_is_said_or_read_as_text() -> None:
    with pytest.raises(LoadError, match="line 2"):
        read(b'{"a": 1,\n b}', "a.json")
    with pytest.raises(LoadError, match="deep"):
        read(b"[" * 100_000, "a.json")
    assert lines('{"굴"} 은 바다에서 난다.', "a.txt") == [("paragraph", '{"굴"} 은 바다에서 난다.')]


def test_pictures_and_long_rows_of_numbers_are_left_out() -> None:
    numbers = ",".join(map(str, range(200)))
    found = read(
        f'{{"이름": "굴", "그림": "{"QUJD" * 200}", "선": [{numbers}]}}'.encode(), "a.json"
    )
    assert [block.text for block in found.blocks] == ["이름: 굴"]
    assert "2 values left out" in found.notes[0]


def xml(source: str) -> Read:
    return read(f'<?xml version="1.0" encoding="utf-8"?>{source}'.encode(), "a.xml")


def test_xml_elements_name_short_texts() -> None:
    found = xml(
        "<규정><제목>나루 규정</제목><조 번호='2'><이름>건너기</이름><본문><![CDATA[바람이 세면 "
        "배를 띄우지 않는다.]]></본문></조><표><줄><달>3월</달><수>12</수></줄><줄><달>4월</달>"
        "<수>15</수></줄></표><p>끝에 <b>덧붙인</b> 말이다.</p></규정>"
    )
    assert [block.text for block in found.blocks] == [
        "제목: 나루 규정",
        "| 번호: 2 | 이름: 건너기 |",
        "바람이 세면 배를 띄우지 않는다.",
        "| 달: 3월 | 수: 12 |",
        "| 달: 4월 | 수: 15 |",
        "끝에 덧붙인 말이다.",
    ]
    assert found.given == {"title": "나루 규정"}


def test_entities_of_an_xml_file_are_not_resolved() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    found = xml(
        f'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a0 "퍼">{bomb}]>'
        "<r><p>앞 &f;&a11; 뒤</p></r>"
    )
    assert sum(len(block.text) for block in found.blocks) < 100


def test_what_is_no_xml_document() -> None:
    with pytest.raises(NotADocumentError):
        read(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg")
    with pytest.raises(LoadError, match="XML"):
        read(b"<?xml version='1.0'?>", "a.xml")
    assert detect(b'<?xml version="1.0"?>\n<!DOCTYPE html><html>', ".xml") == "html"


def test_outlook_messages_are_refused_with_advice() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le")
    with pytest.raises(LoadError, match="EML"):
        read(data, "a.msg")
