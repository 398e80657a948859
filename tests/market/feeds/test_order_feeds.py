"""Feeds about orders: shipped, acknowledged, canceled, refunded; each in XML and as a flat file."""

from __future__ import annotations

import pytest
from feed_writer import adjusted, envelope, shipped, table

from sellingpartner.market.events.orders import ItemsCanceled, OrderCanceled, OrderShipped, PackageChanged, RefundIssued
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

FULFILLMENT, FLAT_FULFILLMENT = "POST_ORDER_FULFILLMENT_DATA", "POST_FLAT_FILE_FULFILLMENT_DATA"
ACKNOWLEDGEMENT, CANCELLATION = "POST_ORDER_ACKNOWLEDGEMENT_DATA", "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA"
ADJUSTMENT, FLAT_ADJUSTMENT = "POST_PAYMENT_ADJUSTMENT_DATA", "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA"

SHIPPED_COLUMNS = (
    "order-id",
    "order-item-id",
    "quantity",
    "ship-date",
    "carrier-code",
    "carrier-name",
    "tracking-number",
    "ship-method",
)
TEMPLATE = "TemplateType=OrderCancellation\tVersion=1.0/1.0.3\tThis row is for Amazon.com use only."


def order(market: TestMarket, order_id: str) -> Order:
    with market.market.read(market.seller.seller_id) as unit:
        return order_of(unit, order_id)


@pytest.fixture
def order_id(market: TestMarket) -> str:
    market.lists("MUG-BLUE", cents=2000)
    return market.buys(quantity=3)


def item_of(market: TestMarket, order_id: str) -> str:
    return order(market, order_id).items[0].order_item_id


def test_an_order_is_shipped_in_parts_by_its_items(market: TestMarket, order_id: str) -> None:
    item = item_of(market, order_id)

    told = market.feed(
        FULFILLMENT,
        envelope("OrderFulfillment", shipped(order_id, (item, 1)), shipped(order_id, (item, 2), tracking="2")),
    )

    assert (told.counts, told.found) == ((2, 2, 0), [])
    after = order(market, order_id)
    assert [(one.reference, one.quantities, one.tracking_number) for one in after.packages] == [
        ("1", {item: 1}, "1Z1"),
        ("2", {item: 2}, "2"),
    ]
    assert [one.order_id for one in market.facts(OrderShipped)] == [order_id]


def test_more_than_is_left_and_orders_that_are_none_are_refused_alone(market: TestMarket, order_id: str) -> None:
    item = item_of(market, order_id)
    other = market.buys()

    told = market.feed(
        FULFILLMENT,
        envelope(
            "OrderFulfillment",
            shipped(order_id, (item, 4)),
            shipped("111-0000000-0000000"),
            shipped("no order"),
            shipped(order_id, ("12345678901234", 1)),
            shipped(other),
        ),
    )

    assert told.counts == (5, 1, 4)
    assert [(number, code) for number, code, _ in told.found] == [
        (1, "18021"),
        (2, "18028"),
        (3, "18028"),
        (4, "18000"),
    ]
    assert f"<AmazonOrderID>{order_id}</AmazonOrderID>" in told.text
    assert order(market, order_id).packages == []
    assert [one.order_id for one in market.facts(OrderShipped)] == [other]


def test_what_is_said_again_corrects_the_package(market: TestMarket, order_id: str) -> None:
    market.feed(FULFILLMENT, envelope("OrderFulfillment", shipped(order_id)))

    told = market.feed(FULFILLMENT, envelope("OrderFulfillment", shipped(order_id, tracking="1Z2")))

    assert (told.counts, told.found) == ((1, 1, 0), [])
    assert [one.tracking_number for one in order(market, order_id).packages] == ["1Z2"]
    assert len(market.facts(OrderShipped)) == len(market.facts(PackageChanged)) == 1


def test_an_order_is_found_by_the_sellers_own_number(market: TestMarket, order_id: str) -> None:
    acknowledged = (
        f"<AmazonOrderID>{order_id}</AmazonOrderID><MerchantOrderID>HG-1</MerchantOrderID>"
        "<StatusCode>Success</StatusCode>"
    )
    assert market.feed(ACKNOWLEDGEMENT, envelope("OrderAcknowledgement", acknowledged)).counts == (1, 1, 0)
    body = shipped("x").replace("<AmazonOrderID>x</AmazonOrderID>", "<MerchantOrderID>HG-1</MerchantOrderID>")
    unknown = body.replace("HG-1", "HG-2")

    told = market.feed(FULFILLMENT, envelope("OrderFulfillment", body, unknown))

    assert (told.counts, [one[:2] for one in told.found]) == ((2, 1, 1), [(2, "18028")])
    assert order(market, order_id).seller_order_id == "HG-1"
    assert len(market.facts(OrderShipped)) == 1


def test_a_flat_file_ships_what_it_names(market: TestMarket, order_id: str) -> None:
    item, other = item_of(market, order_id), market.buys()
    said = {"order-id": order_id, "ship-date": "2026-11-02", "carrier-code": "UPS", "tracking-number": "1Z"}

    told = market.feed(
        FLAT_FULFILLMENT,
        table(
            SHIPPED_COLUMNS,
            [
                said | {"order-item-id": item, "quantity": "2"},
                said | {"order-id": other, "carrier-code": "Other", "carrier-name": "Otto", "tracking-number": "NULL"},
                said | {"ship-date": "yesterday"},
                said | {"order-item-id": item, "quantity": "0"},
                said | {"quantity": "1"},
                said | {"order-id": ""},
                {},
                said | {"order-item-id": item, "quantity": "9"},
            ],
            end="\r\n",
        ),
    )

    assert told.counts == (7, 2, 5)
    assert [(number, code) for number, code, _ in told.found] == [
        (3, "18000"),
        (4, "18000"),
        (5, "18000"),
        (6, "18000"),
        (7, "18021"),
    ]
    assert told.text.split("\n")[4] == (
        "original-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message"
    )
    assert [one.quantities for one in order(market, order_id).packages] == [{item: 2}]
    (package,) = order(market, other).packages
    assert (package.carrier_code, package.carrier_name, package.tracking_number) == ("Other", "Otto", None)


def test_an_order_that_cannot_be_shipped_is_refused_in_the_operations_words(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    unpaid = market.buys(paid=False)
    canceled = market.buys()
    market.feed(CANCELLATION, table(("order-id",), [{"order-id": canceled}]))

    told = market.feed(FULFILLMENT, envelope("OrderFulfillment", shipped(unpaid), shipped(canceled)))

    assert [("is Pending" in text, "is Canceled" in text) for _, _, text in told.found] == [
        (True, False),
        (False, True),
    ]


def test_failure_cancels_an_order_or_the_items_that_it_names(market: TestMarket, order_id: str) -> None:
    market.lists("MUG-RED")
    two = market.buys(lines=(PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="MUG-RED")))
    items = {one.sku: one.order_item_id for one in order(market, two).items}

    def failure(one: str, item_id: str) -> str:
        return (
            f"<AmazonOrderID>{one}</AmazonOrderID><StatusCode>Failure</StatusCode>"
            f"<Item><AmazonOrderItemCode>{item_id}</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item>"
        )

    told = market.feed(
        ACKNOWLEDGEMENT,
        envelope(
            "OrderAcknowledgement",
            failure(two, items["MUG-RED"]),
            f"<AmazonOrderID>{order_id}</AmazonOrderID><StatusCode>Failure</StatusCode>",
            failure(two, items["MUG-RED"]),
            failure(two, items["MUG-BLUE"]).replace("NoInventory", "Whatever"),
        ),
    )

    assert (told.counts, [one[:2] for one in told.found]) == ((4, 2, 2), [(3, "18000"), (4, "18000")])
    assert [(one.order_id, one.reason) for one in market.facts(ItemsCanceled)] == [(two, "NoInventory")]
    assert [(one.order_id, one.canceled_by) for one in market.facts(OrderCanceled)] == [(order_id, "Seller")]


def test_the_flat_acknowledgement_cancels_and_takes_both_codes_or_neither(market: TestMarket, order_id: str) -> None:
    item = item_of(market, order_id)
    columns = ("order-id", "cancellation-reason-code", "amazon-order-item-code")
    rows = [
        {"order-id": order_id, "cancellation-reason-code": "NoInventory"},
        {"order-id": order_id, "cancellation-reason-code": "CarrierCoverageFailure", "amazon-order-item-code": item},
        {"order-id": order_id, "cancellation-reason-code": "BuyerCanceled", "amazon-order-item-code": item},
    ]

    told = market.feed(CANCELLATION, table(columns, rows, above=[TEMPLATE]))

    assert (told.counts, [number for number, _, _ in told.found]) == ((3, 1, 2), [1, 2])
    assert [(one.order_id, one.reason) for one in market.facts(OrderCanceled)] == [(order_id, "BuyerCanceled")]


def test_amounts_are_given_back_part_by_part_by_one_refund(market: TestMarket, order_id: str) -> None:
    item = item_of(market, order_id)
    market.feed(FULFILLMENT, envelope("OrderFulfillment", shipped(order_id)))

    told = market.feed(
        ADJUSTMENT,
        envelope(
            "OrderAdjustment",
            adjusted(order_id, item, Principal="20.00", RestockingFee="-4.00", Goodwill="1.5"),
            adjusted(order_id, item, Principal="40.01"),
            adjusted(order_id, item, Principal="10.005"),
            adjusted(order_id, item, "NoReason", Principal="1.00"),
            adjusted(order_id, item, Whatever="1.00"),
            adjusted(order_id, item, Principal="3.00", RestockingFee="-3.00"),
            adjusted(order_id, item),
            adjusted(order_id, item, Principal="1.00").replace("USD", "EUR"),
        ),
    )

    assert told.counts == (8, 1, 7)
    (fact,) = market.facts(RefundIssued)
    (line,) = fact.lines
    assert (fact.reason, line.quantity, line.amounts.total) == ("CustomerReturn", 1, -1750)
    assert (line.amounts.price, line.amounts.restocking_fee, line.amounts.goodwill) == (-2000, 400 * -1, -150)


def test_a_flat_file_gives_back_and_cancels(market: TestMarket, order_id: str) -> None:
    item = item_of(market, order_id)
    columns = (
        "order-id",
        "order-item-id",
        "adjustment-reason-code",
        "currency",
        "item-price-adj",
        "shipping-price-adj",
        "quantity-cancelled",
    )
    said = {"order-id": order_id, "order-item-id": item, "adjustment-reason-code": "NoInventory", "currency": "USD"}
    market.feed(FULFILLMENT, envelope("OrderFulfillment", shipped(order_id, (item, 2))))

    told = market.feed(
        FLAT_ADJUSTMENT,
        table(
            columns,
            [
                said | {"quantity-cancelled": "1"},
                said | {"item-price-adj": "5.00"},
                said | {"item-price-adj": "five"},
                said | {"currency": ""},
                said | {"shipping-price-adj": "1.00"},
                said,
            ],
        ),
    )

    assert (told.counts, [number for number, _, _ in told.found]) == ((6, 2, 4), [3, 4, 5, 6])
    assert [one.lines[0].quantity for one in market.facts(ItemsCanceled)] == [1]
    assert [(one.lines[0].amounts.total, one.lines[0].quantity) for one in market.facts(RefundIssued)] == [(-500, 0)]


def test_the_money_of_a_feed_is_in_the_ledger(market: TestMarket, order_id: str) -> None:
    item = item_of(market, order_id)
    market.feed(FULFILLMENT, envelope("OrderFulfillment", shipped(order_id)))
    market.feed(
        ADJUSTMENT,
        envelope(
            "OrderAdjustment", adjusted(order_id, item, Principal="20.00", RestockingFee="-4.00", Goodwill="1.50")
        ),
    )

    market.advance(days=40)  # by then the money is held no more
    events = market.seller.call("GET", f"/finances/v0/orders/{order_id}/financialEvents").json()["payload"]
    (refund,) = events["FinancialEvents"]["RefundEventList"]
    charges = {
        one["ChargeType"]: one["ChargeAmount"]["CurrencyAmount"]
        for one in refund["ShipmentItemAdjustmentList"][0]["ItemChargeAdjustmentList"]
    }

    assert charges == {"Principal": -20.0, "Goodwill": -1.5, "RestockingFee": 4.0}
