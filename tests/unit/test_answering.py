"""The line before a language model."""

import threading

from geungeo.ui.answering import Queue


def test_each_waits_for_those_before_and_knows_how_many() -> None:
    queue = Queue()
    served: list[int] = []
    told: dict[int, list[int]] = {}
    entered = [threading.Event() for _ in range(4)]
    go = threading.Event()

    def stand(number: int) -> None:
        with queue.place() as before:
            entered[number].set()
            told[number] = list(before)
            if number == 0:
                go.wait(10)
            served.append(number)

    people = []
    for number in range(4):
        people.append(threading.Thread(target=stand, args=(number,)))
        people[-1].start()
        assert entered[number].wait(10)
    go.set()
    for one in people:
        one.join(10)
    assert served == [0, 1, 2, 3]
    assert told[0] == []
    for number in (1, 2, 3):
        assert told[number][0] == number
        assert told[number] == sorted(told[number], reverse=True)


def test_who_leaves_makes_room() -> None:
    queue = Queue()
    first = queue.place()
    first.__enter__()
    second = queue.place()
    before = second.__enter__()
    assert next(before) == 1
    first.__exit__(None, None, None)
    assert list(before) == []
    second.__exit__(None, None, None)
