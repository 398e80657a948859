"""Coming back to a moment of a test's market."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.testing import Market, TestMarket
from sellingpartner.testing.facts import OrderPlaced


def test_a_market_comes_back_to_a_moment_with_its_clock_and_goes_on_in_the_same_way(market: TestMarket) -> None:
    kept = market.buys()
    began, snapshot = market.now, market.snapshot()
    with market.seller.client() as client:
        lives = []
        for _ in range(2):
            market.clock.advance(days=2)
            order_id = market.buys("LAMP-OAK")
            market.clock.advance(days=30)
            found = market.seller.send(GetOrder(order_id=order_id)).payload
            lives.append((order_id, found.order_status, found.last_update_date, market.seller.stock("LAMP-OAK")))
            market.restore(snapshot)

            assert (market.now, market.seller.stock("LAMP-OAK")) == (began, 100)
            assert [fact.order_id for fact in market.facts(OrderPlaced)] == [kept]
            assert client.orders_v0.get_order(order_id=kept).payload.order_status == "Unshipped"
            with pytest.raises(NotFound):
                market.seller.send(GetOrder(order_id=order_id))

    assert lives[0] == lives[1]


def test_one_snapshot_serves_many_markets_that_began_alike(market: TestMarket, tmp_path: Path) -> None:
    order_id = market.buys()
    snapshot = market.snapshot()
    with Market() as other, Market(seed=2) as stranger, Market(f"sqlite:///{tmp_path / 'market.db'}") as filed:
        other.restore(snapshot)
        assert other.seller.send(GetOrder(order_id=order_id)).payload.order_status == "Unshipped"
        with pytest.raises(ValueError, match="began otherwise"):
            stranger.restore(snapshot)
        filed.buys()
        filed.restore(snapshot)
        assert [fact.order_id for fact in filed.facts(OrderPlaced)] == [order_id]
