"""A seller who ships by Shipping v2: what one says of a parcel, and what one buys."""

from __future__ import annotations

from base64 import b64decode
from decimal import Decimal
from typing import Any

import msgspec

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.orders_v0 import GetOrderItems
from sellingpartner.testing import Caller, TestMarket

WAREHOUSE: dict[str, Any] = {
    "name": "Harbor Goods",
    "addressLine1": "300 Turnbull Ave",
    "city": "Detroit",
    "stateOrRegion": "MI",
    "postalCode": "48123",
    "countryCode": "US",
    "email": "dispatch@harbor.example",
    "phoneNumber": "+1 313 555 0100",
}
HOME: dict[str, Any] = {
    "name": "Ada Finch",
    "addressLine1": "12 Larch Lane",
    "city": "Portland",
    "stateOrRegion": "OR",
    "postalCode": "97205",
    "countryCode": "US",
}
PACKAGE: dict[str, Any] = {
    "dimensions": {"length": 10, "width": 8, "height": 4, "unit": "INCH"},
    "weight": {"unit": "OUNCE", "value": 20},
    "insuredValue": {"unit": "USD", "value": 25},
    "packageClientReferenceId": "box-1",
    "items": [{"quantity": 1, "description": "Blue mug", "itemIdentifier": "A-1"}],
}
PRINTED: dict[str, Any] = {
    "format": "PDF",
    "size": {"width": 4, "length": 6, "unit": "INCH"},
    "needFileJoining": True,
    "requestedDocumentTypes": ["LABEL"],
}
EXTERNAL: dict[str, Any] = {"channelType": "EXTERNAL"}
PLAIN = [v2.RequestedValueAddedService(id="NO_CONFIRMATION")]


def amazons(order_id: str) -> dict[str, Any]:
    """The channel of an order of Amazon's."""
    return {"channelType": "AMAZON", "amazonOrderDetails": {"orderId": order_id}}


def ordered(market: TestMarket, sku: str = "MUG-BLUE", quantity: int = 1, **package: Any) -> dict[str, Any]:  # noqa: ANN401
    """What getRates is told of the parcel of an order that was just placed and paid."""
    order_id = market.buys(sku, quantity=quantity)
    market.advance(minutes=1)
    return parcel_of(market.seller, order_id, **package)


def parcel_of(seller: Caller, order_id: str, **package: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of many types
    """What getRates is told of all units of an order in one parcel."""
    found = seller.send(GetOrderItems(order_id=order_id)).payload.order_items
    items = [{"quantity": one.quantity_ordered, "itemIdentifier": one.order_item_id} for one in found]
    return {
        "shipFrom": WAREHOUSE,
        "packages": [PACKAGE | {"items": items} | package],
        "channelDetails": amazons(order_id),
    }


def sold_elsewhere(**package: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """What getRates is told of a parcel that Amazon did not sell."""
    return {
        "shipFrom": WAREHOUSE,
        "shipTo": HOME,
        "packages": [PACKAGE | package],
        "channelDetails": EXTERNAL,
    }


def rates(seller: Caller, said: dict[str, Any]) -> v2.GetRatesResult:
    """Ask for rates."""
    return seller.send(msgspec.convert(said, v2.GetRates, strict=False)).payload


def rate(found: v2.GetRatesResult, service_id: str) -> v2.Rate:
    """The rate of a service."""
    return next(one for one in found.rates if one.service_id == service_id)


def buying(found: v2.GetRatesResult, service_id: str, **changed: Any) -> v2.PurchaseShipment:  # noqa: ANN401 - as above
    """To buy the label of a service; `changed` are fields of its papers."""
    return v2.PurchaseShipment(
        request_token=found.request_token,
        rate_id=rate(found, service_id).rate_id,
        requested_document_specification=printed(**changed),
        requested_value_added_services=PLAIN if service_id.startswith("UPS") else None,
    )


def printed(**changed: Any) -> v2.RequestedDocumentSpecification:  # noqa: ANN401 - as above
    """What is to be printed; `changed` are its fields by their names on the wire."""
    return msgspec.convert(PRINTED | changed, v2.RequestedDocumentSpecification, strict=False)


def buys(
    seller: Caller,
    said: dict[str, Any],
    service_id: str = "UPS_PTP_GND",
    **changed: Any,  # noqa: ANN401 - as above
) -> v2.PurchaseShipmentResult:
    """Ask for rates and buy one."""
    return seller.send(buying(rates(seller, said), service_id, **changed)).payload


def tracking_of(bought: v2.PurchaseShipmentResult) -> str:
    """The tracking number of a bought label."""
    return bought.package_document_details[0].tracking_id or ""


def tracked(seller: Caller, tracking_id: str, carrier_id: str) -> v2.GetTrackingResult:
    """Where a parcel is."""
    return seller.send(v2.GetTracking(tracking_id=tracking_id, carrier_id=carrier_id)).payload


def contents_of(document: v2.PackageDocument) -> bytes:
    """A paper's bytes."""
    return b64decode(document.contents)


def inches(width: float, length: float) -> dict[str, Any]:
    """A size of paper."""
    return {"width": Decimal(str(width)), "length": Decimal(str(length)), "unit": "INCH"}
