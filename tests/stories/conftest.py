"""Stories are told on both databases; where threads meet also in memory, for there they meet differently.

Accounts are lived in three countries, each on one of the databases. `make soak` tells all of it everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from busy_shop import BusyShop
from databases import Home, url_of
from upset_shop import CURRENCIES

from sellingpartner.market.inventory.model import Movement, Place, Stock
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.money.ledger import commands as money
from sellingpartner.testing import TestMarket
from soak import TIMES

AtOnce = Callable[..., list[Any]]


EVERYWHERE = ("memory", "sqlite", "postgresql")
HOMES = ("US", "postgresql"), ("DE", "sqlite"), ("JP", "sqlite")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose where a story is told."""
    if "market" in metafunc.fixturenames:
        threads_meet = TIMES > 1 or "at_once" in metafunc.fixturenames
        metafunc.parametrize("market", EVERYWHERE if threads_meet else EVERYWHERE[1:], indirect=True)
    if "home" in metafunc.fixturenames:
        everywhere = [(country, database) for country, _ in HOMES for database in EVERYWHERE[1:]]
        metafunc.parametrize("home", everywhere if TIMES > 1 else HOMES, ids="-".join, indirect=True)


@pytest.fixture
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    country, database = request.param
    return Home(country, url_of(database, request, tmp_path))


@pytest.fixture
def market(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestMarket]:
    made = TestMarket("sqlite://" if request.param == "memory" else url_of(request.param, request, tmp_path))
    yield made
    made.close()


@pytest.fixture
def shop(home: Home) -> Iterator[BusyShop]:
    """A shop with an eventful account: part of its money is kept, little is held for long."""
    market = home.opened()
    with market.market.write(market.seller_account.seller_id) as unit:
        money.change_policy(unit, CURRENCIES[home.country], deferral_days=2, reserve_percent=10)
    yield BusyShop(market, home.country)
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
