"""Files on their way in, as the page tells of them."""

from __future__ import annotations

from pathlib import Path

from geungeo.ui.page.arrivals import arriving
from geungeo.ui.page.collection import Collection
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import Store

SAY = STRINGS["en"]


def test_each_file_waits_is_read_and_is_in(store: Store, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        file = tmp_path / f"{number} <b>.txt"
        file.write_text(f"나루터의 배는 {number}척이다.", encoding="utf-8")
        files.append(str(file))
    told = list(arriving(Collection(store), files, SAY))
    assert told[0].count(SAY.waits) == 3
    assert any(SAY.is_read in rows for rows in told)
    assert told[-1].count("added, 1 passages") == 3
    assert "<b>" not in "".join(told)
    assert len(store.documents()) == 3
