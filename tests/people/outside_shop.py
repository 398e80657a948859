"""Another shop of a seller's, which has Amazon ship what it sold: what it says to Fulfillment Outbound."""

from __future__ import annotations

from typing import Any

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.market.events.orders import OrderPlaced
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.testing import Caller, TestMarket

LAMP = "LAMP-OAK"
STANDARD = v2020.ShippingSpeedCategory.STANDARD
HOLD, SHIP = v2020.FulfillmentAction.HOLD, v2020.FulfillmentAction.SHIP
ADDRESS = v2020.Address(
    name="Ann Lee",
    address_line1="12 Elm St",
    city="Portland",
    state_or_region="OR",
    postal_code="97201",
    country_code="US",
    phone="555-0100",
)
ADDRESS_2026 = v2026.Address(
    name="Ann Lee",
    address_line1="12 Elm St",
    city="Portland",
    state_or_region="OR",
    postal_code="97201",
    country_code="US",
    email="ann@shop.example",
)


def line(item_id: str = "1", sku: str = LAMP, quantity: int = 2, **more: Any) -> v2020.CreateFulfillmentOrderItem:  # noqa: ANN401 - fields of the line
    return v2020.CreateFulfillmentOrderItem(
        seller_sku=sku, seller_fulfillment_order_item_id=item_id, quantity=quantity, **more
    )


def wanted(
    market: TestMarket,
    order_id: str = "SHOP-1",
    quantity: int = 2,
    **more: Any,  # noqa: ANN401 - fields of the request
) -> v2020.CreateFulfillmentOrder:
    said: dict[str, Any] = {
        "seller_fulfillment_order_id": order_id,
        "displayable_order_id": order_id,
        "displayable_order_date": market.now,
        "displayable_order_comment": "Thank you",
        "shipping_speed_category": STANDARD,
        "destination_address": ADDRESS,
        "items": [line(quantity=quantity)],
    }
    return v2020.CreateFulfillmentOrder(**said | more)


def asks(market: TestMarket, order_id: str = "SHOP-1", quantity: int = 2, **more: Any) -> str:  # noqa: ANN401 - fields of the request
    """Have an order shipped; returns its number."""
    market.seller.send(wanted(market, order_id, quantity, **more))
    return order_id


def shown(seller: Caller, order_id: str = "SHOP-1") -> v2020.GetFulfillmentOrderResult:
    answer = seller.send(v2020.GetFulfillmentOrder(seller_fulfillment_order_id=order_id)).payload
    assert isinstance(answer, v2020.GetFulfillmentOrderResult)
    return answer


def status(seller: Caller, order_id: str = "SHOP-1") -> str:
    return shown(seller, order_id).fulfillment_order.fulfillment_order_status.value


def shipments(seller: Caller, order_id: str = "SHOP-1") -> list[v2020.FulfillmentShipment]:
    return shown(seller, order_id).fulfillment_shipments or []


def package_number(seller: Caller, order_id: str = "SHOP-1") -> int:
    (package,) = shipments(seller, order_id)[0].fulfillment_shipment_package or []
    return package.package_number


def tracking(seller: Caller, number: int) -> v2020.PackageTrackingDetails:
    answer = seller.send(v2020.GetPackageTrackingDetails(package_number=number)).payload
    assert isinstance(answer, v2020.PackageTrackingDetails)
    return answer


def at_amazon(market: TestMarket, sku: str = LAMP) -> Stock:
    with market.market.read(market.seller_account.seller_id) as unit:
        return stock_of(unit, sku, Place.FBA)


def leave(market: TestMarket, on_hand: int, sku: str = LAMP) -> None:
    """Have so many units lie at Amazon."""
    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, sku, Place.FBA, on_hand=on_hand, reference="count")


def restock(market: TestMarket, units: int, sku: str = LAMP) -> None:
    """Have so many units more lie at Amazon."""
    leave(market, at_amazon(market, sku).on_hand + units, sku)


def market_orders(market: TestMarket) -> list[str]:
    return [fact.order_id for fact in market.facts(OrderPlaced)]
