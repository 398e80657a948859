from __future__ import annotations

import re
import socket
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from sellingpartner.market import demo
from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.market import Market
from sellingpartner.server.process.demo_world import HalfBuilt, has_demo_world, prepare_demo_world
from sellingpartner.server.process.opening import (
    check_models,
    check_port,
    check_queues,
    check_timeout,
    is_in_memory,
    make_own_folder,
    open_market,
)
from sellingpartner.server.process.settings import DEFAULT_DATABASE, CannotServe, Settings
from sellingpartner.testing import TestMarket


def refusal_of(*, database: str = DEFAULT_DATABASE, seed: int | None = None) -> str:
    """The one line that refuses to open a market."""
    with pytest.raises(CannotServe) as refusal:
        open_market(Settings(database=database, seed=seed))
    message = str(refusal.value)
    assert "\n" not in message
    return message


def test_a_folder_without_models_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CannotServe, match=r"There are no models in .*; after --models"):
            check_models(Settings(models=folder))
    (tmp_path / "orders-api-model").mkdir()
    (tmp_path / "orders-api-model" / "ordersV0.json").write_text("{}")

    check_models(Settings(models=tmp_path))


@pytest.mark.parametrize("queues", ["", "asw", "127.0.0.1:4566", "ftp://127.0.0.1/", "http://", "http://host:x"])
def test_queues_that_are_nowhere_are_refused(queues: str) -> None:
    with pytest.raises(CannotServe, match="says not where queues are; write aws, none, or an endpoint's URL"):
        check_queues(Settings(queues=queues))


@pytest.mark.parametrize("queues", ["aws", "none", "http://127.0.0.1:4566", "https://queues.example"])
def test_queues_that_are_somewhere_are_taken(queues: str) -> None:
    check_queues(Settings(queues=queues))


@pytest.mark.parametrize(
    ("database", "why"),
    [
        ("market.db", "is not a database URL; write sqlite:///market.db or postgresql://"),
        ("mysql://localhost/x", "SQLite or PostgreSQL, not in mysql"),
        ("sqlite:////no/such/folder/market.db", "There is no folder /no/such/folder"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "cannot be used"),
    ],
)
def test_a_database_that_is_none_is_refused(database: str, why: str) -> None:
    message = refusal_of(database=database)

    assert why in message
    assert "secret" not in message


@pytest.mark.parametrize("seconds", [0, -1, 0.01, 1e9, float("nan"), float("inf")])
def test_a_patience_that_databases_would_take_for_none_or_for_ever_is_refused(seconds: float) -> None:
    with pytest.raises(CannotServe, match=r"choose from 0\.1 to 3600 with --database-timeout"):
        check_timeout(Settings(database_seconds=seconds))


def test_the_driver_of_postgresql_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    assert "pip install 'sellingpartner[postgres]'" in refusal_of(database="postgres://user@host/name")


def test_the_folder_of_a_market_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / ".spapi"

    make_own_folder(folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / ".gitignore").read_text() == "*\n"


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada, this is a letter and not a database, however long it gets. " * 20)
    before = path.read_bytes()

    assert "not a database" in refusal_of(database=f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.commit()
    connection.close()

    assert "not a market's (songs)" in refusal_of(database=f"sqlite:///{tmp_path}/other.db")


def test_a_database_of_another_version_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/market.db"
    Market.open(url).close()
    connection = sqlite3.connect(tmp_path / "market.db")
    connection.execute("DELETE FROM alembic_version")
    connection.execute("INSERT INTO alembic_version VALUES ('99999')")
    connection.commit()
    connection.close()

    assert "another version of this market (revision 99999" in refusal_of(database=url)


def test_a_market_keeps_its_seed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/market.db"
    open_market(Settings(database=url, seed=7)).close()

    assert "was made with seed 7, not 8" in refusal_of(database=url, seed=8)
    again = open_market(Settings(database=url))
    assert again.seed == 7
    again.close()


def test_the_default_folder_is_made_and_kept_out_of_version_control(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    open_market(Settings()).close()

    assert sorted(one.name for one in (tmp_path / ".spapi").iterdir()) == [".gitignore", "market.db"]


def test_a_default_folder_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".spapi").write_text("in the way")

    assert re.search("The folder .spapi cannot be made: File exists", refusal_of())


@pytest.mark.parametrize(
    ("database", "is_memory"), [("sqlite://", True), ("sqlite:///:memory:", True), ("sqlite:///.spapi/m.db", False)]
)
def test_a_market_in_memory_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str, *, is_memory: bool
) -> None:
    monkeypatch.chdir(tmp_path)

    assert is_in_memory(Settings(database=database)) is is_memory


@pytest.mark.parametrize(
    ("host", "port", "why"),
    [
        ("127.0.0.1", 0, "Port 0 does not exist"),
        ("127.0.0.1", 65_536, "choose one from 1 to 65535"),
        ("203.0.113.1", 8000, "Choose another --host"),
        ("no.such.host.invalid", 8000, "Choose another --host"),
    ],
)
def test_a_place_where_nobody_can_listen_is_refused(host: str, port: int, why: str) -> None:
    with pytest.raises(CannotServe, match=why):
        check_port(Settings(host=host, port=port))


def test_a_taken_port_is_refused_and_a_free_one_stays_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=f"Port {port} is taken on 127.0.0.1"):
            check_port(Settings(port=port))

    check_port(Settings(port=port))
    check_port(Settings(port=port))


def test_a_port_for_tls_is_another_one_that_is_free() -> None:
    with socket.socket() as taken, socket.socket() as free:
        for each in (taken, free):
            each.bind(("127.0.0.1", 0))
        taken.listen()
        port, other = taken.getsockname()[1], free.getsockname()[1]
        free.close()
        with pytest.raises(CannotServe, match=f"Port {port} is taken on .*; stop .*, or choose another --tls-port"):
            check_port(Settings(port=other, tls_port=port))
    with pytest.raises(CannotServe, match="cannot speak HTTP and TLS; choose another --tls-port"):
        check_port(Settings(port=port, tls_port=port))


def test_a_demo_world_of_another_version_is_served_as_it_is() -> None:
    market = Market.open()
    market.remember("demo world begun", "0")
    market.remember("demo world", "0")

    prepare_demo_world(market, Settings())

    assert has_demo_world(market)
    assert market.known("demo world") == "0"
    with market.read() as unit:
        assert all_sellers(unit) == []
    market.close()


@pytest.mark.parametrize("has_demo", [True, False])
def test_a_demo_world_that_was_left_half_built_is_never_served(*, has_demo: bool) -> None:
    market = Market.open()
    market.remember("demo world begun", demo.VERSION)

    with pytest.raises(HalfBuilt, match="left half built; empty that database"):
        prepare_demo_world(market, Settings(has_demo=has_demo))
    market.close()


def test_the_demo_world_is_built_only_where_it_is_wanted_and_nobody_sells_yet(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Market.open()
    built: list[Market] = []
    monkeypatch.setattr(demo, "build_demo_world", lambda where, _progress: built.append(where))

    prepare_demo_world(empty, Settings(has_demo=False))
    prepare_demo_world(market.market, Settings())
    assert built == []
    prepare_demo_world(empty, Settings())

    assert built == [empty]
    empty.close()
