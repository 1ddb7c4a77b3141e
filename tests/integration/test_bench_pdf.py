from pathlib import Path

from geungeo.evals.bench.pdf import measure
from tests.unit.test_layout import KOREAN, MORE_KOREAN


def test_a_text_drawn_as_pdf_is_read_like_the_text(tmp_path: Path) -> None:
    lines = [*KOREAN.strip().split("\n"), *MORE_KOREAN.strip().split("\n")]
    pages = ["\n".join(lines), MORE_KOREAN + KOREAN]
    (tmp_path / "조합.txt").write_text("\f".join(pages), encoding="utf-8")
    result = measure(tmp_path)
    assert result["one column"]["same sentences"] == 1.0
    assert result["two columns"]["same sentences"] >= 0.8
    assert all(figures["pages/s"] > 0 for figures in result.values())
