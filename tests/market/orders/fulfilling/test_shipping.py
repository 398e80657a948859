from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import (
    InvoiceAwaited,
    InvoiceConfirmed,
    OrderShipped,
    PackageChanged,
    PackageDelivered,
    PackageShipped,
)
from sellingpartner.market.inventory.model import Stock
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.refusals import (
    NoSuchOrder,
    NoUnits,
    OrderNotShippable,
    TooMany,
    UnknownItem,
    WrongMarketplace,
    WrongState,
)
from sellingpartner.testing import TestMarket

if TYPE_CHECKING:
    from tests.market.orders.conftest import Shop

TWO_ITEMS = (PurchaseLine(sku="MUG-BLUE", quantity=3), PurchaseLine(sku="MUG-RED", quantity=2))


def parcel(market: TestMarket, quantities: Mapping[str, int], **more: Any) -> Parcel:  # noqa: ANN401 - fields of Parcel
    facts: dict[str, Any] = {"reference": "1", "carrier_code": "UPS", "tracking_number": "1Z"}
    return Parcel(shipped_at=market.now, quantities=quantities, **(facts | more))


def test_a_package_with_everything_ships_the_order(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(quantity=3)
    item = shop.order(order_id).items[0].order_item_id

    shop.do(orders.ship, order_id, parcel(market, {item: 3}))

    assert shop.order(order_id).status is OrderStatus.SHIPPED
    assert shop.stock("MUG-BLUE") == Stock(on_hand=97, reserved=0)
    (shipped,) = market.facts(PackageShipped)
    assert [(line.sku, line.quantity, line.amounts.price) for line in shipped.lines] == [("MUG-BLUE", 3, 4497)]
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]


def test_an_order_ships_in_parts(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(lines=TWO_ITEMS)
    blue, red = (item.order_item_id for item in shop.order(order_id).items)

    shop.do(orders.ship, order_id, parcel(market, {blue: 2}))
    order = shop.order(order_id)
    assert (order.status, order.quantity_shipped, order.quantity_unshipped) == (OrderStatus.PARTIALLY_SHIPPED, 2, 3)
    assert market.facts(OrderShipped) == []

    shop.do(orders.ship, order_id, parcel(market, {blue: 1, red: 2}, reference="2"))
    order = shop.order(order_id)
    assert (order.status, order.quantity_shipped, order.quantity_unshipped) == (OrderStatus.SHIPPED, 5, 0)
    amounts = [line.amounts.price for fact in market.facts(PackageShipped) for line in fact.lines]
    assert amounts == [2998, 1499, 2998]


def test_the_same_reference_corrects_the_package(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys()
    item = shop.order(order_id).items[0].order_item_id
    shop.do(orders.ship, order_id, parcel(market, {item: 1}))

    shop.do(orders.ship, order_id, parcel(market, {item: 1}, tracking_number="1Z-RIGHT", carrier_code="USPS"))

    (package,) = shop.order(order_id).packages
    assert (package.tracking_number, package.carrier_code) == ("1Z-RIGHT", "USPS")
    assert shop.stock("MUG-BLUE") == Stock(on_hand=99, reserved=0)
    assert [fact.lines for fact in market.facts(PackageChanged)] == [()]
    assert len(market.facts(OrderShipped)) == 1


def test_a_correction_moves_quantities(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(lines=TWO_ITEMS)
    blue, red = (item.order_item_id for item in shop.order(order_id).items)
    shop.do(orders.ship, order_id, parcel(market, {blue: 3}))

    shop.do(orders.ship, order_id, parcel(market, {blue: 1, red: 2}))

    assert [item.shipped for item in shop.order(order_id).items] == [1, 2]
    assert shop.stock("MUG-BLUE") == Stock(on_hand=99, reserved=2)
    assert shop.stock("MUG-RED") == Stock(on_hand=98, reserved=0)
    (changed,) = market.facts(PackageChanged)
    assert [(line.sku, line.quantity, line.amounts.price) for line in changed.lines] == [
        ("MUG-BLUE", -2, -2998),
        ("MUG-RED", 2, 2998),
    ]


def test_a_correction_can_complete_the_order(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(quantity=2)
    item = shop.order(order_id).items[0].order_item_id
    shop.do(orders.ship, order_id, parcel(market, {item: 1}))

    shop.do(orders.ship, order_id, parcel(market, {item: 2}))

    assert shop.order(order_id).status is OrderStatus.SHIPPED
    assert len(market.facts(OrderShipped)) == 1


def test_what_has_shipped_is_not_taken_back(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(quantity=2)
    item = shop.order(order_id).items[0].order_item_id
    shop.do(orders.ship, order_id, parcel(market, {item: 2}))

    with pytest.raises(OrderNotShippable):
        shop.do(orders.ship, order_id, parcel(market, {item: 1}))

    assert shop.order(order_id).quantity_shipped == 2


@pytest.mark.parametrize("quantity", [3, 100])
def test_more_than_was_ordered_cannot_ship(market: TestMarket, shop: Shop, quantity: int) -> None:
    order_id = market.buys(quantity=2)
    item = shop.order(order_id).items[0].order_item_id

    with pytest.raises(TooMany, match=f"has 2 units to ship; the quantity {quantity} is more"):
        shop.do(orders.ship, order_id, parcel(market, {item: quantity}))

    assert shop.order(order_id).packages == []
    assert shop.stock("MUG-BLUE") == Stock(on_hand=100, reserved=2)


def test_a_package_needs_units_of_items_that_the_order_has(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys()
    item = shop.order(order_id).items[0].order_item_id

    with pytest.raises(NoUnits):
        shop.do(orders.ship, order_id, parcel(market, {item: 0}))
    with pytest.raises(UnknownItem, match="has no item 12345678901234"):
        shop.do(orders.ship, order_id, parcel(market, {item: 1, "12345678901234": 1}))

    assert shop.order(order_id).quantity_shipped == 0


def test_an_unpaid_order_does_not_ship(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(paid=False)
    item = shop.order(order_id).items[0].order_item_id

    with pytest.raises(OrderNotShippable, match="is Pending; to ship it must be Unshipped or PartiallyShipped"):
        shop.do(orders.ship, order_id, parcel(market, {item: 1}))


def test_an_order_that_nobody_placed_does_not_ship(market: TestMarket, shop: Shop) -> None:
    with pytest.raises(NoSuchOrder):
        shop.do(orders.ship, "111-0000000-0000000", parcel(market, {"1": 1}))


def test_a_parcel_arrives_some_days_later(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys()
    shop.do(orders.ship, order_id, parcel(market, shop.order(order_id).unshipped_quantities()))

    market.advance(days=3)
    assert shop.order(order_id).packages[0].delivered_at is None
    market.advance(days=3)

    (arrived,) = market.facts(PackageDelivered)
    assert shop.order(order_id).packages[0].delivered_at == arrived.delivered_at


def test_a_parcel_can_be_delivered_at_once_and_arrives_but_once(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys()
    shop.do(orders.ship, order_id, parcel(market, shop.order(order_id).unshipped_quantities()))

    shop.do(orders.deliver, order_id)
    market.advance(days=10)

    assert len(market.facts(PackageDelivered)) == 1
    with pytest.raises(WrongState, match="has no package on its way"):
        shop.do(orders.deliver, order_id)


def test_an_order_that_awaits_its_invoice_is_shipped_once_it_is_confirmed(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(awaits_invoice=True)
    shop.do(orders.ship, order_id, parcel(market, shop.order(order_id).unshipped_quantities()))
    assert shop.order(order_id).status is OrderStatus.INVOICE_UNCONFIRMED
    assert len(market.facts(InvoiceAwaited)) == 1

    shop.do(orders.confirm_invoice, order_id)

    assert shop.order(order_id).status is OrderStatus.SHIPPED
    assert len(market.facts(InvoiceConfirmed)) == 1
    with pytest.raises(
        InvalidInput, match=r"^Order .* is Shipped; to have its invoice confirmed it must be InvoiceUnconfirmed"
    ):
        shop.do(orders.confirm_invoice, order_id)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"reference": "0"}, "PackageReferenceId: is invalid, must be a positive numeric value"),
        ({"reference": "box-1"}, "PackageReferenceId: is invalid"),
        ({"reference": "\u00b2"}, "PackageReferenceId: is invalid"),
        ({"reference": ""}, "PackageReferenceId: is invalid"),
        ({"carrier_code": " "}, "carrierCode is empty"),
        ({"carrier_code": "Other"}, "carrierName is required when carrierCode is Other"),
        ({"quantities": {}}, "orderItems is empty"),
        ({"cod_collection_method": "DirectPayment"}, "supported in the marketplace of Japan only"),
    ],
)
def test_what_a_seller_says_of_a_package_must_make_sense(
    market: TestMarket, shop: Shop, said: dict[str, Any], message: str
) -> None:
    order_id = market.buys()
    whole = shop.order(order_id).unshipped_quantities()
    facts: dict[str, Any] = {"reference": "1", "shipped_at": market.now, "quantities": whole, "carrier_code": "UPS"}

    with pytest.raises(InvalidInput, match=message):
        shop.do(orders.confirm_shipment, order_id, Parcel(**(facts | said)), marketplace_id=market.marketplace_id)

    assert market.facts(PackageShipped) == []


@pytest.mark.parametrize("days", [-2, 2, 4000])
def test_a_package_does_not_ship_before_it_was_ordered_nor_in_the_future(
    market: TestMarket, shop: Shop, days: int
) -> None:
    order_id = market.buys()
    said = Parcel(
        reference="1",
        shipped_at=market.now + timedelta(days=days),
        quantities=shop.order(order_id).unshipped_quantities(),
        carrier_code="UPS",
    )

    with pytest.raises(InvalidInput, match="shipDate must be between 2026-11-01T09:00:00Z and 2026-11-03T09:00:00Z"):
        shop.do(orders.confirm_shipment, order_id, said, marketplace_id=market.marketplace_id)


def test_a_seller_confirms_in_the_orders_marketplace_and_only_its_own_shipments(market: TestMarket, shop: Shop) -> None:
    own, amazons = market.buys(), market.buys("LAMP-OAK")

    with pytest.raises(WrongMarketplace):
        shop.do(orders.confirm_shipment, own, parcel(market, {"1": 1}), marketplace_id="A2EUQ1WTGCTBG2")
    with pytest.raises(WrongState, match="fulfilled by Amazon; its seller does not confirm"):
        shop.do(orders.confirm_shipment, amazons, parcel(market, {"1": 1}), marketplace_id=market.marketplace_id)
