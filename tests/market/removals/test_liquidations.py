"""Units are sold in bulk: they leave as removed ones do, and some weeks later a part of their price comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from books import faults_in
from stock_keeper import StockKeeper
from stock_taker import faults_of_stock

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.finances_2024_06_19 import ListTransactions
from sellingpartner.contract.finances_v0 import ListFinancialEvents, RemovalShipmentEvent
from sellingpartner.contract.market_v1 import CancelRemoval, CreateRemoval, GetRemoval, RemovalKind, WantedUnits
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.reports_2021_06_30 import GetReports
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper

BOWL = "BOWL-S"
ORDERS, PARCELS = "GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA", "GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA"
SETTLED = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"


@pytest.fixture
def market() -> Iterator[TestMarket]:
    """A shop that has 40 bowls of 25 dollars at Amazon, which were measured."""
    with TestMarket() as made:
        StockKeeper(made, 1)
        yield made


def liquidates(market: TestMarket, sellable: int = 0, unsellable: int = 0) -> str:
    items = [WantedUnits(sku=BOWL, sellable=sellable, unsellable=unsellable)]
    asked = CreateRemoval(items=items, kind=RemovalKind.LIQUIDATION, removal_id="BULK-1")
    return market.anybody().send(asked).removal_id


def broken(market: TestMarket, condition: Condition, units: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, BOWL, Place.FBA, units, reference="delivery", condition=condition)


def events(market: TestMarket) -> list[RemovalShipmentEvent]:
    market.advance(minutes=3)
    payload = market.seller.send(ListFinancialEvents(posted_after=market.now - timedelta(days=100))).payload
    assert payload is not None
    assert payload.financial_events is not None
    return list(payload.financial_events.removal_shipment_event_list or [])


def settled(market: TestMarket) -> list[Paper]:
    """The settlement reports that have appeared."""
    asked = GetReports(report_types=[SETTLED], created_since=market.now - timedelta(days=80))
    return [market.report_of(one.report_id) for one in market.seller.send(asked).reports]


def test_what_is_sold_in_bulk_leaves_and_brings_a_part_of_its_price(market: TestMarket) -> None:
    broken(market, Condition.CUSTOMER_DAMAGED, 2)
    market.subscribe("TRANSACTION_UPDATE")
    liquidates(market, 5, 2)
    market.advance(days=15)

    done = market.anybody().send(GetRemoval(removal_id="BULK-1"))
    assert (done.status, {line.left for line in done.lines}) == ("Completed", {5, 2})
    assert sum(parcel.units for parcel in done.parcels) == 7
    assert events(market) == []
    rows = market.report(ORDERS).rows
    assert {(row["order-type"], row["shipped-quantity"], row["disposed-quantity"]) for row in rows} == {
        ("Liquidations", "5", "0"),
        ("Liquidations", "2", "0"),
    }
    assert {row["removal-order-type"] for row in market.report(PARCELS).rows} == {"Liquidations"}

    market.advance(days=62)

    found = events(market)
    assert {(one.order_id, one.transaction_type) for one in found} == {("BULK-1", "WHOLESALE_LIQUIDATION")}
    items = [item for one in found for item in one.removal_shipment_item_list or []]
    assert sum(item.quantity or 0 for item in items) == 7
    for item in items:
        assert item.revenue is not None
        assert item.fee_amount is not None
        assert item.quantity is not None
        each = float(item.revenue.currency_amount or 0) / item.quantity
        assert 0.62 <= each <= 2.50  # 5 to 10 percent of 25 dollars; half of it for what is damaged
        assert float(item.fee_amount.currency_amount or 0) < -0.15 * float(item.revenue.currency_amount or 0)
        assert str(item.fulfillment_network_sku).startswith("X0")
    told = market.seller.send(ListTransactions(posted_after=market.now - timedelta(days=100))).payload
    assert told is not None
    assert {one.transaction_type for one in told.transactions or []} >= {"RemovalShipment"}
    assert market.notifications("TRANSACTION_UPDATE")
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_in(unit) == []
        assert faults_of_stock(unit) == []


def test_settlements_name_the_order_in_their_own_column(market: TestMarket) -> None:
    liquidates(market, 5)
    market.advance(days=100)

    papers = settled(market)

    of_it = [row for paper in papers for row in paper.rows if row["transaction-type"] == "Liquidations"]
    assert {(row["amount-type"], row["amount-description"]) for row in of_it} == {
        ("ItemPrice", "Principal"),
        ("ItemFees", "LiquidationsBrokerageFee"),
    }
    assert {(row["order-id"], row["merchant-order-id"]) for row in of_it} == {("", "BULK-1")}


def test_a_liquidation_is_not_taken_back(market: TestMarket) -> None:
    liquidates(market, 5)

    with pytest.raises(InvalidInput, match="cannot be taken back"):
        market.anybody().send(CancelRemoval(removal_id="BULK-1"))

    assert market.anybody().send(GetRemoval(removal_id="BULK-1")).status == "Pending"


@pytest.mark.parametrize("condition", [Condition.DEFECTIVE, Condition.EXPIRED, Condition.WAREHOUSE_DAMAGED])
def test_nobody_buys_what_is_of_no_use(market: TestMarket, condition: Condition) -> None:
    broken(market, condition, 3)

    with pytest.raises(InvalidInput, match="0 unsellable units can be removed, so 3 cannot"):
        liquidates(market, unsellable=3)

    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_of_stock(unit) == []


def test_there_are_liquidators_in_some_countries() -> None:
    with TestMarket(marketplaces=[BY_COUNTRY["JP"].marketplace_id]) as market:
        StockKeeper(market, 1)

        with pytest.raises(InvalidInput, match="no liquidators in JP"):
            liquidates(market, 1)
