"""Pages of PDF files with a quote marked."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from geungeo.ui.server.page_picture import PagePictures, draw
from tests.unit.made import a_pdf


def yellow(data: bytes) -> int:
    red, green, blue = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).transpose(2, 0, 1)
    return int(((red > 230) & (green > 200) & (blue < 190)).sum())


def test_the_quote_is_marked_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(a_pdf())
    one = draw(file, 3, "3쪽의 2번째 이야기는 도시 32곳을 다룬다.")
    two = draw(file, 3, "3쪽의 2번째 이야기는 도시\n32곳을 다룬다. 3쪽의 3번째 이야기는")
    assert 1000 < yellow(one) < yellow(two)
    assert yellow(draw(file, 3, "여기에 없는 문장")) == 0
    assert yellow(draw(file, 3, "")) == 0


def test_what_cannot_be_drawn_says_so_and_the_next_can(tmp_path: Path) -> None:
    broken, whole = tmp_path / "b.pdf", tmp_path / "a.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    whole.write_bytes(a_pdf(1))
    pictures = PagePictures()
    with pytest.raises(ValueError, match=r"b\.pdf: page 1 cannot be drawn"):
        pictures.draw(broken, 1, "")
    assert Image.open(io.BytesIO(pictures.draw(whole, 1, ""))).width > 500
