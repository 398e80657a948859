from __future__ import annotations

from typing import Any

import msgspec
from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.identifiers import Kind
from sellingpartner.market.catalog.questions import Query, item_of, items_by_identifier, rank_of, search, title_of
from sellingpartner.market.market import Market
from sellingpartner.storage.database import Database

US, CA = (BY_COUNTRY[code].marketplace_id for code in ("US", "CA"))

MUG: dict[str, Any] = {
    "asin": "B0MUG00001",
    "product_type": "MUG",
    "title": "Kaffeebecher „Blau“",
    "brand": "Harbor",
    "bullet_points": b'["Holds 350 ml","Dishwasher safe"]',
    "description": "A mug.",
    "color": "Blue",
    "size": "350 ml",
    "material": "Ceramic",
    "browse_node_id": "9003100121",
    "gtin": "012345600012",
    "weight_grams": 410,
    "length_mm": 120,
    "width_mm": 85,
    "height_mm": 95,
    "list_price_minor": 1999,
    "list_price_currency": "USD",
    "parent_asin": None,
    "variation_theme": "COLOR",
    "image_url": None,
    "sales_rank": None,
    "added_at": 1_790_000_000_000_000,
}
BARE = dict.fromkeys(MUG) | {
    "asin": "B0BARE0001",
    "product_type": "GOODS",
    "title": "Something",
    "brand": "",
    "bullet_points": b"[]",
    "gtin": "012345600013",  # a wrong check digit
    "added_at": 1_790_000_000_000_001,
}
PLAIN = MUG | {"asin": "B0MUG00002", "title": "Plain mug", "gtin": None, "sales_rank": 3}
SALE = {
    "marketplace_id": US,
    "purchased_at": "2026-10-01T12:00:00Z",
    "order_id": "114-0000000-0000001",
    "lines": [{"asin": "B0MUG00001", "quantity": 2, "sku": "MUG", "amounts": {}}],
}


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def old_market(url: str) -> None:
    """A market of the revision before, with items, a seller who lists one of them, and a sale."""
    database = Database(url)
    with database.remake() as connection:
        upgrade_to(connection, "0002")
        for row in (MUG, PLAIN, BARE):
            insert(connection, "catalog_items", **row)
        insert(connection, "sellers", seller_id="S1", name="Ada", region="NA", profile=b"{}", joined_at=1)
        insert(
            connection,
            "participations",
            seller_id="S1",
            marketplace_id=CA,
            store_name="Ada",
            is_participating=True,
            has_suspended_listings=False,
        )
        listing = {"seller_id": "S1", "sku": "MUG", "marketplace_id": US, "asin": "B0MUG00001", "price_minor": 1}
        listing |= {"price_currency": "USD", "condition": "New", "condition_subtype": "New", "status": "ACTIVE"}
        listing |= {"fulfillment_channel": "MFN", "handling_days": 2, "is_regulated": False}
        insert(connection, "listings", **listing, created_at=1, updated_at=1)
        fact = msgspec.json.encode(SALE)
        insert(connection, "events", seller_id="S1", event_id=1, happened_at=1, kind="OrderPlaced", fact=fact)
    database.close()


def test_the_items_of_an_old_market_get_attributes_of_their_columns(blank_database_url: str) -> None:
    old_market(blank_database_url)

    market = Market.open(blank_database_url)
    with market.read() as unit:
        mug = item_of(unit, "B0MUG00001")
        bare = item_of(unit, "B0BARE0001")
        found = items_by_identifier(unit, Kind.UPC, "012345600012", US)
        ranks = [rank_of(unit, asin, marketplace) for asin, marketplace in (("B0MUG00001", US), ("B0MUG00002", CA))]
        words = search(unit, Query(marketplace_id=US, keywords=("kaffeebecher blau",)))
        assert title_of(unit, "B0MUG00001", US) == "Kaffeebecher „Blau“"
    market.close()

    assert (mug.marketplaces, bare.marketplaces) == ((US,), (CA,))
    assert mug.texts("bullet_point", US) == ["Holds 350 ml", "Dishwasher safe"]
    assert mug.list_price(US, "USD") == Money(1999, "USD")
    dimensions, weight = mug.package_dimensions(US), mug.item_weight(US)
    assert dimensions is not None
    assert dimensions.height.millimeters == 95
    assert weight is not None
    assert weight.grams == 410
    assert (mug.classification_id, mug.variation_theme, mug.number) == ("9003100121", "COLOR", 1)
    assert bare.attributes == {"item_name": [{"value": "Something"}]}
    assert (found, words.numbers) == (["B0MUG00001"], (1,))
    assert [rank and (rank.display_group, rank.rank) for rank in ranks] == [("home_display_on_website", 1)] * 2
