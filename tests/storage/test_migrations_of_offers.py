from __future__ import annotations

from typing import Any

import msgspec
from old_markets import upgrade_to
from sqlalchemy import Connection, select, text

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.catalog.tables import ranks
from sellingpartner.market.market import Market
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.storage.database import Database

US = BY_COUNTRY["US"].marketplace_id
ASIN = "B0MUG00001"
PROFILE = {"contact": {"name": "Ada", "address": {"line1": "1 Hill", "state": "OR", "country_code": "US"}}}


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def lists(connection: Connection, seller_id: str, price: int, **more: object) -> None:
    listing: dict[str, Any] = {"seller_id": seller_id, "sku": "MUG", "marketplace_id": US, "asin": ASIN}
    listing |= {"price_minor": price, "price_currency": "USD", "condition": "New", "condition_subtype": "New"}
    listing |= {"status": "ACTIVE", "fulfillment_channel": "MFN", "handling_days": 2, "is_regulated": False}
    insert(connection, "listings", **(listing | more), created_at=1, updated_at=1)


def test_what_an_old_market_has_on_sale_are_offers_that_compete(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0003")
        for seller_id, price, on_hand in (("S1", 1000, 0), ("S2", 1100, 3), ("S3", 1090, 5)):
            profile = msgspec.json.encode(PROFILE)
            insert(connection, "sellers", seller_id=seller_id, name="Ada", region="na", profile=profile, joined_at=1)
            lists(connection, seller_id, price)
            stock = {"seller_id": seller_id, "sku": "MUG", "condition": "SELLABLE", "on_hand": on_hand, "reserved": 0}
            insert(connection, "stocks", **stock, place="SELLER")
        lists(connection, "S1", 900, sku="MUG-OFF", status="INACTIVE")
        lists(connection, "S2", 1101, sku="MUG-FBA", fulfillment_channel="AFN")
        insert(connection, "stocks", **(stock | {"seller_id": "S2", "sku": "MUG-FBA"}), place="FBA")
    database.close()

    market = Market.open(blank_database_url)
    with market.read() as unit:
        contest = contest_of(unit, US, ASIN)
    market.close()

    assert [(one.offer.seller_id, one.offer.sku) for one in contest.available("New")] == [
        ("S3", "MUG"),
        ("S2", "MUG"),
        ("S2", "MUG-FBA"),
    ]
    assert len(contest.contenders) == 4
    assert {one.merchant.state for one in contest.contenders} == {"OR"}
    assert (contest.featured["New"].seller_id, contest.featured["New"].sku) == ("S2", "MUG-FBA")


def test_what_is_featured_in_an_older_market_is_found_first(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0036")
        for asin in ("B0OFFERED0", "B0NOBODYS0"):
            nowhere = {"display_group": "", "classification_id": ""}
            insert(connection, "catalog_ranks", asin=asin, marketplace_id=US, **nowhere, score=0)
        for asin, condition, seller_id in (
            ("B0OFFERED0", "NEW", "A2SHOP"),
            ("B0OFFERED0", "USED", "A3SHOP"),
            ("B0NOBODYS0", "NEW", None),
        ):
            featured = {"marketplace_id": US, "asin": asin, "condition": condition, "seller_id": seller_id}
            insert(connection, "featured_offers", **featured, since=1)
    database.close()

    market = Market.open(blank_database_url)
    with market.read() as unit:
        found = {row.asin: row.featured for row in unit.execute(select(ranks.c.asin, ranks.c.featured))}
    market.close()

    assert found == {"B0OFFERED0": 2, "B0NOBODYS0": 0}
