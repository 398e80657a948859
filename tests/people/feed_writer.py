"""Files of feeds as sellers' programs write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sellingpartner.testing import TestMarket

SHIPPED_AT = "2026-11-02T09:00:00Z"


def envelope(kind: str, *bodies: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>', begin: str = "") -> str:
    """An envelope whose messages are numbered from 1."""
    messages = "".join(
        f"<Message><MessageID>{number}</MessageID><OperationType>Update</OperationType><{kind}>{body}</{kind}></Message>"
        for number, body in enumerate(bodies, 1)
    )
    return (
        f'{head}{begin}<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:noNamespaceSchemaLocation="amzn-envelope.xsd"><Header><DocumentVersion>1.01</DocumentVersion>'
        f"<MerchantIdentifier>M_SELLER_1</MerchantIdentifier></Header><MessageType>{kind}</MessageType>"
        f"{messages}</AmazonEnvelope>"
    )


def shipped(order_id: str, *items: tuple[str, int | None], carrier: str = "UPS", tracking: str = "1Z1") -> str:
    """What an OrderFulfillment says of a package."""
    return (
        f"<AmazonOrderID>{order_id}</AmazonOrderID><FulfillmentDate>{SHIPPED_AT}</FulfillmentDate>"
        f"<FulfillmentData><CarrierCode>{carrier}</CarrierCode><ShippingMethod>Ground</ShippingMethod>"
        f"<ShipperTrackingNumber>{tracking}</ShipperTrackingNumber></FulfillmentData>"
        + "".join(
            f"<Item><AmazonOrderItemCode>{item}</AmazonOrderItemCode>"
            + ("" if quantity is None else f"<Quantity>{quantity}</Quantity>")
            + "</Item>"
            for item, quantity in items
        )
    )


def adjusted(order_id: str, item_id: str, reason: str = "CustomerReturn", **parts: str) -> str:
    """What an OrderAdjustment gives back of an item, in US dollars."""
    components = "".join(
        f'<Component><Type>{name}</Type><Amount currency="USD">{amount}</Amount></Component>'
        for name, amount in parts.items()
    )
    prices = f"<ItemPriceAdjustments>{components}</ItemPriceAdjustments>" if parts else ""
    return (
        f"<AmazonOrderID>{order_id}</AmazonOrderID><AdjustedItem><AmazonOrderItemCode>{item_id}</AmazonOrderItemCode>"
        f"<AdjustmentReason>{reason}</AdjustmentReason>{prices}</AdjustedItem>"
    )


def table(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, above: Sequence[str] = (), end: str = "\n"
) -> str:
    """A flat file; what a row does not say is empty."""
    lines = [*above, "\t".join(columns)]
    lines += ["\t".join(row.get(column, "") for column in columns) for row in rows]
    return end.join(lines) + end


def listings(market: TestMarket, *messages: Mapping[str, Any], **header: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A feed of listings whose messages are numbered from 1 unless they say otherwise."""
    said = {"sellerId": market.seller.seller_id, "version": "2.0", **header}
    return {
        "header": said,
        "messages": [{"messageId": number, **message} for number, message in enumerate(messages, 1)],
    }


def quantity(sku: str, units: int) -> dict[str, Any]:
    """A message that says how many units there are."""
    value = [{"fulfillment_channel_code": "DEFAULT", "quantity": units}]
    return {
        "sku": sku,
        "operationType": "PATCH",
        "productType": "PRODUCT",
        "patches": [{"op": "replace", "path": "/attributes/fulfillment_availability", "value": value}],
    }
