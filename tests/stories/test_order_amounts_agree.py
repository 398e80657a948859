"""What was ordered is worth the same in the report of all orders, in the items of orders, and in order metrics.

Nobody is shown what an order costs that is not paid yet: its row in the report has no price, nor have its items. It is
a sale all the same, and metrics count it; so what such orders hold is added to what is shown. Once they are paid or
canceled, all three say the same without it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
import report_reader
from busy_shop import BusyShop
from databases import Home
from report_reader import ALL_ORDERS, Row, cents, told_by
from sqlalchemy import text

from sellingpartner.contract.sales_v1 import GetOrderMetrics, Granularity
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START
from soak import TIMES, examples

PURCHASES = min(examples(25), 200)
HISTORIES = range(max(1, TIMES // 4))
UNPAID = "Pending"
Worth = Counter[str]


@pytest.fixture
def shop(home: Home) -> Iterator[BusyShop]:
    market = home.opened()
    yield BusyShop(market, home.country)
    market.close()


def by_report(shop: BusyShop, *, unpaid: Worth) -> tuple[Worth, Worth]:
    """What the report says: by order, and by day with what unpaid orders hold."""
    by_order, by_day = Worth(), Worth()
    for row in told_by(shop, ALL_ORDERS):
        order_id = row["amazon-order-id"]
        assert not row["item-price"] or row["order-status"] != UNPAID
        by_order[order_id] += cents(row["item-price"])
        by_day[row["purchase-date"][:10]] += cents(row["item-price"]) + unpaid.pop(order_id, 0)
    assert not unpaid  # each of them has a row
    return by_order, by_day


def by_items(shop: BusyShop) -> Worth:
    """What getOrderItems shows of each order."""
    found = Worth()
    for order_id in shop.placed:
        answer = shop.market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems")
        items: list[dict[str, Any]] = answer.json()["payload"]["OrderItems"]
        found[order_id] += sum(cents(one["ItemPrice"]["Amount"]) for one in items if "ItemPrice" in one)
    return found


def by_metrics(shop: BusyShop) -> Worth:
    """The sales of each day."""
    begin = START.replace(hour=0)
    end = begin + timedelta(days=(shop.market.now - START).days + 2)
    wanted = GetOrderMetrics(
        marketplace_ids=[shop.market.marketplace_id],
        interval=f"{begin:%Y-%m-%dT%H:%M:%SZ}--{end:%Y-%m-%dT%H:%M:%SZ}",
        granularity=Granularity.DAY,
        granularity_time_zone="UTC",
    )
    found = shop.market.seller.send(wanted).payload or []
    return Worth({one.interval[:10]: cents(one.total_sales.amount) for one in found if one.total_sales is not None})


def unpaid_of(shop: BusyShop) -> Worth:
    """What orders hold that nobody has paid, in hundredths."""
    times = 100 if shop.country == "JP" else 1
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        orders = [order_of(unit, order_id) for order_id in shop.placed]
    return Worth(
        {one.order_id: times * sum(item.held_amounts.price for item in one.items) for one in orders if one.is_unpaid}
    )


def disagreements(shop: BusyShop) -> list[str]:
    """Who does not say what the others say."""
    by_order, by_day = by_report(shop, unpaid=unpaid_of(shop))
    items, metrics = by_items(shop), by_metrics(shop)
    found = [f"{one}: items {items[one]}, report {by_order[one]}" for one in items if items[one] != by_order[one]]
    return [
        *found,
        *(
            f"{day}: metrics {metrics[day]}, report {by_day[day]}"
            for day in metrics | by_day
            if metrics[day] != by_day[day]
        ),
    ]


@pytest.mark.parametrize("history", HISTORIES)
def test_what_was_ordered_is_worth_the_same_everywhere(shop: BusyShop, history: int) -> None:
    shop.luck = Random(f"worth in {shop.country} {history}")
    shop.lives(PURCHASES, at_most_hours=20)
    while not unpaid_of(shop):  # most pay at once
        shop.sells()

    assert disagreements(shop) == []

    shop.market.advance(days=12)
    assert not unpaid_of(shop)
    assert disagreements(shop) == []
    assert by_metrics(shop).total() > 0


@pytest.fixture
def lived() -> Iterator[BusyShop]:
    """A shop some time after it opened, of which all say the same."""
    market = TestMarket()
    shop = BusyShop(market, "US")
    shop.luck = Random("worth something else")
    shop.lives(10)
    assert disagreements(shop) == []
    yield shop
    market.close()


def test_a_sum_that_is_a_cent_too_high_is_found(lived: BusyShop) -> None:
    with lived.market.market.write(lived.market.seller_account.seller_id) as unit:
        unit.execute(text("UPDATE sales_half_hours SET sales_minor = sales_minor + 1"))

    assert all(one.partition(": ")[2].startswith("metrics") for one in disagreements(lived))
    assert disagreements(lived)


def test_a_row_that_is_a_cent_too_low_is_found(lived: BusyShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(shop: BusyShop, report_type: str) -> list[Row]:
        rows = report_reader.told_by(shop, report_type)
        place = next(place for place, row in enumerate(rows) if row["item-price"])
        lower = {**rows[place], "item-price": str(Decimal(rows[place]["item-price"]) - Decimal("0.01"))}
        return [*rows[:place], lower, *rows[place + 1 :]]

    monkeypatch.setattr(sys.modules[__name__], "told_by", told)

    found = disagreements(lived)
    assert [one.partition(": ")[2].split()[0] for one in found] == ["items", "metrics"]
