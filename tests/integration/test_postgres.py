"""A catalogue on a PostgreSQL server with its index in a folder: what goes wrong is told with the
setting, and what was lost is made anew."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, text

from geungeo.lang import Analyzer
from geungeo.vectorstore import Document, Encoder, Filter, IndexSettings, Store, StoreError
from geungeo.vectorstore.postgres.opening import bring_up, open_database
from geungeo.vectorstore.sql import schema
from geungeo.vectorstore.sql.beside_tables import BESIDE
from geungeo.vectorstore.sql.catalogue import SqlCatalogue
from geungeo.vectorstore.sql.tables import METADATA, SHARED
from tests.asking import search
from tests.conftest import ROOT
from tests.integration.test_store import put
from tests.postgres import PASSWORD, PostgresServer, address_of, asked

SETTINGS = IndexSettings("encoder", "analyzer", "chunker")


@pytest.fixture
def url(postgres: PostgresServer, request: pytest.FixtureRequest) -> str:
    return address_of(request.node.name)


@contextmanager
def opened(url: str, settings: IndexSettings = SETTINGS) -> Iterator[SqlCatalogue]:
    catalogue, _ = open_database(url, settings, "")
    try:
        yield catalogue
    finally:
        catalogue.close()


def refused(url: str, settings: IndexSettings = SETTINGS) -> str:
    with pytest.raises(StoreError) as told, opened(url, settings):
        pass
    said = str(told.value)
    assert said.startswith("GEUNGEO_DATABASE_URL")
    assert "\n" not in said and PASSWORD not in said
    return said


def test_what_cannot_be_opened_is_told_with_the_setting(postgres: PostgresServer) -> None:
    assert "refused" in refused(replace(postgres, port=9).url())
    assert 'authentication failed for user "owner"' in refused(
        postgres.url().replace("%40@", "%41@")
    )
    assert 'database "nowhere" does not exist' in refused(postgres.url(database="nowhere"))
    assert "mysql is not known" in refused("mysql://owner@127.0.0.1/postgres")
    assert "no address such as postgresql+psycopg://" in refused(f"owner:{PASSWORD}")


def test_without_the_driver_it_is_told_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pathlib import Path\n"
        "from geungeo.vectorstore import IndexSettings, StoreError\n"
        "from geungeo.vectorstore.opening import open_folder\n"
        f"try: open_folder(Path({str(tmp_path)!r}), IndexSettings('e', 'a', 'c'), '', 'x')\n"
        "except StoreError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert "GEUNGEO_DATABASE_URL" in done.stdout, done.stderr
    assert "pip install 'geungeo[postgres]'" in done.stdout


def test_the_steps_end_at_the_tables_of_this_version(url: str) -> None:
    with opened(url):
        pass
    both = MetaData()
    for tables in (METADATA, SHARED, *BESIDE.values()):
        for table in tables.tables.values():
            table.to_metadata(both)
    with asked(url) as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, both) == []
        assert schema.revision(connection) == schema.HEAD == context.get_current_revision()


def test_tables_of_another_version_are_not_touched(url: str) -> None:
    with opened(url):
        pass
    for step, told in (("0000", "older version .* run geungeo ingest"), ("9999", "newer version")):
        with asked(url) as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{step}'"))
        with pytest.raises(StoreError, match=told), opened(url):
            pass
    with pytest.raises(StoreError, match="newer version"):
        bring_up(url)


def test_other_settings_than_those_that_it_was_made_with_are_refused(url: str) -> None:
    with opened(url):
        pass
    told = refused(url, replace(SETTINGS, chunker="other"))
    assert "chunker 'chunker' there, 'other' in the settings" in told


def test_many_that_begin_at_once_begin_one_catalogue(url: str) -> None:
    def identity(_: int) -> str:
        catalogue, found = open_database(url, SETTINGS, "")
        catalogue.close()
        return found

    with ThreadPoolExecutor(4) as beside:
        assert len(set(beside.map(identity, range(4)))) == 1


def test_a_user_who_may_only_read_reads(url: str, postgres: PostgresServer) -> None:
    with opened(url) as writer:
        key, _ = writer.add(Document("/a", "a", "0", "글"), [], [])
        writer.publish(key)
    name = url.rsplit("%3D", 1)[1].split("&")[0]
    with asked(url) as connection:
        connection.execute(text(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'"))
        connection.execute(text(f'GRANT USAGE ON SCHEMA "{name}" TO guest'))
        connection.execute(text(f'GRANT SELECT ON ALL TABLES IN SCHEMA "{name}" TO guest'))
    with opened(postgres.url(schema=name, user="guest")) as reader:
        assert reader.text("/a") == "글"
        with reader.alone(), pytest.raises(StoreError, match="only read"):
            reader.withdraw("/a")


def test_a_text_may_hold_what_the_server_does_not_keep(url: str) -> None:
    with opened(url) as catalogue:
        key, _ = catalogue.add(Document("/a", "a", "0", "가\0나"), [], [])
        catalogue.publish(key)
        kept = catalogue.text("/a")
    assert kept is not None and len(kept) == 3 and kept[0] + kept[2] == "가나"


def test_the_lock_of_a_process_that_was_killed_is_given_back(url: str) -> None:
    code = (
        "import time\nfrom geungeo.vectorstore import IndexSettings\n"
        "from geungeo.vectorstore.postgres.opening import open_database\n"
        f"one, _ = open_database({url!r}, IndexSettings('encoder', 'analyzer', 'chunker'), '')\n"
        "with one.alone():\n print('held', flush=True)\n time.sleep(600)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    with opened(url) as other, ThreadPoolExecutor(1) as beside:

        def wait() -> str:
            with other.alone():
                return "entered"

        waiting = beside.submit(wait)
        with pytest.raises(TimeoutError):
            waiting.result(0.3)
        holder.send_signal(signal.SIGKILL)
        holder.wait(20)
        assert waiting.result(60) == "entered"


def test_who_loses_the_lock_writes_no_more(url: str) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    with opened(url) as catalogue:
        with pytest.raises(StoreError, match="GEUNGEO_DATABASE_URL"), catalogue.alone():
            key, _ = catalogue.add(Document("/a", "a", "0", "글"), [], [])
            with asked(url) as connection:
                connection.execute(text(cut))
            with pytest.raises(StoreError, match="GEUNGEO_DATABASE_URL"):
                catalogue.publish(key)
            catalogue.publish(key)
        assert catalogue.matching(Filter()) == []
        with catalogue.alone():
            catalogue.publish(key)
        assert catalogue.matching(Filter()) == [key]


def test_a_store_finds_what_its_catalogue_on_a_server_holds(
    url: str, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    folder = tmp_path / "store"

    def open_store(folder: Path = folder, database_url: str = url) -> Store:
        return Store.open(folder, encoder, analyzer, "c", database_url=database_url)

    with open_store() as writer, open_store() as reader:
        put(writer, "/a.txt")
        (found, *_) = search(reader, "파리 방문", 1)
        words = writer.words()
        assert words
    with pytest.raises(StoreError, match="Set GEUNGEO_DATABASE_URL"):
        open_store(database_url="")
    shutil.rmtree(folder)
    with open_store() as again:
        assert search(again, "파리 방문", 1)[0].passage == found.passage
        assert sorted(again.words()) == sorted(words)
    with open_store(tmp_path / "other", "") as other:
        put(other, "/b.txt")
    with pytest.raises(StoreError, match="belongs to another catalogue"):
        open_store(tmp_path / "other")
