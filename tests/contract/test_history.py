"""Conversations by reader: kept whole, found by their words, seen by nobody else."""

from concurrent.futures import ThreadPoolExecutor

from geungeo.rag.answer.answer import Answer, Citation, Seconds, Sentence
from geungeo.vectorstore import Filter, Passage
from tests.contract.conftest import Place


def answer(question: str, said: str = "18대이다. [1]") -> Answer:
    passage = Passage(
        1, "a.txt", "/문서/a.txt", "보고서", "2024-05-02", "연구소", "", "ko", "1. 배경", 3, 0, 20,
        "버스는 18대이다.", ((0, 9),), recognised=True,
    )  # fmt: skip
    citation = Citation(1, "버스는 18대이다.", 0, 9, 0.9, passage, also=("b.txt",))
    return Answer(
        question, said, False, "ko", "extractive", (citation,), (Sentence(said, (1,), "quoted"),),
        0.8, Seconds(0.1, 0.2, 0.3), names=(("인용", "Yin Yong"),), only=Filter(since="2024"),
    )  # fmt: skip


def test_what_is_kept_comes_back_as_it_was_on_another_server(places: tuple[Place, Place]) -> None:
    history, other = (place.history() for place in places)
    turns = [answer("버스는 몇 대?"), answer("언제부터?")]
    assert other.conversations("me") == []
    history.keep("me", "1", turns)
    assert other.turns("me", "1") == turns
    other.keep("me", "1", turns[:1])
    assert history.turns("me", "1") == turns[:1]
    assert [one.name for one in history.conversations("me")] == ["버스는 몇 대?"]


def test_nobody_else_sees_them(place: Place) -> None:
    history = place.history()
    history.keep("me", "1", [answer("버스는 몇 대?")])
    assert history.conversations("you") == []
    assert history.turns("you", "1") == []
    assert history.questions("you", "/문서/a.txt") == []
    history.forget("you", "1")
    history.rename("you", "1", "내 것")
    assert [one.name for one in history.conversations("me")] == ["버스는 몇 대?"]


def test_found_by_words_of_questions_answers_and_names(place: Place) -> None:
    history = place.history()
    history.keep("me", "1", [answer("버스는 몇 대?")])
    history.keep("me", "2", [answer("Who is the mayor?", "Oh Se-hoon [1]")])
    assert [one.id for one in history.conversations("me")] == ["2", "1"]
    assert [one.id for one in history.conversations("me", "mayor OH")] == ["2"]
    assert [one.id for one in history.conversations("me", "18대")] == ["1"]
    history.rename("me", "1", "  자율주행  ")
    assert [one.name for one in history.conversations("me", "자율주행")] == ["자율주행"]
    history.keep("me", "1", [answer("버스는 몇 대?"), answer("언제?")])
    assert history.conversations("me")[0].name == "자율주행", "a name stays"
    assert history.conversations("me", "%") == []


def test_a_document_knows_the_questions_that_it_answered(place: Place) -> None:
    history = place.history()
    history.keep("me", "1", [answer("버스는 몇 대?")])
    assert history.questions("me", "/문서/a.txt") == ["버스는 몇 대?"]
    assert history.questions("me", "/문서/b.txt") == []


def test_a_conversation_without_turns_is_forgotten(place: Place) -> None:
    history = place.history()
    history.keep("me", "1", [answer("버스는 몇 대?")])
    history.keep("me", "1", [])
    assert history.conversations("me") == []


def test_many_that_keep_at_once_lose_nothing(places: tuple[Place, Place]) -> None:
    both = [place.history() for place in places]

    def keep(number: int) -> None:
        both[number % 2].keep("me", str(number), [answer(f"{number}번?")])
        both[number % 2].keep("me", "one", [answer(f"{one}번?") for one in range(number)])

    with ThreadPoolExecutor(8) as beside:
        list(beside.map(keep, range(1, 41)))
    for history in both:
        kept = {one.id for one in history.conversations("me")}
        assert kept == {"one", *map(str, range(1, 41))}
        assert all(history.turns("me", one) for one in kept)


def test_what_a_database_does_not_keep_is_told_all_the_same(place: Place) -> None:
    history = place.history()
    history.keep("me", "1", [answer("버스\0는 몇 대?", "18대\0이다. [1]")])
    assert history.turns("me", "1")[0].answer == "18대\0이다. [1]"
    assert [one.id for one in history.conversations("me", "18대")] == ["1"]
