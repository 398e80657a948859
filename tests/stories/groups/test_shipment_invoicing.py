"""Shipment Invoicing, Brazil: an order waits, its details are read, its invoice is handed in, and it leaves."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import md5

import pytest
from bookkeeper import LAMP, invoice_of, order_in, shop_in_brazil

from sellingpartner import SellingPartner
from sellingpartner.testing import TestMarket


@pytest.fixture
def market() -> Iterator[TestMarket]:
    """A market of Brazil, whose seller writes its invoices."""
    made = shop_in_brazil()
    yield made
    made.close()


def standing(client: SellingPartner, shipment_id: str) -> str:
    found = client.shipment_invoicing.get_invoice_status(shipment_id=shipment_id).payload
    assert found.shipments is not None
    assert found.shipments.invoice_status is not None
    return found.shipments.invoice_status.value


def test_an_order_leaves_once_its_invoice_is_accepted(market: TestMarket, client: SellingPartner) -> None:
    order_id = market.buys(LAMP, 2)
    shipment_id = f"{order_id}-1"
    market.advance(days=1)
    assert standing(client, shipment_id) == "NotFound"

    details = client.shipment_invoicing.get_shipment_details(shipment_id=shipment_id).payload
    order = order_in(market, order_id)
    assert (details.amazon_order_id, details.buyer_name) == (order_id, order.buyer.name)
    content = invoice_of(order)
    client.shipment_invoicing.submit_invoice(
        shipment_id=shipment_id,
        invoice_content=b64encode(content).decode(),
        content_md5_value=md5(content, usedforsecurity=False).hexdigest(),
    )
    before = client.orders_v0.get_order(order_id=order_id).payload
    assert (before.order_status, before.electronic_invoice_status) == ("Unshipped", "Processing")
    market.advance(days=2)

    assert standing(client, shipment_id) == "Accepted"
    after = client.orders_v0.get_order(order_id=order_id).payload
    assert (after.order_status, after.electronic_invoice_status) == ("Shipped", "Accepted")
    since = market.now.replace(day=1)
    [invoice] = client.invoices.get_invoices(marketplace_id=market.marketplace_id, date_start=since).invoices or []
    assert invoice.status == "AUTHORIZED"
    assert order_id in {one.id for one in invoice.transaction_ids or []}
