"""Delivery by Amazon: sellers hand invoices in for orders of Brazil, whoever brings these to their buyers."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from hashlib import md5
from typing import Any
from urllib.parse import urlencode

import pytest
from bookkeeper import LAMP, invoice_of, order_in, shop_in_brazil, standing, with_wrong_digit
from modeled import check_form

from sellingpartner.contract.delivery_by_amazon_2022_07_01 import (
    GetInvoiceStatus,
    InvoiceType,
    ProgramType,
    SubmitInvoice,
)
from sellingpartner.contract.easy_ship_2022_03_23 import CreateScheduledPackageBulk, LabelFormat, OrderScheduleDetails
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.invoices_2024_06_19 import GetInvoices
from sellingpartner.contract.orders_v0 import ConfirmShipment, ConfirmShipmentOrderItem, GetOrder, PackageDetail
from sellingpartner.contract.shipment_invoicing_v0 import GetInvoiceStatus as GetInvoiceStatusOfShipment
from sellingpartner.market.events.invoicing import InvoiceAccepted, InvoiceRefused
from sellingpartner.market.invoicing.model import Biller
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.shipping.commands import save_settings
from sellingpartner.market.shipping.model import Settings
from sellingpartner.testing import TestMarket

MODEL = "deliveryShipmentInvoiceV2022-07-01.json"
BRAZIL = "A2Q3Y263D00KWC"
MUG = "MUG-BLUE"


@pytest.fixture
def brazil() -> Iterator[TestMarket]:
    made = shop_in_brazil()
    yield made
    made.close()


def fetched_by_amazon(market: TestMarket) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        save_settings(unit, Settings(easy_ship=("BR",)))


def hand_in(market: TestMarket, content: bytes, program: ProgramType, **named: Any) -> None:  # noqa: ANN401
    """Hand an invoice in; `named` are fields of the request."""
    said: dict[str, Any] = {
        "invoice_content": b64encode(content).decode(),
        "content_md5_value": md5(content, usedforsecurity=False).hexdigest(),
        "invoice_type": InvoiceType.OUTBOUND,
        "program_type": program,
        "marketplace_id": BRAZIL,
    }
    market.seller.send(SubmitInvoice(**(said | named)))


def status_of(market: TestMarket, order: Order, program: ProgramType, **named: Any) -> str | None:  # noqa: ANN401
    said = {"marketplace_id": BRAZIL, "invoice_type": InvoiceType.OUTBOUND, "program_type": program}
    asked = GetInvoiceStatus(**(said | (named or {"order_id": order.order_id})))
    found = market.seller.send(asked)
    assert (found.amazon_order_id, found.amazon_shipment_id) == (order.order_id, f"{order.order_id}-1")
    return found.invoice_status


def sold(market: TestMarket, sku: str = MUG, quantity: int = 1) -> Order:
    """A paid order."""
    order_id = market.buys(sku, quantity)
    market.advance(minutes=1)
    return order_in(market, order_id)


def refused(market: TestMarket, content: bytes, program: ProgramType, **named: Any) -> SellingPartnerError:  # noqa: ANN401
    with pytest.raises(InvalidInput) as why:
        hand_in(market, content, program, **named)
    return why.value


def confirm(market: TestMarket, order: Order) -> None:
    package = PackageDetail(
        package_reference_id="1",
        carrier_code="Correios",
        tracking_number="AA123456785BR",
        ship_date=market.now,
        order_items=[
            ConfirmShipmentOrderItem(order_item_id=one.order_item_id, quantity=one.held) for one in order.items
        ],
    )
    sent = ConfirmShipment(order_id=order.order_id, marketplace_id=BRAZIL, package_detail=package)
    market.seller.send(sent)


def schedule(market: TestMarket, order: Order) -> Any:  # noqa: ANN401 - an answer of Easy Ship
    wanted = CreateScheduledPackageBulk(
        marketplace_id=BRAZIL,
        order_schedule_details_list=[OrderScheduleDetails(amazon_order_id=order.order_id)],
        label_format=LabelFormat.PDF,
    )
    return market.restricted("/easyShip/2022-03-23/packages/bulk", method="POST").send(wanted)


def test_the_invoice_of_an_order_that_its_seller_ships_is_known_everywhere(brazil: TestMarket) -> None:
    order = sold(brazil, quantity=2)
    assert status_of(brazil, order, ProgramType.SELF_SHIP) == "NotFound"

    hand_in(brazil, invoice_of(order), ProgramType.SELF_SHIP, order_id=order.order_id)

    assert status_of(brazil, order, ProgramType.SELF_SHIP) == "Processing"
    brazil.advance(minutes=7)
    assert status_of(brazil, order, ProgramType.SELF_SHIP, shipment_id=f"{order.order_id}-1") == "Accepted"
    assert brazil.seller.send(GetOrder(order_id=order.order_id)).payload.electronic_invoice_status == "Accepted"
    listed = brazil.seller.send(GetInvoices(marketplace_id=BRAZIL)).invoices or []
    assert [one.status for one in listed] == ["AUTHORIZED"]
    assert len(brazil.facts(InvoiceAccepted)) == 1


def test_an_order_that_left_without_its_invoice_is_shipped_with_it(brazil: TestMarket) -> None:
    order_id = brazil.buys(MUG, awaits_invoice=True)
    brazil.advance(minutes=1)
    order = order_in(brazil, order_id)
    confirm(brazil, order)
    assert brazil.seller.send(GetOrder(order_id=order_id)).payload.order_status == "InvoiceUnconfirmed"

    hand_in(brazil, invoice_of(order), ProgramType.SELF_SHIP, order_id=order_id)
    brazil.advance(minutes=7)

    assert brazil.seller.send(GetOrder(order_id=order_id)).payload.order_status == "Shipped"


def test_amazon_fetches_an_order_only_with_its_invoice(brazil: TestMarket) -> None:
    fetched_by_amazon(brazil)
    order = sold(brazil)
    rejected = schedule(brazil, order).rejected_orders
    assert [(one.amazon_order_id, one.error.code) for one in rejected] == [(order.order_id, "InvalidOrderState")]

    hand_in(brazil, invoice_of(order), ProgramType.EASY_SHIP, order_id=order.order_id)
    assert len(schedule(brazil, order).rejected_orders) == 1
    brazil.advance(minutes=7)

    done = schedule(brazil, order)
    assert (len(done.scheduled_packages), done.rejected_orders or []) == (1, [])
    brazil.advance(days=12)
    assert brazil.seller.send(GetOrder(order_id=order.order_id)).payload.order_status == "Shipped"


def test_what_a_fulfillment_center_has_ready_is_one_shipment_of_both_apis(brazil: TestMarket) -> None:
    order = sold(brazil, LAMP)

    hand_in(brazil, with_wrong_digit(order), ProgramType.FBA_ON_SITE, order_id=order.order_id)
    brazil.advance(minutes=7)
    assert standing(brazil, f"{order.order_id}-1") == "Errored"
    assert status_of(brazil, order, ProgramType.FBA_ON_SITE) == "Errored"
    assert [one.error_code for one in brazil.facts(InvoiceRefused)] == ["253"]

    hand_in(brazil, invoice_of(order), ProgramType.FBA_ON_SITE, shipment_id=f"{order.order_id}-1")
    brazil.advance(days=1, minutes=10)
    assert standing(brazil, f"{order.order_id}-1") == "Accepted"
    assert order_in(brazil, order.order_id).status == "Shipped"


def test_what_leaves_from_its_seller_is_no_shipment_of_shipment_invoicing(brazil: TestMarket) -> None:
    order = sold(brazil)
    hand_in(brazil, invoice_of(order), ProgramType.SELF_SHIP, order_id=order.order_id)

    with pytest.raises(InvalidInput, match="Invalid Shipment ID"):
        brazil.seller.send(GetInvoiceStatusOfShipment(shipment_id=f"{order.order_id}-1"))


def test_what_is_no_order_or_not_so_is_refused_and_nothing_is_kept(brazil: TestMarket) -> None:
    order = sold(brazil)
    pending = order_in(brazil, brazil.buys(MUG, paid=False))
    content, mine = invoice_of(order), ProgramType.SELF_SHIP

    def said(**named: Any) -> tuple[str, str, str | None]:  # noqa: ANN401
        why = refused(brazil, content, **({"program": mine} | named))
        return why.code, why.message, why.details

    unknown = said(shipment_id="BadIDForShipment")
    assert unknown[:2] == ("EntityNotFound", "Entity (ShipmentId, BadIDForShipment) was not found")
    assert said(order_id="901-0000000-0000000")[1] == "Entity (OrderId, 901-0000000-0000000) was not found"
    assert said(order_id="?" * 500)[0] == "EntityNotFound"
    assert said()[2] == "Either 'orderId' or 'shipmentId' must be given."
    assert "is not of marketplace" in (said(order_id=order.order_id, marketplace_id="ATVPDKIKX0DER")[2] or "")
    wrong = said(order_id=order.order_id, program=ProgramType.EASY_SHIP)
    assert wrong[2] == f"Order {order.order_id} is of program SelfShip, not EasyShip."
    assert "is Pending" in (said(order_id=pending.order_id)[2] or "")
    assert "fails encoding" in (said(order_id=order.order_id, invoice_content="***")[2] or "")
    assert "is not the MD5" in (said(order_id=order.order_id, content_md5_value="0" * 32)[2] or "")
    assert "bytes" in (refused(brazil, b"x" * 1_000_001, mine, order_id=order.order_id).details or "")
    assert status_of(brazil, order, mine) == "NotFound"
    with pytest.raises(InvalidInput) as why:
        status_of(brazil, order, mine, shipment_id="BadIDForShipment")
    assert why.value.message == "Invalid Shipment Id"
    assert why.value.details == "'BadIDForShipment' is an invalid shipment Id"


def test_an_invoice_is_taken_once_and_none_of_another_order(brazil: TestMarket) -> None:
    first, second = sold(brazil), sold(brazil)
    hand_in(brazil, invoice_of(first), ProgramType.SELF_SHIP, order_id=first.order_id)
    again = refused(brazil, invoice_of(first), ProgramType.SELF_SHIP, order_id=first.order_id)
    assert "is Processing already" in (again.details or "")
    brazil.advance(minutes=7)

    hand_in(brazil, invoice_of(first), ProgramType.SELF_SHIP, order_id=second.order_id)
    brazil.advance(minutes=7)

    assert status_of(brazil, second, ProgramType.SELF_SHIP) == "Errored"
    again = refused(brazil, invoice_of(first), ProgramType.SELF_SHIP, order_id=first.order_id)
    assert "is Accepted already" in (again.details or "")
    hand_in(brazil, invoice_of(second, number=2), ProgramType.SELF_SHIP, order_id=second.order_id)
    brazil.advance(minutes=7)
    assert status_of(brazil, second, ProgramType.SELF_SHIP) == "Accepted"


def test_a_canceled_order_needs_no_invoice(brazil: TestMarket) -> None:
    order = sold(brazil)
    with brazil.market.write(brazil.seller.seller_id) as unit:
        cancel(unit, order.order_id, by=Canceler.SELLER, reason="NoInventory")

    why = refused(brazil, invoice_of(order), ProgramType.SELF_SHIP, order_id=order.order_id)

    assert "was canceled" in (why.details or "")
    assert brazil.seller.send(GetOrder(order_id=order.order_id)).payload.electronic_invoice_status == "NotRequired"
    assert status_of(brazil, order, ProgramType.SELF_SHIP) == "NotFound"


def test_where_amazon_writes_the_invoice_none_is_taken() -> None:
    market = shop_in_brazil(Biller.AMAZON)
    order = sold(market, LAMP)

    why = refused(market, invoice_of(order), ProgramType.FBA_ON_SITE, order_id=order.order_id)

    assert why.details == f"Amazon writes the invoice of order {order.order_id}."
    market.advance(days=2)
    assert status_of(market, order, ProgramType.FBA_ON_SITE) == "Accepted"
    market.close()


def test_the_seller_is_told_what_became_of_its_invoice(brazil: TestMarket) -> None:
    brazil.subscribe("ORDER_CHANGE")
    order = sold(brazil)
    hand_in(brazil, invoice_of(order), ProgramType.SELF_SHIP, order_id=order.order_id)
    brazil.advance(minutes=7)

    told = [str(one) for one in brazil.notifications("ORDER_CHANGE")]

    assert [word for word in ("InvoiceProcessing", "InvoiceAccepted") if any(word in one for one in told)] == [
        "InvoiceProcessing",
        "InvoiceAccepted",
    ]
    assert brazil.notifications("FBA_OUTBOUND_SHIPMENT_STATUS") == []


def test_another_sellers_order_is_none(brazil: TestMarket) -> None:
    order = sold(brazil)
    other = brazil.caller(seller=brazil.join("Rival & Co", (BRAZIL,)))

    with pytest.raises(InvalidInput, match="Invalid Order Id"):
        other.send(
            GetInvoiceStatus(
                marketplace_id=BRAZIL,
                invoice_type=InvoiceType.OUTBOUND,
                program_type=ProgramType.SELF_SHIP,
                order_id=order.order_id,
            )
        )


def test_answers_have_the_published_form(brazil: TestMarket) -> None:
    order = sold(brazil)
    sent = {
        "invoiceContent": b64encode(invoice_of(order)).decode(),
        "contentMD5Value": md5(invoice_of(order), usedforsecurity=False).hexdigest(),
        "invoiceType": "Outbound",
        "programType": "SelfShip",
        "marketplaceId": BRAZIL,
    }
    path = "/delivery/2022-07-01/invoice"
    taken = brazil.seller.call("POST", f"{path}?orderId={order.order_id}", body=json.dumps(sent).encode())
    assert (taken.status, taken.json()) == (200, {})
    wanted = {key: sent[key] for key in ("invoiceType", "programType", "marketplaceId")} | {"orderId": order.order_id}
    shown = brazil.seller.call("GET", f"{path}/status?{urlencode(wanted)}").json()

    check_form(shown, MODEL, "GetInvoiceStatusResponse")
    assert shown["invoiceStatus"] == "Processing"
    assert brazil.now - order.purchased_at < timedelta(hours=1)
