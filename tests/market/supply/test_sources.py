"""Where units lie, and which order goes where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.contract import supply_sources_2020_07_01 as api
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.market.inventory.commands import adjust, make_available, receive
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders.commands import cancel, ship
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.supply.commands import create_source, set_status, update_source
from sellingpartner.market.supply.errors import SourceArchived
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import source_of, stock_at, stocks_by_source
from sellingpartner.market.supply.stock import set_quantity
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import ADDRESS
from soak import examples

MUG = "MUG-BLUE"
HERE = {"state_or_region": "OR", "postal_code": "97201"}
FAR = {"state_or_region": "NY", "postal_code": "10001"}


class Sheds:
    """A market in which nothing of the mug lies anywhere but where it is put."""

    def __init__(self, market: TestMarket) -> None:
        self.market = market
        self.write(lambda unit: make_available(unit, MUG, Place.SELLER, 0, reference="none"))

    def write(self, do: Callable[[UnitOfWork], Any]) -> Any:  # noqa: ANN401 - whatever is done
        with self.market.market.write(self.market.seller_account.seller_id) as unit:
            return do(unit)

    def shed(self, code: str, quantity: int = 0, *, where: dict[str, str] = HERE, sku: str = MUG) -> str:
        """A source that is active, with so many units."""
        address = api.Address(name=code, address_line1="1 Quay", country_code="US", **where)

        def make(unit: UnitOfWork) -> str:
            source = create_source(unit, code, code, address)
            source = set_status(unit, source.supply_source_id, Status.ACTIVE)
            set_quantity(unit, source.supply_source_id, sku, quantity)
            return source.supply_source_id

        made: str = self.write(make)
        return made

    def put(self, source: str, quantity: int, sku: str = MUG) -> None:
        self.write(lambda unit: set_quantity(unit, source, sku, quantity))

    def status(self, source: str, status: Status) -> None:
        self.write(lambda unit: set_status(unit, source, status))

    def set_up(self, source: str, **said: Any) -> None:  # noqa: ANN401 - of an outbound capability
        capabilities = msgspec.convert({"outbound": said}, api.SupplySourceCapabilities)
        self.write(lambda unit: update_source(unit, source, capabilities=capabilities))

    def ordered(self, quantity: int = 1, **more: Any) -> str | None:  # noqa: ANN401 - fields of Purchase
        """The source that an order went to."""
        return self.source_of(self.market.buys(MUG, quantity, **more))

    def source_of(self, order_id: str) -> str | None:
        with self.market.market.read(self.market.seller_account.seller_id) as unit:
            return order_of(unit, order_id).supply_source_id

    def cancel(self, order_id: str) -> None:
        self.write(lambda unit: cancel(unit, order_id, by=Canceler.SELLER, reason="x"))

    def at(self, source: str, sku: str = MUG) -> tuple[int, int]:
        held = self.write(lambda unit: stock_at(unit, source, sku))
        return held.on_hand, held.reserved

    def pool(self, sku: str = MUG) -> tuple[int, int]:
        held = self.write(lambda unit: stock_of(unit, sku, Place.SELLER))
        return held.on_hand, held.reserved


@pytest.fixture
def sheds(market: TestMarket) -> Sheds:
    return Sheds(market)


def test_what_lies_at_sources_is_what_buyers_can_order(sheds: Sheds) -> None:
    north, south = sheds.shed("N", 2), sheds.shed("S", 3)
    assert sheds.pool() == (5, 0)

    sheds.put(north, 7)
    sheds.status(south, Status.INACTIVE)

    assert (sheds.pool(), sheds.at(south)) == ((7, 0), (3, 0))
    with pytest.raises(OutOfStock):
        sheds.ordered(8)


def test_an_order_goes_to_the_nearest_that_has_it_all(sheds: Sheds) -> None:
    far, near, empty = sheds.shed("FAR", 9, where=FAR), sheds.shed("NEAR", 2), sheds.shed("EMPTY", 0)

    assert [sheds.ordered(2), sheds.ordered(2)] == [near, far]

    assert (sheds.at(near), sheds.at(far), sheds.at(empty)) == ((2, 2), (9, 2), (0, 0))


def test_an_order_shows_its_source_and_takes_its_units_along(sheds: Sheds) -> None:
    source = sheds.shed("N", 5)
    order_id = sheds.market.buys(MUG, 3)
    shown = sheds.market.seller.call("GET", f"/orders/v0/orders/{order_id}").json()["payload"]
    assert shown["FulfillmentInstruction"] == {"FulfillmentSupplySourceId": source}

    def leave(unit: UnitOfWork) -> None:
        (item,) = order_of(unit, order_id).items
        parcel = Parcel(reference="1", shipped_at=unit.now, quantities={item.order_item_id: 2}, carrier_code="UPS")
        ship(unit, order_id, parcel)

    sheds.write(leave)
    assert (sheds.at(source), sheds.pool()) == ((3, 1), (3, 1))
    sheds.cancel(order_id)
    assert (sheds.at(source), sheds.pool()) == ((3, 0), (3, 0))


def test_a_source_at_its_throughput_waits_for_the_next_day(sheds: Sheds) -> None:
    near, far = sheds.shed("NEAR", 9), sheds.shed("FAR", 2, where=FAR)
    cap = {"throughputUnit": "Order", "throughputCap": {"value": 1, "timeUnit": "Days"}}
    sheds.set_up(near, operationalConfiguration={"throughputConfig": cap})

    assert [sheds.ordered(), sheds.ordered(), sheds.ordered(), sheds.ordered()] == [near, far, far, near]
    sheds.put(far, 5)
    sheds.market.advance(days=1)
    assert sheds.ordered() == near


def test_what_buyers_fetch_comes_from_where_they_can_fetch_it(sheds: Sheds) -> None:
    depot, store = sheds.shed("DEPOT", 5), sheds.shed("STORE", 5, where=FAR)
    sheds.set_up(store, deliveryChannel={"isSupported": False}, pickupChannel={"isSupported": True})

    assert (sheds.ordered(is_store_pickup=True), sheds.ordered(address=ADDRESS)) == (store, depot)


def test_an_order_that_no_source_has_whole_is_taken_from_several(sheds: Sheds) -> None:
    one, two = sheds.shed("ONE", 2), sheds.shed("TWO", 3, where=FAR)

    assert sheds.ordered(5) == two

    assert (sheds.at(one), sheds.at(two), sheds.pool()) == ((2, 2), (3, 3), (5, 5))


def test_what_lies_at_no_source_is_sold_from_none(sheds: Sheds) -> None:
    source = sheds.shed("N", 1)
    sheds.write(lambda unit: receive(unit, MUG, Place.SELLER, 4, reference="back"))

    assert sheds.ordered(3) is None
    assert sheds.at(source) == (1, 0)


def test_switched_off_or_archived_it_gets_no_orders_and_keeps_those_that_it_has(sheds: Sheds) -> None:
    source = sheds.shed("N", 3)
    first, second = sheds.market.buys(MUG), sheds.market.buys(MUG)
    sheds.status(source, Status.ARCHIVED)
    assert (sheds.pool(), sheds.source_of(first)) == ((2, 2), source)
    with pytest.raises(OutOfStock):
        sheds.ordered()

    sheds.write(lambda unit: cancel(unit, first, by=Canceler.BUYER, reason="x"))
    sheds.market.advance(minutes=1)

    assert (sheds.pool(), sheds.at(source), sheds.source_of(second)) == ((1, 1), (3, 1), source)
    with pytest.raises(SourceArchived):
        sheds.put(source, 9)


def test_a_source_is_taken_that_is_wanted_if_it_can(sheds: Sheds) -> None:
    near, far = sheds.shed("NEAR", 5), sheds.shed("FAR", 1, where=FAR)

    assert [sheds.ordered(supply_source_id=far), sheds.ordered(supply_source_id=far)] == [far, near]


def test_several_skus_go_together_where_they_all_lie(sheds: Sheds) -> None:
    one, both = sheds.shed("ONE", 9), sheds.shed("BOTH", 9, where=FAR)
    sheds.put(both, 9, "MUG-RED")
    lines = (PurchaseLine(sku=MUG), PurchaseLine(sku="MUG-RED"))

    assert sheds.ordered(lines=lines) == both
    assert (sheds.at(one), sheds.at(both), sheds.at(both, "MUG-RED")) == ((9, 0), (9, 1), (9, 1))


def test_a_count_of_the_whole_takes_from_the_sources_what_is_missing(sheds: Sheds) -> None:
    one, two = sheds.shed("ONE", 3), sheds.shed("TWO", 3)
    sheds.ordered()

    sheds.write(lambda unit: adjust(unit, MUG, Place.SELLER, on_hand=2, reference="count"))

    assert sheds.pool() == (2, 1)
    assert sheds.at(one)[0] + sheds.at(two)[0] == 2


@pytest.mark.parametrize("code", ["DEFAULT", "AMAZON_NA"])
def test_a_code_that_means_something_else_is_refused(sheds: Sheds, code: str) -> None:
    with pytest.raises(InvalidInput, match="meaning of their own"):
        sheds.shed(code)


@pytest.fixture
def both(database_url: str) -> Iterator[TestMarket]:
    market = TestMarket(database_url)
    yield market
    market.close()


def test_orders_go_to_sources_on_both_databases(both: TestMarket) -> None:
    sheds = Sheds(both)
    source = sheds.shed("N", 2)

    assert (sheds.ordered(2), sheds.at(source)) == (source, (2, 2))


def test_shares_hold_while_sources_are_switched_filled_and_sold_from_at_once(both: TestMarket) -> None:
    sheds = Sheds(both)
    one, two = sheds.shed("ONE", 20), sheds.shed("TWO", 20)

    def buy(_: int) -> None:
        for _ in range(8):
            with suppress(SellingPartnerError):
                both.buys(MUG)

    def switch(_: int) -> None:
        for status in (Status.INACTIVE, Status.ACTIVE) * 4:
            sheds.status(one, status)

    def fill(_: int) -> None:
        for quantity in range(8):
            sheds.put(two, 10 + quantity)

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(task, 0) for task in (buy, switch, fill, buy)]
    assert [one.exception() for one in done] == [None] * 4

    sheds.write(check_shares)


def check_shares(unit: UnitOfWork) -> None:
    pool = stock_of(unit, MUG, Place.SELLER)
    held = [(source_of(unit, at.supply_source_id), at) for at in stocks_by_source(unit, MUG)]
    assert sum(at.on_hand if source.is_active else at.reserved for source, at in held) <= pool.on_hand
    assert sum(at.reserved for _, at in held) <= pool.reserved
    assert sum(at.available for source, at in held if source.is_active) <= pool.available


MOVES = st.one_of(
    st.tuples(st.just("put"), st.integers(0, 2), st.integers(0, 6)),
    st.tuples(st.just("order"), st.integers(1, 4), st.just(0)),
    st.tuples(st.just("ship"), st.integers(0, 5), st.integers(1, 3)),
    st.tuples(st.just("cancel"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("status"), st.integers(0, 2), st.sampled_from(["Active", "Inactive", "Archived"])),
    st.tuples(st.just("count"), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("receive"), st.integers(1, 4), st.just(0)),
)


@settings(max_examples=examples(15))
@given(st.lists(MOVES, max_size=14))
def test_shares_never_sum_to_more_than_there_is(moves: list[tuple[str, int, Any]]) -> None:
    market = TestMarket()
    sheds = Sheds(market)
    sources = [sheds.shed(code) for code in "ABC"]
    orders: list[str] = []
    for what, one, other in moves:
        with suppress(SellingPartnerError):
            _move(sheds, sources, orders, what, one, other)
        sheds.write(check_shares)
    for order_id in orders:
        with suppress(SellingPartnerError):
            sheds.cancel(order_id)
    assert (sheds.pool()[1], [sheds.at(source)[1] for source in sources]) == (0, [0, 0, 0])
    market.close()


def _move(sheds: Sheds, sources: list[str], orders: list[str], what: str, one: int, other: Any) -> None:  # noqa: ANN401
    if what == "put":
        sheds.put(sources[one], other)
    elif what == "order":
        orders.append(sheds.market.buys(MUG, one))
    elif what == "status":
        sheds.status(sources[one], Status(other))
    elif what == "count":
        sheds.write(lambda unit: adjust(unit, MUG, Place.SELLER, on_hand=one, reference="count"))
    elif what == "receive":
        sheds.write(lambda unit: receive(unit, MUG, Place.SELLER, one, reference="back"))
    elif orders:
        order_id = orders[one % len(orders)]
        if what == "cancel":
            sheds.cancel(order_id)
        else:
            sheds.write(lambda unit: _ship(unit, order_id, other))


def _ship(unit: UnitOfWork, order_id: str, quantity: int) -> None:
    order = order_of(unit, order_id)
    (item,) = order.items
    reference = str(len(order.packages) + 1)
    ship(
        unit,
        order_id,
        Parcel(reference=reference, shipped_at=unit.now, quantities={item.order_item_id: quantity}, carrier_code="UPS"),
    )
