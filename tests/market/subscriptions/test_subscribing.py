"""Buyers who subscribe are buyers like any others, again and again."""

from __future__ import annotations

import pytest
from subscriber import LAMP, Program

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_v0 import GetOrderItems, GetOrders
from sellingpartner.market.events.subscriptions import SubscriptionCanceled, SubscriptionMissed, SubscriptionOrdered
from sellingpartner.market.inventory.commands import make_available
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import close_listing
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.subscriptions.enrolling import NotInTheProgram
from sellingpartner.market.subscriptions.questions import enrolled_in
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US


def test_each_delivery_is_an_order_at_the_discount(market: TestMarket) -> None:
    program = Program(market, percent=10)
    program.subscribes(quantity=2, interval_days=14)
    market.advance(days=29)

    orders = market.seller.send(GetOrders(marketplace_ids=[US], created_after="2026-11-01T00:00:00Z")).payload.orders
    placed = [one.order_id for one in market.facts(SubscriptionOrdered)]

    assert [one.amazon_order_id for one in orders] == placed
    assert len(placed) == 3
    (item,) = market.seller.send(GetOrderItems(order_id=placed[0])).payload.order_items
    assert item.item_price is not None
    assert item.promotion_discount is not None
    price, off = (float(str(one.amount)) for one in (item.item_price, item.promotion_discount))
    assert (item.quantity_ordered, round(off / price, 3)) == (2, 0.1)
    assert item.promotion_ids == ["Subscribe and Save Promotion V2"]


def test_a_canceled_subscription_brings_no_more(market: TestMarket) -> None:
    program = Program(market)
    subscription = program.subscribes(interval_days=14)
    market.advance(days=20)
    program.cancels(subscription)
    market.advance(days=60)

    assert len(market.facts(SubscriptionOrdered)) == 2
    with pytest.raises(InvalidInput, match="is CANCELED; to be canceled it must be ACTIVE"):
        program.cancels(subscription)


def test_what_is_out_of_stock_is_missed_and_comes_the_next_time(market: TestMarket) -> None:
    program = Program(market)
    program.subscribes(interval_days=14)
    market.advance(days=10)
    with market.market.write(program.seller_id) as unit:
        make_available(unit, LAMP, Place.FBA, 0, reference="test")
    market.advance(days=10)
    with market.market.write(program.seller_id) as unit:
        make_available(unit, LAMP, Place.FBA, 5, reference="test")
    market.advance(days=10)

    assert [one.units for one in market.facts(SubscriptionMissed)] == [1]
    assert len(market.facts(SubscriptionOrdered)) == 2


def test_a_subscription_ends_with_its_offer(market: TestMarket) -> None:
    program = Program(market)
    program.subscribes(interval_days=14)
    with market.market.write(program.seller_id) as unit:
        close_listing(unit, LAMP, US)
    market.advance(days=30)

    assert [one.canceled_by for one in market.facts(SubscriptionCanceled)] == ["MARKET"]
    assert len(market.facts(SubscriptionOrdered)) == 1


def test_a_suspended_offer_goes_on_for_those_who_have_it_alone(market: TestMarket) -> None:
    program = Program(market)
    program.subscribes(interval_days=14)
    program.enrolls(LAMP, percent=10, is_suspended=True)

    with pytest.raises(NotInTheProgram):
        program.subscribes("bo")
    market.advance(days=20)

    assert len(market.facts(SubscriptionOrdered)) == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"sku": "MUG-RED"}, "Nobody can subscribe to SKU 'MUG-RED'"),
        ({"sku": "NONE"}, "Nobody can subscribe"),
        ({"quantity": 0}, "1 to 10 units"),
        ({"quantity": 11}, "1 to 10 units"),
        ({"interval_days": 7}, "every 14, 30"),
    ],
)
def test_what_nobody_can_subscribe_to_is_refused(market: TestMarket, said: dict[str, object], why: str) -> None:
    program = Program(market)

    with pytest.raises(NotInTheProgram, match=why):
        program.subscribes(**said)  # type: ignore[arg-type] # fields of the subscription

    assert market.facts(SubscriptionOrdered) == []


@pytest.mark.parametrize(("sku", "percent"), [("NONE", 5), (LAMP, 7), (LAMP, -5)])
def test_what_cannot_be_in_the_program_is_refused(market: TestMarket, sku: str, percent: int) -> None:
    program = Program(market)

    with pytest.raises(NotInTheProgram):
        program.enrolls(sku, percent=percent)


def test_amazon_puts_in_what_it_ships_and_is_used_up(market: TestMarket) -> None:
    market.lists("TEA-BOX", product_type="TEA", fulfillment_channel=FulfillmentChannel.AFN)
    market.lists("TEA-OWN", product_type="TEA")

    with market.market.read(market.seller.seller_id) as unit:
        found = [(record.sku, one.is_automatic, one.percent) for record, one in enrolled_in(unit, US)]

    assert found == [("TEA-BOX", True, 5)]
