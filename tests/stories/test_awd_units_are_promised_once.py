"""Many confirm orders for the last units of AWD at once: no unit is promised twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from distributor import MUG, Distributor

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.distribution.commands import store_by_hand
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.testing import TestMarket

RACERS, EACH, THERE = 8, 20, 50


def test_the_last_units_are_reserved_once(market: TestMarket, at_once: Callable[..., list[Any]]) -> None:
    seller = Distributor(market)
    with market.market.write(seller.seller.seller_id) as unit:
        store_by_hand(unit, MUG, THERE, reference="test")
    orders = [seller.replenishes(EACH, mode="MANUAL") for _ in range(RACERS)]
    market.advance(seconds=15)

    def confirm(order_id: str) -> Callable[[], object]:
        return lambda: seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=order_id))

    ends = at_once(*map(confirm, orders))

    assert [type(end) for end in ends if isinstance(end, Exception)] == [InvalidInput] * (RACERS - 3)
    assert seller.stock(Place.AWD) == Stock(THERE, THERE)
    market.advance(days=20)
    assert (seller.stock(Place.AWD), seller.fba()) == (Stock(0, 0), (0, 0, 0, THERE))
    states = [str(seller.replenishment(one).status) for one in orders]
    assert (states.count("SUCCESS"), states.count("ELIGIBLE")) == (3, RACERS - 3)
