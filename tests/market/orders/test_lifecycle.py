from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import DEEDS, LIFECYCLE, PICKUP, VERIFICATION, OrderStatus, PickupStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.time.lifecycle import IllegalTransition, Lifecycle, advance
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from soak import examples

Step = Callable[[UnitOfWork, Order, int], None]

REACHABLE = {status: {status, *ways.values()} for status, ways in LIFECYCLE.items()}


def _ship(unit: UnitOfWork, order: Order, luck: int) -> None:
    item = order.items[luck % len(order.items)]
    quantities = {item.order_item_id: 1 + luck % 3}
    parcel = Parcel(reference=str(1 + luck % 4), shipped_at=unit.now, quantities=quantities, carrier_code="UPS")
    orders.ship(unit, order.order_id, parcel)


def _ship_all(unit: UnitOfWork, order: Order, luck: int) -> None:
    parcel = Parcel(
        reference=str(5 + luck), shipped_at=unit.now, quantities=order.unshipped_quantities(), carrier_code="UPS"
    )
    orders.ship(unit, order.order_id, parcel)


def _cancel_some(unit: UnitOfWork, order: Order, luck: int) -> None:
    item = order.items[luck % len(order.items)]
    quantities = {item.order_item_id: 1 + luck % 2}
    orders.cancel(unit, order.order_id, by=Canceler.MARKET, reason="Luck", quantities=quantities)


STEPS: tuple[Step, ...] = (
    _ship,
    _ship,
    _ship_all,
    _cancel_some,
    lambda unit, order, _: orders.pay(unit, order.order_id),
    lambda unit, order, _: orders.fail_payment(unit, order.order_id),
    lambda unit, order, _: orders.release_preorder(unit, order.order_id),
    lambda unit, order, _: orders.cancel(unit, order.order_id, by=Canceler.SELLER, reason="Luck"),
    lambda unit, order, _: orders.request_cancellation(unit, order.order_id, reason="Luck"),
    lambda unit, order, _: orders.confirm_invoice(unit, order.order_id),
    lambda unit, order, _: orders.declare_unfulfillable(unit, order.order_id),
    lambda unit, order, _: orders.deliver(unit, order.order_id),
    lambda unit, order, luck: orders.update_pickup(
        unit, order.order_id, list(PickupStatus)[luck % 3], marketplace_id=order.marketplace_id
    ),
)


@pytest.fixture(scope="module")
def long_market() -> Iterator[TestMarket]:
    made = TestMarket()
    yield made
    made.close()


@settings(max_examples=examples(150))
@given(
    steps=st.lists(st.tuples(st.sampled_from(range(len(STEPS))), st.integers(0, 11)), max_size=12),
    paid=st.booleans(),
    awaits_invoice=st.booleans(),
    is_store_pickup=st.booleans(),
)
def test_any_walk_ends_in_a_legal_state_with_sums_that_agree(
    long_market: TestMarket,
    steps: list[tuple[int, int]],
    *,
    paid: bool,
    awaits_invoice: bool,
    is_store_pickup: bool,
) -> None:
    before = _stocks(long_market)
    lines = (PurchaseLine(sku="MUG-BLUE", quantity=3, shipping=250), PurchaseLine(sku="MUG-RED", quantity=2))
    order_id = long_market.buys(lines=lines, paid=paid, awaits_invoice=awaits_invoice, is_store_pickup=is_store_pickup)
    order = _order(long_market, order_id)
    for number, luck in steps:
        status = order.status
        _try(long_market, order, STEPS[number], luck)
        order = _order(long_market, order_id)
        assert order.status in REACHABLE[status]
        _check(order)

    for item, stock, held in zip(order.items, before, _stocks(long_market), strict=True):
        assert held.on_hand == stock.on_hand - item.shipped
        assert held.reserved == stock.reserved + item.unshipped
    _clear(long_market, order)


def _try(market: TestMarket, order: Order, step: Step, luck: int) -> None:
    try:
        with market.market.write(market.seller_account.seller_id) as unit:
            step(unit, order, luck)
    except (InvalidInput, Conflict):
        assert _order(market, order.order_id) == order


def _check(order: Order) -> None:
    assert all(0 <= item.shipped <= item.held <= item.quantity for item in order.items)
    assert order.total.minor == sum(item.held_amounts.total for item in order.items)
    packed: dict[str, int] = {}
    for package in order.packages:
        for order_item_id, units in package.quantities.items():
            packed[order_item_id] = packed.get(order_item_id, 0) + units
    assert packed == {item.order_item_id: item.shipped for item in order.items if item.shipped}
    if order.status in {OrderStatus.SHIPPED, OrderStatus.INVOICE_UNCONFIRMED}:
        assert (order.quantity_unshipped, order.quantity_shipped > 0) == (0, True)
    elif order.status is OrderStatus.PARTIALLY_SHIPPED:
        assert order.quantity_unshipped > 0
        assert order.quantity_shipped > 0
    elif order.status is OrderStatus.CANCELED:
        assert (order.quantity_unshipped, order.quantity_shipped, order.total.minor) == (0, 0, 0)
    else:
        assert order.quantity_shipped == 0


def _clear(market: TestMarket, order: Order) -> None:
    """Leave the shelf as full for the next walk: what was reserved is released, what was sold is bought again."""
    with market.market.write(market.seller_account.seller_id) as unit:
        if order.quantity_unshipped:
            orders.cancel(unit, order.order_id, by=Canceler.MARKET, reason="Clear")
        for item in order.items:
            if item.shipped:
                receive(unit, item.sku, Place.SELLER, item.shipped, reference="refill")


def _order(market: TestMarket, order_id: str) -> Order:
    with market.market.read(market.seller_account.seller_id) as unit:
        return order_of(unit, order_id)


def _stocks(market: TestMarket) -> list[Stock]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return [stock_of(unit, sku, Place.SELLER) for sku in ("MUG-BLUE", "MUG-RED")]


@pytest.mark.parametrize("lifecycle", [LIFECYCLE, VERIFICATION, PICKUP])
def test_a_lifecycle_names_every_state_and_leads_to_none_that_it_does_not_name(
    lifecycle: Lifecycle[Any],
) -> None:
    kind: type[StrEnum] = type(next(iter(lifecycle)))

    assert set(lifecycle) == set(kind)
    assert {target for ways in lifecycle.values() for target in ways.values()} <= set(kind)


def test_every_state_of_an_order_can_be_reached() -> None:
    reached = {OrderStatus.PENDING, OrderStatus.PENDING_AVAILABILITY}
    while more := {target for status in reached for target in LIFECYCLE[status].values()} - reached:
        reached |= more

    assert reached == set(OrderStatus)


@pytest.mark.parametrize("lifecycle", [LIFECYCLE, VERIFICATION, PICKUP])
def test_a_refused_step_is_told_in_the_words_of_the_user(lifecycle: Lifecycle[Any]) -> None:
    facts = {fact for ways in lifecycle.values() for fact in ways}
    for state, ways in lifecycle.items():
        for fact in facts - set(ways):
            with pytest.raises(IllegalTransition) as refused:
                advance(lifecycle, state, fact, subject="Order 1", deed=DEEDS[fact])

            allowed = " or ".join(one.value for one in lifecycle if fact in lifecycle[one])
            assert refused.value.message == f"Order 1 is {state.value}; to {DEEDS[fact]} it must be {allowed}."
            assert fact.__name__ not in refused.value.message
