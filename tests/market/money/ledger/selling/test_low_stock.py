"""Units cost more to be fulfilled while their stock has lasted for less than four weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from books import faults_in
from forwarder import Forwarder

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts.secrets import keep_last_end
from sellingpartner.market.accounts.tables import secrets
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.turnover import Counting
from sellingpartner.market.money.fees.low_stock import low_stock_fee
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.ledger.questions import entries_of_order, legs_of
from sellingpartner.testing import TestMarket

US, DE = (BY_COUNTRY[country].marketplace_id for country in ("US", "DE"))
MUG = Package(grams=Decimal(400), sides=(Decimal(150), Decimal(120), Decimal(100)))
HEAVY = Package(grams=Decimal(3000), sides=(Decimal(300), Decimal(200), Decimal(100)))
SOFA = Package(grams=Decimal(30_000), sides=(Decimal(1800), Decimal(900), Decimal(900)))


@pytest.mark.parametrize(
    ("package", "days", "amount"),
    [
        (MUG, "0", "0.97"),
        (MUG, "13.9", "0.97"),
        (MUG, "14", "0.70"),
        (MUG, "27.9", "0.36"),
        (MUG, "28", None),
        (HEAVY, "20", "0.87"),
        (SOFA, "3", None),
    ],
)
def test_the_fewer_days_stock_lasts_the_more_a_unit_costs(package: Package, days: str, amount: str | None) -> None:
    fee = low_stock_fee(US, package, Decimal(days), date(2026, 6, 1))

    assert (None if fee is None else str(fee)) == amount


def test_germany_has_no_such_fee() -> None:
    assert low_stock_fee(DE, MUG, Decimal(1), date(2026, 6, 1)) is None


def test_how_long_stock_lasts_is_what_lay_there_by_what_left_each_day() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    counting = Counting(now)
    counting.add(now - timedelta(days=200), 60, is_shipped=False)
    counting.add(now - timedelta(days=15), -30, is_shipped=True)

    found = counting.counted.turnover

    assert found.short == Decimal(45)  # 60 for 15 days and 30 for 15, by one a day
    assert found.long == Decimal(165)  # 60 for 75 days and 30 for 15, by a third a day
    assert (found.units_of_week, found.first_came_at) == (0, now - timedelta(days=200))


def fees_of(market: TestMarket, order_id: str) -> dict[str, int]:
    with market.market.read(market.seller_account.seller_id) as unit:
        (sale, *_) = entries_of_order(unit, order_id)
        return {leg.component: leg.effect for leg in legs_of(unit, [sale.entry_id])[sale.entry_id]}


def books_are_right(market: TestMarket) -> bool:
    with market.market.read(market.seller_account.seller_id) as unit:
        return faults_in(unit) == []


def sells_out(market: TestMarket, *, units: int) -> str:
    """Have a SKU that is long known sell 25 units, and one more; returns the order of that one."""
    with market.market.write(market.seller_account.seller_id) as unit:
        unit.execute(secrets.update().values(expires_at=market.now + timedelta(days=600)))
        keep_last_end(unit, market.application.application_id)
    Forwarder(market).sells("ATLAS")
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, "ATLAS", Place.FBA, 1, reference="first")
    market.advance(days=400)
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, "ATLAS", Place.FBA, units, reference="second")
    market.buys("ATLAS", 25)
    market.advance(days=3)
    order_id = market.buys("ATLAS", 1)
    market.advance(days=2)
    return order_id


def test_a_sale_from_low_stock_costs_more_and_the_books_say_so(market: TestMarket) -> None:
    order_id = sells_out(market, units=30)

    fees = fees_of(market, order_id)

    assert fees["FBALowInventoryLevelFee"] == -97
    market.advance(days=40)
    events = market.seller.call("GET", f"/finances/v0/orders/{order_id}/financialEvents").json()["payload"]
    (shipment,) = events["FinancialEvents"]["ShipmentEventList"]
    (item,) = shipment["ShipmentItemList"]
    shown = {fee["FeeType"]: fee["FeeAmount"]["CurrencyAmount"] for fee in item["ItemFeeList"]}
    both = fees["FBAPerUnitFulfillmentFee"] + fees["FBALowInventoryLevelFee"]
    assert shown["FBAPerUnitFulfillmentFee"] == both / 100
    assert books_are_right(market)
    (row,) = [one for one in market.report("GET_FBA_INVENTORY_PLANNING_DATA").rows if one["sku"] == "ATLAS"]
    assert row["Exempted from Low-Inventory-Level fee?"] == "Yes"  # nothing left in the last week


def test_enough_stock_costs_nothing_more(market: TestMarket) -> None:
    assert "FBALowInventoryLevelFee" not in fees_of(market, sells_out(market, units=3000))


def test_a_new_seller_is_spared(market: TestMarket) -> None:
    Forwarder(market).sells("ATLAS")
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, "ATLAS", Place.FBA, 30, reference="first")
    market.buys("ATLAS", 25)
    market.advance(days=3)
    order_id = market.buys("ATLAS", 1)
    market.advance(days=2)

    assert "FBALowInventoryLevelFee" not in fees_of(market, order_id)
