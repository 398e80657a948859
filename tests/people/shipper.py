"""A seller who ships: what one says to Merchant Fulfillment of a parcel of an order."""

from __future__ import annotations

import gzip
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import md5
from typing import Any

import msgspec

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.contract.merchant_fulfillment_v0 import (
    CancelShipment,
    CreateShipment,
    GetEligibleShipmentServices,
    GetShipment,
)
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderItems
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.market.orders.commands import ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit
from sellingpartner.market.shipping.wishes import Experience, Sender, Wish
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import Caller, TestMarket

SHIPMENTS = "/mfn/v0/shipments"
ONE_SHIPMENT = "/mfn/v0/shipments/{shipmentId}"

WAREHOUSE: dict[str, Any] = {
    "Name": "Harbor Goods",
    "AddressLine1": "300 Turnbull Ave",
    "City": "Detroit",
    "StateOrProvinceCode": "MI",
    "PostalCode": "48123",
    "CountryCode": "US",
    "Email": "dispatch@harbor.example",
    "Phone": "+1 313 555 0100",
}

MONDAY = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
WISH = Wish(
    order_id="111-1111111-1111111",
    quantities=(("12345678901234", 1),),
    sender=Sender(
        name="Harbor Goods",
        line_1="300 Turnbull Ave",
        city="Detroit",
        state="MI",
        postal_code="48123",
        country_code="US",
        email="dispatch@harbor.example",
        phone="1",
    ),
    box=Box(length=Decimal(10), width=Decimal(8), height=Decimal(4), unit=LengthUnit.INCHES),
    weight=Weighed(value=Decimal(20), unit=WeightUnit.OUNCES),
    experience=Experience.NO_TRACKING,
)
"""A small parcel to Oregon, as the shipping context has it."""


def items_of(seller: Caller, order_id: str) -> list[dict[str, Any]]:
    found = seller.send(GetOrderItems(order_id=order_id)).payload.order_items
    return [
        {"OrderItemId": item.order_item_id, "Quantity": item.quantity_ordered - (item.quantity_shipped or 0)}
        for item in found
    ]


def parcel(order_id: str, items: list[dict[str, Any]], **changed: Any) -> v0.ShipmentRequestDetails:  # noqa: ANN401 - fields of many types
    """A small parcel; `changed` are fields of it, by their names on the wire."""
    said: dict[str, Any] = {
        "AmazonOrderId": order_id,
        "ItemList": items,
        "ShipFromAddress": WAREHOUSE,
        "PackageDimensions": {"Length": 10.25, "Width": 8, "Height": 4.5, "Unit": "inches"},
        "Weight": {"Value": 20, "Unit": "oz"},
        "ShippingServiceOptions": {"DeliveryExperience": "NoTracking", "CarrierWillPickUp": False},
    }
    return msgspec.convert(said | changed, v0.ShipmentRequestDetails)


def offers(
    seller: Caller,
    details: v0.ShipmentRequestDetails,
    **more: Any,  # noqa: ANN401 - fields of the request
) -> v0.GetEligibleShipmentServicesResult:
    return seller.send(GetEligibleShipmentServices(shipment_request_details=details, **more)).payload


def buys_label(
    market: TestMarket,
    details: v0.ShipmentRequestDetails,
    service_id: str = "UPS_PTP_GND",
    *,
    offer_id: str | None = None,
    **more: Any,  # noqa: ANN401 - fields of the request
) -> v0.Shipment:
    """Buy a label by the offer that is made for it."""
    if offer_id is None:
        listed = offers(market.seller, details, shipping_offering_filter=_ALL).shipping_service_list
        offer_id = next(one.shipping_service_offer_id for one in listed if one.shipping_service_id == service_id)
    asked = CreateShipment(
        shipment_request_details=details,
        shipping_service_id=service_id,
        shipping_service_offer_id=offer_id,
        **more,
    )
    return market.restricted(SHIPMENTS, method="POST").send(asked).payload


def status_of(seller: Caller, order_id: str) -> str:
    return seller.send(GetOrder(order_id=order_id)).payload.order_status


def reason_logged(market: TestMarket) -> str:
    """Why the last call was refused, as the log of requests has it."""
    market.server.journal.flush()
    with market.market.read() as unit:
        return latest_calls(unit, limit=1, refused=True)[0].reason


def document_of(shipment: v0.Shipment) -> bytes:
    file = shipment.label.file_contents
    content = gzip.decompress(b64decode(file.contents))
    assert b64encode(md5(content).digest()).decode() == file.checksum
    return content


def shown(market: TestMarket, shipment_id: str) -> v0.Shipment:
    return market.restricted(ONE_SHIPMENT).send(GetShipment(shipment_id=shipment_id)).payload


def given_back(market: TestMarket, shipment_id: str) -> v0.Shipment:
    return market.restricted(ONE_SHIPMENT, method="DELETE").send(CancelShipment(shipment_id=shipment_id)).payload


_ALL = v0.ShippingOfferingFilter(include_complex_shipping_options=True)


def leaves(unit: UnitOfWork, order_id: str) -> None:
    """Let all of an order leave that has not."""
    units = order_of(unit, order_id).unshipped_quantities()
    parcel = Parcel(reference="1", shipped_at=unit.now, quantities=units, carrier_code="UPS", tracking_number="1Z999")
    ship(unit, order_id, parcel)


def ships(market: TestMarket, order_id: str) -> None:
    """Let all of an order of the first seller's leave."""
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
