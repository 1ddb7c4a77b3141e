"""Runs of the evals, wherever they are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from geungeo.evals.runs import Run, RunCase, record
from tests.contract.conftest import Place


def run(day: int, gold: str = "questions.jsonl") -> Run:
    case = RunCase(
        id="1", lang="ko", question="버스는 몇 대?", kind="passages", answerable=True,
        wanted=("18대",), right=True, refused=False, confidence=0.8, rank=1, answer="18대이다.",
        seconds=0.1, tokens=0,
    )  # fmt: skip
    return Run(
        at=f"2026-01-{day:02}T03:04:05+00:00", gold=gold, commit="", machine="", versions={},
        settings={}, figures={"all": {"accuracy": 1.0}}, cases=(case,),
    )  # fmt: skip


def test_runs_come_back_in_order_on_another_server(places: tuple[Place, Place]) -> None:
    one, other = (place.runs() for place in places)
    assert one.all() == one.newest(6) == []
    one.keep([run(2)])
    other.keep([run(1), run(3)])
    other.keep([run(2)])
    assert one.all() == other.all() == [run(1), run(2), run(3)]


def test_the_newest_is_compared_with_those_on_its_gold_set(place: Place) -> None:
    runs = place.runs()
    runs.keep([run(1), run(2), run(3), run(4, "other.jsonl")])
    assert runs.newest(6) == [run(4, "other.jsonl")]
    runs.keep([run(5)])
    assert runs.newest(3) == [run(2), run(3), run(5)]


def test_runs_in_files_are_taken_up_once(places: tuple[Place, Place]) -> None:
    one, other = (place.runs() for place in places)
    folder = places[0].folder / "runs"
    file = record(folder, run(1))
    (folder / "none.json").write_text("{}", encoding="utf-8")
    for _ in range(2):
        one.take_up()
        assert other.all() == [run(1)]
    record(folder, run(2))
    one.take_up()
    places[0].runs().take_up()
    assert other.all() == [run(1), run(2)]
    assert file.exists()


def test_many_that_keep_runs_at_once_lose_none(places: tuple[Place, Place]) -> None:
    both = [place.runs() for place in places]
    with ThreadPoolExecutor(8) as beside:
        list(beside.map(lambda day: both[day % 2].keep([run(day), run(1)]), range(1, 25)))
    assert both[0].all() == [run(day) for day in range(1, 25)]
