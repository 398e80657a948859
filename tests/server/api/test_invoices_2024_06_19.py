"""Invoices: listed by what they are, exported to files, and asked of the authority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from bookkeeper import LAMP, handed_in, invoice_of, order_in, shop_in_brazil, with_wrong_digit
from modeled import check_form

from sellingpartner.contract import invoices_2024_06_19 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.events.invoicing import GovernmentInvoiceEnded, InvoiceIssued
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import Address, Owner, PlanItem, Shipment
from sellingpartner.market.inbound.store.shipments import insert_shipments, load_shipment, save_shipment
from sellingpartner.market.invoicing.access_key import parsed
from sellingpartner.market.invoicing.model import Biller
from sellingpartner.market.invoicing.nfe import read
from sellingpartner.market.invoicing.questions import biller_of
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.testing import TestMarket

PATH = "/tax/invoices/2024-06-19"
MODEL = "InvoicesApiModel_2024-06-19.json"
ALONE = "nextToken stands alone: it holds the filters of the first page. Leave the others out."


@pytest.fixture
def amazon() -> Iterator[TestMarket]:
    """A market of Brazil in which Amazon writes the invoices, and two sales have left."""
    made = shop_in_brazil(Biller.AMAZON)
    for quantity in (1, 2):
        made.buys(LAMP, quantity)
        made.advance(hours=1)
    made.advance(days=1)
    yield made
    made.close()


@pytest.fixture
def brazil() -> Iterator[TestMarket]:
    made = shop_in_brazil()
    yield made
    made.close()


def listed(market: TestMarket, **more: Any) -> list[api.Invoice]:  # noqa: ANN401 - fields of the request
    said = {"date_start": market.now - timedelta(days=7)} | more
    return market.seller.send(api.GetInvoices(marketplace_id=market.marketplace_id, **said)).invoices or []


def refused(market: TestMarket, request: Any) -> tuple[int, str, str | None]:  # noqa: ANN401
    with pytest.raises(SellingPartnerError) as why:
        market.seller.send(request)
    return why.value.status, why.value.code, why.value.details


def opened(market: TestMarket, url: str | None) -> tuple[int, str, bytes]:
    _, _, link = (url or "").partition("/shipping-documents")
    answer = market.anybody().call("GET", f"/shipping-documents{link}")
    return answer.status, answer.headers.get("content-type", ""), answer.body


def test_amazon_writes_the_invoice_of_what_leaves_and_it_adds_up(amazon: TestMarket) -> None:
    found = listed(amazon, sort_order=api.SortOrder.ASC)

    assert [one.status for one in found] == ["AUTHORIZED", "AUTHORIZED"]
    assert len(amazon.facts(InvoiceIssued)) == 2
    keys = [parsed(one.external_invoice_id or "") for one in found]
    assert all(key is not None and key.is_sound for key in keys)
    exported = amazon.seller.send(
        api.CreateInvoicesExport(
            marketplace_id=amazon.marketplace_id, date_start=(amazon.now - timedelta(days=7)).date()
        )
    )
    amazon.advance(minutes=6)
    export = amazon.seller.send(api.GetInvoicesExport(export_id=exported.export_id or "")).export
    assert export is not None
    [file_id] = export.invoices_document_ids or []
    document = amazon.seller.send(api.GetInvoicesDocument(invoices_document_id=file_id)).invoices_document
    assert document is not None
    status, kind, content = opened(amazon, document.invoices_document_url)
    assert (status, kind) == (200, "application/zip")
    with ZipFile(BytesIO(content)) as packed:
        papers = [read(packed.read(name)) for name in packed.namelist()]
    orders = {one.id: order_in(amazon, one.id or "") for each in found for one in (each.transaction_ids or [])[:1]}
    assert sorted(paper.total for paper in papers) == sorted(order.total.decimal for order in orders.values())
    assert all(paper.is_authorized for paper in papers)
    amazon.advance(seconds=31)
    assert opened(amazon, document.invoices_document_url)[0] == 403


def test_a_list_is_filtered_sorted_and_walked(brazil: TestMarket) -> None:
    orders = [brazil.buys(LAMP) for _ in range(3)]
    for number, order_id in enumerate(orders, start=1):
        order = order_in(brazil, order_id)
        handed_in(brazil, f"{order_id}-1", with_wrong_digit(order) if number == 1 else invoice_of(order, number))
        brazil.advance(minutes=10)
    latest = listed(brazil)
    first = latest[-1]

    assert [one.status for one in latest] == ["AUTHORIZED", "AUTHORIZED", "REJECTED"]
    assert listed(brazil, sort_order=api.SortOrder.ASC) == latest[::-1]
    assert listed(brazil, statuses=["REJECTED"]) == [first]
    assert listed(brazil, external_invoice_id=latest[0].external_invoice_id) == latest[:1]
    by_order = {"transaction_identifier_name": "ORDER_ID", "transaction_identifier_id": orders[1]}
    assert listed(brazil, **by_order) == latest[1:2]
    assert listed(brazil, series="1") == latest
    assert listed(brazil, series="9") == listed(brazil, invoice_type="REMITTANCE") == []
    assert listed(brazil, date_start=brazil.now - timedelta(minutes=1)) == []
    start = brazil.now - timedelta(days=1)
    page = brazil.seller.send(api.GetInvoices(marketplace_id=brazil.marketplace_id, date_start=start, page_size=2))
    rest = brazil.seller.send(api.GetInvoices(marketplace_id=brazil.marketplace_id, next_token=page.next_token))
    assert [*(page.invoices or []), *(rest.invoices or [])] == latest
    assert rest.next_token is None
    one = brazil.seller.send(api.GetInvoice(invoice_id=first.id or "", marketplace_id=brazil.marketplace_id))
    assert one.invoice == first
    raw = brazil.seller.call("GET", f"{PATH}/invoices?marketplaceId={brazil.marketplace_id}").json()
    check_form(raw, MODEL, "GetInvoicesResponse")


def test_exports_are_followed_and_listed(amazon: TestMarket) -> None:
    asked = api.CreateInvoicesExport(marketplace_id=amazon.marketplace_id)
    ids = [amazon.seller.send(asked).export_id for _ in range(3)]
    path = f"{PATH}/exports?marketplaceId={amazon.marketplace_id}"

    def exports(**more: Any) -> api.GetInvoicesExportsResponse:  # noqa: ANN401 - fields of the request
        return amazon.seller.send(api.GetInvoicesExports(marketplace_id=amazon.marketplace_id, **more))

    assert [one.status for one in exports().exports or []] == ["REQUESTED"] * 3
    amazon.advance(minutes=6)
    done = exports().exports or []
    assert {one.export_id for one in done} == set(ids)
    assert {(one.status, len(one.invoices_document_ids or [])) for one in done} == {("DONE", 1)}
    assert all(one.generate_export_started_at is not None for one in done)
    assert exports(status=api.Status.ERROR).exports == []
    page = exports(page_size=2)
    assert [*(page.exports or []), *(exports(next_token=page.next_token).exports or [])] == done
    check_form(amazon.seller.call("GET", path).json(), MODEL, "GetInvoicesExportsResponse")
    nothing = api.CreateInvoicesExport(marketplace_id=amazon.marketplace_id, statuses=["CANCELED"])
    none = amazon.seller.send(nothing).export_id or ""
    amazon.advance(minutes=6)
    ended = amazon.seller.send(api.GetInvoicesExport(export_id=none)).export
    assert ended is not None
    assert (ended.status, ended.error_message) == ("ERROR", "No invoice matches the filter.")


def test_what_invoices_can_be_is_told(amazon: TestMarket) -> None:
    raw = amazon.seller.call("GET", f"{PATH}/attributes?marketplaceId={amazon.marketplace_id}").json()

    check_form(raw, MODEL, "GetInvoicesAttributesResponse")
    told = raw["invoicesAttributes"]
    assert [one["value"] for one in told["invoiceStatusOptions"]] == ["AUTHORIZED", "REJECTED", "CANCELED"]
    assert {one["value"] for one in told["transactionTypeOptions"]} == {"CUSTOMER_SALES", "INBOUND_SHIPMENT"}


def government(market: TestMarket, shipment_id: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "marketplace_id": market.marketplace_id,
        "shipment_id": shipment_id,
        "invoice_type": "SALE",
        "transaction_type": "CUSTOMER_SALES",
    } | more


def sent_in(market: TestMarket, quantity: int) -> str:
    """A shipment of lamps to a center, of a placement that nobody has confirmed; returns its id."""
    with market.market.write(market.seller.seller_id) as unit:
        shipment = Shipment(
            shipment_id="sh-of-lamps",
            plan_id="wf-of-lamps",
            marketplace_id=market.marketplace_id,
            placement_option_id="pl-of-lamps",
            created_at=unit.now,
            updated_at=unit.now,
            center="GRU5",
            name="Lamps",
            ship_from=Address(
                name="Harbor Goods", line_1="Rua Um 1", city="Santos", postal_code="11010", country_code="BR"
            ),
            items=(PlanItem(msku=LAMP, quantity=quantity, prep_owner=Owner.NONE, label_owner=Owner.SELLER),),
        )
        insert_shipments(unit, [shipment])
    return shipment.shipment_id


def stands(market: TestMarket, shipment_id: str, status: ShipmentStatus) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        shipment = load_shipment(unit, "wf-of-lamps", shipment_id)
        shipment.move(status)
        save_shipment(unit, shipment)


def test_the_authority_is_asked_for_an_invoice_and_answers_on_the_clock(brazil: TestMarket) -> None:
    order_id = brazil.buys(LAMP, 2)
    said = government(brazil, f"{order_id}-1")
    brazil.seller.send(api.CreateGovernmentInvoice(**said))
    early = brazil.seller.send(api.GetGovernmentInvoiceStatus(**said))

    twice = refused(brazil, api.CreateGovernmentInvoice(**said))
    not_yet = refused(brazil, api.GetGovernmentInvoiceDocument(**said))
    brazil.advance(minutes=5)
    done = brazil.seller.send(api.GetGovernmentInvoiceStatus(**said))

    assert (early.status, done.status) == ("PROCESSING", "SUCCESS")
    assert (twice[0], not_yet[0]) == (400, 404)
    key = parsed(done.invoice_external_document_id or "")
    assert key is not None
    assert key.is_sound
    assert [one.status for one in brazil.facts(GovernmentInvoiceEnded)] == ["SUCCESS"]
    for file_format, kind, begins in ((None, "application/xml", b"<?xml"), ("PDF", "application/pdf", b"%PDF")):
        asked = api.GetGovernmentInvoiceDocument(**said, file_format=file_format)
        document = brazil.seller.send(asked).invoice_document
        assert document is not None
        status, found, content = opened(brazil, document.invoice_document_url)
        assert (status, found, content[: len(begins)]) == (200, kind, begins)
    assert refused(brazil, api.GetGovernmentInvoiceDocument(**said, file_format="DOC"))[0] == 400
    [issued] = listed(brazil)
    assert issued.external_invoice_id == done.invoice_external_document_id


def test_a_carrier_with_a_number_that_is_none_is_rejected_and_may_be_asked_for_again(brazil: TestMarket) -> None:
    said = government(brazil, f"{brazil.buys(LAMP)}-1", invoice_type="SYMBOLIC_RETURN")
    wrong = [api.CarrierDetailsContext(name="Swift", context_type="CARRIER", federal_tax_id="11.111.111/1111-11")]
    brazil.seller.send(api.CreateGovernmentInvoice(**said, contexts=wrong))
    brazil.advance(minutes=5)

    failed = brazil.seller.send(api.GetGovernmentInvoiceStatus(**said))

    assert failed.status == "ERROR"
    assert [one.error_code for one in failed.invoice_errors or []] == ["207"]
    brazil.seller.send(api.CreateGovernmentInvoice(**said))
    brazil.advance(minutes=5)
    assert brazil.seller.send(api.GetGovernmentInvoiceStatus(**said)).status == "SUCCESS"


def test_what_is_sent_to_a_center_has_an_invoice_once_its_placement_is_confirmed(brazil: TestMarket) -> None:
    shipment_id = sent_in(brazil, 3)
    said = government(
        brazil,
        shipment_id,
        invoice_type="REMITTANCE",
        transaction_type="INBOUND_SHIPMENT",
        inbound_plan_id="wf-of-lamps",
    )
    early = refused(brazil, api.CreateGovernmentInvoice(**said))
    stands(brazil, shipment_id, ShipmentStatus.WORKING)
    brazil.seller.send(api.CreateGovernmentInvoice(**said))
    brazil.advance(minutes=5)

    done = brazil.seller.send(api.GetGovernmentInvoiceStatus(**said))
    document = brazil.seller.send(api.GetGovernmentInvoiceDocument(**said)).invoice_document

    assert early == (400, "400", f"Shipment '{shipment_id}' is UNCONFIRMED; it has no invoice.")
    assert done.status == "SUCCESS"
    assert document is not None
    nfe = read(opened(brazil, document.invoice_document_url)[2])
    with brazil.market.read(brazil.seller.seller_id) as unit:
        price = listing_of(unit, LAMP, brazil.marketplace_id).price.decimal
    assert [(one.sku, one.units, one.price) for one in nfe.items] == [(LAMP, Decimal(3), 3 * price)]
    assert (nfe.total, nfe.buyer_name) == (3 * price, "GRU5")
    [issued] = listed(brazil)
    assert (issued.invoice_type, issued.transaction_type) == ("REMITTANCE", "INBOUND_SHIPMENT")
    elsewhere = government(brazil, shipment_id, **{name: said[name] for name in ("invoice_type", "transaction_type")})
    assert refused(brazil, api.GetGovernmentInvoiceStatus(**elsewhere, inbound_plan_id="wf-other"))[0] == 404


def test_what_is_not_there_and_what_cannot_be_is_refused(brazil: TestMarket) -> None:
    br, us = brazil.marketplace_id, "ATVPDKIKX0DER"
    shipment_id = f"{brazil.buys(LAMP)}-1"
    bad = [
        api.GetInvoicesAttributes(marketplace_id=us),
        api.GetInvoices(marketplace_id=us),
        api.GetInvoices(marketplace_id=br, page_size=0),
        api.GetInvoices(marketplace_id=br, page_size=101),
        api.GetInvoices(marketplace_id=br, invoice_type="BILL"),
        api.GetInvoices(marketplace_id=br, transaction_type="BARTER"),
        api.GetInvoices(marketplace_id=br, statuses=["LOST"]),
        api.GetInvoices(marketplace_id=br, transaction_identifier_name="ORDER_ID"),
        api.GetInvoices(marketplace_id=br, date_start=brazil.now, date_end=brazil.now - timedelta(days=1)),
        api.GetInvoices(marketplace_id=br, next_token="x"),
        api.GetInvoicesExports(marketplace_id=br, page_size=500),
        api.GetInvoicesExports(marketplace_id=br, next_token="x"),
        api.CreateInvoicesExport(marketplace_id=br, statuses=["LOST"]),
        api.CreateInvoicesExport(marketplace_id=br, transaction_identifier=api.TransactionIdentifier(name="ORDER_ID")),
        api.CreateGovernmentInvoice(**government(brazil, shipment_id, invoice_type="REMITTANCE")),
        api.CreateGovernmentInvoice(
            **government(brazil, shipment_id, invoice_type="REMITTANCE", transaction_type="INBOUND_SHIPMENT")
        ),
    ]
    absent = [
        api.GetInvoice(invoice_id="none", marketplace_id=br),
        api.GetInvoicesExport(export_id="none"),
        api.GetInvoicesDocument(invoices_document_id="none.1"),
        api.CreateGovernmentInvoice(**government(brazil, "none")),
        api.GetGovernmentInvoiceStatus(**government(brazil, shipment_id)),
        api.CreateGovernmentInvoice(
            **government(
                brazil,
                "none",
                invoice_type="REMITTANCE",
                transaction_type="INBOUND_SHIPMENT",
                inbound_plan_id="none",
            )
        ),
    ]

    assert {refused(brazil, one)[:2] for one in bad} == {(400, "400")}
    assert {refused(brazil, one)[:2] for one in absent} == {(404, "404")}
    with_company = api.GetInvoices(marketplace_id=br, next_token="x", page_size=1)
    assert refused(brazil, with_company)[2] == ALONE
    assert listed(brazil) == []
    assert brazil.seller.send(api.GetInvoicesExports(marketplace_id=br)).exports == []


def test_another_seller_sees_none_of_it(amazon: TestMarket) -> None:
    [first, _] = listed(amazon)
    other = amazon.caller(seller=amazon.join("Rival & Co", (amazon.marketplace_id,)))
    asked = api.GetInvoice(invoice_id=first.id or "", marketplace_id=amazon.marketplace_id)

    with pytest.raises(SellingPartnerError) as why:
        other.send(asked)

    assert why.value.status == 404
    assert other.send(api.GetInvoices(marketplace_id=amazon.marketplace_id)).invoices == []


def test_invoices_are_kept_on_both_databases(database_url: str) -> None:
    market = shop_in_brazil(url=database_url)
    order_id = market.buys(LAMP)
    handed_in(market, f"{order_id}-1", invoice_of(order_in(market, order_id)))
    market.advance(days=1)
    exported = market.seller.send(
        api.CreateInvoicesExport(
            marketplace_id=market.marketplace_id, date_start=(market.now - timedelta(days=2)).date()
        )
    )
    market.advance(minutes=6)
    said = government(market, f"{order_id}-1", invoice_type="SYMBOLIC_RETURN")
    market.seller.send(api.CreateGovernmentInvoice(**said))
    market.advance(minutes=5)

    assert [one.status for one in listed(market)] == ["AUTHORIZED", "AUTHORIZED"]
    export = market.seller.send(api.GetInvoicesExport(export_id=exported.export_id or "")).export
    assert export is not None
    assert export.status == "DONE"
    assert order_in(market, order_id).status == "Shipped"
    with market.market.read(market.seller.seller_id) as unit:
        assert biller_of(unit) is Biller.SELLER
    market.close()
