"""What readers think, wherever it is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from geungeo.rag.feedback import Remark
from tests.contract.conftest import Place


def remark(question: str, is_good: bool = True, at: str = "2026-01-02T03:04:05+00:00") -> Remark:
    quotes = (("a.txt", "버스는 18대이다."), ("b.txt", "'18'"))
    return Remark(at, question, "18대이다. [1]", "ko", 1, is_good, "좋다", quotes)


def test_remarks_come_back_in_order_on_another_server(places: tuple[Place, Place]) -> None:
    one, other = (place.feedback() for place in places)
    assert one.remarks() == []
    said = [
        remark("나"), remark("가", False), remark("그전", at="2025-01-02T03:04:05+00:00")
    ]  # fmt: skip
    one.add(said[0])
    other.add(said[1])
    one.add(said[2])
    assert one.remarks() == other.remarks() == [said[2], said[0], said[1]]


def test_reading_makes_no_file(place: Place) -> None:
    before = set(place.folder.iterdir())
    assert place.feedback().remarks() == []
    assert place.history().conversations("me") == []
    assert place.runs().all() == []
    assert set(place.folder.iterdir()) == before


def test_many_that_say_something_at_once_are_all_heard(places: tuple[Place, Place]) -> None:
    both = [place.feedback() for place in places]
    with ThreadPoolExecutor(8) as beside:
        list(beside.map(lambda n: both[n % 2].add(remark(str(n))), range(40)))
    assert {one.question for one in both[0].remarks()} == set(map(str, range(40)))
    assert len(both[1].remarks()) == 40
