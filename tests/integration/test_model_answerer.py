"""Answers of language models, over the protocol that real servers speak."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from geungeo.lang.languages import LANGUAGES
from geungeo.rag.answer.briefing import Brief
from geungeo.rag.answer.language_model import LanguageModelError
from geungeo.rag.answer.model_answerer import PACKAGED_DOUBT, ModelAnswerer
from geungeo.rag.answer.packing import laid_out, pack, token_count
from geungeo.rag.assembly import SettingsError, make_answerer, make_chain, make_retriever
from geungeo.rag.chain import AnswerChain
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.expansion import Expander
from geungeo.rag.question.understanding import taken_as_it_is
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store
from tests.scripted_model import saying

HOPELESS = "양자컴퓨터 큐비트 오류 정정 방법은 무엇인가?"
QUESTION = "이좡의 자율주행 버스는 몇 대가 다니나요?"


def settings_of(store: Store, base_url: str, **more: Any) -> Settings:
    return Settings(
        store=store.folder,
        answerer="openai",
        endpoint=base_url,
        model="a-model",
        api_key=SecretStr("key"),
        **more,
    )


def chain_of(store: Store, base_url: str, **more: Any) -> AnswerChain:
    return make_chain(store, settings_of(store, base_url, **more))


def small_chain_of(store: Store, base_url: str) -> AnswerChain:
    """As a small model is asked: first whether the sources answer."""
    settings = settings_of(store, base_url)
    answerer = make_answerer(store, settings)
    assert isinstance(answerer, ModelAnswerer)
    small = replace(answerer, briefing=Brief(), doubt=PACKAGED_DOUBT)
    retriever = make_retriever(store, settings)
    return AnswerChain(Pipeline(retriever, small, passages=8, threshold=settings.gate))


def test_what_the_sources_hold_is_kept_and_cited(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].") as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert answer.answer == "이좡에서는 자율주행 버스 18대가 다닙니다. [1]"
    assert "18대" in answer.citations[0].quote
    assert answer.answerer == "openai · a-model"


@pytest.mark.parametrize(
    "said",
    [
        "이좡에서는 자율주행 버스 28대가 다닙니다 [1].",
        "중관춘에서는 자율주행 버스 18대가 다닙니다 [1].",
        "이좡에서는 자율주행 버스가 다니지 않습니다 [1].",
        "이 [1]",
        "이좡의 자율주행 버스는 다니고 있습니다 [1].",
        "이좡에서는 자율주행 버스 18대가 다니나요? [1]",
        "",
    ],
)
def test_the_documents_speak_where_the_model_fails(sample_store: Store, said: str) -> None:
    with saying(said) as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    quotes = [" ".join(citation.quote.split()) for citation in answer.citations]
    assert answer.citations
    for sentence in answer.sentences:
        for line in sentence.text.split("\n"):
            assert any(line in quote for quote in quotes), "only the documents' own sentences"
        assert sentence.verdict == "quoted"


def test_a_wrong_sentence_is_dropped_and_the_right_one_stays(sample_store: Store) -> None:
    said = "자율주행 버스 노선은 3개입니다 [1]. 버스는 99대입니다 [1]."
    with saying(said) as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert [one.text for one in answer.sentences] == ["자율주행 버스 노선은 3개입니다."]
    assert answer.dropped == ("버스는 99대입니다.",)
    assert answer.answer.splitlines()[-1] == LANGUAGES["ko"].said.left_out.format(n=1)


def test_a_source_that_is_not_there_is_no_source(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [9].") as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert [citation.n for citation in answer.citations] == [1]
    assert "18대" in answer.citations[0].quote


def test_the_model_answers_in_the_language_of_the_question(sample_store: Store) -> None:
    with saying("In Yizhuang 18 autonomous buses run [1].") as model:
        question = "How many autonomous buses run in Yizhuang?"
        answer = chain_of(sample_store, model.base_url).invoke(question)
        role, asked = model.requests[-1]["messages"]
    assert answer.answer.startswith("In Yizhuang 18 autonomous buses run. [")
    assert "18대" in answer.citations[0].quote
    assert "Write in English" in role["content"]
    assert LANGUAGES["en"].instructions.kinds["value"] in asked["content"]


def test_what_a_small_model_does_not_find_is_refused(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=1e-9) as model:
        doubted = small_chain_of(sample_store, model.base_url).invoke(QUESTION)
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=0.99) as model:
        believed = small_chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert doubted.refused
    assert not believed.refused
    assert doubted.confidence < believed.confidence


def test_the_answer_begins_with_what_the_server_has_read(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=0.99) as model:
        small_chain_of(sample_store, model.base_url).invoke(QUESTION)
        doubt, answer = (request["messages"] for request in model.requests)
    assert answer[: len(doubt)] == doubt


def test_a_small_model_without_probabilities_answers_as_the_retriever_finds(
    sample_store: Store,
) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].") as model:
        answer = small_chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert not answer.refused


@pytest.mark.parametrize(
    "said", ["NOT_IN_SOURCES", "제공된 자료에서는 그 내용을 찾을 수 없습니다."]
)
def test_a_model_that_finds_nothing_is_believed(sample_store: Store, said: str) -> None:
    with saying(said) as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert answer.refused
    assert not answer.dropped


def test_what_it_thinks_and_how_it_lays_out_is_left_aside(sample_store: Store) -> None:
    said = (
        "<think>버스가 99대라고? 다시 보자.</think>\n\n### 답\n다음과 같습니다:\n"
        "1. 자율주행 버스는 **18대**가 다닙니다. [1]\n2. 노선은 3개입니다 [1, 2]."
    )
    with saying(said) as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert [one.text for one in answer.sentences] == [
        "자율주행 버스는 18대가 다닙니다.",
        "노선은 3개입니다.",
    ]
    assert "99" not in answer.answer


def test_a_sentence_without_an_end_is_left_out(sample_store: Store) -> None:
    said = "이좡에서는 자율주행 버스 18대가 다닙니다 [1]. 노선은 3개에 하루 평균 2,400"
    with saying(said, finished="length") as model:
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION)
    assert [one.text for one in answer.sentences] == ["이좡에서는 자율주행 버스 18대가 다닙니다."]
    assert not answer.dropped


def test_whole_passages_are_read_as_far_as_the_model_takes_them(sample_store: Store) -> None:
    shown = []
    for context in (0, 2000):
        with saying("18대입니다 [1].", context=context) as model:
            chain_of(sample_store, model.base_url).invoke(QUESTION)
            shown.append(model.shown)
    assert token_count(shown[0]) > 1.5 * token_count(shown[1])
    assert "18대" in shown[1], "the best passage is always there"


def test_a_document_is_summarised_part_by_part(sample_store: Store) -> None:
    question = "「베이징 스마트시티 현장조사 출장 결과」 문서를 요약해 줘"
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1]. 버스는 77대입니다 [1].") as model:
        chain = chain_of(sample_store, model.base_url, model_evidence=200)
        answer = chain.invoke(question)
        parts = len(model.requests)
    assert parts > 1
    assert answer.kind == "document"
    assert {one.text for one in answer.sentences} == {"이좡에서는 자율주행 버스 18대가 다닙니다."}
    assert "77" not in "".join(one.text for one in answer.sentences)
    assert len(answer.dropped) >= parts
    assert all(one.passage.title == answer.citations[0].passage.title for one in answer.citations)


def test_a_summary_that_does_not_hold_leaves_the_central_sentences(sample_store: Store) -> None:
    question = "「베이징 스마트시티 현장조사 출장 결과」 문서를 요약해 줘"
    with saying("버스는 77대입니다 [1].") as model:
        answer = chain_of(sample_store, model.base_url).invoke(question)
    assert answer.citations
    assert all(one.verdict == "quoted" for one in answer.sentences)
    assert "77" not in answer.answer


def test_in_a_language_that_it_does_not_write_the_documents_answer(sample_store: Store) -> None:
    with saying("18대입니다 [1].") as model:
        answer = chain_of(sample_store, model.base_url, model_languages="en").invoke(QUESTION)
        assert not model.requests
    assert answer.sentences[0].verdict == "quoted"


def test_a_language_that_is_none_is_an_error_that_names_it(sample_store: Store) -> None:
    settings = settings_of(sample_store, "http://127.0.0.1:9/v1", model_languages="ko,xx")
    with pytest.raises(SettingsError, match="GEUNGEO_MODEL_LANGUAGES=ko,xx: xx"):
        make_chain(sample_store, settings)


@pytest.mark.parametrize(
    "kind",
    [{"finished": None}, {"silent_after": 30}, {"status": 429}, {"status": 500}],
    ids=["breaks off", "stalls", "too many", "broken"],
)
def test_a_failure_is_an_error_and_no_answer(sample_store: Store, kind: dict[str, Any]) -> None:
    said = "이좡에서는 자율주행 버스 18대가 다닙니다 [1]. 노선은 3개입니다 [1]."
    with saying(said, **kind) as model:
        chain = chain_of(sample_store, model.base_url, model_patience=1)
        with pytest.raises(LanguageModelError, match="GEUNGEO_ENDPOINT"):
            chain.invoke(QUESTION)


def test_the_evidence_is_there_before_the_model_writes(sample_store: Store) -> None:
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=0.99) as model:
        parts = chain_of(sample_store, model.base_url).stream(QUESTION)
        first = next(parts)
        assert not model.requests
        assert not first.answer
        assert "18대" in first.citations[0].quote
        assert [*parts][-1].answer.endswith("[1]")


def test_sources_are_whole_sentences_within_a_budget(sample_store: Store) -> None:
    question = taken_as_it_is(QUESTION, Expander.of(sample_store))
    found = make_retriever(sample_store, Settings()).retrieve(question, 8)
    windows = pack(found.evidence, windows=3, tokens=120)
    assert 1 <= len(windows) <= 3
    assert token_count(laid_out(windows)) <= 120 + 3 * len(windows), "and the numbers"
    for window in windows:
        text = sample_store.text(window.hit.passage.path)
        start, end = window.quoted_span
        assert text is not None
        assert text[start:end] == window.quote
        assert window.text in window.quote


def test_a_refused_question_does_not_reach_the_model(sample_store: Store) -> None:
    with saying("화성의 수도는 서울입니다 [1].") as model:
        answer = chain_of(sample_store, model.base_url).invoke(HOPELESS)
    assert answer.refused
    assert not model.requests


def test_a_server_that_is_not_there_is_an_error_that_names_it(sample_store: Store) -> None:
    with pytest.raises(LanguageModelError, match=r"GEUNGEO_ENDPOINT=http://127\.0\.0\.1:9/v1"):
        chain_of(sample_store, "http://127.0.0.1:9/v1").invoke(QUESTION)


def test_an_endpoint_that_is_not_given_is_an_error_that_says_so(sample_store: Store) -> None:
    with pytest.raises(SettingsError, match="GEUNGEO_ENDPOINT"):
        make_chain(sample_store, Settings(answerer="openai"))
