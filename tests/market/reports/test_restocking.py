"""GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT: how long stock at Amazon lasts, and how many units would be enough."""

from __future__ import annotations

import pytest
from stock_keeper import StockKeeper

from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.incidents import lose
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.testing import TestMarket

TYPE = "GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT"


@pytest.fixture
def keeper(market: TestMarket) -> StockKeeper:
    """Three bowls of which 40 each lie at Amazon: of the small ones 30 were sold in the last 30 days."""
    made = StockKeeper(market, 1)
    for _ in range(10):
        market.buys("BOWL-S", 3)
        market.advance(hours=1)
    market.buys("BOWL-M", 1)
    market.advance(days=3)
    return made


def rows(market: TestMarket) -> dict[str, dict[str, str]]:
    return {row["Merchant SKU"]: dict(row) for row in market.report(TYPE).rows}


def test_what_sells_fast_is_to_be_sent_before_it_is_sold(keeper: StockKeeper) -> None:
    market = keeper.market
    with market.market.write(keeper.seller_id) as unit:
        receive(unit, "BOWL-S", Place.FBA, 4, reference="FBA1", condition=Condition.INBOUND_SHIPPED)

    found = rows(market)
    small, middle, large = (found[sku] for sku in ("BOWL-S", "BOWL-M", "BOWL-L"))

    assert (small["Units Sold Last 30 Days"], small["Available"], small["Shipped"], small["Inbound"]) == (
        "30",
        "10",
        "4",
        "4",
    )
    assert (small["Sales last 30 days"], small["Price"], small["Currency code"]) == ("750.00", "25.00", "USD")
    assert (
        small["Days of Supply at Amazon Fulfillment Network"],
        small["Total Days of Supply (including units from open shipments)"],
    ) == ("10", "14")
    assert (small["Alert"], small["Recommended replenishment qty"], small["Recommended action"]) == (
        "low_stock",
        "67",  # 81 days of a unit a day, less 14
        "Create shipping plan",
    )
    assert small["Recommended ship date"] == f"{market.now:%Y-%m-%d}"
    assert (middle["Alert"], middle["Recommended replenishment qty"], middle["Recommended action"]) == (
        "",
        "0",
        "No action required",
    )
    assert middle["Recommended ship date"] == ""
    assert (large["Units Sold Last 30 Days"], large["Total Units"]) == ("0", "40")
    assert large["Total Days of Supply (including units from open shipments)"] == ""
    assert large["Unit storage size"].endswith(" ft3")


def test_what_is_gone_is_out_of_stock_and_what_nobody_buys_any_more_is_left_alone(keeper: StockKeeper) -> None:
    market = keeper.market
    with market.market.write(keeper.seller_id) as unit:
        lose(unit, "BOWL-S", 10)

    gone = rows(market)["BOWL-S"]
    market.advance(days=40)
    later = rows(market)["BOWL-S"]

    assert (gone["Alert"], gone["Available"], gone["Recommended replenishment qty"]) == ("out_of_stock", "0", "81")
    assert (later["Alert"], later["Units Sold Last 30 Days"], later["Recommended replenishment qty"]) == ("", "0", "0")
