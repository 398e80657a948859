"""Finances 2024-06-19: every transaction, held or not, and what it is made of."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from shipper import ships

from sellingpartner.contract.finances_2024_06_19 import (
    Breakdown,
    ListBalances,
    ListSummary,
    ListTransactions,
    Transaction,
)
from sellingpartner.market.money.finances.breakdowns import Branch, sales_and_expenses, tree_of
from sellingpartner.market.money.ledger.components import components
from sellingpartner.market.money.ledger.model import Leg, Posting, to_seller
from sellingpartner.market.money.ledger.questions import balance, periods_of
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START, US


def transactions(market: TestMarket, **fields: str) -> list[Transaction]:
    """All that was posted since the beginning, or what is asked of it."""
    answer = market.seller.send(ListTransactions(posted_after=START - timedelta(days=1), **fields))  # type: ignore[arg-type]
    return answer.payload.transactions or []


def related(one: Transaction) -> dict[str, str]:
    """The related identifiers of a transaction by their names."""
    return {
        str(each.related_identifier_name): str(each.related_identifier_value) for each in one.related_identifiers or []
    }


def worth(one: Transaction) -> Decimal:
    """What a transaction comes to."""
    assert one.total_amount is not None
    assert one.total_amount.currency_amount is not None
    return one.total_amount.currency_amount


def ends_of(parts: list[Breakdown] | None) -> dict[str, Decimal]:
    """The leaves of a tree."""
    found: dict[str, Decimal] = {}
    for part in parts or []:
        if part.breakdowns:
            found |= ends_of(part.breakdowns)
        elif part.breakdown_amount is not None and part.breakdown_amount.currency_amount is not None:
            found[str(part.breakdown_type)] = part.breakdown_amount.currency_amount
    return found


def test_a_held_sale_is_deferred_and_its_release_is_another_transaction(market: TestMarket) -> None:
    order_id = market.buys()
    ships(market, order_id)
    market.advance(minutes=5)
    (held,) = transactions(market)

    market.advance(days=30)

    sales = [one for one in transactions(market) if one.transaction_type == "Shipment"]
    (kept,) = [one for one in sales if one.transaction_id == held.transaction_id]
    (released,) = [one for one in sales if one.transaction_id != held.transaction_id]
    assert (held.transaction_status, kept.transaction_status) == ("DEFERRED", "DEFERRED_RELEASED")
    assert released.transaction_status == "RELEASED"
    assert [one.context_type for one in held.contexts or []] == ["DeferredContext"]
    assert (held.contexts or [])[0].deferral_reason == "DD7"
    assert related(held)["ORDER_ID"] == order_id
    assert "FINANCIAL_EVENT_GROUP_ID" not in related(held)
    assert related(kept)["RELEASE_TRANSACTION_ID"] == released.transaction_id
    assert related(released)["DEFERRED_TRANSACTION_ID"] == held.transaction_id
    assert kept.posted_date == held.posted_date
    assert worth(held) == worth(kept) == worth(released)
    assert released.items == held.items
    assert transactions(market, transaction_status="DEFERRED") == []


def test_a_transaction_is_the_sum_of_its_parts(market: TestMarket) -> None:
    order_id = market.buys()
    ships(market, order_id)
    market.advance(minutes=5)

    (sale,) = transactions(market, related_identifier_name="ORDER_ID", related_identifier_value=order_id)

    (item,) = sale.items or []
    ends = ends_of(item.breakdowns)
    assert {"OurPricePrincipal", "Commission"} <= set(ends)
    assert sum(ends.values()) == worth(sale)
    sides = {str(one.breakdown_type): one for one in sale.breakdowns or []}
    assert set(sides) == {"Sales", "Expenses"}
    assert sum(ends_of(sale.breakdowns).values()) == worth(sale)
    (product,) = item.contexts or []
    assert (product.context_type, product.sku, product.quantity_shipped) == ("ProductContext", "MUG-BLUE", 1)


def posted(*legs: Leg) -> list[Posting]:
    """Legs, as they stand in the ledger."""
    known = components()
    return [
        Posting(1, number, leg.line, known[leg.component].account.value, leg.component, leg.minor)
        for number, leg in enumerate(legs, start=1)
    ]


def test_a_fee_that_is_taxed_has_a_base_and_a_tax() -> None:
    legs = posted(
        to_seller("Tax", 980),
        to_seller("Principal", 32000),
        to_seller("FBAPerUnitFulfillmentFee", -3643),
        to_seller("FBAPerUnitFulfillmentFee.Tax", -911),
        to_seller("Commission", -6000),
    )

    tree = tree_of(legs)

    assert [(part.name, part.minor) for part in tree] == [
        ("Tax", 980),
        ("ProductCharges", 32000),
        ("AmazonFees", -10554),
    ]
    fee = tree[2].parts["FBAPerUnitFulfillmentFee"]
    assert [(part.name, part.minor, part.splits_fee) for part in fee.parts.values()] == [
        ("Base", -3643, True),
        ("Tax", -911, True),
    ]
    assert not tree[2].parts["Commission"].parts
    assert not tree[2].parts["Commission"].splits_fee


def test_sales_are_what_is_above_zero_and_expenses_what_is_below() -> None:
    refund = [Branch("ProductCharges", -5000), Branch("AmazonFees", 600), Branch("Other", 0)]

    sales, expenses = sales_and_expenses(refund)

    assert (sales.minor, list(sales.parts)) == (600, ["AmazonFees"])
    assert (expenses.minor, list(expenses.parts)) == (-5000, ["ProductCharges"])


def test_balances_are_a_tree_that_adds_up(market: TestMarket) -> None:
    ships(market, market.buys())
    with market.market.write(market.seller_account.seller_id) as unit:
        charge(unit, ServiceCharge(component="VineFee", minor=500, currency="USD", source="vine"))
    with market.market.read(market.seller_account.seller_id) as unit:
        there = balance(unit, "USD")

    (tree,) = market.seller.send(ListBalances()).balances or []
    (deferred,) = market.seller.send(ListBalances(balance_type="DEFERRED", marketplace_ids=[US])).balances or []

    assert tree.amount is not None
    assert tree.amount.currency_amount == Decimal(there.total).scaleb(-2)
    assert [str(one.balance_type) for one in tree.balances or []] == ["AVAILABLE", "RESERVED"]
    assert [one.amount.currency_amount for one in tree.balances or [] if one.amount] == [
        Decimal("-5.00"),
        Decimal(there.held).scaleb(-2),
    ]
    assert deferred.amount is not None
    assert deferred.amount.currency_amount == Decimal(there.held).scaleb(-2)
    assert market.seller.send(ListBalances(marketplace_ids=["A1F83G8C2ARO7P"])).balances == []


def test_the_summary_of_a_settlement_is_what_it_came_to(market: TestMarket) -> None:
    ships(market, market.buys())
    with market.market.write(market.seller_account.seller_id) as unit:
        charge(
            unit,
            ServiceCharge(component="FBARemovalFee", minor=52, currency="USD", source="removal", marketplace_id=US),
        )
    market.advance(days=40)
    with market.market.read(market.seller_account.seller_id) as unit:
        periods = [one for one in periods_of(unit) if one.total_minor]

    for period in periods:
        answer = market.seller.send(
            ListSummary(related_identifier_name="SETTLEMENT_ID", related_identifier_value=str(period.settlement_id))
        )
        proceeds = [one.net_proceeds.currency_amount or 0 for one in answer.summaries or [] if one.net_proceeds]
        assert sum(proceeds) == Decimal(period.balance_minor).scaleb(-2)
    names = {
        str(part.breakdown_type)
        for one in market.seller.send(ListSummary(marketplace_ids=[US])).summaries or []
        for side in one.breakdowns or []
        for part in side.breakdowns or []
    }
    assert {"Product Charges", "Amazon Fees"} <= names


LIST, AFTER = "/finances/2024-06-19/transactions?", "postedAfter=2026-10-01T00:00:00Z&"
BALANCES, SUMMARY = "/finances/2024-06-19/balances?", "/finances/2024-06-19/summary?"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (LIST, "postedAfter is missing"),
        (LIST + "postedBefore=2026-10-01T00:00:00Z", "postedAfter is missing"),
        (LIST + "postedAfter=2026-11-02T08:59:00Z", "must be more than two minutes ago"),
        (LIST + AFTER + "postedBefore=2026-09-01T00:00:00Z", "postedBefore is not after postedAfter"),
        (LIST + AFTER + "transactionStatus=PAID", "transactionStatus is 'PAID'; it must be one of"),
        (LIST + AFTER + "relatedIdentifierName=ORDER_ID", "belong together"),
        (LIST + AFTER + "relatedIdentifierName=INVOICE_ID&relatedIdentifierValue=1", "can be filtered by is ORDER_ID"),
        (LIST + AFTER + "nextToken=x", "nextToken is not valid"),
        (BALANCES + "balanceType=ALL", "balanceType is 'ALL'; it must be one of"),
        (BALANCES + "accountType=PAYABLE", "accountType is 'PAYABLE'"),
        (BALANCES + "asOfDate=2027-01-01", "asOfDate is 2027-01-01; it must not be after today"),
        (BALANCES + "nextToken=x", "nextToken is not valid"),
        (SUMMARY + "relatedIdentifierName=ORDER_ID&relatedIdentifierValue=1", "it must be SETTLEMENT_ID"),
        (SUMMARY + "relatedIdentifierValue=1", "belong together"),
        (SUMMARY + "periodStart=2026-11-02&periodEnd=2026-11-01", "periodStart is 2026-11-02; it must not be after"),
        (SUMMARY + "periodStart=2026-01-01&periodEnd=2026-11-01", "304 days apart"),
    ],
)
def test_what_cannot_be_asked_is_refused(market: TestMarket, target: str, said: str) -> None:
    reply = market.seller.call("GET", target)

    assert (reply.status, reply.json()["errors"][0]["code"]) == (400, "InvalidInput")
    assert said in reply.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "target",
    [
        LIST + "postedAfter=2025-01-01T00:00:00Z",
        LIST + "relatedIdentifierName=FINANCIAL_EVENT_GROUP_ID&relatedIdentifierValue=none",
        LIST + "relatedIdentifierName=ORDER_ID&relatedIdentifierValue=none",
        LIST + AFTER + "marketplaceId=NOWHERE",
    ],
)
def test_what_is_nowhere_is_an_empty_list(market: TestMarket, target: str) -> None:
    ships(market, market.buys())
    market.advance(minutes=5)

    reply = market.seller.call("GET", target)

    assert (reply.status, reply.json()) == (200, {"payload": {"transactions": []}})
