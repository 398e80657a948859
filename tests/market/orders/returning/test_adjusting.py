"""Refunds of amounts: never more than was paid, and the units whose price is all back are refunded."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipper import ships

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import LineAmounts, RefundIssued
from sellingpartner.market.orders.commands import refund, refund_amounts
from sellingpartner.market.orders.items import AMOUNTS
from sellingpartner.market.orders.questions import order_of, refunds_of
from sellingpartner.market.orders.returning.adjusting import BESIDES, refund_of_amounts
from sellingpartner.market.orders.returns import Refund
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

PARTS = sorted(set(AMOUNTS) - set(BESIDES) - {"cod_fee"})


@pytest.fixture
def order_id(market: TestMarket) -> str:
    market.lists("MUG-BLUE", cents=1000)
    order_id = market.buys(quantity=3)
    ships(market, order_id)
    return order_id


def test_all_that_is_given_back_is_no_more_than_was_paid(market: TestMarket, order_id: str) -> None:
    with market.market.read(market.seller.seller_id) as unit:
        order = order_of(unit, order_id)
    (item,) = order.items

    @given(st.lists(st.dictionaries(st.sampled_from(PARTS), st.integers(0, 3500), min_size=1), max_size=6))
    def holds(refunds: list[dict[str, int]]) -> None:
        given_back: list[Refund] = []
        for number, parts in enumerate(refunds):
            with suppress(InvalidInput):
                line = refund_of_amounts(order, item.order_item_id, LineAmounts(**parts), given_back)  # type: ignore[arg-type] # amounts
                said = {"refund_id": str(number), "order_id": order_id, "reason": "x", "currency": "USD"}
                given_back.append(Refund(**said, refunded_at=START, lines=(line,)))

        for name in AMOUNTS:
            back = -sum(getattr(one.lines[0].amounts, name) for one in given_back)
            assert 0 <= back <= getattr(item.amounts, name)
        price_back = -sum(one.lines[0].amounts.price for one in given_back)
        assert sum(one.lines[0].quantity for one in given_back) == price_back // 1000

    holds()


def test_units_whose_price_is_all_back_are_refunded_no_second_time(market: TestMarket, order_id: str) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        item_id = order_of(unit, order_id).items[0].order_item_id
        for price in (1500, 500):
            refund_amounts(unit, order_id, {item_id: LineAmounts(price=price)}, reason="PriceError")
        refund(unit, order_id)

    assert [(-one.lines[0].amounts.price, one.lines[0].quantity) for one in market.facts(RefundIssued)] == [
        (1500, 1),
        (500, 1),
        (1000, 1),
    ]


def test_what_is_kept_and_what_is_added_is_told_apart(market: TestMarket, order_id: str) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        item_id = order_of(unit, order_id).items[0].order_item_id
        amounts = LineAmounts(price=1000, restocking_fee=200, return_shipping=100, goodwill=50)
        refund_amounts(unit, order_id, {item_id: amounts}, reason="CustomerReturn")
        (kept,) = refunds_of(unit, order_id)
    assert kept.total == 750


@pytest.mark.parametrize(
    "wrong",
    [
        LineAmounts(price=3001),
        LineAmounts(price=-1, goodwill=5),
        LineAmounts(),
        LineAmounts(price=100, restocking_fee=100),
        LineAmounts(shipping=1),
        LineAmounts(promotion_discount=1, price=100),
    ],
)
def test_what_cannot_be_given_back_is_refused(market: TestMarket, order_id: str, wrong: LineAmounts) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        item_id = order_of(unit, order_id).items[0].order_item_id
        with pytest.raises(InvalidInput):
            refund_amounts(unit, order_id, {item_id: wrong}, reason="x")

    assert market.facts(RefundIssued) == []


def test_where_prices_include_tax_the_tax_is_a_part_of_what_goes_back() -> None:
    with TestMarket(marketplaces=("DE",)) as market:
        market.lists("MUG-BLUE", cents=11_900)
        order_id = market.buys()
        ships(market, order_id)
        with market.market.write(market.seller.seller_id) as unit:
            item = order_of(unit, order_id).items[0]
            given_back = refund_amounts(unit, order_id, {item.order_item_id: LineAmounts(price=5950)}, reason="x")

        (line,) = given_back.lines
        assert (line.amounts.price, line.amounts.tax) == (-5950, -item.amounts.tax // 2)
        assert line.amounts.tax_included
