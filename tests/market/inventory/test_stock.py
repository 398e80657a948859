from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.commands import (
    adjust,
    make_available,
    receive,
    receive_many,
    release,
    reserve,
    ship,
)
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Condition, Movement, Place, Reason, Stock
from sellingpartner.market.inventory.questions import movements_of, stock_of, stocks_of
from sellingpartner.market.inventory.tables import stocks
from sellingpartner.market.market import Market
from sellingpartner.storage.events import events

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
AWKWARD = ["A/B C", "50% & more", "täßchen-☕", "a?b#c=d+e", "'; --", '"quoted"', "..", "x" * 40]
ORDER = "902-1234567-7654321"


class Warehouse(msgspec.Struct, frozen=True):
    market: Market
    seller_id: str

    def facts(self) -> list[StockMoved]:
        with self.market.read(self.seller_id) as unit:
            told = select(events.c.fact).where(events.c.kind == "StockMoved").order_by(events.c.event_id)
            return [msgspec.json.decode(fact, type=StockMoved) for fact in unit.execute(told).scalars()]

    def stock(self, sku: str = "MUG", place: Place = Place.SELLER) -> Stock:
        with self.market.read(self.seller_id) as unit:
            return stock_of(unit, sku, place)


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    market = Market.open(at=NOON)
    with market.write() as unit:
        seller = join_seller(unit, "Ada", ["ATVPDKIKX0DER"])
    yield Warehouse(market, seller.seller_id)
    market.close()


def test_an_order_reserves_units_and_takes_them_along(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 10, reference="opening")
        assert stock_of(unit, "MUG", Place.SELLER) == Stock(on_hand=10, reserved=0)
        reserve(unit, "MUG", Place.SELLER, 3, reference=ORDER)
        assert stock_of(unit, "MUG", Place.SELLER) == Stock(on_hand=10, reserved=3)
        assert stock_of(unit, "MUG", Place.SELLER).available == 7
        ship(unit, "MUG", Place.SELLER, 2, reference=ORDER)
        release(unit, "MUG", Place.SELLER, 1, reference=ORDER)

    assert warehouse.stock() == Stock(on_hand=8, reserved=0)


def test_each_movement_is_in_the_ledger_and_told(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.FBA, 10, reference="FBA15ABCDEF")
        reserve(unit, "MUG", Place.FBA, 3, reference=ORDER)
        release(unit, "MUG", Place.FBA, 1, reference=ORDER)
        ship(unit, "MUG", Place.FBA, 2, reference=ORDER)
        adjust(unit, "MUG", Place.FBA, on_hand=5, reference="count")

    with warehouse.market.read(warehouse.seller_id) as unit:
        ledger = movements_of(unit, "MUG")
    assert [(each.reason, each.on_hand_change, each.reserved_change, each.reference) for each in ledger] == [
        (Reason.RECEIVED, 10, 0, "FBA15ABCDEF"),
        (Reason.RESERVED, 0, 3, ORDER),
        (Reason.RELEASED, 0, -1, ORDER),
        (Reason.SHIPPED, -2, -2, ORDER),
        (Reason.ADJUSTED, -3, 0, "count"),
    ]
    assert ledger[0] == Movement(
        movement_id=ledger[0].movement_id,
        sku="MUG",
        condition=Condition.SELLABLE,
        place=Place.FBA,
        on_hand_change=10,
        reserved_change=0,
        reason=Reason.RECEIVED,
        reference="FBA15ABCDEF",
        moved_at=NOON,
        center="PHX6",
    )
    told = warehouse.facts()
    assert [(fact.reason, fact.on_hand_change, fact.reserved_change, fact.reference) for fact in told] == [
        (each.reason.value, each.on_hand_change, each.reserved_change, each.reference) for each in ledger
    ]
    assert {(fact.sku, fact.place, fact.condition) for fact in told} == {("MUG", "FBA", "SELLABLE")}


def test_more_than_is_available_is_out_of_stock_and_nothing_moves(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 5, reference="opening")
        reserve(unit, "MUG", Place.SELLER, 3, reference=ORDER)

    with pytest.raises(OutOfStock) as refusal, warehouse.market.write(warehouse.seller_id) as unit:
        reserve(unit, "MUG", Place.SELLER, 3, reference="another")

    assert refusal.value.message == "'MUG' is out of stock: 3 asked for, 2 available."
    assert (refusal.value.sku, refusal.value.asked, refusal.value.available) == ("MUG", 3, 2)
    assert refusal.value.status == 400
    assert warehouse.stock() == Stock(on_hand=5, reserved=3)
    assert len(warehouse.facts()) == 2


def test_a_caught_refusal_leaves_the_rest_of_the_unit_alone(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 1, reference="opening")
        with pytest.raises(OutOfStock):
            reserve(unit, "MUG", Place.SELLER, 2, reference=ORDER)
        reserve(unit, "MUG", Place.SELLER, 1, reference=ORDER)

    assert warehouse.stock() == Stock(on_hand=1, reserved=1)


def test_what_never_came_is_out_of_stock(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit, pytest.raises(OutOfStock, match="1 asked for, 0 avail"):
        reserve(unit, "NEVER", Place.SELLER, 1, reference=ORDER)

    assert warehouse.stock("NEVER") == Stock(on_hand=0, reserved=0)


@pytest.mark.parametrize("move", [release, ship])
def test_only_what_is_reserved_leaves_or_is_released(warehouse: Warehouse, move: Callable[..., None]) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 5, reference="opening")
        reserve(unit, "MUG", Place.SELLER, 1, reference=ORDER)
        with pytest.raises(Conflict) as refusal:
            move(unit, "MUG", Place.SELLER, 2, reference=ORDER)

    assert refusal.value.message == "Of 'MUG' at SELLER 1 unit is reserved, so 2 cannot leave or be released."
    assert warehouse.stock() == Stock(on_hand=5, reserved=1)


def test_a_count_keeps_what_orders_were_promised(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        adjust(unit, "MUG", Place.SELLER, on_hand=9, reference="first count")
        reserve(unit, "MUG", Place.SELLER, 4, reference=ORDER)
        with pytest.raises(Conflict) as refusal:
            adjust(unit, "MUG", Place.SELLER, on_hand=3, reference="second count")
        adjust(unit, "MUG", Place.SELLER, on_hand=4, reference="third count")

    assert refusal.value.message == "'MUG' at SELLER cannot be set to 3 on hand: 4 units are reserved for orders."
    assert warehouse.stock() == Stock(on_hand=4, reserved=4)


def test_a_count_that_finds_what_was_known_moves_nothing(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 5, reference="opening")
        adjust(unit, "MUG", Place.SELLER, on_hand=5, reference="count")

    assert [fact.reason for fact in warehouse.facts()] == ["RECEIVED"]


@pytest.mark.parametrize("quantity", [0, -1, 2**31])
def test_nothing_less_and_too_much_cannot_move(warehouse: Warehouse, quantity: int) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        for move in (receive, reserve, release, ship):
            with pytest.raises(
                InvalidInput, match=f"^{quantity} is not a quantity of units; it must be from 1 to 2147483647"
            ):
                move(unit, "MUG", Place.SELLER, quantity, reference="r")
        with pytest.raises(InvalidInput, match="-1 is not a quantity of units; it must be from 0"):
            adjust(unit, "MUG", Place.SELLER, on_hand=-1, reference="r")

    assert warehouse.facts() == []


def test_damaged_units_are_not_for_sale(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.FBA, 2, reference="return", condition=Condition.CUSTOMER_DAMAGED)
        with pytest.raises(OutOfStock):
            reserve(unit, "MUG", Place.FBA, 1, reference=ORDER)

        assert stock_of(unit, "MUG", Place.FBA, condition=Condition.CUSTOMER_DAMAGED) == Stock(on_hand=2)
        assert stocks_of(unit, Place.FBA) == {}
        assert stocks_of(unit, Place.FBA, condition=Condition.CUSTOMER_DAMAGED) == {"MUG": Stock(on_hand=2)}


def test_places_and_sellers_are_apart(warehouse: Warehouse) -> None:
    with warehouse.market.write() as unit:
        other = join_seller(unit, "Bo", ["ATVPDKIKX0DER"]).seller_id
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 5, reference="opening")

    assert warehouse.stock(place=Place.FBA) == Stock()
    with warehouse.market.read(other) as unit:
        assert stock_of(unit, "MUG", Place.SELLER) == Stock()
        assert movements_of(unit, "MUG") == []


def test_many_skus_come_at_once_even_the_same_one_twice(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive_many(unit, [("b", 1), ("a", 2), ("B", 3), ("a", 4)], Place.SELLER, reference="opening")
        receive_many(unit, [], Place.SELLER, reference="nothing")

    with warehouse.market.read(warehouse.seller_id) as unit:
        assert list(stocks_of(unit, Place.SELLER).items()) == [("B", Stock(3)), ("a", Stock(6)), ("b", Stock(1))]
        assert [each.on_hand_change for each in movements_of(unit, "a")] == [2, 4]
    assert len(warehouse.facts()) == 4


@pytest.mark.parametrize("sku", AWKWARD)
def test_a_sku_holds_any_characters(warehouse: Warehouse, sku: str) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, sku, Place.SELLER, 2, reference="opening")
        reserve(unit, sku, Place.SELLER, 1, reference=ORDER)

    assert warehouse.stock(sku) == Stock(on_hand=2, reserved=1)
    assert {fact.sku for fact in warehouse.facts()} == {sku}


def test_a_sku_that_cannot_be_one_is_not_received(warehouse: Warehouse) -> None:
    with pytest.raises(InvalidInput, match="is not a SKU"), warehouse.market.write(warehouse.seller_id) as unit:
        receive_many(unit, [("MUG", 1), ("x" * 41, 1)], Place.SELLER, reference="opening")

    assert warehouse.stock() == Stock()


@pytest.mark.parametrize("change", [{"on_hand": -1}, {"reserved": -1}, {"reserved": 6}])
def test_the_database_itself_refuses_impossible_stock(warehouse: Warehouse, change: dict[str, int]) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 5, reference="opening")

    with pytest.raises(IntegrityError), warehouse.market.write(warehouse.seller_id) as unit:
        unit.execute(stocks.update().values(**change))

    assert warehouse.stock() == Stock(on_hand=5)


def test_each_movement_says_what_can_still_be_promised_and_whether_that_crossed_zero(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive_many(unit, [("MUG", 2), ("CUP", 5)], Place.SELLER, reference="opening")
        reserve(unit, "MUG", Place.SELLER, 1, reference=ORDER)
        reserve(unit, "MUG", Place.SELLER, 1, reference=ORDER)
        ship(unit, "MUG", Place.SELLER, 1, reference=ORDER)
        release(unit, "MUG", Place.SELLER, 1, reference=ORDER)
        adjust(unit, "MUG", Place.SELLER, on_hand=4, reference="count")

    told = [(fact.available_after, fact.crosses_zero) for fact in warehouse.facts() if fact.sku == "MUG"]
    assert told == [(2, True), (1, False), (0, True), (0, False), (1, True), (4, False)]


def test_what_is_made_available_comes_on_top_of_what_is_promised(warehouse: Warehouse) -> None:
    with warehouse.market.write(warehouse.seller_id) as unit:
        receive(unit, "MUG", Place.SELLER, 5, reference="opening")
        reserve(unit, "MUG", Place.SELLER, 2, reference=ORDER)

        assert make_available(unit, "MUG", Place.SELLER, 7, reference="listing") == 4
        assert make_available(unit, "MUG", Place.SELLER, 7, reference="listing") == 0

    assert warehouse.stock() == Stock(on_hand=9, reserved=2)
    assert [fact.available_after for fact in warehouse.facts()] == [5, 3, 7]
