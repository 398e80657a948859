"""Buyers of the shop and of other shops race for the same units, and none is promised twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from outside_shop import LAMP, asks, at_amazon, leave, status, wanted
from stock_taker import faults_of_stock

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.inventory.errors import OutOfStock, TooFewUnits
from sellingpartner.market.inventory.model import Condition, Place, Reason, Stock
from sellingpartner.market.inventory.questions import movements_of
from sellingpartner.market.removals.commands import request_removal
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, Wanted
from sellingpartner.market.removals.refusals import TooFewToRemove
from sellingpartner.testing import TestMarket

AtOnce = Callable[..., list[Any]]
AVAILABLE = v2020.FulfillmentPolicy.FILL_ALL_AVAILABLE


def test_two_shops_race_for_fifty_units(market: TestMarket, at_once: AtOnce) -> None:
    leave(market, 50)

    here = [partial(market.buys, LAMP)] * 60
    elsewhere = [partial(asks, market, f"SHOP-{number}", 1) for number in range(60)]
    answers = at_once(*[one for pair in zip(here, elsewhere, strict=True) for one in pair])

    sold = [one for one in answers[::2] if isinstance(one, str)]
    assert {type(one) for one in answers[::2] if not isinstance(one, str)} <= {OutOfStock}
    asked = [status(market.seller, one) for one in answers[1::2]]
    assert set(asked) <= {"Received", "Invalid"}
    assert len(sold) + asked.count("Received") == 50
    assert at_amazon(market) == Stock(on_hand=50, reserved=50)
    market.advance(days=3)
    assert at_amazon(market) == Stock()
    with market.market.read(market.seller_account.seller_id) as unit:
        moved = [one for one in movements_of(unit, LAMP) if one.place is Place.FBA]
    assert sum(one.on_hand_change for one in moved) == sum(one.reserved_change for one in moved) == 0
    assert market.market.failures() == []


def test_buyers_other_shops_and_removals_race_for_fifty_units(market: TestMarket, at_once: AtOnce) -> None:
    leave(market, 50)
    seller_id = market.seller_account.seller_id

    def removes(number: int) -> int:
        item = Wanted(sku=LAMP, sellable=2)
        new = NewRemoval(kind=RemovalKind.DISPOSAL, items=(item,), removal_id=f"REMOVAL-{number}")
        with market.market.write(seller_id) as unit:
            return request_removal(unit, new).items[0].requested

    here = [partial(market.buys, LAMP)] * 24
    elsewhere = [partial(asks, market, f"SHOP-{number}", 1) for number in range(24)]
    away = [partial(removes, number) for number in range(24)]
    answers = at_once(*[one for three in zip(here, elsewhere, away, strict=True) for one in three])

    refused = {type(one) for one in answers if isinstance(one, Exception)}
    assert refused <= {OutOfStock, TooFewToRemove, TooFewUnits}
    sold = [one for one in answers[::3] if isinstance(one, str)]
    asked = [status(market.seller, one) for one in answers[1::3]]
    removed = sum(one for one in answers[2::3] if isinstance(one, int))
    assert len(sold) + asked.count("Received") + removed == 50
    assert min(len(sold), asked.count("Received"), removed) > 0
    assert at_amazon(market) == Stock(on_hand=50 - removed, reserved=50 - removed)
    market.advance(days=3)
    assert at_amazon(market) == Stock()
    market.advance(days=20)
    with market.market.read(seller_id) as unit:
        assert faults_of_stock(unit) == []
        gone = [one for one in movements_of(unit, LAMP) if one.reason is Reason.DISPOSED]
    assert {one.condition for one in gone} == {Condition.FC_PROCESSING}
    assert sum(one.on_hand_change for one in gone) == -removed
    assert market.market.failures() == []


def test_what_is_there_is_given_out_to_the_last_unit(market: TestMarket, at_once: AtOnce) -> None:
    leave(market, 50)

    at_once(*[partial(asks, market, f"SHOP-{number}", 7, fulfillment_policy=AVAILABLE) for number in range(16)])

    assert at_amazon(market) == Stock(on_hand=50, reserved=50)
    market.advance(days=3)
    assert at_amazon(market) == Stock()


def test_a_number_is_used_once_however_many_use_it_at_once(market: TestMarket, at_once: AtOnce) -> None:
    answers = at_once(*[partial(market.seller.send, wanted(market))] * 8)

    refused = [one for one in answers if isinstance(one, Exception)]
    assert len(refused) == 7
    assert {type(one) for one in refused} == {InvalidInput}
    assert at_amazon(market) == Stock(on_hand=100, reserved=2)
