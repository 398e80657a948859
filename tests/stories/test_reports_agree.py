"""What reports tell is what has happened: on random histories, to the unit and to the cent, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from busy_shop import BusyShop
from databases import Home
from report_reader import TYPES, Row, cents, disagreements, told_by

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.testing import TestMarket
from soak import TIMES, examples

PURCHASES = min(examples(25), 200)
HISTORIES = range(max(1, TIMES // 4))


@pytest.fixture
def shop(home: Home) -> Iterator[BusyShop]:
    market = home.opened()
    yield BusyShop(market, home.country)
    market.close()


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
