"""A market from before Amazon shipped for other shops: its sellers may ask for that, out of what already lay there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.market import Market
from sellingpartner.market.outbound.questions import page_of_fulfillments
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.database import Database

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ADA = "A1ADA"


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def begin(database_url: str) -> Market:
    """A market of the revision before, brought up to date."""
    database = Database(database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0042")
        profile = msgspec.json.encode({"business_type": "INDIVIDUAL"})
        said = {"name": "Shop", "region": "NA", "profile": profile, "joined_at": microseconds(BEGIN)}
        insert(connection, "sellers", seller_id=ADA, **said)
        lamp = {"seller_id": ADA, "sku": "LAMP", "condition": "SELLABLE", "place": "FBA"}
        insert(connection, "stocks", **lamp, on_hand=7, reserved=0)
    database.close()
    return Market.open(database_url, at=BEGIN)


def test_nobody_had_asked_for_anything(blank_database_url: str) -> None:
    market = begin(blank_database_url)

    with market.read(ADA) as unit:
        assert page_of_fulfillments(unit, None, None, 20).orders == []
        assert stock_of(unit, "LAMP", Place.FBA).on_hand == 7
    market.advance(timedelta(days=1))
    market.close()
