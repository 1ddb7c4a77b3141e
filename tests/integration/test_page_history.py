"""Conversations of the page, by the events that a browser sends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from geungeo.ui.history import FILE, History
from geungeo.vectorstore import Store
from tests.integration.test_security import QUESTION, Server, serve

OTHER = "베세토 연극제는 언제 시작했나요?"
READER = "a secret of the browser"


@pytest.fixture(scope="module")
def server(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = serve(sample_store, tmp_path_factory.mktemp("served"))
    yield started
    started.close()


def ask(server: Server, tab: str, question: str, reader: str = READER) -> None:
    """Ask in a tab, and send nothing after it."""
    server.event("question", "submit", [question, "ko"], reader=tab)
    narrowed, wished = ["", "", [], [], []], ["extractive", 3, 8, 0.5]
    data = [None, None, None, reader, "ko", *narrowed, *wished]
    assert question in server.fill(data, "talk", "sources", "question", reader=tab)[1]


def test_each_answer_is_kept_where_it_was_asked_whatever_follows(server: Server) -> None:
    ask(server, "tab", QUESTION)
    server.event("new", "click", ["ko"], reader="tab")
    ask(server, "tab", OTHER)
    ask(server, "tab", QUESTION)
    history = History(server.store / FILE)
    kept = [history.turns(READER, one.id) for one in history.conversations(READER)]
    assert [[turn.question for turn in turns] for turns in kept] == [
        [OTHER, QUESTION], [QUESTION]
    ]  # fmt: skip


def test_what_is_asked_before_the_browser_has_its_name_is_kept_once_it_has(server: Server) -> None:
    ask(server, "early", QUESTION, reader="")
    history = History(server.store / FILE)
    for _ in range(2):
        listed = server.fill([None, None, "a late name", ""], "history", reader="early")[1]
        assert QUESTION in listed
        (one,) = history.conversations("a late name")
    assert [turn.question for turn in history.turns("a late name", one.id)] == [QUESTION]
