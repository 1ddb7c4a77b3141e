import json
from pathlib import Path

import pytest

from geungeo.evals.baselines import NAMES, Baseline
from geungeo.evals.beir import BeirError, BeirSet
from geungeo.evals.retrieval import MEASURES, evaluate
from geungeo.rag.settings import Settings

DOCUMENTS = {
    "ko": "서울의 시장은 7월에 파리의 회의에 참석하였다. 회의의 주제는 기후였다.",
    "zh": "北京市在亦庄设立了机器人创新中心。",
    "en": "The committee was set up in 2013. It has four teams.",
    "tea": "녹차는 보성에서 많이 난다.",
}
QUESTIONS = {
    "q1": ("서울시장이 참석한 회의의 주제는?", "ko"),
    "q2": ("机器人创新中心设在哪里？", "zh"),
    "q3": ("How many teams does the committee have?", "en"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def lines(rows: list[dict[str, str]]) -> str:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    corpus = [{"_id": key, "title": "", "text": text} for key, text in DOCUMENTS.items()]
    queries = [{"_id": key, "text": text} for key, (text, _) in QUESTIONS.items()]
    qrels = [f"{key}\t{document}\t1\n" for key, (_, document) in QUESTIONS.items()]
    (tmp_path / "corpus.jsonl").write_text(lines(corpus), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(lines(queries), encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(qrels))
    return tmp_path


def test_figures_have_the_names_of_the_contract(folder: Path) -> None:
    result = evaluate(BeirSet.read(folder), Settings(), None, lambda *_: None)
    assert set(result) == {
        *MEASURES, "queries", "documents", "seconds_index", "ms_per_query_p50", "ms_per_query_p95",
    }  # fmt: skip
    assert (result["queries"], result["documents"]) == (3, 4)
    assert result["recall@1"] == result["mrr@10"] == result["ndcg@10"] == 1.0


@pytest.mark.parametrize("name", NAMES)
def test_baselines_run_beside_it(folder: Path, name: Baseline) -> None:
    result = evaluate(BeirSet.read(folder), Settings(), name, lambda *_: None)
    assert result["baseline"]["name"] == name
    assert 0 < result["baseline"]["recall@3"] <= 1
    assert result["ratio"]["recall@3"] == pytest.approx(1 / result["baseline"]["recall@3"], 1e-3)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(BeirError, match=r"corpus\.jsonl"):
        BeirSet.read(tmp_path)
