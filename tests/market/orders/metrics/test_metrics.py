from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outside_shop import asks
from planned import plans_of
from sqlalchemy import event, select

from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.metrics.half_hours import sum_anew
from sellingpartner.market.orders.metrics.periods import Period, edges_of
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import (
    OrderFilter,
    SalesFilter,
    SalesTotal,
    order_of,
    page_of_orders,
    sales_between,
)
from sellingpartner.market.orders.tables import half_hours
from sellingpartner.market.outbound import commands as outbound
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

if TYPE_CHECKING:
    from tests.market.orders.conftest import Shop

US, CA = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"
ALL = SalesFilter(marketplace_id=US)
DAY = timedelta(days=1)


def total(orders: int, items: int, units: int, minor: int) -> SalesTotal:
    return SalesTotal(orders=orders, items=items, units=units, sales=Money(minor, "USD"))


def asked(market: TestMarket, bounds: Sequence[datetime], wanted: SalesFilter = ALL) -> list[SalesTotal]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return sales_between(unit, wanted, bounds)


def of_all_time(market: TestMarket, **fields: Any) -> SalesTotal:  # noqa: ANN401 - fields of the filter
    wanted = SalesFilter(**{"marketplace_id": US} | fields)
    (found,) = asked(market, [market.now - 700 * DAY, market.now + DAY], wanted)
    return found


def test_a_bound_belongs_to_the_interval_that_begins_there(market: TestMarket) -> None:
    market.buys(quantity=2)
    at = market.now

    assert asked(market, [at - DAY, at, at + DAY]) == [total(0, 0, 0, 0), total(1, 1, 2, 2998)]


def test_lines_are_items_and_what_is_charged_beside_the_goods_is_no_sale(market: TestMarket) -> None:
    blue = PurchaseLine(sku="MUG-BLUE", quantity=2, shipping=599, promotion_discount=300, gift_wrap=350)
    market.buys(lines=(blue, PurchaseLine(sku="MUG-RED")))

    assert of_all_time(market) == total(1, 2, 3, 4497)


def test_an_order_counts_before_it_is_paid(market: TestMarket) -> None:
    market.buys(paid=False)

    assert of_all_time(market) == total(1, 1, 1, 1499)


def test_a_canceled_order_counts_no_more(market: TestMarket, shop: Shop) -> None:
    market.buys()
    order_id = market.buys(quantity=3)

    shop.do(orders.cancel, order_id, by=Canceler.BUYER, reason="Test")

    assert of_all_time(market) == total(1, 1, 1, 1499)


def test_canceled_units_are_taken_off_to_the_cent(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(
        lines=(PurchaseLine(sku="MUG-BLUE", quantity=3, unit_price=333), PurchaseLine(sku="MUG-RED"))
    )
    blue, red = shop.order(order_id).items

    shop.do(orders.cancel, order_id, by=Canceler.SELLER, reason="Test", quantities={blue.order_item_id: 1})
    assert of_all_time(market) == total(1, 2, 3, 666 + 1499)
    shop.do(orders.cancel, order_id, by=Canceler.SELLER, reason="Test", quantities={red.order_item_id: 1})
    assert of_all_time(market) == total(1, 1, 2, 666)
    shop.do(orders.cancel, order_id, by=Canceler.SELLER, reason="Test", quantities={blue.order_item_id: 2})
    assert of_all_time(market) == total(0, 0, 0, 0)


def test_an_order_that_cannot_be_fulfilled_counts_no_more(market: TestMarket, shop: Shop) -> None:
    asks(market, quantity=2)
    assert of_all_time(market) == total(1, 1, 2, 0)

    with shop.unit() as unit:
        outbound.miss(unit, "SHOP-1", "1", 1)

    assert of_all_time(market) == total(0, 0, 0, 0)


def test_only_what_is_asked_for_is_summed() -> None:
    market = TestMarket(marketplaces=[US, CA])
    market.buys("MUG-BLUE", quantity=2, is_business=True)
    market.buys(lines=(PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="MUG-RED", quantity=5)))
    market.buys("LAMP-OAK")
    market.buys(marketplace_id=CA)
    with market.market.read(market.seller_account.seller_id) as unit:
        (lamp,) = (o for o in page_of_orders(unit, OrderFilter()).orders if o.items[0].sku == "LAMP-OAK")

    assert of_all_time(market).orders == 3
    assert of_all_time(market, is_business=True) == total(1, 1, 2, 2998)
    assert of_all_time(market, is_business=False).orders == 2
    assert of_all_time(market, channel=FulfillmentChannel.AFN) == total(1, 1, 1, 5900)
    assert of_all_time(market, channel=FulfillmentChannel.MFN, is_business=False) == total(1, 2, 6, 8994)
    assert of_all_time(market, sku="MUG-BLUE") == total(2, 2, 3, 4497)
    assert of_all_time(market, sku="mug-blue") == total(0, 0, 0, 0)
    assert of_all_time(market, asin=lamp.items[0].asin) == total(1, 1, 1, 5900)
    assert of_all_time(market, program="AmazonHaul") == total(0, 0, 0, 0)
    assert of_all_time(market, marketplace_id=CA).sales == Money(1499, "CAD")
    market.close()


def test_another_seller_s_orders_are_not_summed(market: TestMarket) -> None:
    market.buys()
    other = market.join("Quiet Lamps")

    with market.market.read(other.seller_id) as unit:
        (found,) = sales_between(unit, ALL, [market.now - DAY, market.now + DAY])

    assert found == total(0, 0, 0, 0)


@pytest.mark.parametrize(("units", "minor", "average"), [(0, 0, 0), (3, 1000, 333), (3, 1001, 334), (2, 5, 3)])
def test_the_average_is_rounded_half_up(units: int, minor: int, average: int) -> None:
    assert total(1, 1, units, minor).average_unit_price == Money(average, "USD")


@pytest.fixture(scope="module")
def busy() -> Iterator[TestMarket]:
    """Ten days of orders, of which some are canceled in part or as a whole."""
    made = TestMarket()
    fill(made, 60)
    yield made
    made.close()


def fill(market: TestMarket, count: int) -> None:
    luck = Random(7)
    for _ in range(count):
        market.advance(seconds=luck.randrange(1, 25_000))
        skus = luck.sample(["MUG-BLUE", "MUG-RED", "TEA/50 G&B 100%"], luck.randrange(1, 4))
        lines = [PurchaseLine(sku=sku, quantity=luck.randrange(1, 4), unit_price=luck.randrange(999)) for sku in skus]
        order_id = market.buys(lines=tuple(lines))
        with market.market.write(market.seller_account.seller_id) as unit:
            item = luck.choice(order_of(unit, order_id).items)
            some = {item.order_item_id: luck.randrange(1, item.quantity + 1)}
            quantities = luck.choice([None, some, some, {}])
            if quantities != {}:
                orders.cancel(unit, order_id, by=Canceler.SELLER, reason="Luck", quantities=quantities)


def summed(market: TestMarket, start: datetime, end: datetime) -> SalesTotal:
    """The same total, from the orders themselves."""
    with market.market.read(market.seller_account.seller_id) as unit:
        found = page_of_orders(unit, OrderFilter(), limit=1000).orders
    held = [
        [item for item in order.items if item.held]
        for order in found
        if start <= order.purchased_at < end and order.status != "Canceled"
    ]
    items = [item for order in held for item in order]
    return total(
        sum(map(bool, held)),
        len(items),
        sum(item.held for item in items),
        sum(item.held_amounts.price for item in items),
    )


@given(data=st.data())
def test_totals_are_the_sums_of_the_orders_however_a_period_is_divided(busy: TestMarket, data: st.DataObject) -> None:
    moments = st.timedeltas(timedelta(0), 12 * DAY).map(lambda since: START + since)
    bounds = sorted(data.draw(st.sets(moments, min_size=2, max_size=9)))

    found = asked(busy, bounds)

    assert found == [summed(busy, begin, end) for begin, end in pairwise(bounds)]
    assert added(found) == asked(busy, [bounds[0], bounds[-1]])[0]


@given(
    since=st.timedeltas(timedelta(0), 3 * DAY),
    length=st.timedeltas(timedelta(microseconds=1), 9 * DAY),
    period=st.sampled_from(Period),
    zone=st.sampled_from(["UTC", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu"]),
)
def test_the_periods_of_a_calendar_sum_to_the_whole(
    busy: TestMarket, since: timedelta, length: timedelta, period: Period, zone: str
) -> None:
    start, end = START + since, START + since + length
    edges = edges_of(start, end, period, ZoneInfo(zone))

    found = asked(busy, [start, *edges[1:-1], end])

    assert len(found) == len(edges) - 1
    assert added(found) == summed(busy, start, end)


def added(found: list[SalesTotal]) -> SalesTotal:
    return total(
        sum(one.orders for one in found),
        sum(one.items for one in found),
        sum(one.units for one in found),
        sum(one.sales.minor for one in found),
    )


def test_both_databases_sum_alike(database_url: str) -> None:
    market = TestMarket(database_url)
    fill(market, 30)
    edges = edges_of(START, market.now, Period.DAY, ZoneInfo("America/Los_Angeles"))
    bounds = [START, *edges[1:-1], market.now + timedelta(seconds=1)]

    found = asked(market, bounds)

    assert found == [summed(market, begin, end) for begin, end in pairwise(bounds)]
    assert added(found) == summed(market, bounds[0], bounds[-1])
    shipped_by_seller = SalesFilter(marketplace_id=US, channel=FulfillmentChannel.MFN, is_business=False)
    assert asked(market, bounds, shipped_by_seller) == found
    market.close()


HALVES = "SEARCH sales_half_hours USING PRIMARY KEY (seller_id=? AND marketplace_id=? AND half_hour>? AND half_hour<?)"
LINES = "INDEX order_lines_by_{} (seller_id=? AND {}purchased_at>? AND purchased_at<?)"


def test_the_sums_of_the_half_hours_follow_every_order_and_every_cancellation(database_url: str) -> None:
    market = TestMarket(database_url)
    fill(market, 25)

    with market.market.write(market.seller_account.seller_id) as unit:
        kept = unit.execute(select(half_hours).where(half_hours.c.units > 0)).all()
        gone = unit.execute(select(half_hours).where(half_hours.c.units <= 0)).all()
        sum_anew(unit)
        anew = unit.execute(select(half_hours)).all()
    market.close()

    assert set(map(tuple, kept)) == set(map(tuple, anew))
    assert {tuple(row)[5:] for row in gone} <= {(0, 0, 0, 0)}


@pytest.mark.parametrize(
    ("wanted", "way"),
    [
        ({}, HALVES),
        ({"channel": FulfillmentChannel.MFN}, HALVES),
        ({"is_business": True}, HALVES),
        ({"asin": "B000000001"}, LINES.format("asin", "asin=? AND ")),
        ({"sku": "A"}, LINES.format("sku", "sku=? AND ")),
        ({"sku": "A", "channel": FulfillmentChannel.MFN}, LINES.format("sku", "sku=? AND ")),
    ],
)
def test_a_day_is_found_by_an_index_in_one_question(
    market: TestMarket, shop: Shop, wanted: dict[str, Any], way: str
) -> None:
    asked = SalesFilter(marketplace_id=US, **wanted)
    with shop.unit() as unit:
        (plan,) = plans_of(unit, lambda unit: sales_between(unit, asked, [market.now - DAY, market.now]))

    assert way in plan
    assert "SCAN order" not in plan
    looks_at_orders = "sku" in wanted and "channel" in wanted
    assert not looks_at_orders or "INDEX sqlite_autoindex_orders_1 (seller_id=? AND order_id=?)" in plan


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Kolkata", "Australia/Adelaide"])
@pytest.mark.parametrize("period", Period)
def test_no_line_is_read_where_clocks_are_whole_or_half_hours_off(
    market: TestMarket, shop: Shop, period: Period, zone: str
) -> None:
    edges = edges_of(market.now - 9 * DAY, market.now, period, ZoneInfo(zone))
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    with shop.unit() as unit:
        event.listen(market.market.database.engine, "before_cursor_execute", see)
        sales_between(unit, SalesFilter(marketplace_id=US), edges)
        event.remove(market.market.database.engine, "before_cursor_execute", see)

    (statement,) = seen
    assert "FROM sales_half_hours" in statement
