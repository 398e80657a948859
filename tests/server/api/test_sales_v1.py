"""What a seller learns of its sales."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderItems
from sellingpartner.contract.sales_v1 import (
    AmazonProgram,
    BuyerType,
    FirstDayOfWeek,
    GetOrderMetrics,
    Granularity,
    OrderMetricsInterval,
)
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import Caller, TestMarket

US, CA, JP = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1VC38T7YXB528"
TWO_DAYS = "2026-11-02T00:00:00Z--2026-11-04T00:00:00Z"
START_ON_A_LEAP_DAY = datetime(2028, 2, 29, tzinfo=UTC)
PATH = f"/sales/v1/orderMetrics?marketplaceIds={US}"


def metrics_of(seller: Caller, interval: str = TWO_DAYS, **fields: Any) -> list[OrderMetricsInterval]:  # noqa: ANN401 - fields of the request
    wanted = {"marketplace_ids": [US], "granularity": Granularity.DAY, "granularity_time_zone": "UTC"} | fields
    found = seller.send(GetOrderMetrics(interval=interval, **wanted)).payload
    assert found is not None
    return found


def refusal(seller: Caller, interval: str = TWO_DAYS, **fields: Any) -> str:  # noqa: ANN401 - fields of the request
    with pytest.raises(InvalidInput) as refused:
        metrics_of(seller, interval, **fields)
    return refused.value.message


def test_each_day_shows_what_was_ordered_on_it(market: TestMarket, seller: Caller) -> None:
    market.buys(lines=(PurchaseLine(sku="MUG-BLUE", quantity=2), PurchaseLine(sku="TEA/50 G&B 100%")))
    market.buys("MUG-RED")

    reply = seller.call("GET", f"{PATH}&interval={TWO_DAYS}&granularity=Day&granularityTimeZone=UTC")

    assert reply.status == 200
    assert reply.json() == {
        "payload": [
            {
                "interval": "2026-11-02T00:00Z--2026-11-03T00:00Z",
                "unitCount": 4,
                "orderItemCount": 3,
                "orderCount": 2,
                "averageUnitPrice": {"currencyCode": "USD", "amount": "13.48"},
                "totalSales": {"currencyCode": "USD", "amount": "53.92"},
            },
            {
                "interval": "2026-11-03T00:00Z--2026-11-04T00:00Z",
                "unitCount": 0,
                "orderItemCount": 0,
                "orderCount": 0,
                "averageUnitPrice": {"currencyCode": "USD", "amount": "0.00"},
                "totalSales": {"currencyCode": "USD", "amount": "0.00"},
            },
        ]
    }


def test_what_was_ordered_on_each_day_stays_there(market: TestMarket) -> None:
    market.buys("MUG-BLUE", quantity=2)
    market.advance(days=1)
    market.buys("MUG-RED")
    market.advance(days=1)

    assert [day.unit_count for day in metrics_of(market.caller())] == [2, 1]


def test_an_order_has_the_same_total_in_its_sales_as_alone(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(lines=(PurchaseLine(sku="MUG-BLUE", quantity=3), PurchaseLine(sku="MUG-RED")))

    order = seller.send(GetOrder(order_id=order_id)).payload
    (day, _) = metrics_of(seller)

    assert order is not None
    assert order.order_total is not None
    assert (day.total_sales.amount, day.total_sales.currency_code) == ("59.96", "USD")
    assert (order.order_total.amount, order.order_total.currency_code) == ("59.96", "USD")


def test_canceled_units_leave_the_sales_as_they_leave_the_order(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(lines=(PurchaseLine(sku="MUG-BLUE", quantity=3), PurchaseLine(sku="MUG-RED")))
    items = seller.send(GetOrderItems(order_id=order_id)).payload
    assert items is not None
    some = {items.order_items[0].order_item_id: 1, items.order_items[1].order_item_id: 1}
    with market.market.write(seller.seller_id) as unit:
        orders.cancel(unit, order_id, by=Canceler.SELLER, reason="Test", quantities=some)

    left = seller.send(GetOrderItems(order_id=order_id)).payload
    (day, _) = metrics_of(seller)

    assert left is not None
    assert sum(Decimal(item.item_price.amount or 0) for item in left.order_items if item.item_price) == Decimal("29.98")
    assert day.total_sales.amount == "29.98"
    assert (day.order_count, day.order_item_count, day.unit_count) == (1, 1, 2)


def test_a_day_is_that_of_the_time_zone(market: TestMarket) -> None:
    market.advance(hours=20)  # 05:00 on 3 November in UTC, 21:00 on 2 November in Los Angeles
    market.buys()

    found = metrics_of(
        market.caller(),
        "2026-10-31T00:00:00-07:00--2026-11-03T00:00:00-08:00",
        granularity_time_zone="America/Los_Angeles",
    )

    assert [(day.interval, day.unit_count) for day in found] == [
        ("2026-10-31T00:00-07:00--2026-11-01T00:00-07:00", 0),
        ("2026-11-01T00:00-07:00--2026-11-02T00:00-08:00", 0),
        ("2026-11-02T00:00-08:00--2026-11-03T00:00-08:00", 1),
    ]


def test_a_day_that_is_cut_is_named_whole_and_holds_its_part(market: TestMarket, seller: Caller) -> None:
    market.buys()

    after = metrics_of(seller, "2026-11-02T09:00:01Z--2026-11-02T10:00:00Z")
    with_it = metrics_of(seller, "2026-11-02T09:00:00Z--2026-11-02T10:00:00Z")

    assert [(day.interval, day.unit_count) for day in after] == [("2026-11-02T00:00Z--2026-11-03T00:00Z", 0)]
    assert [(day.interval, day.unit_count) for day in with_it] == [("2026-11-02T00:00Z--2026-11-03T00:00Z", 1)]


@pytest.mark.parametrize(
    ("granularity", "intervals"),
    [
        (Granularity.WEEK, ["2026-10-26T00:00Z--2026-11-02T00:00Z", "2026-11-02T00:00Z--2026-11-09T00:00Z"]),
        (Granularity.MONTH, ["2026-10-01T00:00Z--2026-11-01T00:00Z", "2026-11-01T00:00Z--2026-12-01T00:00Z"]),
        (Granularity.YEAR, ["2026-01-01T00:00Z--2027-01-01T00:00Z"]),
        (Granularity.TOTAL, ["2026-10-31T00:00Z--2026-11-03T00:00Z"]),
    ],
)
def test_longer_periods_are_those_of_the_calendar(
    market: TestMarket, seller: Caller, granularity: Granularity, intervals: list[str]
) -> None:
    market.buys()

    found = metrics_of(seller, "2026-10-31T00:00:00Z--2026-11-03T00:00:00Z", granularity=granularity)

    assert [period.interval for period in found] == intervals
    assert [period.order_count for period in found] == [0] * (len(intervals) - 1) + [1]


def test_a_week_begins_on_sunday_where_that_is_asked_for(seller: Caller) -> None:
    found = metrics_of(seller, granularity=Granularity.WEEK, first_day_of_week=FirstDayOfWeek.SUNDAY)

    assert [week.interval for week in found] == ["2026-11-01T00:00Z--2026-11-08T00:00Z"]


def test_hours_and_totals_need_no_time_zone(market: TestMarket, seller: Caller) -> None:
    market.buys()
    interval = "2026-11-02T08:15:00.500+00:30--2026-11-02T10:00:00+00:30"

    hours = metrics_of(seller, interval, granularity=Granularity.HOUR, granularity_time_zone=None)
    (whole,) = metrics_of(seller, interval, granularity=Granularity.TOTAL, granularity_time_zone=None)

    assert [(hour.interval, hour.order_count) for hour in hours] == [
        ("2026-11-02T08:00+00:30--2026-11-02T09:00+00:30", 0),
        ("2026-11-02T09:00+00:30--2026-11-02T10:00+00:30", 1),
    ]
    assert (whole.interval, whole.order_count) == ("2026-11-02T08:15:00.500+00:30--2026-11-02T10:00+00:30", 1)


def test_filters_choose_what_is_summed(market: TestMarket, seller: Caller) -> None:
    market.buys(quantity=2, is_business=True)
    market.buys("LAMP-OAK")
    items = seller.send(GetOrderItems(order_id=market.buys("MUG-RED"))).payload
    assert items is not None

    def units(**fields: Any) -> int:  # noqa: ANN401 - fields of the request
        return metrics_of(seller, **fields)[0].unit_count

    assert units() == units(buyer_type=BuyerType.ALL) == 4
    assert (units(buyer_type=BuyerType.B2B), units(buyer_type=BuyerType.B2C)) == (2, 2)
    assert (units(fulfillment_network="AFN"), units(fulfillment_network="MFN")) == (1, 3)
    assert (units(sku="MUG-BLUE"), units(sku="NONE")) == (2, 0)
    assert units(asin=items.order_items[0].asin) == 1
    assert units(amazon_program=AmazonProgram.AMAZON_HAUL) == 0


def test_sales_are_in_the_currency_of_the_marketplace() -> None:
    market = TestMarket(marketplaces=[CA, US])
    market.buys()

    canadian, american = (metrics_of(market.seller, marketplace_ids=[one])[0] for one in (CA, US))

    assert (canadian.total_sales.currency_code, canadian.total_sales.amount) == ("CAD", "14.99")
    assert (american.total_sales.currency_code, american.total_sales.amount) == ("USD", "0.00")
    assert "2 marketplaces; it must be one" in refusal(market.seller, marketplace_ids=[CA, US])
    assert f"{JP} is not a marketplace of this seller; those are {CA}, {US}." in refusal(
        market.seller, marketplace_ids=[JP]
    )
    market.close()


@pytest.mark.parametrize(
    "interval",
    [
        "2026-11-02T00:00:00Z",
        "2026-11-02--2026-11-03",
        "2026-11-02T00:00Z--2026-11-03T00:00Z",
        "2026-11-02T00:00:00--2026-11-03T00:00:00",
        "2026-11-02T00:00:00 01:00--2026-11-03T00:00:00 01:00",
        "2026-11-31T00:00:00Z--2026-12-01T00:00:00Z",
        "2026-11-02T00:00:00Z--2026-11-02T00:00:00Z",
        "2026-11-02T00:00:00+01:00--2026-11-01T23:00:00Z",
        "0001-01-01T00:00:00+14:00--2026-11-03T00:00:00Z",
        "2026-11-02T00:00:00Z--9999-12-31T23:59:59-14:00",
    ],
)
def test_an_interval_is_two_whole_times_in_order(seller: Caller, interval: str) -> None:
    assert "it must be two times, the first before the second" in refusal(seller, interval)


def test_a_zone_in_brackets_is_taken(seller: Caller) -> None:
    assert len(metrics_of(seller, "2026-11-02T00:00:00Z[UTC]--2026-11-04T00:00:00Z[UTC]")) == 2


@pytest.mark.parametrize(
    ("granularity", "first", "last", "too_early", "too_late"),
    [
        ("Hour", "2026-10-03T09:00:00Z", "2026-12-02T09:00:00Z", "2026-10-03T08:59:59Z", "2026-12-02T09:00:01Z"),
        ("Day", "2024-11-02T09:00:00Z", "2028-11-02T09:00:00Z", "2024-11-02T08:59:59Z", "2028-11-02T09:00:01Z"),
        ("Total", "2024-11-02T09:00:00Z", "2028-11-02T09:00:00Z", "2024-11-02T08:59:59Z", "2028-11-02T09:00:01Z"),
    ],
)
def test_an_interval_reaches_only_so_far(
    seller: Caller, granularity: str, first: str, last: str, too_early: str, too_late: str
) -> None:
    assert metrics_of(seller, f"{first}--{last}", granularity=Granularity(granularity))
    for interval in (f"{too_early}--{last}", f"{first}--{too_late}"):
        assert f"must lie between {first} and {last}" in refusal(seller, interval, granularity=Granularity(granularity))


def test_two_years_from_a_leap_day_reach_the_end_of_february() -> None:
    market = TestMarket(at=START_ON_A_LEAP_DAY)

    assert "between 2026-02-28T00:00:00Z and 2030-02-28T00:00:00Z" in refusal(
        market.seller, "2026-02-27T00:00:00Z--2026-03-01T00:00:00Z"
    )
    market.close()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", "../UTC", "/etc/passwd", "GMT+25", "x" * 5000])
def test_a_time_zone_is_one_that_exists(seller: Caller, zone: str) -> None:
    assert "it must be the name of an IANA time zone" in refusal(seller, granularity_time_zone=zone)


@pytest.mark.parametrize("granularity", ["Day", "Week", "Month", "Year"])
def test_days_and_longer_need_a_time_zone(seller: Caller, granularity: str) -> None:
    said = refusal(seller, granularity=Granularity(granularity), granularity_time_zone=None)

    assert said.startswith(f"granularityTimeZone is missing; granularity {granularity} requires it.")


def test_the_time_zone_matches_the_offset_where_the_interval_begins(seller: Caller) -> None:
    zone = "America/Los_Angeles"
    across = "2026-10-31T00:00:00-07:00--2026-11-03T00:00:00-07:00"

    assert len(metrics_of(seller, across, granularity_time_zone=zone)) == 3
    assert "does not match the offset of interval" in refusal(seller, granularity_time_zone=zone)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("asin=B000000001&sku=A", "asin and sku exclude each other"),
        ("fulfillmentNetwork=FBA", "fulfillmentNetwork is 'FBA'; it must be MFN or AFN."),
        ("buyerType=Everybody", "buyerType"),
        ("firstDayOfWeek=Friday", "firstDayOfWeek"),
        ("amazonProgram=Prime", "amazonProgram"),
        ("granularity=Minute", "granularity"),
    ],
)
def test_whatever_else_is_wrong_is_named(seller: Caller, query: str, said: str) -> None:
    reply = seller.call("GET", f"{PATH}&interval={TWO_DAYS}&granularity=Day&granularityTimeZone=UTC&{query}")

    (error,) = reply.json()["errors"]
    assert (reply.status, error["code"]) == (400, "InvalidInput")
    assert said in error["message"]
