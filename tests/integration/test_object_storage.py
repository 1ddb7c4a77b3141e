"""Files of object storage, on a real S3 server of this machine."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from geungeo.ingest import IngestReport, Ledger, ingest
from geungeo.vectorstore import Store
from tests.asking import search

BUCKET = "library"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket whose server and keys stand where every client of S3 looks for them."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=True)
    server.start()
    _, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(S3FileSystem, "retries", 1)
    S3FileSystem.clear_instance_cache()
    s3 = boto3.resource("s3")
    yield s3.create_bucket(Bucket=BUCKET)
    server.stop()


def put(bucket: Any, **texts: str) -> None:
    for name, text in texts.items():
        bucket.put_object(Key=f"reports/2025/{name}.txt", Body=text.encode())


def statuses(report: IngestReport) -> dict[str, str]:
    return {entry.path.removeprefix(f"s3://{BUCKET}/"): entry.status for entry in report.files}


def test_a_bucket_is_kept_in_step_with(
    bucket: Any, store: Store, ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    put(bucket, ferry="나루터의 배는 세 척이다.", fare="뱃삯은 삼천 원이다.")
    bucket.put_object(Key="reports/.hidden/plan.txt", Body="숨긴 글이다.".encode())
    bucket.put_object(Key="reports2/other.txt", Body="다른 글이다.".encode())
    url = f"s3://{BUCKET}/reports"
    assert statuses(ingest([f"{url}/"], store, ledger)) == {
        "reports/2025/fare.txt": "added", "reports/2025/ferry.txt": "added",
    }  # fmt: skip
    passage = search(store, "뱃삯은 얼마인가", 1)[0].passage
    assert (passage.path, passage.document) == (f"{url}/2025/fare.txt", "fare.txt")

    caplog.set_level(logging.INFO, "werkzeug")
    caplog.clear()
    assert set(statuses(ingest([url], store, ledger)).values()) == {"unchanged"}
    assert caplog.messages, "it was asked what there is"
    assert not [line for line in caplog.messages if "fare.txt HTTP" in line]

    put(bucket, ferry="나루터의 배는 네 척이다.", copy="뱃삯은 삼천 원이다.")
    bucket.Object("reports/2025/fare.txt").delete()
    report = ingest([url], store, ledger)
    assert statuses(report) == {
        "reports/2025/copy.txt": "added", "reports/2025/ferry.txt": "updated",
    }  # fmt: skip
    assert report.files[0].reason == f"moved from {url}/2025/fare.txt"
    assert store.text(f"{url}/2025/ferry.txt") == "나루터의 배는 네 척이다."

    bucket.Object("reports/2025/copy.txt").delete()
    assert statuses(ingest([url], store, ledger))["reports/2025/copy.txt"] == "removed"


def test_what_cannot_be_listed_is_said_and_stays(
    bucket: Any, store: Store, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bucket, ferry="나루터의 배는 세 척이다.")
    url = f"s3://{BUCKET}/reports"
    ingest([url], store, ledger)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    S3FileSystem.clear_instance_cache()
    (entry,) = ingest([url], store, ledger).files
    assert (entry.path, entry.status) == (url, "failed")
    assert entry.reason.startswith("it cannot be listed: ")
    assert [one.path for one in store.documents()] == [f"{url}/2025/ferry.txt"]


def test_a_url_with_nothing_is_no_folder(bucket: Any, store: Store, ledger: Ledger) -> None:
    for url in (f"s3://{BUCKET}/nothing", "s3://no-such-bucket/reports"):
        (entry,) = ingest([url], store, ledger).files
        assert (entry.path, entry.status, entry.reason) == (url, "failed", "no such file or folder")


def test_a_file_url_is_the_path(tmp_path: Path, store: Store, ledger: Ledger) -> None:
    file = tmp_path / "나루터 안내.txt"
    file.write_text("나루터의 배는 세 척이다.", encoding="utf-8")
    assert [entry.status for entry in ingest([file.as_uri()], store, ledger).files] == ["added"]
    assert [entry.status for entry in ingest([file], store, ledger).files] == ["unchanged"]


def test_without_its_package_the_extra_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['s3fs'] = None; from geungeo.ui.cli.main import app;"
        f"app(['ingest', 's3://{BUCKET}/reports', '--store', '{tmp_path}/store'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.endswith("is not installed: pip install 'geungeo[s3]'\n")
