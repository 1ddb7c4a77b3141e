import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geungeo.evals.pools import PoolsError, read_pools
from geungeo.ui.cli.main import app

PASSAGES = [
    {
        "title": "녹차",
        "text": "보성의 녹차밭은 1957년에 처음 만들어졌다. 해마다 5월에 축제가 열린다.",
    },
    {"title": "도시철도", "text": "부산 도시철도 1호선은 1985년에 개통하였다. 역은 40개이다."},
]
ROWS = [
    ("부산 도시철도 1호선은 언제 개통했나요?", True, "Yes, answer is present."),
    ("베를린 국립 오페라 극장의 수석 지휘자는 누구인가요?", False, "Yes, answer is present."),
]


@pytest.fixture
def pools(tmp_path: Path) -> Path:
    file = tmp_path / "pools.jsonl"
    rows = (
        {
            "id": str(n), "lang": "ko", "question": question, "answerable": answerable,
            "gpt4": said, "passages": PASSAGES,
        }
        for n, (question, answerable, said) in enumerate(ROWS)
    )  # fmt: skip
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return file


def test_each_question_is_asked_of_its_own_passages_beside_gpt4(pools: Path) -> None:
    done = CliRunner().invoke(app, ["eval", "refusal", str(pools), "--json"])
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert set(result) == {"answered", "refused", "balanced", "auc", "questions", "gpt4"}
    assert (result["answered"], result["refused"], result["auc"]) == (1.0, 1.0, 1.0)
    assert result["gpt4"] == {"answered": 1.0, "refused": 0.0, "balanced": 0.5, "questions": 2}
    table = CliRunner().invoke(app, ["eval", "refusal", str(pools)]).stdout
    assert "GPT-4" in table


def test_a_row_that_is_no_pool_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pools.jsonl"
    file.write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(PoolsError, match=r"pools\.jsonl:1"):
        read_pools(file)
