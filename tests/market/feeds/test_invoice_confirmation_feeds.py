"""POST_INVOICE_CONFIRMATION_DATA: the invoice of an order that left without one has been sent."""

from __future__ import annotations

import pytest
from feed_writer import envelope
from shipper import leaves

from sellingpartner.market.events.orders import InvoiceConfirmed
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import FeedTold

FEED, KIND = "POST_INVOICE_CONFIRMATION_DATA", "InvoiceConfirmation"
SENT = "<InvoiceSentDate>2026-11-02T09:00:00+08:00</InvoiceSentDate>"


def left_without(market: TestMarket) -> tuple[str, str]:
    """An order of two units that left without its invoice, and its item."""
    order_id = market.buys(quantity=2, awaits_invoice=True)
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
    with market.market.read(market.seller_account.seller_id) as unit:
        (item,) = order_of(unit, order_id).items
    assert status(market, order_id) == "InvoiceUnconfirmed"
    return order_id, item.order_item_id


def status(market: TestMarket, order_id: str) -> str:
    with market.market.read(market.seller_account.seller_id) as unit:
        return order_of(unit, order_id).status.value


def sent(market: TestMarket, order_id: str, *items: tuple[str, str]) -> FeedTold:
    told = "".join(
        f"<Item><AmazonOrderItemCode>{item_id}</AmazonOrderItemCode>"
        f"<QuantityConfirmed>{quantity}</QuantityConfirmed></Item>"
        for item_id, quantity in items
    )
    return market.feed(FEED, envelope(KIND, f"<AmazonOrderID>{order_id}</AmazonOrderID>{SENT}{told}"))


@pytest.mark.parametrize("names_items", [True, False])
def test_the_order_is_shipped_once_its_invoice_is_confirmed(market: TestMarket, *, names_items: bool) -> None:
    order_id, item_id = left_without(market)

    told = sent(market, order_id, *([(item_id, "2")] if names_items else []))

    assert (told.status, told.counts, told.found) == ("DONE", (1, 1, 0), [])
    assert status(market, order_id) == "Shipped"
    assert len(market.facts(InvoiceConfirmed)) == 1


@pytest.mark.parametrize("quantity", ["1", "3", "0", "-2", "two", "99999999999999999999"])
def test_units_that_were_not_shipped_are_refused(market: TestMarket, quantity: str) -> None:
    order_id, item_id = left_without(market)

    assert sent(market, order_id, (item_id, quantity)).counts == (1, 0, 1)

    assert status(market, order_id) == "InvoiceUnconfirmed"
    assert market.market.failures() == []


def test_it_is_confirmed_once_and_for_orders_that_await_it(market: TestMarket) -> None:
    order_id, item_id = left_without(market)
    sent(market, order_id, (item_id, "2"))

    ((_, _, again),) = sent(market, order_id, (item_id, "2")).found
    ((_, code, none),) = sent(market, "111-1111111-1111111", (item_id, "2")).found

    assert "to have its invoice confirmed it must be InvoiceUnconfirmed" in again
    assert (code, "cannot be found" in none) == ("18028", True)
    assert len(market.facts(InvoiceConfirmed)) == 1
