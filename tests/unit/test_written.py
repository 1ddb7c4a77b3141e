"""The questions that were written to learn reading from."""

import json
import random
from pathlib import Path

from geungeo.evals.train_reader import written
from geungeo.evals.train_reader.composed import composed
from geungeo.evals.train_reader.written import read_written, written_cases

QUESTIONS = Path(written.__file__).with_name("questions.tsv")
NEAR_MISSES = {"swap", "absent", "false", "other"}


def test_every_row_says_which_sentences_answer_or_that_none_does() -> None:
    rows = read_written(QUESTIONS)
    assert len(rows) == len({(row.passage, row.question) for row in rows})
    for row in rows:
        assert row.language in ("ko", "zh", "en") and row.question
        assert (row.kind in NEAR_MISSES) == (not row.sentences)
        assert len(row.answer) in (0, 2)


def test_the_questions_on_invented_passages_are_found_and_answered_there(tmp_path: Path) -> None:
    """Of the first forty passages."""
    passages = QUESTIONS.with_name("passages.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "passages.jsonl").write_text("\n".join(passages[:40]), encoding="utf-8")
    (tmp_path / "questions.tsv").write_text(QUESTIONS.read_text(encoding="utf-8"), encoding="utf-8")
    cases = written_cases(tmp_path / "questions.tsv", "invented", tmp_path, ())
    assert len(cases) == 40 * 7
    for case in cases:
        assert case.answerable == bool(case.right[0])
        if case.answerable:
            assert any(case.telling[0])
            assert case.answer in case.hits[0].passage.text
        else:
            assert len(case.hits) == 1


def test_questions_on_a_passage_that_is_split_otherwise_by_now_are_left_out(
    tmp_path: Path,
) -> None:
    """Of two passages the first is one sentence, its text the same."""
    lines = QUESTIONS.with_name("passages.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    whole = json.loads(lines[0])
    whole["sentences"] = ["\n".join(whole["sentences"])]
    kept = [json.dumps(whole, ensure_ascii=False), lines[1]]
    (tmp_path / "passages.jsonl").write_text("\n".join(kept), encoding="utf-8")
    (tmp_path / "questions.tsv").write_text(QUESTIONS.read_text(encoding="utf-8"), encoding="utf-8")
    cases = written_cases(tmp_path / "questions.tsv", "invented", tmp_path, ())
    assert len(cases) == 7
    assert all(
        "\n".join(json.loads(lines[1])["sentences"]) == c.hits[0].passage.text for c in cases
    )


def test_questions_of_several_parts_and_for_a_whole_part_are_made_of_the_written(
    tmp_path: Path,
) -> None:
    passages = QUESTIONS.with_name("passages.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "passages.jsonl").write_text("\n".join(passages[:40]), encoding="utf-8")
    (tmp_path / "questions.tsv").write_text(QUESTIONS.read_text(encoding="utf-8"), encoding="utf-8")
    cases = written_cases(tmp_path / "questions.tsv", "invented", tmp_path, ())
    asked = {case.query.text: case for case in cases}
    made = list(composed(cases, random.Random(1)))
    assert len({case.hits[0].passage.text for case in made}) == 40
    for case in made:
        own = [one for text, one in asked.items() if text in case.query.text]
        assert case.answerable == bool(case.right[0])
        if len(own) > 1:
            assert {case.answerable} == {one.answerable for one in own}
            assert set(case.wanted) == {text for one in own for text in one.wanted}
        else:
            told = case.hits[0].passage
            assert list(case.wanted) == [told.sentence_text(i) for i in range(len(told.sentences))]
