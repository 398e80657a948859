from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from sellingpartner.market.events.orders import OrderPlaced
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import TestMarket

StockOf = Callable[[str], Stock]
AtOnce = Callable[..., list[Any]]


def leave(market: TestMarket, sku: str, on_hand: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, sku, Place.SELLER, on_hand=on_hand, reference="count")


@pytest.mark.parametrize(("left", "quantity"), [(1, 1), (5, 2)])
def test_however_many_buyers_race_nothing_is_sold_that_is_not_there(
    market: TestMarket, stock: StockOf, at_once: AtOnce, left: int, quantity: int
) -> None:
    leave(market, "MUG-BLUE", left)

    answers = at_once(*[partial(market.buys, quantity=quantity)] * 24)

    sold = [answer for answer in answers if isinstance(answer, str)]
    assert len(set(sold)) == len(sold) == left // quantity
    assert {type(answer) for answer in answers if not isinstance(answer, str)} == {OutOfStock}
    assert stock("MUG-BLUE") == Stock(on_hand=left, reserved=quantity * len(sold))
    assert sorted(fact.order_id for fact in market.facts(OrderPlaced)) == sorted(sold)


def test_two_hundred_buyers_race_for_fifty_units(market: TestMarket, stock: StockOf, at_once: AtOnce) -> None:
    leave(market, "MUG-BLUE", 50)

    answers = at_once(*[market.buys] * 200)

    sold = {answer for answer in answers if isinstance(answer, str)}
    assert len(sold) == 50
    assert stock("MUG-BLUE") == Stock(on_hand=50, reserved=50)
    assert {fact.order_id for fact in market.facts(OrderPlaced)} == sold


def test_buyers_who_want_the_same_things_in_another_order_do_not_wait_for_each_other(
    market: TestMarket, stock: StockOf, at_once: AtOnce
) -> None:
    there = (PurchaseLine(sku="MUG-BLUE"), PurchaseLine(sku="MUG-RED"))

    answers = at_once(*[partial(market.buys, lines=there), partial(market.buys, lines=there[::-1])] * 12)

    assert len({answer for answer in answers if isinstance(answer, str)}) == 24
    assert stock("MUG-BLUE") == stock("MUG-RED") == Stock(on_hand=100, reserved=24)


def test_stock_stays_the_sum_of_its_movements_while_buyers_change_their_minds(
    market: TestMarket, stock: StockOf, at_once: AtOnce
) -> None:
    leave(market, "MUG-BLUE", 3)

    def buy_and_cancel() -> int:
        try:
            order_id = market.buys()
        except OutOfStock:
            return 0
        with market.market.write(market.seller_account.seller_id) as unit:
            cancel(unit, order_id, by=Canceler.BUYER, reason="changed my mind")
        return 1

    answers = at_once(*[buy_and_cancel] * 24)

    assert set(answers) <= {0, 1}
    assert sum(answers) >= 3
    assert stock("MUG-BLUE") == Stock(on_hand=3)
