"""Sources of an older market keep what lies at them, and the orders that went there."""

from __future__ import annotations

import msgspec
import pytest
from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.market.external.commands import open_location
from sellingpartner.market.external.model import Ships
from sellingpartner.market.external.questions import locations_of
from sellingpartner.market.inventory.commands import release, ship
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.market import Market
from sellingpartner.market.supply.commands import set_status
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import all_sources, stock_at
from sellingpartner.market.supply.stock import set_quantity
from sellingpartner.storage.database import Database

SELLER, SOURCE, SKU, ORDER = "A2SHOP", "6c5e8f5e-7a0b-4f6e-9c0e-3f0e2c1d4b5a", "MUG/1", "902-0000001-0000001"
SHED = {
    "supply_source_id": SOURCE,
    "code": "SHED",
    "alias": "The shed",
    "status": "Active",
    "address": {"name": "Shed", "addressLine1": "1 Quay", "stateOrRegion": "OR", "countryCode": "US"},
    "created_at": "2026-01-01T00:00:00Z",
    "updated_at": "2026-01-01T00:00:00Z",
    "capabilities": {"outbound": {"isSupported": True}},
}


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def begin(database_url: str, revision: str, *, has_units: bool) -> Market:
    """A market of a revision with a source, brought up to date."""
    database = Database(database_url)
    with database.remake() as connection:
        upgrade_to(connection, revision)
        mine = {"seller_id": SELLER}
        insert(connection, "sellers", **mine, name="Ada", region="NA", profile="{}", joined_at=1)
        document = msgspec.json.encode(SHED)
        source = mine | {"supply_source_id": SOURCE}
        insert(connection, "supply_sources", **source, number=1, code="SHED", status="Active", document=document)
        held = mine | {"sku": SKU, "condition": "SELLABLE", "place": "SELLER"}
        insert(connection, "stocks", **held, on_hand=10, reserved=2 if has_units else 0)
        if has_units:
            insert(connection, "source_stocks", **source, sku=SKU, on_hand=6, reserved=2)
            insert(connection, "source_draws", **source, order_id=ORDER, sku=SKU, quantity=2)
            insert(connection, "source_orders", **source, order_id=ORDER, assigned_at=1)
    database.close()
    return Market.open(database_url)


def test_a_source_that_knew_no_units_takes_some(blank_database_url: str) -> None:
    market = begin(blank_database_url, "0010", has_units=False)

    with market.write(SELLER) as unit:
        [source] = all_sources(unit)
        set_quantity(unit, SOURCE, SKU, 4)
        set_status(unit, SOURCE, Status.INACTIVE)
        set_status(unit, SOURCE, Status.ACTIVE)
        held = stock_at(unit, SOURCE, SKU)
    market.close()

    assert (source.code, source.alias, source.address.state_or_region) == ("SHED", "The shed", "OR")
    assert source.is_active
    assert source.delivers
    assert held.on_hand == 4


@pytest.mark.parametrize(("leave", "left"), [(ship, (4, 0)), (release, (6, 0))])
def test_what_an_order_holds_at_a_source_leaves_or_is_free_again(
    blank_database_url: str, leave: object, left: tuple[int, int]
) -> None:
    assert callable(leave)
    market = begin(blank_database_url, "0017", has_units=True)

    with market.write(SELLER) as unit:
        before = stock_at(unit, SOURCE, SKU)
        leave(unit, SKU, Place.SELLER, 2, reference=ORDER)
        after = stock_at(unit, SOURCE, SKU)
    market.close()

    assert (before.on_hand, before.reserved) == (6, 2)
    assert (after.on_hand, after.reserved) == left


def test_a_source_of_an_older_market_becomes_a_store(blank_database_url: str) -> None:
    market = begin(blank_database_url, "0041", has_units=True)

    with market.write(SELLER) as unit:
        location = open_location(unit, SOURCE, Ships.SELF)
        found = locations_of(unit)
        set_quantity(unit, SOURCE, SKU, 9)
        held = stock_at(unit, SOURCE, SKU)
    market.close()

    assert found == [location]
    assert (held.available, held.reserved) == (9, 2)
