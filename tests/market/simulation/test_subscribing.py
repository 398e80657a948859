"""Buyers of a simulated shop subscribe."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from sellingpartner.market.demo import build_demo_world, set_buyers
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.market import Market
from sellingpartner.market.subscriptions.commands import enroll
from sellingpartner.market.subscriptions.tables import buyer_subscriptions, subscription_deliveries
from sellingpartner.testing.saying import US

PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def test_some_buyers_subscribe_and_some_of_them_stop() -> None:
    market = Market.open(at=PRESENT, seed=7)
    demo = build_demo_world(market, skus=20, orders=400)
    with market.write(demo.seller_id) as unit:
        for listing in listings_of(unit, US):
            if listing.fulfillment_channel == FulfillmentChannel.AFN:
                enroll(unit, listing.sku, US, percent=10)
    set_buyers(market, come=True)
    market.advance(timedelta(days=90))

    with market.read(demo.seller_id) as unit:
        subscribed = Counter(unit.execute(select(buyer_subscriptions.c.canceled_by)).scalars())
        outcomes = Counter(unit.execute(select(subscription_deliveries.c.outcome)).scalars())
    market.close()
    assert subscribed[""] > 0
    assert outcomes["ORDERED"] > subscribed.total()
    assert subscribed["BUYER"] > 0
