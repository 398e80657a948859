"""Every ready scenario is a market in which all adds up: at its present, and after weeks more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from books import faults_in
from sqlalchemy import func, select

from sellingpartner.market.inventory.tables import movements, stocks
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.tables import orders
from sellingpartner.market.scenarios.reading import names
from sellingpartner.storage.database import MEMORY
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket


@pytest.fixture(params=["memory", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return MEMORY if request.param == "memory" else f"sqlite:///{tmp_path}/market.db"


@pytest.mark.parametrize("name", names())
def test_books_balance_and_stock_adds_up(name: str, url: str) -> None:
    with TestMarket(url, scenario=name) as market:
        for _ in range(2):
            for shop in market.shops.values():
                with market.market.read(shop.seller_id) as unit:
                    assert faults_in(unit) == []
                    assert list(stock_faults_in(unit)) == []
            assert market.market.failures() == []
            market.advance(days=20)


def stock_faults_in(unit: UnitOfWork) -> Iterator[str]:
    """What of a seller's stock does not add up: to its movements, and to the orders that wait."""
    mine = movements.c.seller_id == unit.seller_id
    key = (movements.c.sku, movements.c.condition, movements.c.place)
    sums = select(*key, func.sum(movements.c.on_hand_change), func.sum(movements.c.reserved_change))
    moved: dict[tuple[str, ...], tuple[int, ...]] = {
        tuple(row[:3]): tuple(row[3:]) for row in unit.execute(sums.where(mine).group_by(*key))
    }
    waiting: Counter[tuple[str, str]] = Counter()
    for row in unit.execute(select(orders).where(orders.c.seller_id == unit.seller_id)):
        for item in row.document.items if row.status != OrderStatus.CANCELED.value else ():
            waiting[item.sku, row.document.place.value] += item.unshipped
    for row in unit.execute(select(stocks).where(stocks.c.seller_id == unit.seller_id)):
        held = moved.get((row.sku, row.condition, row.place), (0, 0))
        if held != (row.on_hand, row.reserved):
            yield f"{row.sku} {row.condition}: {row.on_hand}, {row.reserved} reserved; its movements say {held}"
        if row.condition == "SELLABLE" and row.reserved != waiting[row.sku, row.place]:
            yield f"{row.sku}: {row.reserved} are reserved, and orders wait for {waiting[row.sku, row.place]}"
