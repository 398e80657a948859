"""What lay at Amazon in an older market lies in the first center of its seller's home, and what moved moved there."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from old_markets import upgrade_to
from sqlalchemy import Connection, text
from stock_taker import faults_of_stock

from sellingpartner.market.centers.questions import point_of
from sellingpartner.market.inventory.commands import Near, pick, reserve
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import AtCenter, movements_of, units_at_centers
from sellingpartner.market.market import Market
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.database import Database

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ADA, BO, CY = "A1ADA", "A2BO", "A3CY"
SHOPS = {ADA: ["ATVPDKIKX0DER"], BO: ["A1F83G8C2ARO7P", "A1PA6795UKMFR9"], CY: ["A2EUQ1WTGCTBG2", "ATVPDKIKX0DER"]}
IN_GERMANY = {"business": {"address": {"country_code": "DE"}}}
STOCKS = (
    ("LAMP", "SELLABLE", "FBA", 7, 2),
    ("LAMP", "DEFECTIVE", "FBA", 1, 0),
    ("GONE", "SELLABLE", "FBA", 0, 0),
    ("MUG", "SELLABLE", "SELLER", 9, 0),
)


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def begin(database_url: str) -> Market:
    """A market of the revision before, in which three sellers have units at Amazon, brought up to date."""
    database = Database(database_url)
    at = microseconds(BEGIN)
    with database.remake() as connection:
        upgrade_to(connection, "0045")
        for seller_id, shops in SHOPS.items():
            profile = msgspec.json.encode({"business_type": "INDIVIDUAL"} | (IN_GERMANY if seller_id == BO else {}))
            said = {"name": "Shop", "region": "NA", "profile": profile, "joined_at": at}
            insert(connection, "sellers", seller_id=seller_id, **said)
            for shop in shops:
                entered: dict[str, object] = {
                    "store_name": "Shop",
                    "is_participating": True,
                    "has_suspended_listings": False,
                }
                entered["account_status"] = "NORMAL"
                insert(connection, "participations", seller_id=seller_id, marketplace_id=shop, **entered)
            _stock(connection, seller_id, at)
            insert(connection, "counters", seller_id=seller_id, name="rows", value=100)
    database.close()
    return Market.open(database_url, at=BEGIN)


def _stock(connection: Connection, seller_id: str, at: int) -> None:
    for number, (sku, condition, place, on_hand, reserved) in enumerate(STOCKS, start=1):
        key = {"seller_id": seller_id, "sku": sku, "condition": condition, "place": place}
        insert(connection, "stocks", **key, on_hand=on_hand, reserved=reserved)
        moved = key | {"reason": "RECEIVED", "reference": "before", "moved_at": at}
        if on_hand:
            insert(
                connection, "stock_movements", **moved, movement_id=number, on_hand_change=on_hand, reserved_change=0
            )
        if reserved:
            promised = {"on_hand_change": 0, "reserved_change": reserved}
            insert(connection, "stock_movements", **moved, movement_id=number + 10, **promised)


def test_what_lay_at_amazon_lies_in_the_first_center_of_its_sellers_home(blank_database_url: str) -> None:
    market = begin(blank_database_url)

    for seller_id, code in ((ADA, "PHX6"), (BO, "LEJ1"), (CY, "YYZ4")):
        with market.read(seller_id) as unit:
            assert faults_of_stock(unit) == []
            assert units_at_centers(unit, ["LAMP", "GONE", "MUG"]) == [
                AtCenter("LAMP", Condition.DEFECTIVE, code, 1),
                AtCenter("LAMP", Condition.SELLABLE, code, 7),
            ]
            assert [one.center for one in movements_of(unit, "LAMP")] == [code, code, None]
            assert [one.center for one in movements_of(unit, "MUG")] == [None]
    market.close()


def test_what_lay_there_leaves_from_there(blank_database_url: str) -> None:
    market = begin(blank_database_url)

    with market.write(BO) as unit:
        reserve(unit, "LAMP", Place.FBA, 3, reference="order")
        picked = pick(unit, {"LAMP": 5}, Place.FBA, reference="order", near=Near("GB", point_of("GB", "SW1A 1AA")))
    with market.read(BO) as unit:
        assert faults_of_stock(unit) == []
    market.close()

    assert picked == {"LEJ1": {"LAMP": 5}}
