"""A storekeeper: what one says to External Fulfillment of shipments that a store sends."""

from __future__ import annotations

from typing import Any

from sellingpartner.contract import external_fulfillment_shipments_2024_09_11 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.testing import TestMarket

MUG = "MUG-BLUE"


def shipments_in(market: TestMarket, status: str, **more: Any) -> list[api.Shipment]:  # noqa: ANN401 - fields of the request
    found = market.seller.send(api.GetShipments(status=api.GetShipmentsStatus(status), **more))
    return found.shipments or []


def shipment(market: TestMarket, shipment_id: str) -> api.Shipment:
    return market.seller.send(api.GetShipment(shipment_id=shipment_id))


def ordered(market: TestMarket, quantity: int = 1, *, sku: str = MUG, **more: Any) -> str:  # noqa: ANN401 - of Purchase
    """A buyer orders, and the shipment's units are assigned; returns the shipment's id."""
    order_id = market.buys(sku, quantity, **more)
    market.advance(minutes=2)
    return next(one.id for one in shipments_in(market, "ACCEPTED") if one.shipment_info.buyer_order_id == order_id)


def processed(market: TestMarket, shipment_id: str, operation: str, *lines: tuple[str, str | None]) -> None:
    """Confirm or reject; `lines` are line items with reasons."""
    said = [
        api.LineItemWithReason(line_item=api.LineItem(id=line), reason=None if why is None else api.Reason(why))
        for line, why in lines
    ]
    body = api.ShipmentAcknowledgementRequest(line_items=said) if said else None
    market.seller.send(
        api.ProcessShipment(shipment_id=shipment_id, operation_=api.ProcessShipmentOperation(operation), body=body)
    )


def parcel(package_id: str = "001", units: int = 1, **changed: Any) -> api.Package:  # noqa: ANN401 - fields of it
    side = api.Dimension(value="10.0", dimension_unit=api.DimensionUnit.CM)
    said: dict[str, Any] = {
        "id": package_id,
        "dimensions": api.PackageDimensions(length=side, width=side, height=side),
        "weight": api.Weight(value="200.0", weight_unit=api.WeightUnit.G),
        "package_line_items": [api.PackageLineItem(package_line_item_id="1", quantity=units)],
    }
    return api.Package(**(said | changed))


def packed(market: TestMarket, shipment_id: str, *packages: api.Package) -> None:
    market.seller.send(api.CreatePackages(shipment_id=shipment_id, packages=list(packages) or [parcel()]))


def options(market: TestMarket, shipment_id: str, package_id: str = "001") -> api.ShippingOptionsResponse:
    return market.seller.send(api.RetrieveShippingOptions(shipment_id=shipment_id, package_id=package_id))


def labeled(
    market: TestMarket,
    shipment_id: str,
    *package_ids: str,
    courier: tuple[str, str] | None = None,
    option_id: str | None = None,
    operation: str = "GENERATE",
) -> list[api.PackageShipLabel]:
    told = None if courier is None else api.CourierSupportedAttributes(carrier_name=courier[0], tracking_id=courier[1])
    body = api.ShipLabelsInput(package_ids=list(package_ids), courier_supported_attributes=told)
    asked = api.GenerateShipLabels(
        shipment_id=shipment_id,
        operation_=api.GenerateShipLabelsOperation(operation),
        shipping_option_id=option_id,
        body=body if package_ids or courier else None,
    )
    return market.seller.send(asked).package_ship_label_list


def reported(
    market: TestMarket, shipment_id: str, status: str | None, sub_status: str | None = None, package_id: str = "001"
) -> None:
    body = api.PackageDeliveryStatus(
        status=None if status is None else api.PackageStatus(status),
        sub_status=None if sub_status is None else api.PackageSubStatus(sub_status),
    )
    market.seller.send(api.UpdatePackageStatus(shipment_id=shipment_id, package_id=package_id, body=body))


def made_ready(market: TestMarket, shipment_id: str, tracking_id: str = "JD0001") -> None:
    """Take a shipment of one unit so far that it may leave with the seller's own carrier."""
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id)
    labeled(market, shipment_id, courier=("Royal Swift", tracking_id))


def refusal(market: TestMarket, request: Any) -> tuple[int, str, str]:  # noqa: ANN401 - any request
    """What the market answers to a request that it refuses."""
    try:
        market.seller.send(request)
    except SellingPartnerError as refused:
        return refused.status, refused.code, refused.message
    message = "it was not refused"
    raise AssertionError(message)
