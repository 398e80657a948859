"""UPLOAD_VAT_INVOICE: invoices and credit notes, in the codes and words of Amazon's guide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shipper import ships

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.money import VatInvoiceUploaded
from sellingpartner.market.money.invoices.vat_invoices import InvoiceKind, vat_invoices_of
from sellingpartner.market.orders.identifiers import shipment_meant, shipping_id_of
from sellingpartner.testing import TestMarket

FEED = "UPLOAD_VAT_INVOICE"
PDF = b"%PDF-1.4\n..."
GERMANY = BY_COUNTRY["DE"].marketplace_id
AMOUNTS = {"metadata:InvoiceNumber": "RE-1", "metadata:TotalAmount": "23.80", "metadata:TotalVATAmount": "3.80"}


@pytest.fixture
def germany() -> Iterator[TestMarket]:
    with TestMarket(marketplaces=("DE", "FR")) as market:
        market.lists("MUG-BLUE")
        yield market


@pytest.fixture
def order_id(germany: TestMarket) -> str:
    order_id = germany.buys()
    ships(germany, order_id)
    return order_id


def test_an_invoice_is_kept_with_its_order(germany: TestMarket, order_id: str) -> None:
    told = germany.feed(FEED, PDF, options={"metadata:OrderId": order_id, **AMOUNTS})

    assert (told.status, told.counts, told.found) == ("DONE", (1, 1, 0), [])
    assert told.text == (
        "Feed Processing Summary:\n\tNumber of records processed\t\t1\n\tNumber of records successful\t\t1\n\n"
    )
    with germany.market.read(germany.seller.seller_id) as unit:
        ((kept,),) = vat_invoices_of(unit, [order_id]).values()
    assert (kept.kind, kept.number, kept.total_minor, kept.vat_minor, kept.currency) == (
        InvoiceKind.INVOICE,
        "RE-1",
        2380,
        380,
        "EUR",
    )
    assert [one.order_id for one in germany.facts(VatInvoiceUploaded)] == [order_id]


def test_a_credit_note_for_a_shipment_names_its_transaction(germany: TestMarket, order_id: str) -> None:
    shipping_id = shipping_id_of(order_id, "1")
    options = {"shippingid": shipping_id, "documenttype": "CreditNote", "TransactionId": "amzn1:crow:1"}
    options |= {name.removeprefix("metadata:"): value for name, value in AMOUNTS.items()}

    told = germany.feed(FEED, PDF, options=options)

    assert told.counts == (1, 1, 0)
    with germany.market.read(germany.seller.seller_id) as unit:
        ((kept,),) = vat_invoices_of(unit, [order_id]).values()
    assert (kept.kind, kept.shipping_id, kept.transaction_id) == (InvoiceKind.CREDIT_NOTE, shipping_id, "amzn1:crow:1")
    assert shipment_meant(shipping_id) == (order_id, "1")


@pytest.mark.parametrize(
    ("changed", "content", "code", "text"),
    [
        (
            {"metadata:OrderId": "", "metadata:InvoiceNumber": " "},
            PDF,
            "79513",
            "Please provide metadata:shippingid or metadata:orderid,metadata:invoicenumber",
        ),
        ({"metadata:DocumentType": "Receipt"}, PDF, "79531", "The document type Receipt is not supported"),
        ({"metadata:DocumentType": "CreditNote"}, PDF, "79513", "Please provide metadata:transactionid"),
        ({}, b"<html/>", "79503", "Invoice uploaded is not pdf for shipmentId N/A, orderId "),
        ({}, b"", "79540", "Invoice missing in feed submission."),
        ({"metadata:DocumentType": "CreditNote"}, b"", "79544", "Invoice missing in feed submission."),
        ({"metadata:OrderId": "302-0000000-0000000"}, PDF, "79517", "302-0000000-0000000"),
        ({"metadata:OrderId": "x"}, PDF, "79517", ""),
        ({"metadata:ShippingId": "x"}, PDF, "79517", ""),
        ({"metadata:ShippingId": "S000000000001ZZZZ"}, PDF, "79517", ""),
        ({"metadata:TotalAmount": "much"}, PDF, "79513", "metadata:totalamount"),
    ],
)
def test_what_is_refused_has_amazons_code_and_keeps_nothing(
    germany: TestMarket, order_id: str, changed: dict[str, str], content: bytes, code: str, text: str
) -> None:
    told = germany.feed(FEED, content, options={"metadata:OrderId": order_id, **AMOUNTS, **changed})

    ((number, found, said),) = told.found
    assert (told.status, told.counts, number, found) == ("DONE", (1, 0, 1), 1, code)
    assert text in said
    assert told.text.split("\n")[4] == "original-record-number\tsku\terror-code\terror-type\terror-message"
    assert germany.facts(VatInvoiceUploaded) == []


def test_an_order_that_was_not_dispatched_takes_no_invoice(germany: TestMarket) -> None:
    order_id = germany.buys()

    told = germany.feed(FEED, PDF, options={"metadata:OrderId": order_id, **AMOUNTS})

    assert [code for _, code, _ in told.found] == ["79517"]


def test_invoices_are_for_one_marketplace_of_europe(germany: TestMarket, market: TestMarket, order_id: str) -> None:
    options = {"metadata:OrderId": order_id, **AMOUNTS}
    france = BY_COUNTRY["FR"].marketplace_id

    both = germany.feed(FEED, PDF, options=options, marketplace_ids=(GERMANY, france))
    elsewhere = germany.feed(FEED, PDF, options=options, marketplace_ids=(france,))
    abroad = market.feed(FEED, PDF, options=options)

    assert [[code for _, code, _ in one.found] for one in (both, elsewhere, abroad)] == [
        ["79523"],
        ["79517"],
        ["79523"],
    ]
