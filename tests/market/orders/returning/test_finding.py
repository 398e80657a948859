"""Refunds of some orders are found by these: what it costs does not grow with all that a seller has given back."""

from __future__ import annotations

import pytest
from planned import plans_of

from sellingpartner.market.orders.questions import refunds_of_orders
from sellingpartner.testing import TestMarket


@pytest.mark.parametrize("order_ids", [["1"], ["1", "2"]])
def test_refunds_of_orders_are_found_by_their_orders(market: TestMarket, order_ids: list[str]) -> None:
    with market.market.read(market.seller_account.seller_id) as unit:
        (plan,) = plans_of(unit, lambda unit: refunds_of_orders(unit, order_ids))

    assert "(seller_id=? AND order_id=?)" in plan
