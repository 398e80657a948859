"""What reports tell is what has happened: on random histories, to the unit and to the cent, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from busy_shop import BusyShop
from report_reader import ALL_ORDERS, TYPES, Row, cents, disagreements

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.sales_v1 import GetOrderMetrics, Granularity
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.market.reports.queue import make_own
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START
from soak import TIMES, examples

PURCHASES = min(examples(25), 200)
HISTORIES = range(max(1, TIMES // 4))


@pytest.fixture(params=["US", "DE", "JP"])
def shop(request: pytest.FixtureRequest, database_url: str) -> Iterator[BusyShop]:
    market = TestMarket(database_url, marketplaces=[BY_COUNTRY[request.param].marketplace_id])
    yield BusyShop(market, request.param)
    market.close()


def told_by(shop: BusyShop, report_type: str) -> list[Row]:
    """A report of all that has happened, whoever may ask for it; none where there is nothing to tell."""
    market = shop.market
    with market.market.write(market.seller_account.seller_id) as unit:
        ids = (market.marketplace_id,)
        report_id = make_own(unit, report_type, ids, start=START, end=unit.now + timedelta(seconds=1)).report_id
    paper = market.report_of(report_id)
    assert paper.status in {"DONE", "CANCELLED"}, paper.content
    return list(paper.rows) if paper.status == "DONE" else []


def everything_told_by(shop: BusyShop) -> dict[str, list[Row]]:
    """All reports, once nothing happens any more while they are made."""
    return {name: told_by(shop, name) for name in TYPES[shop.country]}


def faults(shop: BusyShop, told: dict[str, list[Row]]) -> list[str]:
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        return disagreements(unit, told)


@pytest.mark.parametrize("history", HISTORIES)
def test_reports_tell_what_has_happened(shop: BusyShop, history: int) -> None:
    shop.luck = Random(f"reports of {shop.country} {history}")
    shop.lives(PURCHASES, at_most_hours=20)
    shop.market.advance(days=12)

    for name in TYPES[shop.country]:
        assert faults(shop, {name: told_by(shop, name)}) == []


def test_prices_in_the_report_of_all_orders_are_the_sales_of_each_day(shop: BusyShop) -> None:
    shop.luck = Random(f"sales of {shop.country}")
    shop.lives(PURCHASES, at_most_hours=20)
    market = shop.market
    days = (market.now - START).days + 2
    begin = START.replace(hour=0)
    interval = f"{begin:%Y-%m-%dT%H:%M:%SZ}--{begin + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"

    rows = told_by(shop, ALL_ORDERS)
    wanted = GetOrderMetrics(
        marketplace_ids=[market.marketplace_id],
        interval=interval,
        granularity=Granularity.DAY,
        granularity_time_zone="UTC",
    )
    found = market.seller.send(wanted).payload or []

    sold = {one.interval[:10]: cents(one.total_sales.amount) for one in found if one.total_sales is not None}
    told = dict.fromkeys(sold, 0)
    for row in rows:
        told[row["purchase-date"][:10]] += cents(row["item-price"])
    with market.market.read(market.seller_account.seller_id) as unit:
        for order in page_of_orders(unit, OrderFilter(), limit=1000).orders:
            if order.is_unpaid:  # its prices are sales, and no report shows them yet
                worth = sum(item.held_amounts.price for item in order.items)
                told[f"{order.purchased_at:%Y-%m-%d}"] += worth * (100 if shop.country == "JP" else 1)
    assert told == sold
    assert sum(sold.values()) > 0


def something_comes_back_to_amazon(shop: BusyShop) -> None:
    with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
        by_amazon = page_of_orders(unit, OrderFilter(channels=("AFN",)), limit=1000).orders
        order, left = next((one, left) for one in by_amazon if (left := orders.left_to_return(one, ())))
        asked = orders.ask_return(unit, order.order_id, quantities=left, reason="Defective")
        orders.receive_return(unit, order.order_id, asked.return_id)


@pytest.mark.parametrize("country", ["US", "DE"])
def test_whoever_leaves_a_row_out_is_found(country: str) -> None:
    market = TestMarket(marketplaces=[BY_COUNTRY[country].marketplace_id])
    shop = BusyShop(market, country)
    shop.luck = Random(f"a row is missing in {country}")
    shop.lives(60, at_most_hours=20)
    market.advance(days=2)
    something_comes_back_to_amazon(shop)
    told = everything_told_by(shop)
    assert faults(shop, told) == []

    missed = []
    for name, rows in told.items():
        telling = [place for place, row in enumerate(rows) if _counts(name, row)]
        assert telling, name
        less = [row for place, row in enumerate(rows) if place != telling[0]]
        if faults(shop, {name: less}) != [name]:
            missed.append(name)

    assert missed == []
    market.close()


def _counts(name: str, row: Row) -> bool:
    """Whether a row tells anything that sums see: in reports on taxes those do that have some."""
    amounts = [row[key] for key in row if "Tax Amount" in key or key == "Tax_Amount_Collected_By_Amazon"]
    return not amounts or any(cents(one) for one in amounts)
