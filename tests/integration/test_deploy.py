"""What `deploy/` says, read by the programs that will read it, and held against the code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from geungeo.rag.settings import Settings
from geungeo.ui.server.metrics import Metrics
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
KUBERNETES = "1.34"


def run(program: str, *arguments: str | Path) -> str:
    """What a program of the environment writes."""
    done = subprocess.run(
        [Path(sys.executable).parent / program, *arguments], capture_output=True, text=True,
        env={**os.environ, "POSTGRES_PASSWORD": "key"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    """The file as Docker Compose understands it, with its defaults."""
    said = run(
        "docker-compose", "--file", DEPLOY / "compose.yaml", "--profile", "*", "config",
        "--format", "json",
    )  # fmt: skip
    return dict(json.loads(said))


@pytest.fixture(scope="module")
def rendered() -> dict[str, list[dict[str, Any]]]:
    """The resources as `kubectl apply --kustomize` would send them, by kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in yaml.safe_load_all(run("kubectl", "kustomize", DEPLOY / "kubernetes")):
        found.setdefault(one["kind"], []).append(one)
    return found


def test_every_setting_that_is_named_is_one() -> None:
    known = {f"GEUNGEO_{name.upper()}" for name in Settings.model_fields}
    named = {
        (name, str(file.relative_to(DEPLOY)))
        for file in DEPLOY.rglob("*")
        if file.is_file()
        for name in re.findall(r"GEUNGEO_[A-Z_]+", file.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert [one for one in sorted(named) if one[0] not in known] == []


def test_the_image_gets_what_the_wheel_is_built_of() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = built["tool"]["setuptools"]["package-dir"].values()
    files = (built["project"]["readme"], *built["project"]["license-files"])
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    for name in (*folders, *files, "pyproject.toml", "constraints.txt"):
        assert f"!{name}" in let_in


def test_two_pages_stand_behind_the_proxy(composed: Mapping[str, Any]) -> None:
    services = composed["services"]
    proxied = re.search(r"reverse_proxy (.*) {", (DEPLOY / "Caddyfile").read_text())
    assert proxied
    pages = [one.split(":")[0] for one in proxied[1].split()]
    assert pages == ["page-1", "page-2"]
    for name in pages:
        page = services[name]
        assert "ports" not in page
        assert set(page["depends_on"]) == {"postgres", "milvus"}
        assert page["environment"]["GEUNGEO_DATABASE_URL"].endswith("@postgres/geungeo")
        assert page["environment"]["GEUNGEO_MILVUS_URI"] == "http://milvus:19530"
    assert services["page-1"] == services["page-2"]
    assert [one["host_ip"] for one in services["proxy"]["ports"]] == ["127.0.0.1"]
    for service in services.values():
        for one in service.get("volumes", ()):
            if one["type"] == "bind" and "/models" not in one["target"]:
                assert Path(one["source"]).exists(), one


def test_what_compose_brings_for_others_can_be_read(composed: Mapping[str, Any]) -> None:
    held = {name: yaml.safe_load(one["content"]) for name, one in composed["configs"].items()}
    used = {
        one["source"] for service in composed["services"].values()
        for one in service.get("configs", ())
    }  # fmt: skip
    assert used == set(held)
    (job,) = held["prometheus"]["scrape_configs"]
    assert set(job["dns_sd_configs"][0]["names"]) <= set(composed["services"])


def test_the_proxy_takes_its_file() -> None:
    run("caddy", "validate", "--config", DEPLOY / "Caddyfile", "--adapter", "caddyfile")


def test_the_resources_are_what_kubernetes_takes(
    rendered: Mapping[str, list[dict[str, Any]]],
) -> None:
    for kind in ("Deployment", "CronJob", "Service", "Ingress", "NetworkPolicy"):
        assert rendered[kind]
    for one in (one for own in rendered.values() for one in own):
        kubernetes_validate.validate(one, KUBERNETES, strict=True)


def test_what_the_resources_refer_to_is_there(
    rendered: Mapping[str, list[dict[str, Any]]],
) -> None:
    def names(kind: str) -> set[str]:
        return {one["metadata"]["name"] for one in rendered[kind]}

    (page,) = rendered["Deployment"]
    (job,) = rendered["CronJob"]
    specs = [
        page["spec"]["template"]["spec"], job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    ]  # fmt: skip
    for spec in specs:
        (container,) = spec["containers"]
        sources = container["envFrom"]
        assert {one["configMapRef"]["name"] for one in sources[:1]} <= names("ConfigMap")
        assert {one["secretRef"]["name"] for one in sources[1:]} <= names("Secret")
        volumes = {one["name"]: one for one in spec["volumes"]}
        assert {one["name"] for one in container["volumeMounts"]} == set(volumes)
        claims = (one["persistentVolumeClaim"] for one in volumes.values() if len(one) > 1
                  and "persistentVolumeClaim" in one)  # fmt: skip
        assert {one["claimName"] for one in claims} <= names("PersistentVolumeClaim")
    labels = page["spec"]["template"]["metadata"]["labels"].items()
    (service,) = rendered["Service"]
    (policy,) = rendered["NetworkPolicy"]
    (budget,) = rendered["PodDisruptionBudget"]
    for chosen in (
        service["spec"]["selector"],
        policy["spec"]["podSelector"]["matchLabels"],
        budget["spec"]["selector"]["matchLabels"],
    ):
        assert chosen.items() <= labels
    assert not service["spec"]["selector"].items() <= set(
        job["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"].items()
    )
    (ingress,) = rendered["Ingress"]
    backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    (port,) = service["spec"]["ports"]
    assert backend == {"name": service["metadata"]["name"], "port": {"name": port["name"]}}
    ports = [one["name"] for one in specs[0]["containers"][0]["ports"]]
    assert port["targetPort"] in ports
    (config,) = rendered["ConfigMap"]
    assert ingress["spec"]["rules"][0]["host"] == config["data"]["GEUNGEO_HOSTS"]


def test_the_dashboard_asks_for_what_a_server_tells() -> None:
    told = Metrics().exposition().decode()
    board = json.loads((DEPLOY / "grafana" / "geungeo.json").read_text(encoding="utf-8"))
    asked = "\n".join(_expressions(board))
    names = set(re.findall(r"\b(?:geungeo|process)_\w+", asked))
    shown = {re.split(r"[{ ]", line)[0] for line in told.splitlines() if not line.startswith("#")}
    assert len(names) > 8
    # A counter that has labels shows none before the first.
    assert names - shown <= {"geungeo_requests_turned_away_total"}
    assert "# TYPE geungeo_requests_turned_away_total counter" in told
    ours = {name for name in shown if name.startswith("geungeo") and not name.endswith("_created")}
    assert ours <= names
    for label, value in re.findall(r'\b(door|outcome|stage)[=!]~?"([\w|]+)"', asked):
        for one in value.split("|"):
            assert f'{label}="{one}"' in told


def _expressions(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "expr" in part:
            yield part["expr"]
        for one in part.values():
            yield from _expressions(one)
    elif isinstance(part, list):
        for one in part:
            yield from _expressions(one)
