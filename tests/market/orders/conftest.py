from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket


class Shop:
    """The context `orders` from within: units of Harbor Goods, and a look at its orders and stock."""

    def __init__(self, market: TestMarket) -> None:
        self.market = market
        self.seller_id = market.seller_account.seller_id

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        return self.market.market.write(self.seller_id)

    def do(self, command: Callable[..., None], order_id: str, *arguments: object, **more: object) -> None:
        with self.unit() as unit:
            command(unit, order_id, *arguments, **more)

    def order(self, order_id: str) -> Order:
        with self.market.market.read(self.seller_id) as unit:
            return order_of(unit, order_id)

    def stock(self, sku: str, place: Place = Place.SELLER) -> Stock:
        with self.market.market.read(self.seller_id) as unit:
            return stock_of(unit, sku, place)


@pytest.fixture
def shop(market: TestMarket) -> Shop:
    return Shop(market)
