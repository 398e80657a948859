"""What is told of visits agrees with the orders and with whose offer was featured, and stays as it was told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.traffic.calendar import Stretch
from sellingpartner.market.traffic.questions import Counts, Key, counted, counted_by_date, group_by, total_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

MONDAY = date(2026, 11, 2)


def told(market: TestMarket, *, days: int = 3, granularity: str = "SKU") -> dict[Key, Counts]:
    with market.market.read(market.seller_account.seller_id) as unit:
        found = counted(unit, US, [Stretch(MONDAY, MONDAY + timedelta(days=days - 1))], group_by(granularity))
    return {key: counts for (key, _), counts in found.items()}


def of_sku(market: TestMarket, sku: str) -> Counts:
    [counts] = [counts for key, counts in told(market).items() if key[-1] == sku]
    return counts


def test_sales_are_the_orders_and_visits_are_enough_for_them(market: TestMarket) -> None:
    market.buys(quantity=2)
    market.buys(is_business=True)
    market.buys(lines=(PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="MUG-RED", quantity=3)))
    market.advance(days=1)

    blue, red = of_sku(market, "MUG-BLUE"), of_sku(market, "MUG-RED")

    assert (blue.every.placed, blue.every.items, blue.every.units, blue.every.sales) == (3, 3, 4, 4 * 1499)
    assert (blue.b2b.placed, blue.b2b.units, blue.b2b.sales) == (1, 1, 1499)
    assert (red.every.items, red.every.units) == (1, 3)
    assert blue.every.sessions >= 3
    assert blue.b2b.sessions >= 1
    assert blue.every.featured_views == blue.every.views >= blue.every.sessions


def test_what_is_canceled_is_no_sale_but_was_a_visit(market: TestMarket) -> None:
    order_id = market.buys(quantity=2)
    market.buys()
    market.advance(hours=1)
    before = of_sku(market, "MUG-BLUE")

    with market.market.write(market.seller_account.seller_id) as unit:
        orders.cancel(unit, order_id, by=Canceler.BUYER, reason="NoLongerNeeded")
    after = of_sku(market, "MUG-BLUE")

    assert (before.every.items, before.every.units, before.every.sales) == (2, 3, 3 * 1499)
    assert (after.every.items, after.every.units, after.every.sales) == (1, 1, 1499)
    assert (after.every.sessions, after.every.views) == (before.every.sessions, before.every.views)


def test_groups_of_any_kind_sum_to_the_same(market: TestMarket) -> None:
    market.buys()
    market.buys("MUG-RED")
    market.advance(days=2)

    by_sku, by_item, by_family = (
        total_of(told(market, granularity=kind).values()) for kind in ("SKU", "CHILD", "PARENT")
    )
    with market.market.read(market.seller_account.seller_id) as unit:
        days = [Stretch(MONDAY + timedelta(days=number), MONDAY + timedelta(days=number)) for number in range(3)]
        by_day = total_of(counted_by_date(unit, US, days))

    assert by_sku == by_item == by_family == by_day


def test_the_page_is_the_sellers_for_as_long_as_its_offer_is_featured(market: TestMarket) -> None:
    market.advance(days=1)
    market.competes(500)
    market.advance(days=4)

    with market.market.read(market.seller_account.seller_id) as unit:
        days = [Stretch(day, day) for day in (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=3))]
        found = [counted(unit, US, [day], group_by("SKU")) for day in days]
    shares = [
        counts.every.featured_views / counts.every.views
        for sums in found
        for (key, _), counts in sums.items()
        if key[-1] == "MUG-BLUE" and counts.every.views
    ]

    assert shares[0] == 1
    assert shares[-1] == 0


def test_what_was_told_of_days_that_are_over_stays(market: TestMarket) -> None:
    market.buys()
    market.advance(days=3)
    before = told(market, days=2)

    market.competes(500)
    market.buys("MUG-RED")
    market.advance(days=5)

    assert told(market, days=2) == before


def test_another_seed_gives_other_visits_and_the_same_sales() -> None:
    totals = []
    for seed in (1, 1, 2):
        market = TestMarket(seed=seed)
        market.buys()
        market.advance(days=2)
        totals.append(total_of(told(market).values()).every)
        market.close()
    first, again, other = totals

    assert first == again
    assert (other.units, other.sales) == (first.units, first.sales)
    assert (other.sessions, other.views) != (first.sessions, first.views)


@pytest.mark.parametrize("days", [1, 3])
def test_days_to_come_have_no_visits(market: TestMarket, days: int) -> None:
    with market.market.read(market.seller_account.seller_id) as unit:
        later = [Stretch(MONDAY + timedelta(days=5), MONDAY + timedelta(days=4 + days))]
        assert counted_by_date(unit, US, later) == [Counts()]
