"""Settlement reports: what the market makes by itself of each period, in three forms, and what is held meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs
from settlement_reader import read_v1, read_v2, read_xml
from shipper import leaves

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.contract.reports_2021_06_30 import CreateReport, GetReports
from sellingpartner.contract.reports_2021_06_30 import Report as ReportView
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.questions import periods_of, statement_of
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.orders.commands import refund
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper
from sellingpartner.testing.world import ADDRESS, BUYER, START, US

V2, V1, XML = (f"GET_V2_SETTLEMENT_REPORT_DATA_{form}" for form in ("FLAT_FILE_V2", "FLAT_FILE", "XML"))
DE, JP = (BY_COUNTRY[country].marketplace_id for country in ("DE", "JP"))
HOLDS = "GET_DATE_RANGE_FINANCIAL_HOLDS_DATA"
V2_COLUMNS = re.split(
    " ",
    "settlement-id settlement-start-date settlement-end-date deposit-date total-amount currency transaction-type "
    "order-id merchant-order-id adjustment-id shipment-id marketplace-name amount-type amount-description amount "
    "fulfillment-id posted-date posted-date-time order-item-code merchant-order-item-id "
    "merchant-adjustment-item-id sku quantity-purchased promotion-id",
)


@pytest.fixture(params=["US", "DE", "JP"])
def shop(request: pytest.FixtureRequest) -> Iterator[TestMarket]:
    market = TestMarket(marketplaces=[BY_COUNTRY[request.param].marketplace_id])
    yield market
    market.close()


def sells(market: TestMarket, *, held: bool = False) -> str:
    """Something is sold and leaves; its money is available at once, unless it is to be held."""
    if not held:
        with market.market.write(market.seller_account.seller_id) as unit:
            change_policy(unit, MARKETPLACES[market.marketplace_id].currency, deferral_days=0)
    taxed: dict[str, Any] = {"address": structs.replace(ADDRESS, state_or_region="WA"), "buyer": BUYER}
    order_id = market.buys("MUG-BLUE", quantity=2, **(taxed if market.marketplace_id == US else {}))
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
    return order_id


def listed(market: TestMarket, report_type: str) -> list[ReportView]:
    return market.seller.send(GetReports(report_types=[report_type])).reports


def paper(market: TestMarket, report_type: str) -> Paper:
    (one,) = listed(market, report_type)
    return market.report_of(one.report_id)


def test_a_settlement_has_a_report_in_each_form_that_nobody_asked_for(market: TestMarket) -> None:
    market.subscribe("REPORT_PROCESSING_FINISHED")
    sells(market)
    assert [listed(market, one) for one in (V2, V1, XML)] == [[], [], []]

    market.advance(days=14, minutes=2)

    with market.market.read(market.seller_account.seller_id) as unit:
        period = periods_of(unit)[-1]
    for report_type in (V2, V1, XML):
        (one,) = listed(market, report_type)
        assert (one.processing_status, one.report_schedule_id) == ("DONE", None)
        assert (one.data_start_time, one.data_end_time) == (period.began_at, period.ends_at)
        assert one.marketplace_ids == [US]
    told = [one.payload for one in market.notifications("REPORT_PROCESSING_FINISHED")]
    assert sorted(one.report_type for one in told) == sorted([V2, V1, XML])
    with pytest.raises(InvalidInput, match="Invalid Report Type"):
        market.seller.send(CreateReport(report_type=V2, marketplace_ids=[US]))


def test_a_period_in_which_nothing_was_posted_has_no_report(market: TestMarket) -> None:
    sells(market)

    market.advance(days=45)

    with market.market.read(market.seller_account.seller_id) as unit:
        busy = {one.period_id for one in periods_of(unit) if not one.is_open and statement_of(unit, one.period_id)}
        assert len(periods_of(unit)) == 4
    assert 1 <= len(busy) < 3
    assert len(listed(market, V2)) == len(busy)


def test_the_second_version_says_what_each_amount_is(market: TestMarket) -> None:
    order_id = sells(market)
    market.advance(days=14, minutes=2)

    rows = paper(market, V2).rows

    head, *others = rows
    assert list(head) == V2_COLUMNS
    assert [name for name, value in head.items() if value] == list(head)[:6]
    assert head["settlement-start-date"].endswith(" UTC")
    sold = [row for row in others if row["order-id"] == order_id]
    assert {row["transaction-type"] for row in sold} == {"Order"}
    assert {row["marketplace-name"] for row in sold} == {"Amazon.com"}
    assert {row["fulfillment-id"] for row in sold} == {"MFN"}
    assert {row["sku"] for row in sold} == {"MUG-BLUE"}
    assert {len(row["shipment-id"]) for row in sold} == {9}
    assert {len(row["order-item-code"]) for row in sold} == {14}
    kinds = [(row["amount-type"], row["amount-description"]) for row in sold]
    assert ("ItemPrice", "Principal") in kinds
    assert ("ItemFees", "Commission") in kinds
    assert ("ItemWithheldTax", "MarketplaceFacilitatorTax-Principal") in kinds
    units = {(row["amount-description"], row["quantity-purchased"]) for row in sold if row["quantity-purchased"]}
    assert units == {("Principal", "2")}
    assert not any(row["marketplace-name"] for row in others if row["transaction-type"] == "other-transaction")


def test_the_first_version_has_columns_for_each_kind_of_amount(market: TestMarket) -> None:
    order_id = sells(market)
    with market.market.write(market.seller_account.seller_id) as unit:
        charge(unit, ServiceCharge(component="Subscription", minor=3999, currency="USD", source="plan"))
    market.advance(days=14, minutes=2)

    head, *others = paper(market, V1).rows

    assert len(head) == 36
    assert head["settlement-end-date"].endswith("+00:00")
    first, *parts = [row for row in others if row["order-id"] == order_id]
    assert (first["quantity-purchased"], first["price-amount"], first["other-amount"]) == ("2", "", "")
    assert "Principal" in {row["price-type"] for row in parts}
    assert "Commission" in {row["item-related-fee-type"] for row in parts}
    assert {row["quantity-purchased"] for row in parts} == {""}
    charged = [row for row in others if row["transaction-type"] == "Subscription Fee"]
    assert "-39.99" in [row["other-amount"] for row in charged]


def test_each_country_writes_dates_and_amounts_its_own_way(shop: TestMarket) -> None:
    order_id = sells(shop)
    with shop.market.write(shop.seller_account.seller_id) as unit:
        refund(unit, order_id, reason="CustomerReturn")
    shop.advance(days=14, minutes=2)

    second = paper(shop, V2)
    reads = [read_v2(second.text), read_v1(paper(shop, V1).text), read_xml(paper(shop, XML).content)]

    forms = {US: "%Y-%m-%d", JP: "%Y-%m-%d", DE: "%d.%m.%Y"}
    began = format(reads[0].began, f"{forms[shop.marketplace_id]} %H:%M:%S UTC")
    assert second.rows[0]["settlement-start-date"] == began
    amounts = "".join(row["amount"] for row in second.rows[1:])
    assert ("," in amounts, "." in amounts) == {US: (False, True), DE: (True, False), JP: (False, False)}[
        shop.marketplace_id
    ]
    for one in reads:
        assert one.rows_sum == one.total
        assert (one.settlement_id, one.total, dict(one.of_orders)) == (
            reads[0].settlement_id,
            reads[0].total,
            dict(reads[0].of_orders),
        )
        assert one.units == 2
        assert one.deposited >= one.ended


def test_what_is_held_has_a_report_of_its_own(market: TestMarket) -> None:
    order_id = sells(market, held=True)

    found = market.report(HOLDS)
    market.advance(days=40)
    later = market.report(HOLDS)

    (row,) = found.rows
    assert (row["order-id"], row["type"], row["sku"], row["quantity"]) == (order_id, "Order", "MUG-BLUE", "2")
    assert (row["store"], row["fulfillment"], row["settlement-id"]) == ("amazon.com", "Seller", "")
    assert row["tax-collection-model"] == "MarketplaceFacilitator"
    parts = sum(Decimal(row[name]) for name in list(row)[14:29])
    assert parts == Decimal(row["total"]) > 0
    assert row["date/time"].startswith("Nov ")
    assert later.rows == []


def test_a_report_of_what_is_held_is_of_the_marketplaces_that_are_named(market: TestMarket) -> None:
    market.buys()

    assert market.report(HOLDS, start=START - timedelta(days=1)).rows == []
