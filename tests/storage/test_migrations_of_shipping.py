"""A market in which all parcels were of orders: they stay, and others may travel beside them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.market.amounts import Money
from sellingpartner.market.market import Market
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit
from sellingpartner.market.shipping.commands import purchase_directly
from sellingpartner.market.shipping.questions import find_parcel, latest_shipments, parcels_of_order, shipments_of_order
from sellingpartner.market.shipping.wishes import Experience, Sender, Wish
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.database import Database

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ADA, ORDER, SHIPMENT = "A1ADA", "902-0000001-0000001", "4f2b8c1e-0000-4000-a000-000000000001"
SENDER = {
    "name": "Shop",
    "line_1": "300 Turnbull Ave",
    "city": "Detroit",
    "postal_code": "48123",
    "country_code": "US",
    "email": "shop@harbor.example",
    "phone": "1",
    "state": "MI",
}
OLD_WISH = {
    "order_id": ORDER,
    "quantities": [["123", 1]],
    "sender": SENDER,
    "box": {"length": "10", "width": "8", "height": "4", "unit": "inches"},
    "weight": {"value": "20", "unit": "oz"},
    "experience": "NoTracking",
}
OLD_SHIPMENT = {
    "shipment_id": SHIPMENT,
    "order_id": ORDER,
    "marketplace_id": "ATVPDKIKX0DER",
    "wish": OLD_WISH,
    "bought": {
        "carrier_id": "UPS",
        "carrier_name": "UPS",
        "service_id": "UPS_PTP_GND",
        "service_name": "UPS Ground",
        "country": "US",
        "offer_id": "x",
        "total": {"minor": 1546, "currency": "USD"},
        "insured": {"minor": 10000, "currency": "USD"},
        "leaves_at": "2026-03-02T08:00:00Z",
        "earliest_at": "2026-03-04T08:00:00Z",
        "latest_at": "2026-03-05T08:00:00Z",
    },
    "label": {"format": "PDF"},
    "tracking_id": "1Z999",
    "created_at": "2026-03-02T08:00:00Z",
    "updated_at": "2026-03-02T08:00:00Z",
}
OLD_PARCEL = {
    "parcel_id": SHIPMENT,
    "order_id": ORDER,
    "shipment_id": SHIPMENT,
    "carrier_id": "UPS",
    "service": "UPS Ground",
    "tracking_id": "1Z999",
    "status": "LabelCreated",
    "scans": [{"at": "2026-03-02T08:00:00Z", "status": "LabelCreated"}],
}


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def begin(database_url: str) -> Market:
    """A market of the revision before, with a label and its parcel, brought up to date."""
    database = Database(database_url)
    at = microseconds(BEGIN)
    with database.remake() as connection:
        upgrade_to(connection, "0052")
        profile = msgspec.json.encode({"business_type": "INDIVIDUAL"})
        insert(connection, "sellers", seller_id=ADA, name="Shop", region="NA", profile=profile, joined_at=at)
        shipment = {"shipment_id": SHIPMENT, "order_id": ORDER, "status": "Purchased", "created_at": at}
        insert(connection, "shipments", seller_id=ADA, **shipment, document=msgspec.json.encode(OLD_SHIPMENT))
        parcel = {"parcel_id": SHIPMENT, "order_id": ORDER, "tracking_id": "1Z999", "status": "LabelCreated"}
        insert(connection, "parcels", seller_id=ADA, **parcel, document=msgspec.json.encode(OLD_PARCEL))
    database.close()
    return Market.open(database_url, at=BEGIN)


def test_labels_and_parcels_stay_and_others_travel_beside_them(blank_database_url: str) -> None:
    market = begin(blank_database_url)
    home = Address(
        name="Ada",
        line_1="12 Larch Lane",
        city="Portland",
        postal_code="97205",
        country_code="US",
        state_or_region="OR",
    )
    wish = Wish(
        sender=msgspec.convert(SENDER, Sender),
        recipient=home,
        box=Box(length=Decimal(10), width=Decimal(8), height=Decimal(4), unit=LengthUnit.INCHES),
        weight=Weighed(value=Decimal(20), unit=WeightUnit.OUNCES),
        experience=Experience.CONFIRMATION,
        reference="box-1",
    )

    with market.write(ADA) as unit:
        bought = purchase_directly(unit, wish, None, retry_key="once")
    with market.read(ADA) as unit:
        [old] = shipments_of_order(unit, ORDER)
        [parcel] = parcels_of_order(unit, ORDER)
        latest = {one.shipment_id for one in latest_shipments(unit, 10)}
        new = find_parcel(unit, bought.shipment_id)
    market.close()

    assert (old.bought.total, old.label.papers, old.wish.recipient) == (Money(1546, "USD"), ("LABEL",), None)
    assert (parcel.tracking_id, parcel.order_id) == ("1Z999", ORDER)
    assert latest == {SHIPMENT, bought.shipment_id}
    assert new.order_id is None
