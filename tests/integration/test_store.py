import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from geungeo.lang import Analyzer
from geungeo.vectorstore import Chunk, Document, Encoder, Store, StoreError
from geungeo.vectorstore.embedding import Vectors
from tests.asking import search
from tests.chroma import running

PARTS = (
    "서울의 시장은 파리를 방문하였다.",
    "北京市发展机器人产业。",
    "The committee was set up in 2013.",
    "김하늘 과장이 박물관에 들렀다.",
)
TEXT = " ".join(PARTS)
SPANS = tuple((TEXT.index(part), TEXT.index(part) + len(part)) for part in PARTS)


def put(store: Store, path: str, text: str = TEXT) -> int:
    spans = SPANS if text == TEXT else ((0, len(text)),)
    chunks = [Chunk(start, end, ((start, end),)) for start, end in spans]
    return store.replace(Document(path, Path(path).name, str(hash(text)), text), chunks)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("누가 파리를 방문했나?", "서울의"),
        ("北京发展什么产业？", "北京市"),
        ("When was the committee set up?", "The committee"),
        ("위원회는 언제 만들어졌나?", "The committee"),
        ("Where did Kim Ha-neul go?", "김하늘"),
    ],
)
def test_the_right_passage_comes_first(store: Store, question: str, expected: str) -> None:
    assert put(store, "/a.txt") == 4
    hits = search(store, question, 4)
    assert hits[0].passage.text.startswith(expected)
    assert hits == sorted(hits, key=lambda hit: -hit.score)
    for hit in hits:
        assert TEXT[hit.passage.start : hit.passage.end] == hit.passage.text
        assert 0 <= hit.lexical < 1


def test_replaced_text_is_found_no_more(store: Store) -> None:
    put(store, "/a.txt")
    put(store, "/a.txt", "도쿄의 공원에는 벚꽃이 핀다.")
    texts = {hit.passage.text for hit in search(store, "파리 방문", 10)}
    assert texts == {"도쿄의 공원에는 벚꽃이 핀다."}
    assert [summary.passages for summary in store.documents()] == [1]
    assert store.text("/a.txt") == "도쿄의 공원에는 벚꽃이 핀다."


def test_removed_text_is_found_no_more(store: Store) -> None:
    put(store, "/a.txt")
    put(store, "/b.txt", "도쿄의 공원에는 벚꽃이 핀다.")
    store.remove("/a.txt")
    store.remove("/never-there.txt")
    assert {hit.passage.path for hit in search(store, "파리 방문", 10)} == {"/b.txt"}
    assert store.text("/a.txt") is None


def test_an_empty_store_has_no_answer(store: Store) -> None:
    assert search(store, "무엇이든", 5) == []
    assert store.documents() == []


def test_it_is_still_there_after_closing(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    with Store.open(tmp_path, encoder, analyzer, "c") as first:
        put(first, "/a.txt")
        before = search(first, "파리 방문", 3)
    with Store.open(tmp_path, encoder, analyzer, "c") as again:
        assert search(again, "파리 방문", 3) == before


def test_a_reader_sees_what_another_opened_store_writes(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    with (
        Store.open(tmp_path, encoder, analyzer, "c") as reader,
        Store.open(tmp_path, encoder, analyzer, "c") as writer,
    ):
        put(writer, "/a.txt")
        assert search(reader, "파리 방문", 1)[0].passage.path == "/a.txt"


def test_other_settings_are_refused_by_name(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    Store.open(tmp_path, encoder, analyzer, "old-chunker").close()
    with pytest.raises(StoreError, match=r"old-chunker.*new-chunker"):
        Store.open(tmp_path, encoder, analyzer, "new-chunker")


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("chroma-server")) as address:
        yield address


def test_two_stores_share_a_chroma_server(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer, chroma_server: str
) -> None:
    with (
        Store.open(tmp_path / "a", encoder, analyzer, "c", chroma_url=chroma_server) as one,
        Store.open(tmp_path / "b", encoder, analyzer, "c", chroma_url=chroma_server) as other,
    ):
        put(one, "/a.txt")
        put(other, "/b.txt", "도쿄의 공원에는 벚꽃이 핀다.")
        assert search(one, "파리 방문", 1)[0].passage.text.startswith("서울의")
        other.remove("/b.txt")
        assert len(search(one, "파리 방문", 9)) == 4
        assert search(other, "파리 방문", 9) == []


def test_a_chroma_server_that_is_not_there_is_named(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    with pytest.raises(StoreError, match=r"GEUNGEO_CHROMA_URL=http://127\.0\.0\.1:9"):
        Store.open(tmp_path, encoder, analyzer, "c", chroma_url="http://127.0.0.1:9")


def test_a_writer_that_was_cut_off_leaves_nothing_visible(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    class CutOffError(Exception):
        pass

    class Dying(Encoder):
        """Fails at the words of a document, which both indexes have taken already."""

        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            raise CutOffError

    with Store.open(tmp_path, encoder, analyzer, "c") as whole:
        put(whole, "/a.txt")
    with Store.open(tmp_path, Dying(), analyzer, "c") as dying, pytest.raises(CutOffError):
        put(dying, "/a.txt", "도쿄의 공원에는 벚꽃이 핀다.")
    with Store.open(tmp_path, encoder, analyzer, "c") as again:
        assert {hit.passage.text for hit in search(again, "도쿄 벚꽃", 9)} <= {
            TEXT[start:end] for start, end in SPANS
        }
        put(again, "/a.txt", "도쿄의 공원에는 벚꽃이 핀다.")
        assert len(search(again, "도쿄 벚꽃", 9)) == 1


def test_words_of_ones_own_stay_whole_and_shape_the_index(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    own = Analyzer(["가온누리관"])
    assert "가온누리관" in own.terms("가온누리관에서 만났다")
    Store.open(tmp_path, encoder, own, "chunks").close()
    with pytest.raises(StoreError, match="1 words"):
        Store.open(tmp_path, encoder, analyzer, "chunks")


def test_a_catalogue_whose_columns_stand_in_another_order_is_read_and_written(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    with Store.open(tmp_path, encoder, analyzer, "c") as made:
        put(made, "/a.txt")
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as file, file:
        (schema,) = file.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'documents'"
        ).fetchone()
        columns = [row[1] for row in file.execute("PRAGMA table_info(documents)")]
        text = "\ttext TEXT NOT NULL,\n"
        older = schema.replace(text, "").replace("\ttitle", f"{text}\ttitle")
        assert text in schema and older != schema
        file.execute("ALTER TABLE documents RENAME TO newer")
        file.execute("DROP INDEX documents_by_path")
        file.execute(older.replace('"newer"', "documents"))
        named = ", ".join(columns)
        file.execute(f"INSERT INTO documents ({named}) SELECT {named} FROM newer")
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("DROP TABLE newer")
    with Store.open(tmp_path, encoder, analyzer, "c") as again:
        put(again, "/b.txt", "도쿄의 공원에는 벚꽃이 핀다.")
        assert search(again, "파리 방문", 1)[0].passage.text.startswith("서울의")
        assert [one.path for one in again.documents()] == ["/a.txt", "/b.txt"]
        assert again.text("/a.txt") == TEXT
