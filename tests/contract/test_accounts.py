"""Accounts, logins, keys and the audit, wherever they are kept; two servers see the same."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from geungeo.ui.accounts.accounts import Accounts
from geungeo.ui.accounts.audit import Audit
from geungeo.ui.accounts.collections import Collections
from geungeo.ui.accounts.logins import Lasting, Logins
from geungeo.ui.accounts.passwords import Passwords
from geungeo.ui.accounts.records import AccountError
from geungeo.vectorstore import Tables, copy_tables, tables_in_memory
from tests.contract.conftest import Place

WEEK, FOR_EVER = timedelta(days=7), timedelta()
HOUR = Lasting(timedelta(hours=1), WEEK)
PASSWORD = "열쇠 하나 둘 셋"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords()


@pytest.fixture
def two(places: tuple[Place, Place]) -> Iterator[tuple[Tables, Tables]]:
    with ExitStack() as opened:
        one, other = (opened.enter_context(place.accounts()) for place in places)
        yield one, other


def test_who_has_an_account_comes_in_by_its_password(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    accounts, logins = Accounts(two[0], passwords), Logins(two[1], passwords, HOUR)
    made = accounts.add("Kim", "curator", PASSWORD)
    assert (made.name, made.role, made.is_disabled) == ("kim", "curator", False)
    assert logins.by_password(" KIM", PASSWORD) == made
    composed = unicodedata.normalize("NFD", PASSWORD)
    assert composed != PASSWORD and logins.by_password("kim", composed) == made
    for name, tried in (("kim", PASSWORD + "!"), ("kim", ""), ("lee", PASSWORD), ("", "")):
        assert logins.by_password(name, tried) is None
    for name in ("kim", "a b", "", "x" * 65):
        with pytest.raises(AccountError):
            accounts.add(name, "reader", PASSWORD)
    with pytest.raises(AccountError, match="8 to 200"):
        accounts.add("lee", "reader", "1234567")


def test_nothing_that_is_shown_is_kept(two: tuple[Tables, Tables], passwords: Passwords) -> None:
    accounts, logins = Accounts(two[0], passwords), Logins(two[0], passwords, HOUR)
    made = accounts.add("kim", "reader", PASSWORD)
    token, key = logins.begin(made), accounts.make_key("kim")
    with two[0].reading() as connection:
        kept = str(
            [connection.every(f"every_{one}") for one in ("account", "key", "session", "audit")]
        )
    assert "$argon2id$" in kept
    assert not [shown for shown in (PASSWORD, token, key) if shown in kept]


def test_a_login_ends_by_time_by_hand_and_by_another_password(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    accounts, logins = Accounts(two[0], passwords), Logins(two[1], passwords, HOUR)
    made = accounts.add("kim", "reader", PASSWORD)
    assert (
        logins.by_session(Logins(two[0], passwords, Lasting(timedelta(), WEEK)).begin(made)) is None
    )
    first = logins.begin(made)
    second = logins.begin(made, first)
    assert logins.by_session(first) is None, "its place was taken"
    assert logins.by_session(second) == made
    logins.end(second)
    assert logins.by_session(second) is None
    changes: list[Callable[[], None]] = [
        partial(accounts.set_password, "kim", "another password"),
        partial(accounts.set_disabled, "kim", True),
    ]
    for change in changes:
        token = logins.begin(made)
        assert logins.by_session(token) is not None
        change()
        assert logins.by_session(token) is None
    assert logins.by_password("kim", "another password") is None, "it is disabled"
    accounts.set_disabled("kim", False)
    assert logins.by_password("kim", "another password") == made


def test_a_login_that_is_used_lasts_longer(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    def until() -> str:
        with two[0].reading() as connection:
            (row,) = connection.every("every_session")
        return str(row["until"])

    made = Accounts(two[0], passwords).add("kim", "reader", PASSWORD)
    token = Logins(two[0], passwords, HOUR).begin(made)
    before = until()
    Logins(two[1], passwords, HOUR).by_session(token)
    assert until() == before, "it is not written at every request"
    Logins(two[1], passwords, Lasting(HOUR.unused * 2, WEEK)).by_session(token)
    assert until() > before


def test_a_login_that_is_used_ends_all_the_same(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    made = Accounts(two[0], passwords).add("kim", "reader", PASSWORD)
    short = Logins(two[0], passwords, Lasting(HOUR.unused, timedelta(seconds=1)))
    token = short.begin(made)
    while short.by_session(token) is not None:
        time.sleep(0.1)
    longer = Logins(two[1], passwords, HOUR)
    assert longer.by_session(token) == made, "the setting says when"
    short.begin(made)
    assert longer.by_session(token) is None, "it was forgotten by the next login"


def test_a_program_comes_by_a_key_until_it_is_taken_back(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    accounts, logins = Accounts(two[0], passwords), Logins(two[1], passwords, HOUR)
    made = accounts.add("kim", "reader", PASSWORD)
    key, other = accounts.make_key("kim"), accounts.make_key("kim")
    accounts.set_role("kim", "admin")
    found = logins.by_key(key)
    assert found is not None and found.role == "admin", "it may do what the account may"
    assert logins.by_key("") is None and logins.by_key(key[:-1]) is None
    own = key.split("_")[1]
    assert own in {one.id for one in accounts.all_keys()}
    assert accounts.revoke_key(own) == "kim"
    assert logins.by_key(key) is None
    with pytest.raises(AccountError):
        accounts.revoke_key(own)
    accounts.set_disabled("kim", True)
    assert logins.by_key(other) is None
    accounts.set_disabled("kim", False)
    gone = accounts.remove("kim")
    assert gone.reader == made.reader
    assert logins.by_key(other) is None and accounts.all() == [] and accounts.all_keys() == []


def test_who_logs_in_elsewhere_has_no_password_here(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    accounts, logins = Accounts(two[0], passwords), Logins(two[1], passwords, HOUR)
    made = accounts.of_subject("https://login.example 1", "kim", "reader")
    assert logins.by_password("kim", "") is None
    again = accounts.of_subject("https://login.example 1", "renamed", "curator")
    assert (again.name, again.role, again.reader) == ("kim", "curator", made.reader)
    other = accounts.of_subject("https://login.example 2", "kim", "admin")
    assert other.name.startswith("kim-") and other.reader != made.reader
    assert accounts.of_subject("https://login.example 2", "kim", "admin") == other


def test_a_folder_is_seen_by_those_that_it_is_granted_to(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    accounts, here, there = Accounts(two[0], passwords), *map(Collections, two)
    kim, lee = (accounts.add(name, "curator", PASSWORD) for name in ("kim", "lee"))
    admin = accounts.add("root", "admin", PASSWORD)
    assert here.all() == [] and here.hidden_from(None) == here.hidden_from(kim) == ()
    here.grant("/비밀", "Kim")
    here.close("/비밀/더")
    assert [(one.folder, one.readers) for one in there.all()] == [
        ("/비밀", ("kim",)), ("/비밀/더", ())
    ]  # fmt: skip
    seen = [there.hidden_from(one) for one in (admin, kim, lee, None)]
    assert seen == [(), ("/비밀/더",), ("/비밀", "/비밀/더"), ("/비밀", "/비밀/더")]
    memory = tables_in_memory("accounts")
    with two[0].reading() as source, memory.changing() as target:
        copy_tables("accounts", source, target)
    assert Collections(memory).all() == here.all()
    memory.close()
    # An account of the same name is another one.
    accounts.remove("kim")
    assert "/비밀" in there.hidden_from(accounts.add("kim", "reader", PASSWORD))
    there.grant("/비밀", "lee")
    there.withdraw("/비밀", "lee")
    assert here.hidden_from(lee) == ("/비밀", "/비밀/더"), "it stays closed"
    for wrong in (
        partial(here.grant, "/비밀", "nobody"), partial(here.withdraw, "/비밀", "lee"),
        partial(here.open, "/elsewhere"),
    ):  # fmt: skip
        with pytest.raises(AccountError):
            wrong()
    here.open("/비밀/더")
    here.open("/비밀")
    assert there.all() == [] and there.hidden_from(None) == ()


def test_a_folder_is_seen_by_whoever_is_in_a_group_that_it_is_granted_to(
    two: tuple[Tables, Tables], passwords: Passwords
) -> None:
    accounts, here, there = Accounts(two[0], passwords), *map(Collections, two)
    kim = accounts.of_subject("https://login.example 1", "kim", "curator", {"Board", "all"})
    lee = accounts.of_subject("https://login.example 2", "lee", "reader", {"all"})
    here.grant_group("/비밀", "Board")
    here.grant_group("/비밀", "board")
    assert there.has_members("Board") and not there.has_members("board")
    (told,) = there.all()
    assert (told.readers, told.groups) == ((), ("Board", "board"))
    seen = [there.hidden_from(one) for one in (kim, lee, None)]
    assert seen == [(), ("/비밀",), ("/비밀",)]
    memory = tables_in_memory("accounts")
    with two[0].reading() as source, memory.changing() as target:
        copy_tables("accounts", source, target)
    assert Collections(memory).all() == [told] and Collections(memory).hidden_from(kim) == ()
    memory.close()
    # Groups are those of the last login.
    lee = accounts.of_subject("https://login.example 2", "lee", "reader", {"Board"})
    accounts.of_subject("https://login.example 1", "kim", "curator", ())
    assert (there.hidden_from(kim), there.hidden_from(lee)) == (("/비밀",), ())
    accounts.remove("lee")
    other = accounts.add("lee", "reader", PASSWORD)
    assert there.hidden_from(other) == ("/비밀",), "an account of the same name is another one"
    lee = accounts.of_subject("https://login.example 3", "min", "reader", {"Board"})
    here.withdraw_group("/비밀", "Board")
    assert there.hidden_from(lee) == ("/비밀",), "it stays closed"
    with pytest.raises(AccountError, match="not granted to the group"):
        here.withdraw_group("/비밀", "Board")
    here.open("/비밀")
    here.close("/비밀")
    assert there.all()[0].groups == ()


def test_lines_of_the_audit_come_back_and_move(two: tuple[Tables, Tables]) -> None:
    audit, other = (Audit(tables, FOR_EVER) for tables in two)
    audit.note("kim", "asked", "page", "127.0.0.1")
    other.note("", "login failed", "x" * 300)
    newest, oldest = audit.lines(10)
    assert (oldest.who, oldest.action, oldest.detail) == ("kim", "asked", "page")
    assert len(newest.detail) == 200
    assert audit.lines(1) == [newest]
    memory = tables_in_memory("accounts")
    with two[0].reading() as source, memory.changing() as target:
        copy_tables("accounts", source, target)
    assert Audit(memory, FOR_EVER).lines(10) == [newest, oldest]
    memory.close()


def test_old_lines_of_the_audit_are_forgotten(two: tuple[Tables, Tables]) -> None:
    def noted_before(days: float) -> None:
        at = datetime.now(UTC) - timedelta(days=days)
        row = {"at": at.isoformat(timespec="seconds"), "who": "kim", "action": "asked"}
        with two[0].changing() as connection:
            connection.run("add_audit", {**row, "detail": str(days), "address": ""})

    def kept() -> list[str]:
        return [one.detail for one in Audit(two[0], FOR_EVER).lines(10)]

    for days in (400, 8, 6):
        noted_before(days)
    for_ever, week = Audit(two[1], FOR_EVER), Audit(two[1], WEEK)
    for_ever.note("kim", "asked", "now")
    assert kept() == ["now", "6", "8", "400"]
    week.note("kim", "asked", "again")
    assert kept() == ["again", "now", "6"]
    # It looks once a day, not at every line.
    noted_before(9)
    week.note("kim", "asked", "and again")
    assert kept() == ["and again", "9", "again", "now", "6"]
    Audit(two[1], WEEK).note("kim", "asked", "after a new start")
    assert "9" not in kept()
