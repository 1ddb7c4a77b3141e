"""Logging in elsewhere: a running server and a provider, both over real sockets."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from geungeo.ui.accounts.openid import RoleRule
from geungeo.ui.accounts.records import AccountError
from geungeo.vectorstore import Store
from tests.conftest import SAMPLE
from tests.integration.test_accounts import stranger, told
from tests.integration.test_security import Server
from tests.openid import CLIENT, SECRET, Provider, provider

ADDRESS = iter(range(20, 250))


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def server(
    elsewhere: Provider, sample_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    store = tmp_path_factory.mktemp("openid") / "store"
    shutil.copytree(sample_store.folder, store)
    # No account is there: who logs in elsewhere gets one.
    server = Server(
        store, GEUNGEO_OIDC_ISSUER=elsewhere.issuer, GEUNGEO_OIDC_CLIENT_ID=CLIENT,
        GEUNGEO_OIDC_CLIENT_SECRET=SECRET, GEUNGEO_OIDC_ROLES="editors=curator, it=admin",
    )  # fmt: skip
    yield server
    server.close()


@pytest.fixture
def browser(server: Server, elsewhere: Provider) -> Iterator[httpx.Client]:
    elsewhere.twisted = {}
    elsewhere.person = {"sub": "1", "preferred_username": "Kim Minsu"}
    with stranger(server, f"127.0.0.{next(ADDRESS)}") as http:
        yield http


def begun(http: httpx.Client, wanted: str = "/") -> str:
    """Where the provider sends the browser back to, once it has gone there."""
    sent = http.get("/login/openid", params={"next": wanted})
    assert sent.status_code == 303
    return str(httpx.get(sent.headers["location"]).headers["location"])


def names(server: Server) -> str:
    return told("list", "--store", server.store)


def test_who_logs_in_elsewhere_comes_in(
    server: Server, browser: httpx.Client, elsewhere: Provider
) -> None:
    assert browser.get("/api/documents").status_code == 401
    assert "/login/openid?next=" in browser.get("/login").text
    let_in = browser.get(begun(browser, "/?c=abc"))
    assert (let_in.status_code, let_in.headers["location"]) == (303, "/?c=abc")
    assert browser.get("/api/documents").status_code == 200
    assert "kim.minsu  reader" in names(server)
    elsewhere.person = {"sub": "1", "preferred_username": "renamed", "groups": ["it", "editors"]}
    browser.get(begun(browser))
    assert "kim.minsu  admin" in names(server) and "renamed" not in names(server)
    elsewhere.person = {"sub": "2", "preferred_username": "kim.minsu"}
    browser.get(begun(browser))
    assert names(server).count("kim.minsu") == 2, "another person of that name is another account"
    told("disable", "kim.minsu", "--store", server.store)
    elsewhere.person = {"sub": "1", "preferred_username": "kim.minsu"}
    assert browser.get(begun(browser)).status_code == 401
    told("enable", "kim.minsu", "--store", server.store)


def test_a_folder_is_granted_to_a_group(
    server: Server, browser: httpx.Client, elsewhere: Provider
) -> None:
    closed = str(SAMPLE / "documents" / "09_beseto_blog.html")
    command = [sys.executable, "-m", "geungeo", "collections", "grant", closed]
    subprocess.run(
        [*command, "--group", "board", "--store", server.store], check=True, capture_output=True
    )

    def sees() -> bool:
        browser.get(begun(browser))
        return closed.rsplit("/", 1)[1] in browser.get("/api/documents").text

    elsewhere.person = {"sub": "7", "preferred_username": "seo", "groups": ["editors"]}
    assert not sees()
    elsewhere.person["groups"] = ["editors", "board"]
    assert sees()
    elsewhere.person["groups"] = "boards"
    assert not sees()


@pytest.mark.parametrize(
    "twisted",
    [
        {"nonce": "another"}, {"aud": "another"}, {"iss": "https://another.example"}, {"exp": 1},
        {"aud": [CLIENT, "another"]}, {"azp": "another"}, {"sub": ""},
    ],
)  # fmt: skip
def test_a_token_that_says_otherwise_lets_nobody_in(
    browser: httpx.Client, elsewhere: Provider, twisted: dict[str, Any]
) -> None:
    elsewhere.twisted = twisted
    refused = browser.get(begun(browser))
    assert refused.status_code == 401 and "geungeo-session" not in browser.cookies
    assert browser.get("/api/documents").status_code == 401


def test_a_token_of_another_key_lets_nobody_in(browser: httpx.Client, elsewhere: Provider) -> None:
    own = elsewhere.key
    elsewhere.key = RSAKey.generate_key(2048, {"kid": "1"})
    try:
        assert browser.get(begun(browser)).status_code == 401
    finally:
        elsewhere.key = own


def test_a_login_that_another_browser_began_is_refused(
    server: Server, browser: httpx.Client
) -> None:
    back = begun(browser)
    with stranger(server, f"127.0.0.{next(ADDRESS)}") as other:
        assert other.get(back).status_code == 401, "it has begun none"
        begun(other)
        assert other.get(back).status_code == 401, "it has begun another"
    code = parse_qs(urlsplit(back).query)["code"][0]
    for query in ("", "?error=access_denied", f"?code={code}", f"?code={code}&state=x"):
        assert browser.get(f"/login/openid/back{query}").status_code == 401
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 401, "once"


def test_rules_of_roles_are_read() -> None:
    rule = RoleRule.read("roles", "a=b=curator, it=admin")
    assert rule.of({"roles": "it"}) == "admin"
    assert rule.of({"roles": ["a=b", 1, None]}) == "curator"
    nobody: list[dict[str, Any]] = [{}, {"roles": {}}, {"roles": ["others"]}, {"groups": ["it"]}]
    for claims in nobody:
        assert rule.of(claims) == "reader"
    for text in ("it", "it=root", "=admin"):
        with pytest.raises(AccountError, match="GEUNGEO_OIDC_ROLES"):
            RoleRule.read("roles", text)
