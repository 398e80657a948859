"""Worlds, by hand: where a market runs, and where none does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sellingpartner.cli.reach.transport import through
from sellingpartner.env_file import read_env
from sellingpartner.market.market import Market
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.process.credentials import Credentials, ready_credentials
from sellingpartner.server.process.settings import Settings
from sellingpartner.server.process.worlds import shelf_of
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]
FILE = Path(".spapi/credentials.env")


@pytest.fixture
def served(spapi: Spapi, market: TestMarket, tmp_path: Path) -> Spapi:
    """The command; it talks to a market that keeps worlds in its folder."""
    desk = Desk(
        market=market.market,
        journal=market.server.journal,
        health=market.server.health,
        limits=Limits.OFF,
        sandbox=market.door,
        worlds=shelf_of(market.market, Settings(), tmp_path / ".spapi" / "worlds"),
    )
    market.server.mount(PREFIX, Control(desk, "the-key"))
    return spapi


@pytest.fixture
def alone(spapi: Spapi) -> Iterator[Spapi]:
    """The command, where no market runs."""

    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nobody", request=request)

    with through(httpx2.MockTransport(refuse)):
        yield spapi


def test_a_running_market_goes_back_to_a_world(served: Spapi, market: TestMarket, ready: Credentials) -> None:
    served("world", "save", "before")
    market.buys("MUG-BLUE")
    served("clock", "advance", "P1D")
    FILE.unlink()

    shown = served("world", "load", "before")

    assert "Credentials  in it" in shown.out
    assert (market.facts("OrderPlaced"), served("clock", "now").out) == ([], "2026-11-02T09:00:00Z\n")
    kept = read_env(FILE)
    assert kept["SP_API_CLIENT_SECRET"] == ready.client_secret
    assert kept["SP_API_REFRESH_TOKEN"] == ready.refresh_token
    assert [one["name"] for one in served("world", "list", "--json").json()["worlds"]] == ["before"]
    assert served("world", "delete", "before").out == "before deleted\n"
    assert served("world", "load", "before").err.startswith("spapi: There is no world 'before'")


def test_loading_a_world_without_credentials_says_so_at_once(served: Spapi, ready: Credentials) -> None:
    served("world", "save", "bare", "--no-credentials")
    served("world", "save", "whole")

    assert "No credentials are in this world" in served("world", "load", "bare").err
    assert read_env(FILE)["SP_API_CLIENT_ID"]
    assert served("world", "load", "whole").err == ""


@pytest.mark.parametrize("name", ["Before", "../before", "a" * 65])
def test_a_name_leads_nowhere_else(served: Spapi, name: str) -> None:
    assert served("world", "save", name).code != 0
    assert not Path(".spapi/worlds").exists()


def test_a_file_that_is_no_world_is_not_put_beside_the_market_and_hides_none(served: Spapi) -> None:
    served("world", "save", "before")
    Path("bad.world").write_text("no database")
    with closing(sqlite3.connect("half.world", isolation_level=None)) as file:
        file.execute("CREATE TABLE market (name, value)")
        file.execute("INSERT INTO market VALUES ('seed', '1')")

    refused = [served("world", "load", f"./{name}.world") for name in ("bad", "half")]
    Path("bad.world").rename(".spapi/worlds/bad.world")
    listed = served("world", "list", "--json").json()["worlds"]

    assert ["is no world" in one.err for one in refused] == [True, True]
    assert [path.name for path in sorted(Path(".spapi/worlds").iterdir())] == ["bad.world", "before.world"]
    assert [one["name"] for one in listed] == ["before"]


def test_a_world_from_elsewhere_is_its_owners_alone_beside_the_market(served: Spapi) -> None:
    served("world", "save", "before")
    Path("given.world").write_bytes(Path(".spapi/worlds/before.world").read_bytes())
    Path("given.world").chmod(0o644)
    Path("Mine_1.world").write_bytes(Path("given.world").read_bytes())

    assert served("world", "load", "./given.world").code == 0
    assert Path(".spapi/worlds/given.world").stat().st_mode & 0o777 == 0o600
    assert "is no name of a world" in served("world", "load", "./Mine_1.world").err
    assert not Path(".spapi/worlds/Mine_1.world").exists()


def test_where_no_market_runs_its_file_is_saved_loaded_and_forked(alone: Spapi) -> None:
    missing = alone("world", "save", "first")
    Path(".spapi").mkdir(exist_ok=True)
    market = Market.open("sqlite:///.spapi/market.db", seed=3)
    ready = ready_credentials(market, FILE, "http://127.0.0.1:8000")
    market.close()

    assert "There is no market in .spapi/market.db" in missing.err
    assert "Seed         3" in alone("world", "save", "first").out
    assert alone("world", "save", "./other.db").code == 0
    said = alone("world", "fork", "mine", "--of", "first").out
    assert "spapi serve --database sqlite:///.spapi/worlds/mine/market.db" in said
    assert read_env(Path(".spapi/worlds/mine/credentials.env"))["SP_API_REFRESH_TOKEN"] == ready.refresh_token
    loaded = alone("world", "load", "other.db", "--database", "sqlite:///new.db")
    assert (loaded.code, loaded.err) == (0, "")
    assert alone("world", "save", "./bare.db", "--no-credentials").code == 0
    bare = alone("world", "load", "bare.db", "--database", "sqlite:///bare_new.db")
    assert "`spapi serve` writes some" in bare.err
    with closing(sqlite3.connect("new.db")) as file:
        assert file.execute("SELECT value FROM market WHERE name = 'seed'").fetchone() == ("3",)
    assert "There is a market in" in alone("world", "fork", "mine", "--of", "first").err
    assert [line.split()[0] for line in alone("world", "list").out.splitlines()] == ["Name", "first"]
    assert alone("world", "show", "first", "--json").json()["seed"] == 3


def test_worlds_are_held_against_each_other_and_the_market(served: Spapi, market: TestMarket) -> None:
    served("world", "save", "before")
    assert served("world", "diff", "before").out.endswith("They are the same.\n")
    order_id = market.buys("MUG-BLUE")
    served("world", "save", "after")

    with_the_market = served("world", "diff", "before").out
    between = served("world", "diff", "before", "after", "--limit", "1").out
    files = served("world", "diff", ".spapi/worlds/before.world", ".spapi/worlds/after.world", "--json").json()

    assert with_the_market.startswith("before is at 2026-11-02 09:00:00, the-market at 2026-11-02 09:00:00.")
    for told in (with_the_market, between):
        assert f"  order {order_id} only in " in told
        assert "  stock MUG-BLUE SELLABLE SELLER changed: reserved 0 -> 1" in told
    assert {one["context"]: one["second"] for one in files["contexts"]}["orders"] == 3
    assert served("world", "diff", "none", "after").err.startswith("spapi: There is no world 'none'")


def test_a_world_is_exported_and_scrubbed(served: Spapi, market: TestMarket) -> None:
    order_id = market.buys("MUG-BLUE")
    served("world", "save", "plain")
    served("world", "save", "clean", "--scrub")

    plain = served("world", "export", "plain", "orders").out
    clean = served("world", "export", "clean", "orders").out
    copied = served("world", "export", "plain", "orders", "--scrub", "--form", "csv", "--folder", "out").out

    assert order_id in plain
    assert "Larch Lane" in plain
    assert order_id in clean
    assert "Larch Lane" not in clean
    assert copied == "6 files in out\n"
    assert "Larch Lane" not in Path("out/orders.csv").read_text()
    assert served("world", "show", "clean", "--json").json()["hasCredentials"] is False
    assert "CSV is one table" in served("world", "export", "plain", "--form", "csv").err
    assert "has no 'ordres'" in served("world", "export", "plain", "ordres").err


def test_a_world_is_made_of_a_scenario_and_of_nothing_twice(alone: Spapi) -> None:
    made = alone("world", "new", "busy", "--scenario", "busy-seller", "--seed", "7")

    assert ("Seed         7" in made.out, "Credentials  in it" in made.out) == (True, True)
    assert alone("world", "export", "busy", "orders").out.count('{"table":"orders",') == 103
    assert "There is a world in" in alone("world", "new", "busy", "--scenario", "busy-seller").err
    assert "There is no scenario 'bussy'" in alone("world", "new", "other", "--scenario", "bussy").err
    assert "spapi serve --database" in alone("world", "fork", "mine", "--of", "busy", "--scrub").out
    assert "No market runs" in alone("world", "diff", "busy").err
