"""Nearly the same texts are found among many, and only those."""

import random

from geungeo.ingest.sketch import Sketch, Sketches, sketch

CHANCE = random.Random(3)


def words(count: int) -> list[str]:
    return ["".join(CHANCE.choices("가나다라마바사아자차카타파하", k=3)) for _ in range(count)]


def of(text: list[str]) -> Sketch:
    made = sketch(" ".join(text))
    assert made is not None
    return made


def test_a_copy_with_small_changes_is_found_among_many() -> None:
    texts = {f"{number}.txt": words(200) for number in range(300)}
    sketches = Sketches({name: of(text) for name, text in texts.items()})
    found = 0
    for name, text in texts.items():
        changed = list(text)
        changed[CHANCE.randrange(len(text))] = "다른말"
        found += sketches.nearly_the_same(of(changed)) == name
    assert found >= 299
    assert sketches.nearly_the_same(of(words(200))) == ""


def test_half_of_a_text_is_not_nearly_the_same() -> None:
    text = words(400)
    sketches = Sketches({"whole": of(text)})
    assert sketches.nearly_the_same(of([*text[:200], *words(200)])) == ""


def test_what_is_put_renamed_and_discarded() -> None:
    own = of(words(200))
    sketches = Sketches({"a": own})
    assert sketches.nearly_the_same(own, without={"a"}) == ""
    sketches.rename("a", "b")
    assert sketches.nearly_the_same(own) == "b"
    sketches.put("b", of(words(200)))
    assert sketches.nearly_the_same(own) == ""
    sketches.put("b", own)
    sketches.discard("b")
    assert sketches.nearly_the_same(own) == ""
