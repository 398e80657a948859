"""Some simulated buyers rate their orders, and more of those who are asked."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.demo import build_demo_world
from sellingpartner.market.feedback.questions import feedback_between, feedback_of_orders
from sellingpartner.market.market import Market
from sellingpartner.market.messaging.commands import solicit
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.market.simulation.ratings import _comments
from sellingpartner.market.simulation.shops import shops
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing.world import START


def ask_whom_one_may(unit: UnitOfWork) -> list[str]:
    """Have Amazon ask every buyer who may be asked; returns their orders."""
    asked = []
    for order in page_of_orders(unit, OrderFilter(), limit=1000).orders:
        try:
            with unit.attempt():
                solicit(unit, order)
        except SellingPartnerError:
            continue
        asked.append(order.order_id)
    return asked


def test_some_buyers_rate_by_themselves_and_more_of_those_who_are_asked() -> None:
    market = Market.open(seed=5, at=START)
    build_demo_world(market, skus=20, orders=300, items=20)
    with market.read() as unit:
        seller_id = unit.execute(select(shops.c.seller_id)).scalars().first() or ""
    with market.write(seller_id) as unit:
        places = {one.marketplace_id for one in page_of_orders(unit, OrderFilter(), limit=1000).orders}
        asked = ask_whom_one_may(unit)
        before = len(feedback_of_orders(unit, asked))

    market.advance(timedelta(days=7))
    with market.read(seller_id) as unit:
        after = len(feedback_of_orders(unit, asked))
    market.advance(timedelta(days=30))

    with market.read(seller_id) as unit:
        said = list(feedback_between(unit, places, START - timedelta(days=400), market.clock.now()))
    assert market.failures() == []
    market.close()
    unasked = [one for one in said if one.order_id not in asked]
    assert len(asked) / 10 < after - before < len(asked) / 3
    assert 5 <= len(unasked) <= 50
    assert sum(one.is_positive for one in said) > len(said) / 2


def test_there_are_words_for_every_rating() -> None:
    assert sorted(_comments()) == ["1", "2", "3", "4", "5"]
    assert all(len(comment) <= 400 for comments in _comments().values() for comment in comments)
