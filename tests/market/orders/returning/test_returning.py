from __future__ import annotations

import collections
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.events.orders import (
    LineAmounts,
    RefundIssued,
    ReturnAsked,
    ReturnOnItsWay,
    ReturnReceived,
)
from sellingpartner.market.inventory.model import Condition, Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.fulfilling.shipping import deliver
from sellingpartner.market.orders.items import AMOUNTS, OrderItem
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of, refunds_of, returns_of
from sellingpartner.market.orders.returning.adjusting import BESIDES
from sellingpartner.market.orders.returns import (
    Refund,
    Return,
    ReturnStatus,
    condition_drawn,
    refund_of_part,
    refund_of_units,
)
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

MUGS = PurchaseLine(sku="MUG-BLUE", quantity=3, shipping=300, promotion_discount=100)


class Counter:
    """Where buyers of Harbor Goods bring things back."""

    def __init__(self, market: TestMarket) -> None:
        self.market = market
        self.seller_id = market.seller_account.seller_id

    def do(self, command: Any, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - any command of orders
        with self.market.market.write(self.seller_id) as unit:
            return command(unit, *arguments, **more)

    def delivered(self, line: PurchaseLine = MUGS) -> tuple[str, str]:
        """An order that has arrived, and its item."""
        order_id = self.market.buys(lines=(line,))
        with self.market.market.write(self.seller_id) as unit:
            quantities = order_of(unit, order_id).unshipped_quantities()
            parcel = Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="USPS")
            orders.ship(unit, order_id, parcel)
            deliver(unit, order_id)
        return order_id, next(iter(quantities))

    def stock(self, condition: Condition = Condition.SELLABLE, place: Place = Place.SELLER) -> Stock:
        sku = "LAMP-OAK" if place is Place.FBA else "MUG-BLUE"
        with self.market.market.read(self.seller_id) as unit:
            return stock_of(unit, sku, place, condition=condition)

    def returns(self, order_id: str) -> list[Return]:
        with self.market.market.read(self.seller_id) as unit:
            return returns_of(unit, order_id)

    def refunds(self, order_id: str) -> list[Refund]:
        with self.market.market.read(self.seller_id) as unit:
            return refunds_of(unit, order_id)


@pytest.fixture
def counter(market: TestMarket) -> Counter:
    return Counter(market)


def test_a_return_is_asked_for_sent_received_and_refunded(market: TestMarket, counter: Counter) -> None:
    order_id, item = counter.delivered()
    assert counter.stock() == Stock(on_hand=97)

    asked = counter.do(orders.ask_return, order_id, quantities={item: 1}, reason="Defective")
    counter.do(orders.send_return, order_id, asked.return_id)
    counter.do(orders.receive_return, order_id, asked.return_id)
    given = counter.do(orders.refund, order_id, return_id=asked.return_id)

    (back,) = counter.returns(order_id)
    assert (back.status, back.reason, back.condition) == (ReturnStatus.RECEIVED, "Defective", Condition.SELLABLE)
    assert counter.stock() == Stock(on_hand=98)
    assert given.total == 1499 + 100 - 33
    told: list[ReturnAsked | ReturnOnItsWay | ReturnReceived | RefundIssued] = [
        *market.facts(ReturnAsked),
        *market.facts(ReturnOnItsWay),
        *market.facts(ReturnReceived),
        *market.facts(RefundIssued),
    ]
    assert [(fact.order_id, fact.return_id, fact.channel) for fact in told] == [(order_id, back.return_id, "MFN")] * 4
    (line,) = market.facts(RefundIssued)[0].lines
    assert (line.quantity, line.amounts) == (1, LineAmounts(price=-1499, shipping=-100, promotion_discount=-33))
    with market.market.read(counter.seller_id) as unit:
        order = order_of(unit, order_id)
    assert (order.status, order.items[0].shipped, order.total.minor) == ("Shipped", 3, 4697)


def test_damaged_units_are_in_stock_and_not_for_sale(counter: Counter) -> None:
    order_id, item = counter.delivered()
    asked = counter.do(orders.ask_return, order_id, quantities={item: 2}, reason="Damaged")

    counter.do(orders.receive_return, order_id, asked.return_id, condition=Condition.CUSTOMER_DAMAGED)

    assert (counter.stock(), counter.stock(Condition.CUSTOMER_DAMAGED)) == (Stock(on_hand=97), Stock(on_hand=2))


def test_what_nobody_refunds_the_market_refunds_in_the_end(market: TestMarket, counter: Counter) -> None:
    order_id, item = counter.delivered()
    asked = counter.do(orders.ask_return, order_id, quantities={item: 3}, reason="NoLongerNeeded")
    counter.do(orders.receive_return, order_id, asked.return_id)

    market.advance(days=1)
    assert counter.refunds(order_id) == []
    market.advance(days=2)

    (given,) = counter.refunds(order_id)
    assert (given.total, given.return_id) == (4697, asked.return_id)


def test_what_the_seller_has_refunded_the_market_does_not_refund_again(market: TestMarket, counter: Counter) -> None:
    order_id, item = counter.delivered()
    asked = counter.do(orders.ask_return, order_id, quantities={item: 2}, reason="NoLongerNeeded")
    counter.do(orders.receive_return, order_id, asked.return_id)
    counter.do(orders.refund, order_id)

    market.advance(days=5)

    assert [given.total for given in counter.refunds(order_id)] == [4697]


def test_a_return_comes_by_itself_and_amazon_refunds_its_own_at_once(market: TestMarket, counter: Counter) -> None:
    order_id = market.buys("LAMP-OAK")
    market.advance(days=9)
    with market.market.write(counter.seller_id) as unit:
        wanted = orders.left_to_return(order_of(unit, order_id), [])
        asked = orders.ask_return(unit, order_id, quantities=wanted, reason="NoLongerNeeded")
        orders.expect_return(unit, asked)

    market.advance(days=14)

    (back,) = counter.returns(order_id)
    assert back.sent_at is not None
    assert back.received_at is not None
    assert back.condition is not None
    assert counter.stock(back.condition, Place.FBA).on_hand == (100 if back.condition is Condition.SELLABLE else 1)
    assert [given.refunded_at for given in counter.refunds(order_id)] == [back.received_at]


def test_a_part_of_the_price_is_refunded_and_the_rest_later(counter: Counter) -> None:
    order_id, item = counter.delivered()

    part = counter.do(orders.refund_part, order_id, item, 500, reason="Scratched")
    rest = counter.do(orders.refund, order_id)

    assert (part.total, [line.quantity for line in part.lines]) == (500, [0])
    assert (rest.total, [line.quantity for line in rest.lines]) == (4197, [3])


def test_what_cannot_come_back_or_be_refunded_is_refused(market: TestMarket, counter: Counter) -> None:
    waiting = market.buys()
    order_id, item = counter.delivered()

    def refused(command: Any, *arguments: Any, **more: Any) -> str:  # noqa: ANN401 - any command of orders
        with pytest.raises((InvalidInput, NotFound)) as raised:
            counter.do(command, *arguments, **more)
        return raised.value.message

    ask, why = orders.ask_return, {"reason": "NoLongerNeeded"}
    assert "nothing can come back" in refused(ask, waiting, quantities={}, **why)
    assert "3 units can come back, not 4" in refused(ask, order_id, quantities={item: 4}, **why)
    assert "must be 1 or more" in refused(ask, order_id, quantities={item: 0}, **why)
    assert "has no item 7" in refused(ask, order_id, quantities={"7": 1}, **why)
    asked = counter.do(ask, order_id, quantities={item: 2}, **why)
    assert "1 unit can come back, not 2" in refused(ask, order_id, quantities={item: 2}, **why)
    assert "has no return R1" in refused(orders.receive_return, order_id, "R1")
    wrong = refused(orders.receive_return, order_id, asked.return_id, condition=Condition.EXPIRED)
    assert "not EXPIRED" in wrong
    counter.do(orders.receive_return, order_id, asked.return_id)
    assert "is Received; to be sent it must be Asked" in refused(orders.send_return, order_id, asked.return_id)
    assert "to be received it must be Asked or OnItsWay" in refused(orders.receive_return, order_id, asked.return_id)
    assert "nothing has shipped" in refused(orders.refund, waiting)
    assert "3 units can be refunded, not 4" in refused(orders.refund, order_id, quantities={item: 4})
    assert "1 to 4397 minor units of USD" in refused(orders.refund_part, order_id, item, 4398, **why)
    counter.do(orders.refund, order_id)
    assert "nothing can be refunded" in refused(orders.refund, order_id)
    assert "0 units can be refunded" in refused(orders.refund, order_id, quantities={item: 1})
    assert [fact.order_id for fact in market.facts(RefundIssued)] == [order_id]


class Paid:
    """As much of an order as refunds look at."""

    def __init__(self, item: OrderItem) -> None:
        self.items, self.order_id, self.currency = [item], "902-0000000-0000000", "USD"

    def item(self, _: str) -> OrderItem:
        return self.items[0]


@given(
    amounts=st.fixed_dictionaries({name: st.integers(0, 10**5) for name in AMOUNTS if name not in BESIDES}),
    quantity=st.integers(1, 9),
    steps=st.lists(st.tuples(st.booleans(), st.integers(1, 10**5)), max_size=8),
    tax_included=st.booleans(),
)
def test_however_it_is_refunded_the_buyer_gets_back_what_was_paid_and_never_more(
    amounts: dict[str, int], quantity: int, steps: list[tuple[bool, int]], *, tax_included: bool
) -> None:
    for discount, of in (("promotion_discount", "price"), ("shipping_discount", "shipping")):
        amounts[discount] = min(amounts[discount], amounts[of])
        amounts[f"{discount}_tax"] = min(amounts[f"{discount}_tax"], amounts["tax" if of == "price" else f"{of}_tax"])
    paid = LineAmounts(tax_included=tax_included, **amounts)
    item = OrderItem(order_item_id="1", sku="A", asin="B", title="A", quantity=quantity, amounts=paid, shipped=quantity)
    order: Any = Paid(item)
    refunds: list[Refund] = []

    def take(lines: Any) -> None:  # noqa: ANN401 - lines of a refund
        assert sum(line.amounts.total for line in lines) <= 0
        refunds.append(
            Refund(refund_id=str(len(refunds)), order_id="", reason="", refunded_at=START, currency="USD", lines=lines)
        )

    for is_part, size in steps:
        try:
            if is_part:
                take(refund_of_part(order, "1", size, refunds))
            else:
                take(refund_of_units(order, {"1": size % quantity + 1}, refunds))
        except InvalidInput:
            continue
        assert sum(one.total for one in refunds) <= paid.total
    left = quantity - sum(line.quantity for one in refunds for line in one.lines)
    if left:
        take(refund_of_units(order, {"1": left}, refunds))

    assert sum(one.total for one in refunds) == paid.total


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Defective", Condition.DEFECTIVE),
        ("CR-DEFECTIVE", Condition.DEFECTIVE),
        ("DamagedInTransit", Condition.CARRIER_DAMAGED),
        ("CR-DAMAGED_BY_CARRIER", Condition.CARRIER_DAMAGED),
    ],
)
def test_who_says_that_it_is_broken_is_right_as_a_rule(reason: str, told: Condition) -> None:
    drawn = collections.Counter(condition_drawn(Random(seed), reason) for seed in range(2000))

    assert drawn[told] == pytest.approx(1500, rel=0.05)
    assert drawn[Condition.SELLABLE] > drawn[Condition.CUSTOMER_DAMAGED] > 0


def test_what_is_not_wanted_any_more_can_be_sold_again_as_a_rule() -> None:
    drawn = collections.Counter(condition_drawn(Random(seed), "NoLongerNeeded") for seed in range(2000))

    assert drawn[Condition.SELLABLE] == pytest.approx(1800, rel=0.05)
    assert set(drawn) == {Condition.SELLABLE, Condition.CUSTOMER_DAMAGED}
