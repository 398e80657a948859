"""A simulated seller has another shop, for which Amazon ships: its orders are fulfillment orders like any other."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from sellingpartner.market.demo import build_demo_world
from sellingpartner.market.market import Market
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import OrderFilter, orders_like
from sellingpartner.market.outbound.questions import find_fulfillment, fulfillment_of_order, page_of_fulfillments
from sellingpartner.market.simulation import other_shop, shopping

PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def test_what_the_other_shop_sells_is_shipped_as_fulfillment_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shopping, "OTHER_SHOP_SHARE", 0.9)
    monkeypatch.setattr(other_shop, "CANCELED_SHARE", 0.3)
    monkeypatch.setattr(other_shop, "SENT_BACK_SHARE", 0.5)
    market = Market.open(at=PRESENT, seed=7)
    demo = build_demo_world(market, skus=10, orders=90)
    market.advance(timedelta(days=35))

    with market.read(demo.seller_id) as unit:
        asked = page_of_fulfillments(unit, None, None, 1000).orders
        outside = [one for one in orders_like(unit, OrderFilter()) if one.sales_channel == NON_AMAZON]
        assert len(outside) > 10
        for order in outside:
            number = fulfillment_of_order(unit, order.order_id)
            assert number is not None
            assert find_fulfillment(unit, number).order_id == order.order_id
    states = Counter(one.status.value for one in asked)
    market.close()
    assert {"Complete", "Unfulfillable", "Cancelled"} <= set(states), states
    assert any(one.returned for one in asked)
