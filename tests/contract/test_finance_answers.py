"""Answers about money, held against Amazon's own documents of it."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from shipper import leaves

from sellingpartner.market.money.ledger.balances.closing import end_period
from sellingpartner.market.money.ledger.balances.paying_out import fail, pay_out
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.questions import open_period
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.orders.commands import refund
from sellingpartner.testing import TestMarket

INVOICES, INVOICE_LIST = "financesInvoices_2026-06-25.json", "/finances/invoices/2026-06-25/invoices"
US = "marketplaceId=ATVPDKIKX0DER"
PAYOUTS = "transfers_2024-06-01.json"
TRANSFERS = "/finances/transfers/2024-06-01"
V0, V2024 = "financesV0.json", "finances_2024-06-19.json"
TRANSACTIONS = "/finances/2024-06-19/transactions"


@pytest.fixture
def settled(market: TestMarket) -> TestMarket:
    """A market in which money has moved in every way that a list tells of."""
    orders = [market.buys() for _ in range(3)]
    with market.market.write(market.seller_account.seller_id) as unit:
        change_policy(unit, "USD", deferral_days=0)
        for order_id in orders:
            leaves(unit, order_id)
        refund(unit, orders[0], reason="CustomerReturn")
        claim(unit, orders[1], ClaimKind.CHARGEBACK)
        for kind in (ClaimKind.SAFE_T, ClaimKind.GOODWILL, ClaimKind.RETROCHARGE):
            claim(unit, orders[2], kind, 150)
        fail(unit, pay_out(unit, "USD", 100).payout_id)
        charge(unit, ServiceCharge(component="VineFee", minor=90000, currency="USD", source="vine"))
        period = open_period(unit, "USD")
        assert period is not None
        end_period(unit, period.period_id)
    market.advance(days=3)
    return market


@pytest.mark.parametrize(
    ("document", "answer", "target", "status"),
    [
        (V0, "ListFinancialEventsResponse", "/finances/v0/financialEvents", 200),
        (V0, "ListFinancialEventsResponse", "/finances/v0/financialEvents?PostedBefore=2026-01-01T00:00:00Z", 400),
        (V0, "ListFinancialEventsResponse", "/finances/v0/orders/123-1234567-1234567/financialEvents", 200),
        (V0, "ListFinancialEventsResponse", "/finances/v0/financialEventGroups/none/financialEvents", 404),
        (V0, "ListFinancialEventGroupsResponse", "/finances/v0/financialEventGroups?MaxResultsPerPage=1", 200),
        (V0, "ListFinancialEventGroupsResponse", "/finances/v0/financialEventGroups?NextToken=x", 400),
        (V2024, "ListTransactionsResponse", TRANSACTIONS + "?postedAfter=2026-10-01T00:00:00Z", 200),
        (V2024, "ErrorList", TRANSACTIONS, 400),
        (V2024, "ListBalancesResponse", "/finances/2024-06-19/balances", 200),
        (V2024, "ErrorList", "/finances/2024-06-19/balances?balanceType=x", 400),
        (V2024, "SummaryResponse", "/finances/2024-06-19/summary", 200),
        (V2024, "ErrorList", "/finances/2024-06-19/summary?nextToken=x", 400),
        (PAYOUTS, "ListPayoutsResponse", TRANSFERS + "/payouts", 200),
        (PAYOUTS, "ErrorList", TRANSFERS + "/payouts?nextToken=x", 400),
        (PAYOUTS, "ListExpectedPayoutsResponse", TRANSFERS + "/payouts/expected", 200),
        (PAYOUTS, "GetPaymentMethodsResponse", TRANSFERS + "/paymentMethods?" + US, 200),
        (INVOICES, "GetInvoicesResponse", INVOICE_LIST + "?" + US, 200),
        (INVOICES, "ErrorList", INVOICE_LIST + "/none?" + US, 404),
    ],
)
def test_an_answer_has_the_form_of_amazons_document(
    settled: TestMarket, published: dict[str, Any], document: str, answer: str, target: str, status: int
) -> None:
    reply = settled.seller.call("GET", target)

    assert reply.status == status
    schema = {"$ref": f"#/definitions/{answer}", "definitions": published[document]["definitions"]}
    jsonschema_rs.Draft7Validator(schema).validate(reply.json())


def test_every_way_in_which_money_moves_stands_in_a_list_of_its_own(settled: TestMarket) -> None:
    lists = settled.seller.call("GET", "/finances/v0/financialEvents").json()["payload"]["FinancialEvents"]

    filled = {name: len(events) for name, events in lists.items() if events}
    assert filled == {
        "ShipmentEventList": 3,
        "RefundEventList": 1,
        "ChargebackEventList": 1,
        "RetrochargeEventList": 1,
        "ServiceFeeEventList": 1,
        "SAFETReimbursementEventList": 1,
        "AdhocDisbursementEventList": 1,
        "FailedAdhocDisbursementEventList": 1,
        "AdjustmentEventList": 2,
        "DebtRecoveryEventList": 1,
    }


def test_an_invoice_with_its_lines_has_the_form_of_amazons_document(
    settled: TestMarket, published: dict[str, Any]
) -> None:
    settled.advance(days=30)
    listed = settled.seller.call("GET", f"{INVOICE_LIST}?{US}").json()
    number = listed["invoices"][0]["invoiceIdentifier"]

    read = settled.seller.call("GET", f"{INVOICE_LIST}/{number}?{US}").json()

    assert read["invoiceItems"]
    for answer, reply in (("GetInvoicesResponse", listed), ("GetInvoiceResponse", read)):
        schema = {"$ref": f"#/definitions/{answer}", "definitions": published[INVOICES]["definitions"]}
        jsonschema_rs.Draft7Validator(schema).validate(reply)
