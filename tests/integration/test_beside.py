"""What is kept beside a catalogue: files of older versions, databases of older versions, places
where nothing can be written, and two machines over one database."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from geungeo.evals.kept_runs import KeptRuns
from geungeo.ingest import CHUNKER, Ledger, LedgerEntry, ingest
from geungeo.ingest.lock import alone
from geungeo.rag.assembly import open_store
from geungeo.rag.feedback import Feedback, Remark
from geungeo.rag.settings import Settings
from geungeo.ui.accounts.accounts import Accounts
from geungeo.ui.accounts.logins import Lasting, Logins
from geungeo.ui.accounts.opening import account_tables, begin_accounts, guarding_tables
from geungeo.ui.accounts.passwords import Passwords
from geungeo.ui.accounts.records import AccountError
from geungeo.ui.history import History
from geungeo.ui.page.collection import Collection
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import FILES, Encoder, IndexSettings, StoreError, Tables
from geungeo.vectorstore.identity import shape
from geungeo.vectorstore.postgres.opening import bring_up, open_database
from geungeo.vectorstore.sql import schema
from geungeo.vectorstore.sql.tables import IDENTITY
from tests.contract.test_feedback import remark
from tests.contract.test_history import answer
from tests.contract.test_runs import run
from tests.postgres import PASSWORD, PostgresServer, address_of, asked
from tests.read_only import read_only

SETTINGS = IndexSettings("encoder", "analyzer", "chunker")
TURNS = [answer("버스는 몇 대?")]
ENTRY = LedgerEntry("/문서/a.txt", "failed", "it cannot be opened")
# As the first versions made their files.
OLD = {
    "conversations": "CREATE TABLE conversations (reader TEXT NOT NULL, id TEXT NOT NULL, "
    "name TEXT NOT NULL, at TEXT NOT NULL, words TEXT NOT NULL, turns TEXT NOT NULL, "
    "PRIMARY KEY (reader, id))",
    "remarks": "CREATE TABLE remarks (at NOT NULL, question NOT NULL, answer NOT NULL, "
    "language NOT NULL, citation NOT NULL, is_good NOT NULL, comment NOT NULL, quotes NOT NULL)",
    "seen_files": "CREATE TABLE seen_files (path TEXT PRIMARY KEY, status TEXT NOT NULL, "
    "reason TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, "
    "modified_ns INTEGER NOT NULL, pages INTEGER NOT NULL, chunks INTEGER NOT NULL, "
    "characters INTEGER NOT NULL, recognised INTEGER NOT NULL, empty INTEGER NOT NULL, "
    "loader TEXT NOT NULL, seconds REAL NOT NULL, twin TEXT NOT NULL)",
    "sketches": "CREATE TABLE sketches (path TEXT PRIMARY KEY, sketch BLOB NOT NULL)",
}


@pytest.fixture
def url(postgres: PostgresServer, request: pytest.FixtureRequest) -> str:
    return address_of(request.node.name)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with the files of an older version."""
    folder = tmp_path / "old"
    folder.mkdir()
    beside = History(tmp_path / "now.sqlite")
    beside.keep("me", "1", TURNS)
    said = remark("언제?")
    with closing(sqlite3.connect(tmp_path / "now.sqlite")) as now:
        rows = {"conversations": now.execute("SELECT * FROM conversations").fetchone()}
    rows["remarks"] = (
        said.at, said.question, said.answer, said.language, said.citation, said.is_good,
        said.comment, json.dumps(said.quotes),
    )  # fmt: skip
    rows["seen_files"] = (ENTRY.path, ENTRY.status, ENTRY.reason, "", *[0] * 7, "", 0.0, "")
    rows["sketches"] = (ENTRY.path, b"\1" * 8)
    homes = {"seen_files": "ledger", "sketches": "ledger"}
    for table, made in OLD.items():
        name = next(file for kind, file in FILES.items() if kind == homes.get(table, table))
        with closing(sqlite3.connect(folder / name)) as file, file:
            file.execute(made)
            file.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table]))})",
                rows[table])  # fmt: skip
    KeptRuns(folder).keep([run(1)])
    return folder


@contextmanager
def shared(url: str, folder: Path | None = None) -> Iterator[Tables]:
    catalogue, _ = open_database(url, SETTINGS, "", folder)
    try:
        assert catalogue.shared is not None
        yield catalogue.shared
    finally:
        catalogue.close()


def holds_what_was_there(folder: Path, tables: Tables | None) -> None:
    history = History(folder / FILES["conversations"], tables)
    assert history.turns("me", "1") == TURNS
    assert Feedback(folder / FILES["remarks"], tables).remarks() == [remark("언제?")]
    with closing(Ledger(folder / FILES["ledger"], tables)) as ledger:
        assert ledger.entries() == {ENTRY.path: ENTRY}
        assert {path: [*kept] for path, kept in ledger.sketches().items()} == {
            ENTRY.path: [int.from_bytes(b"\1" * 8, "little")]
        }


def test_files_of_older_versions_open_as_they_are(old: Path) -> None:
    with read_only(old):
        holds_what_was_there(old, None)
    holds_what_was_there(old, None)
    feedback = Feedback(old / FILES["remarks"])
    feedback.add(remark("어디?", False))
    assert [one.question for one in feedback.remarks()] == ["언제?", "어디?"]
    history = History(old / FILES["conversations"])
    history.keep("me", "1", [*TURNS, *TURNS])
    assert history.turns("me", "1") == [*TURNS, *TURNS]
    with closing(Ledger(old / FILES["ledger"])) as ledger:
        ledger.write(replace(ENTRY, notes=("a note",)))
        assert ledger.entries()[ENTRY.path].notes == ("a note",)


def test_a_database_of_an_older_version_takes_over_what_lay_in_the_folder(
    url: str, old: Path
) -> None:
    with asked(url) as connection:
        schema.bring_up(connection, "0001")
        connection.execute(insert(IDENTITY), {**shape(SETTINGS), "id": "0f", "writes": 0})
    with pytest.raises(StoreError, match=r"older version .* run geungeo ingest"), shared(url):
        pass
    for _ in range(2):
        bring_up(url, old)
        with shared(url, old) as tables:
            holds_what_was_there(old, tables)
            assert KeptRuns(old, tables).all() == [run(1)]


def test_a_database_that_is_begun_takes_over_too(url: str, old: Path, tmp_path: Path) -> None:
    for _ in range(2):
        with shared(url, old) as tables:
            holds_what_was_there(tmp_path / "nowhere", tables)


def test_accounts_of_a_database_are_opened_without_its_catalogue(
    url: str, postgres: PostgresServer, tmp_path: Path
) -> None:
    settings = Settings.model_validate({"store": tmp_path / "nowhere", "database_url": url})

    def add() -> None:
        with account_tables(settings) as tables:
            Accounts(tables, Passwords()).add("kim", "admin", "열쇠 하나 둘 셋")

    with pytest.raises(AccountError, match="geungeo ingest"):
        add()
    elsewhere = settings.model_copy(update={"oidc_issuer": "https://login.example"})
    refused = pytest.raises(AccountError, match="geungeo ingest")
    with refused, guarding_tables(elsewhere, "127.0.0.1"):
        pass
    with shared(url) as beside:
        with guarding_tables(settings, "127.0.0.1") as asked_for:
            assert asked_for is None
        refused = pytest.raises(AccountError, match="geungeo accounts add")
        with refused, guarding_tables(settings, "0.0.0.0"):
            pass
        add()
        assert [one.name for one in Accounts(beside, Passwords()).all()] == ["kim"]
        for host in ("127.0.0.1", "0.0.0.0"):
            with guarding_tables(settings, host) as asked_for:
                assert asked_for is not None
        everyone = settings.model_copy(update={"open": True})
        with guarding_tables(everyone, "0.0.0.0") as asked_for:
            assert asked_for is None
    assert not (tmp_path / "nowhere").exists()


def test_accounts_that_cannot_be_written_are_told_alike_at_both_doors(tmp_path: Path) -> None:
    settings = Settings(store=tmp_path / "store")
    begin_accounts(settings)
    with account_tables(settings) as tables:
        Accounts(tables, Passwords()).add("kim", "admin", "열쇠 하나 둘 셋")
    with read_only(tmp_path / "store"):
        for door in (account_tables(settings), guarding_tables(settings, "127.0.0.1")):
            with pytest.raises(AccountError, match="accounts and logins cannot be kept"), door:
                pass


def test_who_was_logged_in_at_an_older_version_logs_in_once_more(url: str, tmp_path: Path) -> None:
    settings, passwords = Settings(store=tmp_path / "store"), Passwords()
    lasts = Lasting(timedelta(hours=1), timedelta(days=1))
    begin_accounts(settings)
    with account_tables(settings) as tables:
        kim = Accounts(tables, passwords).add("kim", "admin", "열쇠 하나 둘 셋")
        token = Logins(tables, passwords, lasts).begin(kim)
    with closing(sqlite3.connect(tmp_path / "store" / FILES["accounts"])) as file:
        file.execute("ALTER TABLE sessions DROP COLUMN began")
    with account_tables(settings) as tables:
        logins = Logins(tables, passwords, lasts)
        assert logins.by_session(token) is None
        assert logins.by_session(logins.begin(kim)) == kim
    with asked(url) as connection:
        schema.bring_up(connection, "0006")
        connection.execute(text("INSERT INTO sessions VALUES ('digest', 'kim', '2999')"))
        schema.bring_up(connection)
        assert connection.scalar(text("SELECT count(*) FROM sessions")) == 0


def test_where_nothing_can_be_written_notes_last_until_the_end(
    url: str, old: Path, postgres: PostgresServer
) -> None:
    name = url.rsplit("%3D", 1)[1].split("&")[0]
    with shared(url, old):
        pass
    with asked(url) as connection:
        connection.execute(text(f"CREATE ROLE visitor LOGIN PASSWORD '{PASSWORD}'"))
        connection.execute(text(f'GRANT USAGE ON SCHEMA "{name}" TO visitor'))
        connection.execute(text(f'GRANT SELECT ON ALL TABLES IN SCHEMA "{name}" TO visitor'))
    with shared(postgres.url(schema=name, user="visitor")) as tables, read_only(old):
        for given in (None, tables):
            history = History(old / FILES["conversations"], given)
            history.keep("me", "2", TURNS)
            assert {one.id for one in history.conversations("me")} == {"1", "2"}
            again = History(old / FILES["conversations"], given)
            assert {one.id for one in again.conversations("me")} == {"1"}
            feedback = Feedback(old / FILES["remarks"], given)
            feedback.add(remark("어디?"))
            assert [one.question for one in feedback.remarks()] == ["언제?", "어디?"]
            runs = KeptRuns(old, given)
            runs.keep([run(2)])
            assert runs.all() == [run(1), run(2)]
            assert KeptRuns(old, given).all() == [run(1)]
    rights = (
        'INSERT, UPDATE, DELETE ON "{0}".conversations, "{0}".remarks',
        'USAGE ON SEQUENCE "{0}".remarks_id_seq',
    )
    with asked(url) as connection:
        for right in rights:
            connection.execute(text(f"GRANT {right.format(name)} TO visitor"))
    with (
        shared(postgres.url(schema=name, user="visitor")) as tables,
        shared(url) as of_the_owner,
    ):
        History(old, tables).keep("me", "3", TURNS)
        Feedback(old, tables).add(remark("왜?"))
        assert {one.id for one in History(old, of_the_owner).conversations("me")} == {"1", "3"}
        assert [one.question for one in Feedback(old, of_the_owner).remarks()] == ["언제?", "왜?"]


def test_what_one_machine_ingests_and_is_told_the_other_tells_too(
    url: str, tmp_path: Path, encoder: Encoder
) -> None:
    def settings(name: str) -> Settings:
        given = {"database_url": url, "uploads": tmp_path / "mount"}
        return Settings.model_validate({"store": tmp_path / name, **given})

    say = STRINGS["en"]
    (tmp_path / "등불.txt").write_text("항구의 등불은 모두 열두 개이다.", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "방파제.txt").write_text("방파제의 길이는 이백 미터이다.", encoding="utf-8")
    with (
        open_store(settings("one"), CHUNKER, encoder) as one,
        open_store(settings("other"), CHUNKER, encoder) as other,
    ):
        ingest([tmp_path / "등불.txt", tmp_path / "broken.pdf"], one, Ledger.of(one))
        assert [Path(entry.path).name for entry in Ledger.of(other).left_out()] == ["broken.pdf"]
        assert Ledger.of(other).entries() == Ledger.of(one).entries()
        told: list[str] = []
        with ThreadPoolExecutor(1) as beside:
            with alone(one, None):
                second = beside.submit(
                    ingest, [tmp_path / "등불.txt"], other, Ledger.of(other),
                    lambda done, total, name: told.append(name),
                )  # fmt: skip
                while not told:
                    time.sleep(0.01)
                assert told == ["waiting for another ingest"] and not second.done()
            assert [entry.status for entry in second.result().files] == ["unchanged"]
        here, there = Collection(one), Collection(other)
        here.add([str(tmp_path / "방파제.txt")], None, say)
        path = str(tmp_path / "mount" / "방파제.txt")
        assert "방파제.txt" in there.as_html(say)
        assert there.is_uploaded(path) and not there.is_uploaded(str(tmp_path / "등불.txt"))
        assert "removed" in there.take_out(path, say)
        assert not Path(path).exists()
        assert "방파제.txt" not in here.as_html(say)
        History.of(one).keep("me", "1", TURNS)
        assert History.of(other).turns("me", "1") == TURNS
        Feedback.of(other).add(Remark.of(TURNS[0], True))
        assert len(Feedback.of(one).remarks()) == 1
    kept = {file.name for name in ("one", "other") for file in (tmp_path / name).iterdir()}
    assert not kept & {*FILES.values(), "uploads"}


def test_many_that_open_a_new_file_at_once_all_may_write(tmp_path: Path) -> None:
    """Rare for one file, so that many are opened."""
    files = [tmp_path / f"{number}.sqlite" for number in range(60)]
    ready = threading.Barrier(8, timeout=60)

    def add(number: int) -> None:
        for file in files:
            ready.wait()
            Feedback(file).add(remark(str(number)))

    with ThreadPoolExecutor(8) as beside:
        list(beside.map(add, range(8)))
    assert all(len(Feedback(file).remarks()) == 8 for file in files)
