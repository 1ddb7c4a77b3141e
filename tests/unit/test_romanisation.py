import pytest

from geungeo.lang.ko.romanisation import sound


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("오세훈", "Oh Se-hoon"),
        ("박원순", "Park Won-soon"),
        ("이민규", "Lee Min-kyu"),
        ("정수정", "Chung Soo-jung"),
        ("반기문", "Ban Ki-moon"),
        ("베세토", "BESETO"),
        ("부산", "Pusan"),
    ],
)
def test_usual_spellings_sound_alike(hangul: str, latin: str) -> None:
    assert sound(hangul) == sound(latin)


def test_other_names_sound_different() -> None:
    names = ["오세훈", "박원순", "이민규", "정수정", "반기문", "서왕진", "송종국"]
    assert len({sound(name) for name in names}) == len(names)
