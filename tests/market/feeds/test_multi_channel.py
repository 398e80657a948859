"""Feeds of multi-channel orders do what the operations do, XML and flat, and leave nothing half-done."""

from __future__ import annotations

import pytest
from feed_writer import envelope
from outside_shop import LAMP, asks, at_amazon, shown, status

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.inventory.model import Stock
from sellingpartner.testing import TestMarket

REQUEST, CANCEL = "POST_FULFILLMENT_ORDER_REQUEST_DATA", "POST_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA"
FLAT_REQUEST = "POST_FLAT_FILE_FULFILLMENT_ORDER_REQUEST_DATA"
FLAT_CANCEL = "POST_FLAT_FILE_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA"
HEAD = (
    "MerchantFulfillmentOrderID\tDisplayableOrderID\tDisplayableOrderDate\tMerchantSKU\tQuantity\t"
    "MerchantFulfillmentOrderItemID\tGiftMessage\tDisplayableOrderComment\tDeliverySLA\tAddressName\tAddressFieldOne\t"
    "AddressCity\tAddressCountryCode\tAddressStateOrRegion\tAddressPostalCode\tFulfillmentAction\n"
)


def row(order_id: str, item: str = "1", quantity: object = 2, sku: str = LAMP, action: str = "Ship") -> str:
    return (
        f"{order_id}\t{order_id}\t2026-11-02\t{sku}\t{quantity}\t{item}\tHello\tThanks\tExpedited\tAnn Lee\t12 Elm St\t"
        f"Portland\tUS\tOR\t97201\t{action}\n"
    )


def message(order_id: str = "SHOP-1", quantity: int = 2, sku: str = LAMP) -> str:
    return (
        f"<MerchantFulfillmentOrderID>{order_id}</MerchantFulfillmentOrderID>"
        f"<DisplayableOrderID>{order_id}</DisplayableOrderID>"
        "<DisplayableOrderDate>2026-11-02T08:00:00Z</DisplayableOrderDate>"
        "<DisplayableOrderComment>Thanks</DisplayableOrderComment><DeliverySLA>Standard</DeliverySLA>"
        "<DestinationAddress><Name>Ann Lee</Name><AddressFieldOne>12 Elm St</AddressFieldOne><City>Portland</City>"
        "<StateOrRegion>OR</StateOrRegion><PostalCode>97201</PostalCode><CountryCode>US</CountryCode>"
        f"</DestinationAddress><Item><SKU>{sku}</SKU><MerchantFulfillmentOrderItemID>1</MerchantFulfillmentOrderItemID>"
        f"<Quantity>{quantity}</Quantity></Item>"
    )


def test_orders_come_in_by_xml(market: TestMarket) -> None:
    market.feed(REQUEST, envelope("FulfillmentOrderRequest", message(), message("SHOP-2", sku="NO-SUCH")))

    assert status(market.seller) in {"Received", "Planning"}
    assert at_amazon(market) == Stock(on_hand=100, reserved=2)
    with pytest.raises(NotFound):
        shown(market.seller, "SHOP-2")


def test_orders_come_in_by_a_flat_file_a_line_an_item(market: TestMarket) -> None:
    rows = (row("A", "1", 1), row("A", "2", 3), row("B", action="Hold"), row("C", quantity="many"), row("D", "1", 1))
    told = market.feed(FLAT_REQUEST, HEAD + "".join(rows))

    assert [item.quantity for item in shown(market.seller, "A").fulfillment_order_items] == [1, 3]
    order = shown(market.seller, "B").fulfillment_order
    assert order.fulfillment_action is not None
    assert order.fulfillment_action.value == "Hold"
    assert order.shipping_speed_category.value == "Expedited"
    with pytest.raises(NotFound):
        shown(market.seller, "C")
    assert at_amazon(market) == Stock(on_hand=100, reserved=7)
    assert "Quantity is 'many'" in told.text


def test_an_order_with_a_line_that_cannot_be_is_left_out_whole(market: TestMarket) -> None:
    market.feed(FLAT_REQUEST, HEAD + row("A", "1", 1) + row("A", "2", 0) + row("B", "1", 1))

    with pytest.raises(NotFound):
        shown(market.seller, "A")
    assert at_amazon(market) == Stock(on_hand=100, reserved=1)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (FLAT_CANCEL, "MerchantFulfillmentOrderID\nSHOP-1\nNONE\n"),
        (
            CANCEL,
            envelope(
                "FulfillmentOrderCancellationRequest",
                "<MerchantFulfillmentOrderID>SHOP-1</MerchantFulfillmentOrderID>",
                "<MerchantFulfillmentOrderID>NONE</MerchantFulfillmentOrderID>",
            ),
        ),
    ],
)
def test_orders_are_taken_back_by_feeds(market: TestMarket, kind: str, content: str) -> None:
    asks(market)

    told = market.feed(kind, content)

    assert status(market.seller) == "Cancelled"
    assert at_amazon(market) == Stock(on_hand=100)
    assert "There is no fulfillment order" in told.text
