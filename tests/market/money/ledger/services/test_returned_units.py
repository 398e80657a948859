"""Units that come back cost something: apparel each, other goods where too many come back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from books import faults_in
from forwarder import Forwarder

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.returned_units import returned_unit_fee, units_beyond
from sellingpartner.market.money.ledger.model import EntryKind
from sellingpartner.market.money.ledger.questions import EntryFilter, page_of_entries
from sellingpartner.market.orders.commands import ask_return, receive_return
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

US, DE = (BY_COUNTRY[country].marketplace_id for country in ("US", "DE"))
SHIRT = Package(grams=Decimal(200), sides=(Decimal(300), Decimal(200), Decimal(18)))
PARCEL = Package(grams=Decimal(3000), sides=(Decimal(300), Decimal(200), Decimal(100)))


@pytest.mark.parametrize(("package", "amount"), [(SHIRT, "2.23"), (PARCEL, "4.21")])
def test_what_a_returned_unit_costs_goes_by_size_and_weight(package: Package, amount: str) -> None:
    assert str(returned_unit_fee(US, package, date(2026, 6, 1))) == amount


def test_germany_has_no_such_fee() -> None:
    assert returned_unit_fee(DE, SHIRT, date(2026, 6, 1)) is None


@pytest.mark.parametrize(("shipped", "returned", "beyond"), [(24, 24, 0), (100, 10, 0), (100, 13, 3), (25, 3, 1)])
def test_only_units_beyond_the_threshold_cost_something(shipped: int, returned: int, beyond: int) -> None:
    assert units_beyond(US, shipped, returned) == beyond


def sells(market: TestMarket, product_type: str, units: int) -> str:
    """Have so many units of a new product sold and delivered; returns the order's id."""
    Forwarder(market).sells("NEW", product_type)
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, "NEW", Place.FBA, units + 5, reference="first")
    order_id = market.buys("NEW", units)
    market.advance(days=10)
    return order_id


def comes_back(market: TestMarket, order_id: str, units: int, condition: Condition = Condition.SELLABLE) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        (item,) = order_of(unit, order_id).items
        asked = ask_return(unit, order_id, quantities={item.order_item_id: units}, reason="CR-UNWANTED_ITEM")
        receive_return(unit, order_id, asked.return_id, condition=condition)


def books_are_right(market: TestMarket) -> bool:
    with market.market.read(market.seller_account.seller_id) as unit:
        return faults_in(unit) == []


def charged(market: TestMarket) -> list[tuple[str, int, int]]:
    """What was charged for returned units: for what, how many, how much."""
    with market.market.read(market.seller_account.seller_id) as unit:
        found = page_of_entries(unit, EntryFilter(kinds=(EntryKind.SERVICE_FEE.value,))).entries
    named = ("FBACustomerReturnPerUnitFee", "CustomerReturnHRRUnitFee")
    return [
        (one.detail.description, one.detail.lines[0].quantity, one.total_minor)
        for one in found
        if one.detail.description in named
    ]


def test_each_shirt_that_comes_back_costs_something(market: TestMarket) -> None:
    order_id = sells(market, "SHIRT", 3)

    comes_back(market, order_id, 2)

    assert charged(market) == [("FBACustomerReturnPerUnitFee", 2, -2 * 285)]


def test_what_a_carrier_broke_costs_nothing(market: TestMarket) -> None:
    order_id = sells(market, "SHIRT", 3)

    comes_back(market, order_id, 2, Condition.CARRIER_DAMAGED)

    assert charged(market) == []


def test_of_other_goods_those_beyond_the_threshold_are_charged_in_the_third_month(market: TestMarket) -> None:
    order_id = sells(market, "ABIS_BOOK", 30)
    comes_back(market, order_id, 5)
    sold_in = market.now.month

    while not charged(market):
        market.advance(days=1)
        assert (market.now.month - sold_in) % 12 <= 3

    assert charged(market) == [("CustomerReturnHRRUnitFee", 2, -2 * 285)]
    assert (market.now.month - sold_in) % 12 == 3
    assert 7 <= market.now.day <= 16
    market.advance(days=30)
    assert len(charged(market)) == 1
    assert books_are_right(market)


def test_few_returns_cost_nothing(market: TestMarket) -> None:
    order_id = sells(market, "ABIS_BOOK", 30)
    comes_back(market, order_id, 3)

    market.advance(days=130)

    assert charged(market) == []
