"""A market saved as one file, and gone on from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.market import demo
from sellingpartner.market.events.orders import OrderPlaced
from sellingpartner.market.market import Market
from sellingpartner.market.time.clock import real_now
from sellingpartner.market.worlds.loading import load, restore
from sellingpartner.market.worlds.saving import image, save
from sellingpartner.market.worlds.world import Access, NotAWorld, access_in, place_of, world_in
from sellingpartner.storage.database import MEMORY
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START


@pytest.fixture
def small() -> Iterator[Market]:
    """A market with buyers who go on coming."""
    market = Market.open(seed=7)
    market.freeze()
    demo.build_demo_world(market, skus=12, orders=40, items=12)
    demo.set_buyers(market, come=True)
    yield market
    market.close()


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that happened in a market file, and all that is to happen."""
    with closing(sqlite3.connect(path)) as file:
        found = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('market', 'clocks')")
        tables = [name for (name,) in found.fetchall()]
        file.execute("ALTER TABLE documents DROP COLUMN store_key")  # where a document lies is no part of a world
        columns = {name: "bytes" if name == "world_documents" else "*" for name in tables}  # nor is its key there
        return {name: sorted(file.execute(f"SELECT {columns[name]} FROM {name}"), key=repr) for name in tables}


def test_a_world_goes_on_the_same_way_wherever_it_is_loaded(small: Market, tmp_path: Path) -> None:
    save(small, tmp_path / "begin.world")
    copy = Market.open()

    load(tmp_path / "begin.world", copy)
    for market, name in ((small, "one"), (copy, "other")):
        market.advance(timedelta(days=5))
        save(market, tmp_path / f"{name}.world")
    copy.close()

    one, other = rows(tmp_path / "one.world"), rows(tmp_path / "other.world")
    assert len(one["orders"]) > len(rows(tmp_path / "begin.world")["orders"])
    assert one == other


def test_a_world_is_the_owners_alone_and_says_what_it_is(market: TestMarket, tmp_path: Path) -> None:
    access = Access(client_id="amzn1.id", client_secret="a secret", refresh_token="Atzr|token")

    said = save(market.market, tmp_path / "kept.world", credentials=access)

    assert (tmp_path / "kept.world").stat().st_mode & 0o077 == 0
    assert world_in(tmp_path / "kept.world") == said
    assert (said.name, said.seed, said.at) == ("kept", 1, market.now)
    assert access_in(tmp_path / "kept.world") == access


def test_writers_go_on_while_a_world_is_saved(tmp_path: Path) -> None:
    market = Market.open(f"sqlite:///{tmp_path}/market.db")
    stop, failed = Event(), list[Exception]()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                market.remember(f"note {number}", "kept")
            except Exception as reason:  # noqa: BLE001 - whatever it is, it fails the test
                failed.append(reason)

    writer = Thread(target=write)
    writer.start()
    for _ in range(3):
        save(market, tmp_path / "busy.world")
    stop.set()
    writer.join()
    market.close()

    assert failed == []
    with closing(sqlite3.connect(tmp_path / "busy.world")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_open_market_is_another_one_when_a_world_was_loaded(tmp_path: Path) -> None:
    with TestMarket(url=f"sqlite:///{tmp_path}/m.db") as market:
        market.buys("MUG-BLUE")
        asked = GetOrders(marketplace_ids=[market.marketplace_id], created_after="2026-11-01T00:00:00Z")
        market.seller.send(asked)  # with a token that the world will know
        save(market.market, tmp_path / "one.world")
        market.buys("MUG-RED")
        market.advance(minutes=10)
        assert len(market.seller.send(asked).payload.orders) == 2

        load(tmp_path / "one.world", market.market)

        assert market.now == world_in(tmp_path / "one.world").at
        market.advance(minutes=10)
        assert len(market.seller.send(asked).payload.orders) == 1
        market.buys("MUG-RED")
        market.advance(minutes=10)
        assert len(market.seller.send(asked).payload.orders) == 2


def test_a_market_in_memory_goes_back_to_an_image_of_it(market: TestMarket) -> None:
    kept = image(market.market)
    order_id = market.buys("MUG-BLUE")
    market.advance(days=1)

    restore(market.market, kept)

    assert market.facts("OrderPlaced") == []
    assert market.now.day == 2
    assert market.buys("MUG-BLUE") == order_id


def test_what_is_no_world_is_refused_and_changes_nothing(market: TestMarket, tmp_path: Path) -> None:
    (tmp_path / "text.world").write_text("no database")
    sqlite3.connect(tmp_path / "empty.world").close()
    newer = tmp_path / "newer.world"
    save(market.market, newer)
    with closing(sqlite3.connect(newer, isolation_level=None)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")

    for name, why in (("text", "not a database"), ("empty", "no such table"), ("newer", "another version")):
        with pytest.raises(NotAWorld, match=why):
            load(tmp_path / f"{name}.world", market.market)
    with pytest.raises(NotFound, match="spapi world list"):
        load(tmp_path / "none.world", market.market)

    market.buys("MUG-BLUE")


ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"


@pytest.mark.parametrize("kinds", [("memory", "file"), ("file", "memory"), ("file", "file")], ids="-".join)
def test_a_document_travels_with_its_world_and_no_other_stays(kinds: tuple[str, str], tmp_path: Path) -> None:
    here, there = (MEMORY if kind == "memory" else f"sqlite:///{tmp_path}/{n}.db" for n, kind in enumerate(kinds))
    with TestMarket(here) as market, TestMarket(there) as other:
        order_id = market.buys("MUG-BLUE")
        made = market.report(ORDERS, start=START - timedelta(days=1))
        other.market.documents.put("of/another/world", iter([b"what was there before"]))
        save(market.market, tmp_path / "with-a-report.world")

        load(tmp_path / "with-a-report.world", other.market)
        found = other.report_of(made.report.report_id)

        assert (found.status, found.content, found.content_type) == ("DONE", made.content, made.content_type)
        assert [row["amazon-order-id"] for row in found.rows] == [order_id]
        keys = list(other.market.documents.kept_before(real_now() + timedelta(days=1)))
        assert len(keys) == 1
        assert keys[0] != "of/another/world"


@pytest.mark.parametrize(
    ("said", "path"), [("before-sale", ".spapi/worlds/before-sale.world"), ("./x", "x"), ("a.world", "a.world")]
)
def test_a_world_is_named_or_a_path(said: str, path: str) -> None:
    assert place_of(said) == Path(path)


def test_a_world_goes_from_postgresql_to_a_file_and_back(postgres_url: str, tmp_path: Path) -> None:
    with TestMarket(url=postgres_url) as market:
        order_id = market.buys("MUG-BLUE")
        save(market.market, tmp_path / "from.world")
        market.buys("MUG-RED")

        load(tmp_path / "from.world", market.market)

        assert [fact.order_id for fact in market.facts(OrderPlaced)] == [order_id]
        save(market.market, tmp_path / "again.world")
    assert rows(tmp_path / "from.world") == rows(tmp_path / "again.world")
