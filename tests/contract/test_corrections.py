"""What every catalogue does with what is corrected of its documents."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from geungeo.vectorstore import (
    Catalogue,
    Correction,
    Description,
    DocumentSummary,
    Filter,
    Passage,
    StoreError,
)
from tests.contract.implementations import Implementation
from tests.contract.test_catalogue import (
    CHUNKS,
    PATH,
    WHOLE,
    Opener,
    catalogue,
    entries,
    kind,
    opener,
    put,
)
from tests.read_only import read_only

__all__ = ["catalogue", "kind", "opener"]

CORRECTION = Correction(title="등대 대장", date="2023-05", type="press release")
READ = Description(WHOLE.title, WHOLE.date, WHOLE.organisation, WHOLE.type)
CORRECTED = Description("등대 대장", "2023-05", WHOLE.organisation, "press release")


def told(catalogue: Catalogue, path: str = PATH) -> Description:
    """What the list of documents and every passage say of one, which has to be the same."""
    (listed,) = (one for one in catalogue.documents(Filter()) if one.path == path)
    passages = catalogue.passages_of(path)
    by_id = [one for one, _ in catalogue.passages([one.id for one in passages]).values()]
    every: list[DocumentSummary | Passage] = [listed, *passages, *by_id]
    said = {Description(one.title, one.date, one.organisation, one.type) for one in every}
    assert len(by_id) == len(CHUNKS) and len(said) == 1
    return said.pop()


def test_what_is_corrected_is_told_everywhere_and_found(catalogue: Catalogue) -> None:
    key = put(catalogue, WHOLE)
    put(catalogue, replace(WHOLE, path="/b"))
    before = catalogue.matching(Filter(types=("report",), since="2024"))
    assert key in before
    catalogue.correct(PATH, CORRECTION)
    assert told(catalogue) == CORRECTED
    assert told(catalogue, "/b") == READ
    assert catalogue.as_read(PATH) == READ
    assert catalogue.corrections() == {PATH: CORRECTION}
    for only in (
        Filter(types=("press release",)), Filter(until="2023"), Filter(since="2023-05-01")
    ):  # fmt: skip
        assert (key in catalogue.matching(only)) == (only.since == "")
    assert key not in catalogue.matching(Filter(types=("report",)))
    assert [one.path for one in catalogue.documents(Filter(since="2024"))] == ["/b"]


def test_a_correction_may_say_that_nothing_is_known(catalogue: Catalogue) -> None:
    key = put(catalogue, WHOLE)
    catalogue.correct(PATH, Correction(date="", organisation=""))
    assert told(catalogue) == replace(READ, date="", organisation="")
    assert catalogue.matching(Filter(since="1900")) == []
    assert catalogue.matching(Filter(organisations=("항만청",))) == []
    assert catalogue.matching(Filter()) == [key]


def test_a_correction_replaces_the_one_before_and_is_taken_back(catalogue: Catalogue) -> None:
    put(catalogue, WHOLE)
    catalogue.correct(PATH, CORRECTION)
    catalogue.correct(PATH, Correction(organisation="등대과"))
    assert told(catalogue) == replace(READ, organisation="등대과")
    catalogue.correct(PATH, Correction())
    assert told(catalogue) == READ
    assert catalogue.corrections() == {}
    catalogue.correct("/nowhere", CORRECTION)
    assert catalogue.corrections() == {}
    assert catalogue.as_read("/nowhere") is None


def test_a_correction_stays_when_its_file_is_read_anew(catalogue: Catalogue) -> None:
    put(catalogue, WHOLE)
    catalogue.correct(PATH, CORRECTION)
    put(catalogue, replace(WHOLE, title="등불 대장 2", organisation="등대과", sha256="1f"))
    assert told(catalogue) == replace(CORRECTED, organisation="등대과")
    assert catalogue.as_read(PATH) == replace(READ, title="등불 대장 2", organisation="등대과")


def test_a_correction_goes_with_a_file_that_is_moved(catalogue: Catalogue) -> None:
    put(catalogue, WHOLE)
    put(catalogue, replace(WHOLE, path="/b"))
    catalogue.correct(PATH, CORRECTION)
    catalogue.correct("/b", Correction(title="다른 글"))
    catalogue.rename("/nowhere", "/b", "b")
    assert catalogue.corrections()["/b"].title == "다른 글"
    catalogue.withdraw("/b")
    catalogue.rename(PATH, "/b", "b")
    assert catalogue.corrections() == {"/b": CORRECTION}
    assert told(catalogue, "/b") == CORRECTED


@pytest.mark.parametrize(("content", "expected"), [(WHOLE.sha256, CORRECTED), ("other", READ)])
def test_a_correction_waits_for_the_same_content_alone(
    catalogue: Catalogue, content: str, expected: Description
) -> None:
    key = put(catalogue, WHOLE)
    catalogue.correct(PATH, CORRECTION)
    catalogue.withdraw(PATH)
    catalogue.purge([key])
    assert catalogue.corrections() == {}
    waiting = catalogue.correction_of(PATH, content)
    assert waiting == (CORRECTION if expected == CORRECTED else Correction())
    put(catalogue, replace(WHOLE, sha256=content))
    assert catalogue.correction_of(PATH, "of any content") == waiting
    assert told(catalogue) == expected


def test_what_nobody_sees_yet_leaves_corrections_alone(catalogue: Catalogue) -> None:
    put(catalogue, WHOLE)
    catalogue.correct(PATH, CORRECTION)
    key, _ = catalogue.add(replace(WHOLE, sha256="1f"), entries(), [])
    assert told(catalogue) == CORRECTED
    catalogue.purge([key])
    assert told(catalogue) == CORRECTED


def test_others_see_a_correction_and_that_it_was_made(opener: Opener) -> None:
    with opener() as writer, opener() as reader:
        put(writer, WHOLE)
        before = reader.version()
        writer.correct(PATH, CORRECTION)
        assert reader.version() != before
        assert told(reader) == CORRECTED


def test_a_file_of_an_older_version_is_read_where_nothing_can_be_written(
    kind: Implementation[Catalogue], tmp_path: Path
) -> None:
    if not kind.in_folder:
        pytest.skip("it lies on a server, whose tables are brought up")
    folder = tmp_path / "store"
    with kind.open(folder) as writer:
        put(writer, WHOLE)
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute("DROP TABLE corrections")
    connection.close()
    with read_only(folder), kind.open(folder) as reader:
        assert told(reader) == READ
        assert reader.corrections() == {}
        with reader.alone(), pytest.raises(StoreError, match="cannot be changed"):
            reader.correct(PATH, CORRECTION)
    with kind.open(folder) as writer:
        writer.correct(PATH, CORRECTION)
        assert told(writer) == CORRECTED
