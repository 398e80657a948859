"""Whatever happens to orders, what was sold is the same everywhere: order metrics, sales and traffic, the Data Kiosk.

And what was charged for it is the same in the Data Kiosk and in finances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from busy_shop import BusyShop
from databases import Home
from sqlalchemy import text

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.sales_v1 import GetOrderMetrics, Granularity
from sellingpartner.market.money.ledger.commands import change_policy
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.append_only import statements_for
from soak import examples

PURCHASES = min(examples(16), 300)
ZONES = {"US": "America/Los_Angeles", "DE": "Europe/Berlin", "JP": "Asia/Tokyo"}

Sold = tuple[int, int, Decimal]
"""Order items, units and sales of a day."""


@pytest.fixture
def shop(home: Home) -> Iterator[BusyShop]:
    market = home.opened()
    yield BusyShop(market, home.country)
    market.close()


def days_of(shop: BusyShop, began: datetime) -> list[date]:
    zone = ZoneInfo(ZONES[shop.country])
    first, last = began.astimezone(zone).date(), shop.market.now.astimezone(zone).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def by_metrics(shop: BusyShop, days: list[date]) -> dict[date, Sold]:
    zone = ZoneInfo(ZONES[shop.country])
    ends = (datetime.combine(days[0], datetime.min.time(), zone), datetime.combine(days[-1], datetime.max.time(), zone))
    asked = GetOrderMetrics(
        marketplace_ids=[shop.market.marketplace_id],
        interval="--".join(moment.isoformat(timespec="seconds") for moment in ends),
        granularity=Granularity.DAY,
        granularity_time_zone=zone.key,
    )
    return {
        datetime.fromisoformat(row.interval.partition("--")[0]).astimezone(zone).date(): (
            row.order_item_count,
            row.unit_count,
            Decimal(row.total_sales.amount),
        )
        for row in shop.market.seller.send(asked).payload or ()
    }


def by_orders(shop: BusyShop) -> Counter[date]:
    """Units of orders by day, order by order."""
    zone, units = ZoneInfo(ZONES[shop.country]), Counter[date]()
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        for order_id in shop.placed:
            order = order_of(unit, order_id)
            units[order.purchased_at.astimezone(zone).date()] += sum(item.held for item in order.items)
    return units


def by_all_orders(shop: BusyShop) -> Counter[date]:
    """Units of orders by day, as the report of all orders has them."""
    zone, units = ZoneInfo(ZONES[shop.country]), Counter[date]()
    start = shop.market.now - timedelta(days=29)
    for row in shop.market.report("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", start=start).rows:
        units[datetime.fromisoformat(row["purchase-date"]).astimezone(zone).date()] += int(row["quantity"])
    return units


def sold(sales: Any) -> Sold:  # noqa: ANN401 - what JSON says
    amount = Decimal(str(sales["orderedProductSales"]["amount"]))
    return sales["totalOrderItems"], sales["unitsOrdered"], amount


def by_report(shop: BusyShop, days: list[date]) -> dict[date, Sold]:
    paper = shop.market.report(
        "GET_SALES_AND_TRAFFIC_REPORT",
        start=datetime.combine(days[0], datetime.min.time(), ZoneInfo("UTC")),
        end=shop.market.now,
        options={"asinGranularity": "SKU"},
    )
    told = paper.json
    all_days = [sold(one["salesByDate"]) for one in told["salesAndTrafficByDate"]]
    by_product = [sold(one["salesByAsin"]) for one in told["salesAndTrafficByAsin"]]
    assert [sum(column) for column in zip(*all_days, strict=True)] == [
        sum(column) for column in zip(*by_product, strict=True)
    ]
    for one in (*told["salesAndTrafficByDate"], *told["salesAndTrafficByAsin"]):
        sales = one.get("salesByDate") or one["salesByAsin"]
        traffic = one.get("trafficByDate") or one["trafficByAsin"]
        assert sales["totalOrderItems"] <= traffic["sessions"] <= traffic["pageViews"]
    return {date.fromisoformat(one["date"]): sold(one["salesByDate"]) for one in told["salesAndTrafficByDate"]}


def asked(shop: BusyShop, days: list[date], query: str, more: str = "") -> list[Any]:
    dataset, fields = query.split(" ", 1)
    name, fields = fields.split(" ", 1)
    text_of = (
        f'{{ {dataset} {{ {name}(startDate: "{days[0]}", endDate: "{days[-1]}", '
        f'marketplaceIds: ["{shop.market.marketplace_id}"] {more}) {{ {fields} }} }} }}'
    )
    return shop.market.query(text_of).rows


SALES = "sales { totalOrderItems unitsOrdered orderedProductSales { amount } }"


def by_kiosk(shop: BusyShop, days: list[date]) -> dict[date, Sold]:
    rows = asked(
        shop,
        days,
        f"analytics_salesAndTraffic_2024_04_24 salesAndTrafficByDate startDate {SALES}",
        "aggregateBy: DAY",
    )
    return {date.fromisoformat(row["startDate"]): sold(row["sales"]) for row in rows}


def disagreements(shop: BusyShop, began: datetime) -> list[str]:
    """Where what was sold is said in two ways."""
    zone = ZoneInfo(ZONES[shop.country])
    while shop.market.now.astimezone(zone).date() > shop.market.now.date():  # the report ends with a day of UTC
        shop.market.advance(hours=1)
    days = days_of(shop, began)
    metrics = by_metrics(shop, days)
    told = {"the report": by_report(shop, days), "the Data Kiosk": by_kiosk(shop, days)}
    days = days_of(shop, began)  # a report takes time, which may have come to another day
    found = [
        f"{day}: {who} says {said.get(day)}, the metrics {metrics[day]}"
        for who, said in told.items()
        for day in metrics
        if said.get(day) != metrics[day]
    ]
    for orders in (by_orders(shop), by_all_orders(shop) if len(days) < 29 else by_orders(shop)):
        found += [f"{day}: orders have {orders[day]} units" for day in metrics if orders[day] != metrics[day][1]]
    return found


def test_what_was_sold_is_the_same_everywhere(shop: BusyShop) -> None:
    began = shop.market.now
    shop.lives(PURCHASES)

    assert disagreements(shop, began) == []


def test_a_line_that_goes_astray_is_noticed(shop: BusyShop) -> None:
    began = shop.market.now
    shop.lives(4)

    with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
        unit.execute(text("UPDATE order_lines SET quantity = quantity + 1 WHERE quantity > 0"))

    assert disagreements(shop, began) != []


FEES = "fees { charges { aggregatedDetail { totalAmount { amount } } } }"


def charged_by_kiosk(shop: BusyShop, days: list[date], more: str = "") -> Decimal:
    rows = asked(
        shop,
        days,
        f"analytics_economics_2024_03_15 economics msku {FEES} netProceeds {{ total {{ amount }} }} "
        "sales { netProductSales { amount } }",
        more,
    )
    total = Decimal()
    for row in rows:
        fees = sum(
            (
                Decimal(str(charge["aggregatedDetail"]["totalAmount"]["amount"]))
                for fee in row["fees"]
                for charge in fee["charges"]
            ),
            Decimal(),
        )
        net = Decimal(str(row["sales"]["netProductSales"]["amount"]))
        assert Decimal(str(row["netProceeds"]["total"]["amount"])) == net - fees
        total += fees
    return total


FEE_LISTS = ("ItemFeeList", "ItemFeeAdjustmentList")


def fees_in(value: Any) -> Iterator[Decimal]:  # noqa: ANN401 - what JSON says
    """The fees of items anywhere in events of v0, as what they cost the seller."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name in FEE_LISTS:
                yield from (-Decimal(str(fee["FeeAmount"]["CurrencyAmount"])) for fee in one)
            else:
                yield from fees_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from fees_in(one)


def charged_by_finances(shop: BusyShop) -> Decimal:
    total, token = Decimal(), ""
    while True:
        more = f"&NextToken={quote(token)}" if token else ""
        target = f"/finances/v0/financialEvents?MaxResultsPerPage=100{more}"
        payload = shop.market.seller.call("GET", target).json()["payload"]
        total += sum(fees_in(payload["FinancialEvents"]), Decimal())
        token = payload.get("NextToken", "")
        if not token:
            return total


def nothing_is_held(shop: BusyShop) -> None:
    """Have sales be the seller's at once, so that v0 lists them on the day on which they were posted."""
    currency = BY_COUNTRY[shop.country].currency
    with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
        change_policy(unit, currency, deferral_days=0)


def test_what_was_charged_is_the_same_in_economics_and_in_finances(shop: BusyShop) -> None:
    began = shop.market.now
    nothing_is_held(shop)
    shop.lives(PURCHASES)
    shop.market.advance(days=30)  # so that nothing more happens while the queries are run
    days = days_of(shop, began)

    by_day = charged_by_kiosk(shop, days)
    by_range = charged_by_kiosk(shop, days, "aggregateBy: {date: RANGE, productId: PARENT_ASIN}")

    assert by_day == by_range == charged_by_finances(shop) != 0


def test_a_posting_that_is_missing_is_noticed(shop: BusyShop) -> None:
    began = shop.market.now
    nothing_is_held(shop)
    shop.lives(8)
    shop.market.advance(days=30)
    by_day = charged_by_kiosk(shop, days_of(shop, began))

    database = shop.market.market.database
    with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
        for statement in statements_for("ledger_postings", "sqlite") if database.is_sqlite else ():
            unit.execute(text(f"DROP TRIGGER {statement.split()[2]}"))
        if not database.is_sqlite:
            unit.execute(text("ALTER TABLE ledger_postings DISABLE TRIGGER USER"))
        unit.execute(text("DELETE FROM ledger_postings WHERE account = 'amazon.fees'"))
        if not database.is_sqlite:
            unit.execute(text("ALTER TABLE ledger_postings ENABLE TRIGGER USER"))

    assert by_day != charged_by_finances(shop)
    assert charged_by_kiosk(shop, days_of(shop, began)) == charged_by_finances(shop)
