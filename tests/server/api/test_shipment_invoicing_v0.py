"""Shipment invoicing: what waits for its invoice in Brazil leaves with it, and every refusal has its reason."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from hashlib import md5
from typing import Any

import pytest
from bookkeeper import (
    LAMP,
    handed_in,
    invoice_of,
    order_in,
    shop_in_brazil,
    standing,
    with_other_issuer,
    with_wrong_digit,
)
from modeled import check_form

from sellingpartner.contract.errors import InvalidInput, SellingPartnerError, Unauthorized
from sellingpartner.contract.invoices_2024_06_19 import GetInvoices, Invoice
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.contract.shipment_invoicing_v0 import GetInvoiceStatus, GetShipmentDetails
from sellingpartner.market.events.invoicing import InvoiceAccepted, InvoiceRefused
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.market.invoicing.model import Biller
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import TestMarket

DETAILS = "/fba/outbound/brazil/v0/shipments/{shipmentId}"
MODEL = "shipmentInvoicingV0.json"


@pytest.fixture
def brazil() -> Iterator[TestMarket]:
    made = shop_in_brazil()
    yield made
    made.close()


def waiting(market: TestMarket, quantity: int = 1, **more: Any) -> tuple[str, Order]:  # noqa: ANN401 - of Purchase
    """An order that waits for its invoice: its shipment's id, and itself."""
    order_id = market.buys(LAMP, quantity, **more)
    return f"{order_id}-1", order_in(market, order_id)


def invoices(market: TestMarket) -> list[Invoice]:
    return market.seller.send(GetInvoices(marketplace_id=market.marketplace_id)).invoices or []


def market_invoices(market: TestMarket) -> list[Invoice]:
    """Those of the last week, the latest first."""
    asked = GetInvoices(marketplace_id=market.marketplace_id, date_start=market.now - timedelta(days=7))
    return market.seller.send(asked).invoices or []


def status_of(market: TestMarket, order: Order) -> tuple[str, str | None]:
    found = market.seller.send(GetOrder(order_id=order.order_id)).payload
    return found.order_status, found.electronic_invoice_status


def test_an_order_leaves_only_after_its_invoice(brazil: TestMarket) -> None:
    shipment_id, order = waiting(brazil, 2)
    brazil.advance(days=2)
    assert status_of(brazil, order) == ("Unshipped", "NotFound")
    assert standing(brazil, shipment_id) == "NotFound"

    handed_in(brazil, shipment_id, invoice_of(order))

    assert standing(brazil, shipment_id) == "Processing"
    assert status_of(brazil, order) == ("Unshipped", "Processing")
    assert invoices(brazil) == []
    brazil.advance(minutes=7)
    assert standing(brazil, shipment_id) == "Accepted"
    [invoice] = invoices(brazil)
    assert (invoice.status, invoice.error_code, len(invoice.external_invoice_id or "")) == ("AUTHORIZED", None, 44)
    assert {(one.name, one.id) for one in invoice.transaction_ids or []} == {
        ("ORDER_ID", order.order_id),
        ("SHIPMENT_ID", shipment_id),
    }
    assert brazil.facts(OrderShipped) == []
    brazil.advance(days=1)
    assert status_of(brazil, order) == ("Shipped", "Accepted")
    assert len(brazil.facts(InvoiceAccepted)) == 1


WRONG: list[tuple[str, Callable[[Order], bytes]]] = [
    ("253", with_wrong_digit),
    ("502", with_other_issuer),
    ("502", lambda order: invoice_of(order, number=5).replace(b"<nNF>5</nNF>", b"<nNF>6</nNF>")),
    ("207", lambda order: invoice_of(order, issuer="11111111111112")),
    ("215", lambda _: b"no XML at all"),
    ("215", lambda order: invoice_of(order)[:-40]),
    ("215", lambda order: invoice_of(order).replace(b"portalfiscal", b"otherplace")),
    ("215", lambda order: b'<!DOCTYPE x [<!ENTITY a "b">]>' + invoice_of(order).partition(b"?>\n")[2]),
    ("215", lambda order: invoice_of(order).replace(b"<vNF>", b"<vNF>NaN")),
    ("610", lambda order: invoice_of(order, freight=invoice_total(order))),
    ("999", lambda order: invoice_of(order, authorization="110")),
    ("999", lambda order: invoice_of(order, authorization=None, protocol_key=None)),
    ("ORDER_TOTAL_DIFFERS", lambda order: invoice_of(order, freight=_one(), total=invoice_goods(order) + _one())),
    ("ORDER_ITEMS_DIFFER", lambda order: invoice_of(order).replace(b"LAMP-OAK", b"LAMP-ASH")),
    ("ORDER_ITEMS_DIFFER", lambda order: invoice_of(order).replace(b"<qCom>1.0000", b"<qCom>2.0000")),
]


def _one() -> Decimal:
    return Decimal(1)


def invoice_total(order: Order) -> Decimal:
    return order.total.decimal + 1


def invoice_goods(order: Order) -> Decimal:
    return Decimal(sum(item.held_amounts.price for item in order.items)).scaleb(-2)


@pytest.mark.parametrize(("code", "wrong"), WRONG, ids=[f"{place}-{code}" for place, (code, _) in enumerate(WRONG)])
def test_an_invoice_that_is_not_in_order_is_refused_with_its_reason_and_may_come_again(
    brazil: TestMarket, code: str, wrong: Callable[[Order], bytes]
) -> None:
    shipment_id, order = waiting(brazil)

    handed_in(brazil, shipment_id, wrong(order))
    brazil.advance(days=2)

    assert (standing(brazil, shipment_id), status_of(brazil, order)) == ("Errored", ("Unshipped", "Errored"))
    [refused] = brazil.facts(InvoiceRefused)
    assert (refused.error_code, bool(refused.reason)) == (code, True)
    handed_in(brazil, shipment_id, invoice_of(order))
    brazil.advance(days=1)
    assert standing(brazil, shipment_id) == "Accepted"
    assert status_of(brazil, order)[0] == "Shipped"
    both = market_invoices(brazil)
    assert [one.status for one in both] == ["AUTHORIZED", "REJECTED"]
    assert (both[1].error_code, both[1].gov_response) == (refused.error_code, refused.reason)


def test_an_invoice_of_another_order_and_one_that_was_used_are_refused(brazil: TestMarket) -> None:
    first, order = waiting(brazil)
    second, other = waiting(brazil)
    larger, bigger = waiting(brazil, 3)
    handed_in(brazil, first, invoice_of(order))
    brazil.advance(minutes=7)

    handed_in(brazil, second, invoice_of(order))
    handed_in(brazil, larger, invoice_of(other, number=2))
    brazil.advance(minutes=7)

    assert [standing(brazil, one) for one in (first, second, larger)] == ["Accepted", "Errored", "Errored"]
    assert [one.error_code for one in brazil.facts(InvoiceRefused)] in (
        ["204", "ORDER_ITEMS_DIFFER"],
        ["ORDER_ITEMS_DIFFER", "204"],
    )
    assert bigger.quantity_unshipped == 3


def test_what_is_no_invoice_is_refused_at_once_and_nothing_is_kept(brazil: TestMarket) -> None:
    shipment_id, order = waiting(brazil)
    right = invoice_of(order)
    digest = md5(right, usedforsecurity=False).hexdigest()

    def refused(shipment: str = shipment_id, content: bytes = right, **changed: Any) -> tuple[str, str | None]:  # noqa: ANN401
        with pytest.raises(InvalidInput) as why:
            handed_in(brazil, shipment, content, **changed)
        return why.value.message, why.value.details

    assert refused("BadIDForShipment", invoice_content="NonBase64EncodedValue!") == (
        "Shipment ID is invalid",
        "InvoiceContent fails encoding. Shipment 'BadIDForShipment' does not exist",
    )
    assert refused("901-0000000-0000000-1")[1] == "Shipment '901-0000000-0000000-1' does not exist"
    assert refused(invoice_content="***")[1] == "InvoiceContent fails encoding."
    assert refused(content_md5_value="0" * 32)[1] == "ContentMD5Value is not the MD5 of the invoice's content."
    assert "bytes" in (refused(content=b"")[1] or "")
    assert "bytes" in (refused(content=b"x" * 1_000_001)[1] or "")
    assert "is not of marketplace" in (refused(marketplace_id="ATVPDKIKX0DER")[1] or "")
    assert standing(brazil, shipment_id) == "NotFound"
    in_base64 = b64encode(bytes.fromhex(digest)).decode()
    handed_in(brazil, shipment_id, right, content_md5_value=in_base64)
    assert "is Processing already" in (refused()[1] or "")
    brazil.advance(minutes=7)
    assert "is Accepted already" in (refused()[1] or "")


def test_a_canceled_order_needs_no_invoice(brazil: TestMarket) -> None:
    shipment_id, order = waiting(brazil)
    with brazil.market.write(brazil.seller.seller_id) as unit:
        cancel(unit, order.order_id, by=Canceler.BUYER, reason="Changed my mind")

    assert status_of(brazil, order) == ("Canceled", "NotRequired")
    with pytest.raises(InvalidInput):
        handed_in(brazil, shipment_id, invoice_of(order))


def test_an_order_that_is_canceled_while_its_invoice_is_in_process_needs_none_everywhere(brazil: TestMarket) -> None:
    shipment_id, order = waiting(brazil)
    handed_in(brazil, shipment_id, invoice_of(order))
    with brazil.market.write(brazil.seller.seller_id) as unit:
        cancel(unit, order.order_id, by=Canceler.BUYER, reason="Changed my mind")

    brazil.advance(minutes=7)

    assert (status_of(brazil, order), standing(brazil, shipment_id)) == (("Canceled", "NotRequired"), "NotFound")
    assert (brazil.facts(InvoiceRefused), brazil.facts(InvoiceAccepted)) == ([], [])
    with pytest.raises(InvalidInput) as why:
        handed_in(brazil, shipment_id, invoice_of(order))
    assert "was canceled" in (why.value.details or "")


def test_what_an_invoice_must_say_is_shown_by_restricted_token_only(brazil: TestMarket) -> None:
    gift = (PurchaseLine(sku=LAMP, quantity=2, shipping=1299, promotion_discount=500),)
    shipment_id, order = waiting(brazil, lines=gift)
    asked = GetShipmentDetails(shipment_id=shipment_id)

    with pytest.raises(Unauthorized):
        brazil.seller.send(asked)
    shown = brazil.restricted(DETAILS).send(asked).payload

    assert (shown.amazon_order_id, shown.buyer_name) == (order.order_id, order.buyer.name)
    assert shown.shipping_address is not None
    assert shown.shipping_address.name == order.address.name
    assert shown.payments is not None
    assert shown.payments[0].payment_value is not None
    assert shown.payments[0].payment_value.amount == str(order.total)
    [item] = shown.shipment_items or []
    assert (item.seller_sku, int(item.quantity_ordered or 0)) == (LAMP, 2)
    raw = brazil.restricted(DETAILS).call("GET", DETAILS.replace("{shipmentId}", shipment_id)).json()
    check_form(raw, MODEL, "GetShipmentDetailsResponse")
    status = brazil.seller.call("GET", f"{DETAILS.replace('{shipmentId}', shipment_id)}/invoice/status").json()
    check_form(status, MODEL, "GetInvoiceStatusResponse")


def test_what_waits_for_nothing_is_no_shipment_of_this_api() -> None:
    amazon = shop_in_brazil(Biller.AMAZON)
    order_id = amazon.buys(LAMP)
    mine = amazon.buys("MUG-BLUE")

    for name in (f"{order_id}-1", f"{mine}-1", "nothing"):
        with pytest.raises(SellingPartnerError) as refused:
            amazon.seller.send(GetInvoiceStatus(shipment_id=name))
        assert refused.value.message == "Invalid Shipment ID"
        assert refused.value.details == f"'{name}' is an invalid ShipmentID"
    amazon.advance(days=2)
    assert order_in(amazon, order_id).status == "Shipped"
    amazon.close()


def test_another_sellers_shipment_is_none(brazil: TestMarket) -> None:
    shipment_id, order = waiting(brazil)
    other = brazil.caller(seller=brazil.join("Rival & Co", ("A2Q3Y263D00KWC",)))

    with pytest.raises(InvalidInput, match="Invalid Shipment ID"):
        other.send(GetInvoiceStatus(shipment_id=shipment_id))

    assert status_of(brazil, order) == ("Unshipped", "NotFound")


def test_the_seller_is_told_what_waits_and_what_became_of_its_invoice(brazil: TestMarket) -> None:
    brazil.subscribe("FBA_OUTBOUND_SHIPMENT_STATUS")
    brazil.subscribe("ORDER_CHANGE")
    shipment_id, order = waiting(brazil)
    handed_in(brazil, shipment_id, invoice_of(order))
    brazil.advance(days=1)

    created = brazil.notifications("FBA_OUTBOUND_SHIPMENT_STATUS")
    changes = brazil.notifications("ORDER_CHANGE")

    assert len(created) == 1
    assert shipment_id in str(created[0].payload)
    assert [one for one in map(str, changes) if "InvoiceProcessing" in one]
    assert [one for one in map(str, changes) if "InvoiceAccepted" in one]
