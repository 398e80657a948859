from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from demo_worlds import copy_of, copy_of_demo
from sqlalchemy import select

from sellingpartner.market.demo import build_demo_world, set_buyers
from sellingpartner.market.market import Market
from sellingpartner.storage.columns import metadata

PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SKUS, ORDERS = 20, 120
SECRET = {"token_hash", "secret_hash", "code_hash"}
REAL = {"real_at"}
PLACES = {"store_key"}
RUNNING_NUMBERS = {
    "event_id": "events",
    "movement_id": "stock_movements",
    "due_id": "schedule",
    "change_id": "featured_changes",
}

World = dict[str, list[dict[str, Any]]]


def world_of(market: Market) -> World:
    """Every row of every table, in the order of its key, but for secrets, real time and where documents lie."""
    world: World = {}
    with market.read() as unit:
        for table in metadata.sorted_tables:
            rows = unit.execute(select(table).order_by(*table.primary_key)).mappings()
            world[table.name] = [
                {name: value for name, value in row.items() if name not in SECRET | REAL | PLACES} for row in rows
            ]
    return world


def numbered_anew(world: World) -> World:
    """The world with running numbers counted from one in each table: how things are batched decides who draws first."""
    for column, table in RUNNING_NUMBERS.items():
        for number, row in enumerate(world[table]):
            row[column] = number
    world["counters"] = [row for row in world["counters"] if row["name"] != "rows"]
    return world


def demo(seed: int) -> Market:
    market = Market.open(at=PRESENT, seed=seed)
    build_demo_world(market, skus=SKUS, orders=ORDERS)
    return market


@pytest.fixture
def seventh() -> Iterator[Market]:
    """The world of seed 7; it is built once, for all that want it."""
    market, _ = copy_of_demo(PRESENT, seed=7, skus=SKUS, orders=ORDERS)
    yield market
    market.close()


def differing(one: World, other: World) -> list[str]:
    return [name for name in one if one[name] != other[name]]


def test_the_same_seed_builds_the_same_world_table_by_table(seventh: Market) -> None:
    other = demo(7)

    assert differing(world_of(seventh), world_of(other)) == []
    other.close()


def test_another_seed_builds_another_world(seventh: Market) -> None:
    other = demo(8)

    different = differing(world_of(seventh), world_of(other))

    assert {"sellers", "applications", "catalog_items", "listings", "orders", "events"} <= set(different)
    other.close()


def test_thirty_days_at_once_or_one_by_one_lead_to_the_same_world(seventh: Market) -> None:
    at_once, one_by_one = seventh, copy_of(seventh)
    set_buyers(at_once, come=True)
    set_buyers(one_by_one, come=True)
    orders = len(world_of(at_once)["orders"])

    happened = at_once.advance(timedelta(days=30))
    happened_by_day = sum(one_by_one.advance(timedelta(days=1)) for _ in range(30))

    assert happened == happened_by_day
    assert at_once.clock.now() == one_by_one.clock.now() == PRESENT + timedelta(days=30)
    world = numbered_anew(world_of(at_once))
    assert differing(world, numbered_anew(world_of(one_by_one))) == []
    assert len(world["orders"]) > orders + 30
    assert at_once.failures() == one_by_one.failures() == []
    one_by_one.close()


def test_a_world_on_postgresql_is_the_one_on_sqlite(postgres_url: str) -> None:
    there, here = Market.open(postgres_url, at=PRESENT, seed=7), Market.open(at=PRESENT, seed=7)
    build_demo_world(there, skus=20, orders=60)
    build_demo_world(here, skus=20, orders=60)

    assert differing(world_of(here), world_of(there)) == []
    there.close()
    here.close()
