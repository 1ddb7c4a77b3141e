from geungeo.rag.ranking.demands import Demands
from geungeo.rag.ranking.matching import match
from geungeo.rag.ranking.sentence_features import SENTENCE_FEATURES, sentence_features
from geungeo.vectorstore import Hit, Passage, QueryTerm
from tests.questions import question

TEXTS = ("사업의 일정은 다음과 같다.", "준비는 3월에 끝난다.", "왜 늦어졌나요?")


def _row_of(index: int) -> dict[str, float]:
    text = " ".join(TEXTS)
    starts = [text.index(one) for one in TEXTS]
    spans = tuple((start, start + len(one)) for start, one in zip(starts, TEXTS, strict=True))
    passage = Passage(
        1, "a.txt", "a.txt", "제목", "", "", "", "ko", "", 1, 0, len(text), text, spans
    )
    terms = (("제목",), ("사업", "일정"), ("준비", "월"), ("늦",))
    hit = Hit(passage, 0.5, 0.5, 0.5, 0.5, (0.6, 0.5, 0.1), terms)
    word = QueryTerm("일정", {"일정": 1.0}, 2.0, known=True)
    asked = question("일정은 언제인가요?", word)
    rows = sentence_features(Demands(asked), match(asked.query, hit), 0.5)
    return dict(zip(SENTENCE_FEATURES, rows[index], strict=True))


def test_a_sentence_knows_what_stands_around_it() -> None:
    lead, item, question = map(_row_of, range(3))
    assert lead["own"] == 1.0
    assert item["own"] == 0.0
    assert item["near"] == 1.0
    assert question["near"] == 0.0
    assert question["asks"] == 1.0


def test_a_sentence_has_what_is_asked_for_or_lacks_it() -> None:
    lead, item = _row_of(0), _row_of(1)
    assert (lead["value_given"], lead["value_lacking"]) == (0.0, 1.0)
    assert (item["value_given"], item["value_lacking"]) == (1.0, 0.0)
