"""Invoices: what a seller is charged for a month is what the ledger says of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sellingpartner.contract.finances_invoices_2026_06_25 import GetInvoice, GetInvoiceHeaders
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

UK = BY_COUNTRY["GB"].marketplace_id
ROOT = "/finances/invoices/2026-06-25/invoices"


@pytest.fixture
def charged(market: TestMarket) -> TestMarket:
    """A market in December, whose seller was charged for two services in November, and for one later."""
    for number, (component, minor) in enumerate((("VineFee", 20000), ("FBAStorageFee", 350), ("VineFee", -5000))):
        with market.market.write(market.seller_account.seller_id) as unit:
            charge(
                unit,
                ServiceCharge(
                    component=component, minor=minor, currency="USD", source=f"service:{number}", marketplace_id=US
                ),
            )
    market.advance(days=29)
    with market.market.write(market.seller_account.seller_id) as unit:
        charge(unit, ServiceCharge(component="VineFee", minor=777, currency="USD", source="later", marketplace_id=US))
    return market


def test_an_invoice_is_the_sum_of_its_lines_and_holds_its_month(charged: TestMarket) -> None:
    listed = charged.seller.send(GetInvoiceHeaders(marketplace_id=US))
    (header,) = listed.invoices or []

    read = charged.seller.send(GetInvoice(invoice_identifier=header.invoice_identifier, marketplace_id=US))

    assert listed.num_of_records == 1
    assert read.invoice_header == header
    lines = {str(one.line_item_context.item_description): one for one in read.invoice_items or []}
    assert (lines["VineFee"].total_amount.currency_amount, lines["FBAStorageFee"].total_amount.currency_amount) == (
        Decimal("150.00"),
        Decimal("3.50"),
    )
    assert lines["FBAStorageFee"].line_item_context.service_charge_type == "FBA_INVENTORY_STORAGE_FEE"
    assert header.invoice_amount.currency_amount == sum(one.total_amount.currency_amount for one in lines.values())
    assert f"{header.issue_date:%Y-%m-%d}" == "2026-12-01"


@pytest.mark.parametrize(
    ("target", "status", "said"),
    [
        (f"?marketplaceId={US}&fromIssueDate=2026-10-01T00:00:00Z", 400, "belong together"),
        (
            f"?marketplaceId={US}&fromIssueDate=2026-01-01T00:00:00Z&toIssueDate=2026-10-01T00:00:00Z",
            400,
            "more than 90 days apart",
        ),
        (
            f"?marketplaceId={US}&fromIssueDate=2026-10-02T00:00:00Z&toIssueDate=2026-10-01T00:00:00Z",
            400,
            "toIssueDate is before fromIssueDate",
        ),
        (f"?marketplaceId={US}&nextToken=x", 400, "nextToken is not valid"),
        (f"?marketplaceId={UK}", 400, UK),
        (f"/INV-1?marketplaceId={US}", 404, "There is no invoice INV-1"),
    ],
)
def test_what_is_no_invoice_is_refused(market: TestMarket, target: str, status: int, said: str) -> None:
    reply = market.seller.call("GET", ROOT + target)

    assert reply.status == status
    assert said in str(reply.json()["errors"][0])
