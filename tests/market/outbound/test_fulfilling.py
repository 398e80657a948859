"""What becomes of a fulfillment order on the clock: it ships, waits, is given up, and its stock with it."""

from __future__ import annotations

import pytest
from outside_shop import HOLD, asks, at_amazon, leave, line, restock, shipments, shown, status

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.market.events.outbound import (
    FulfillmentBegun,
    FulfillmentCanceled,
    FulfillmentCompleted,
    FulfillmentOrderReceived,
    FulfillmentPlanned,
    FulfillmentShipped,
)
from sellingpartner.market.inventory.model import Stock
from sellingpartner.market.outbound.commands import advance_order, miss
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.testing import TestMarket

FILL_ALL = v2020.FulfillmentPolicy.FILL_ALL
FILL_ALL_AVAILABLE = v2020.FulfillmentPolicy.FILL_ALL_AVAILABLE
FILL_OR_KILL = v2020.FulfillmentPolicy.FILL_OR_KILL


def order_id_of(market: TestMarket) -> str:
    (fact,) = market.facts(FulfillmentOrderReceived)
    assert fact.order_id is not None
    return fact.order_id


def order_status(market: TestMarket) -> str:
    order = market.seller.send(GetOrder(order_id=order_id_of(market))).payload
    return order.order_status.value if order else ""


def missed(market: TestMarket, units: int, item_id: str = "1") -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        miss(unit, "SHOP-1", item_id, units)


def test_an_order_is_planned_picked_and_shipped_by_the_clock_alone(market: TestMarket) -> None:
    asks(market)
    assert (status(market.seller), order_status(market)) == ("Received", "Pending")
    assert at_amazon(market) == Stock(on_hand=100, reserved=2)

    market.advance(minutes=16)
    assert (status(market.seller), order_status(market)) == ("Planning", "Unshipped")
    assert shipments(market.seller) == []

    market.advance(hours=2)
    assert status(market.seller) == "Processing"
    assert [one.fulfillment_shipment_status.value for one in shipments(market.seller)] == ["PENDING"]

    market.advance(hours=18)
    assert (status(market.seller), order_status(market)) == ("Complete", "Shipped")
    assert [one.fulfillment_shipment_status.value for one in shipments(market.seller)] == ["SHIPPED"]
    assert at_amazon(market) == Stock(on_hand=98)
    kinds = (FulfillmentOrderReceived, FulfillmentPlanned, FulfillmentBegun, FulfillmentShipped, FulfillmentCompleted)
    assert [len(market.facts(kind)) for kind in kinds] == [1, 1, 1, 1, 1]


def test_an_order_on_hold_waits_for_its_word_and_is_canceled_after_two_weeks(market: TestMarket) -> None:
    asks(market, fulfillment_action=HOLD)
    market.advance(days=13)
    assert status(market.seller) == "Received"
    assert at_amazon(market).reserved == 2

    market.advance(days=1, minutes=1)

    assert (status(market.seller), order_status(market)) == ("Cancelled", "Canceled")
    assert at_amazon(market) == Stock(on_hand=100)
    assert [item.cancelled_quantity for item in shown(market.seller).fulfillment_order_items] == [2]
    assert len(market.facts(FulfillmentCanceled)) == 1


def test_fill_or_kill_is_invalid_where_a_unit_lacks_and_nothing_is_promised(market: TestMarket) -> None:
    leave(market, 1)

    asks(market, fulfillment_policy=FILL_OR_KILL)

    assert status(market.seller) == "Invalid"
    assert [item.unfulfillable_quantity for item in shown(market.seller).fulfillment_order_items] == [2]
    assert at_amazon(market) == Stock(on_hand=1)
    market.advance(days=2)
    assert status(market.seller) == "Invalid"
    assert market.facts(FulfillmentOrderReceived) == []


def test_fill_all_available_ships_what_is_there_and_gives_the_rest_up(market: TestMarket) -> None:
    leave(market, 3)

    asks(market, quantity=5, fulfillment_policy=FILL_ALL_AVAILABLE)
    market.advance(days=1)

    assert (status(market.seller), order_status(market)) == ("CompletePartialled", "Shipped")
    assert [item.unfulfillable_quantity for item in shown(market.seller).fulfillment_order_items] == [2]
    assert at_amazon(market) == Stock()


def test_fill_all_available_of_nothing_is_invalid(market: TestMarket) -> None:
    leave(market, 0)

    asks(market, fulfillment_policy=FILL_ALL_AVAILABLE)

    assert status(market.seller) == "Invalid"


def test_fill_all_ships_what_is_there_and_waits_for_the_rest(market: TestMarket) -> None:
    leave(market, 3)
    asks(market, quantity=5, fulfillment_policy=FILL_ALL)
    market.advance(hours=20)
    assert status(market.seller) == "Processing"
    assert at_amazon(market) == Stock()
    assert order_status(market) == "PartiallyShipped"

    restock(market, 10)
    market.advance(hours=2)
    assert at_amazon(market) == Stock(on_hand=10, reserved=2)
    market.advance(hours=18)

    assert (status(market.seller), order_status(market)) == ("Complete", "Shipped")
    assert sum(one.quantity for each in shipments(market.seller) for one in each.fulfillment_shipment_item) == 5
    assert at_amazon(market) == Stock(on_hand=8)


@pytest.mark.parametrize(
    ("there", "end", "seen"), [(3, "CompletePartialled", "Shipped"), (0, "Unfulfillable", "Unfulfillable")]
)
def test_fill_all_goes_without_what_has_not_come_in_a_day(market: TestMarket, there: int, end: str, seen: str) -> None:
    leave(market, there)
    asks(market, quantity=5, fulfillment_policy=FILL_ALL)

    market.advance(hours=26)

    assert (status(market.seller), order_status(market)) == (end, seen)
    assert [item.unfulfillable_quantity for item in shown(market.seller).fulfillment_order_items] == [5 - there]
    assert at_amazon(market) == Stock()


def test_what_waits_is_promised_to_nobody_twice(market: TestMarket) -> None:
    leave(market, 0)
    asks(market, "SHOP-1", 2, fulfillment_policy=FILL_ALL)
    asks(market, "SHOP-2", 2, fulfillment_policy=FILL_ALL)
    restock(market, 3)

    market.advance(hours=20)

    assert at_amazon(market).on_hand == at_amazon(market).reserved == 0
    assert sorted([status(market.seller, "SHOP-1"), status(market.seller, "SHOP-2")]) == ["Complete", "Processing"]


@pytest.mark.parametrize(
    ("policy", "end", "left"),
    [(FILL_OR_KILL, "Unfulfillable", 99), (FILL_ALL_AVAILABLE, "CompletePartialled", 98), (FILL_ALL, "Complete", 97)],
)
def test_a_unit_that_is_not_found_before_picking_ends_the_order_by_its_policy(
    market: TestMarket, policy: v2020.FulfillmentPolicy, end: str, left: int
) -> None:
    asks(market, fulfillment_policy=policy)
    market.advance(minutes=16)

    missed(market, 1)
    market.advance(days=2)

    assert status(market.seller) == end
    assert at_amazon(market) == Stock(on_hand=left)


@pytest.mark.parametrize(
    ("policy", "end", "left"),
    [(FILL_OR_KILL, "Unfulfillable", 99), (FILL_ALL_AVAILABLE, "CompletePartialled", 98), (FILL_ALL, "Complete", 97)],
)
def test_a_unit_that_is_not_found_while_picking_makes_another_shipment_of_the_rest(
    market: TestMarket, policy: v2020.FulfillmentPolicy, end: str, left: int
) -> None:
    asks(market, fulfillment_policy=policy)
    market.advance(hours=2, minutes=16)
    assert status(market.seller) == "Processing"

    missed(market, 1)
    market.advance(days=2)

    assert status(market.seller) == end
    assert shipments(market.seller)[0].fulfillment_shipment_status.value == "CANCELLED_BY_FULFILLER"
    assert at_amazon(market) == Stock(on_hand=left)


def test_more_than_there_is_to_pick_cannot_be_missed(market: TestMarket) -> None:
    asks(market)

    with pytest.raises(InvalidInput, match="has 2 units to pick; 3 cannot be missed"):
        missed(market, 3)

    assert at_amazon(market) == Stock(on_hand=100, reserved=2)


def test_two_lines_of_one_sku_share_what_there_is(market: TestMarket) -> None:
    leave(market, 3)

    asks(market, items=[line("a", quantity=2), line("b", quantity=2)], fulfillment_policy=FILL_ALL_AVAILABLE)

    items = {one.seller_fulfillment_order_item_id: one for one in shown(market.seller).fulfillment_order_items}
    assert (items["a"].unfulfillable_quantity, items["b"].unfulfillable_quantity) == (0, 1)
    assert at_amazon(market) == Stock(on_hand=3, reserved=3)


def test_an_order_is_hurried_by_hand(market: TestMarket) -> None:
    asks(market)

    with market.market.write(market.seller_account.seller_id) as unit:
        advance_order(unit, "SHOP-1")

    assert status(market.seller) == "Complete"
    market.advance(days=1)
    assert at_amazon(market) == Stock(on_hand=98)
    assert len(market.facts(FulfillmentShipped)) == 1


def test_a_parcel_that_comes_back_is_in_stock_again(market: TestMarket) -> None:
    asks(market)
    market.advance(days=1)
    parcel_id = f"{order_id_of(market)}.1"

    with market.market.write(market.seller_account.seller_id) as unit:
        move(unit, parcel_id, ParcelStatus.RETURNED)

    assert at_amazon(market) == Stock(on_hand=100)
