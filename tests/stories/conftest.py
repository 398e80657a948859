"""Stories are told on both databases, and on SQLite both in memory and in a file: threads meet differently there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from busy_shop import BusyShop
from upset_shop import CURRENCIES

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.inventory.model import Movement, Place, Stock
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.money.ledger import commands as money
from sellingpartner.testing import TestMarket

AtOnce = Callable[..., list[Any]]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def market(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestMarket]:
    if request.param == "memory":
        url = "sqlite://"
    elif request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'market.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
    made = TestMarket(url)
    yield made
    made.close()


@pytest.fixture(params=["US", "DE", "JP"])
def shop(request: pytest.FixtureRequest, database_url: str) -> Iterator[BusyShop]:
    """A shop with an eventful account: part of its money is kept, little is held for long."""
    market = TestMarket(database_url, marketplaces=[BY_COUNTRY[request.param].marketplace_id])
    with market.market.write(market.seller_account.seller_id) as unit:
        money.change_policy(unit, CURRENCIES[request.param], deferral_days=2, reserve_percent=10)
    yield BusyShop(market, request.param)
    market.close()


@pytest.fixture
def stock(market: TestMarket) -> Callable[[str], Stock]:
    """What there is of a SKU that the seller ships itself, once the ledger was found to sum to it."""

    def look(sku: str) -> Stock:
        with market.market.read(market.seller_account.seller_id) as unit:
            found, ledger = stock_of(unit, sku, Place.SELLER), movements_of(unit, sku)
        _check(found, ledger)
        return found

    return look


def _check(found: Stock, ledger: list[Movement]) -> None:
    on_hand = reserved = 0
    for movement in ledger:
        on_hand += movement.on_hand_change
        reserved += movement.reserved_change
        assert 0 <= reserved <= on_hand
    assert Stock(on_hand, reserved) == found


@pytest.fixture
def at_once() -> Iterator[AtOnce]:
    """Run functions in threads of their own, all at once; what they return or raise comes back in their order."""
    with ThreadPoolExecutor(8) as pool:

        def run(*functions: Callable[[], Any]) -> list[Any]:
            futures = [pool.submit(function) for function in functions]
            return [future.exception() or future.result() for future in futures]

        yield run
