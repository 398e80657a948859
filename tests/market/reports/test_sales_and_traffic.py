"""GET_SALES_AND_TRAFFIC_REPORT."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from published import check_report

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper
from sellingpartner.testing.world import START, US

TYPE, SCHEMA = "GET_SALES_AND_TRAFFIC_REPORT", "sellerSalesAndTrafficReport.json"


def report(market: TestMarket, *, start: datetime = START, end: datetime | None = None, **options: str) -> Paper:
    return market.report(TYPE, start=start, end=end or market.now, options=options)


def ship(market: TestMarket, order_id: str) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        order = order_of(unit, order_id)
        parcel = Parcel(reference="1", shipped_at=unit.now, quantities=order.unshipped_quantities(), carrier_code="UPS")
        orders.confirm_shipment(unit, order_id, parcel, marketplace_id=order.marketplace_id)


def test_it_holds_each_day_and_each_family_in_the_published_form(market: TestMarket) -> None:
    shipped = market.buys(quantity=2)
    market.buys(lines=(PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="MUG-RED")))
    ship(market, shipped)
    market.advance(days=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.refund(unit, shipped)

    paper = report(market)

    assert (paper.status, paper.content_type) == ("DONE", "application/json; charset=UTF-8")
    check_report(paper.json, SCHEMA)
    monday, tuesday, wednesday = paper.json["salesAndTrafficByDate"]
    sales = monday["salesByDate"]
    assert (monday["date"], sales["unitsOrdered"], sales["totalOrderItems"]) == ("2026-11-02", 4, 3)
    assert sales["orderedProductSales"] == {"amount": 59.96, "currencyCode": "USD"}
    assert (sales["averageSellingPrice"]["amount"], sales["averageUnitsPerOrderItem"]) == (14.99, 1.33)
    assert (sales["unitsShipped"], sales["ordersShipped"], sales["shippedProductSales"]["amount"]) == (2, 1, 29.98)
    assert tuesday["salesByDate"]["unitsOrdered"] == tuesday["salesByDate"]["unitsShipped"] == 0
    assert wednesday["salesByDate"]["unitsRefunded"] == 2
    by_asin = paper.json["salesAndTrafficByAsin"]
    assert sum(one["salesByAsin"]["unitsOrdered"] for one in by_asin) == 4
    assert all("childAsin" not in one for one in by_asin)
    assert round(sum(one["trafficByAsin"]["sessionPercentage"] for one in by_asin)) == 100
    traffic = [one["trafficByDate"]["sessions"] for one in paper.json["salesAndTrafficByDate"]]
    assert sum(one["trafficByAsin"]["sessions"] for one in by_asin) == sum(traffic)


@pytest.mark.parametrize(
    ("granularity", "names"),
    [
        ("PARENT", {"parentAsin"}),
        ("CHILD", {"parentAsin", "childAsin"}),
        ("SKU", {"parentAsin", "childAsin", "sku"}),
    ],
)
def test_products_are_told_as_finely_as_was_asked(market: TestMarket, granularity: str, names: set[str]) -> None:
    market.buys()
    market.advance(days=1)

    paper = report(market, asinGranularity=granularity)

    check_report(paper.json, SCHEMA)
    told = paper.json["salesAndTrafficByAsin"]
    assert all(set(one) - {"salesByAsin", "trafficByAsin"} == names for one in told)
    assert sum(one["salesByAsin"]["unitsOrdered"] for one in told) == 1


@pytest.mark.parametrize(
    ("granularity", "dates"),
    [
        ("WEEK", ["2026-11-01", "2026-11-08"]),
        ("MONTH", ["2026-11-01"]),
        ("DAY", ["2026-11-06", "2026-11-07", "2026-11-08", "2026-11-09"]),
    ],
)
def test_weeks_and_months_are_widened_to_whole_ones(market: TestMarket, granularity: str, dates: list[str]) -> None:
    market.buys()
    market.advance(days=8)

    paper = report(market, start=START + timedelta(days=4), end=START + timedelta(days=7), dateGranularity=granularity)

    check_report(paper.json, SCHEMA)
    assert [one["date"] for one in paper.json["salesAndTrafficByDate"]] == dates
    assert paper.json["reportSpecification"]["dataStartTime"] == "2026-11-06"
    ordered = sum(one["salesByDate"]["unitsOrdered"] for one in paper.json["salesAndTrafficByDate"])
    assert ordered == (0 if granularity == "DAY" else 1)


def test_one_that_begins_more_than_two_years_ago_is_cancelled(market: TestMarket) -> None:
    paper = report(market, start=START - timedelta(days=800))

    assert (paper.status, paper.content) == ("CANCELLED", b"")


def test_one_of_two_marketplaces_is_fatal_and_says_so() -> None:
    market = TestMarket(marketplaces=["US", "CA"])

    paper = market.report(TYPE, start=START, marketplace_ids=[US, "A2EUQ1WTGCTBG2"])

    assert paper.status == "FATAL"
    assert "A client error occurred" in paper.json["errorDetails"]
    market.close()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"options": {"dateGranularity": "YEAR"}}, "it must be one of DAY, WEEK, MONTH"),
        ({"options": {"asinGranularity": "ASIN"}}, "it must be one of PARENT, CHILD, SKU"),
        ({"options": {"reportPeriod": "DAY"}}, "reportPeriod"),
        ({"start": None}, "dataStartTime is missing"),
    ],
)
def test_what_it_does_not_know_is_refused(market: TestMarket, more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        market.report(TYPE, **({"start": START} | more))
