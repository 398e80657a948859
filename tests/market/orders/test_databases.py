from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import OrderFilter, Sorted, order_of, page_of_orders
from sellingpartner.testing import TestMarket


@pytest.fixture
def shared(database_url: str) -> Iterator[TestMarket]:
    made = TestMarket(database_url)
    yield made
    made.close()


def test_an_order_lives_through_either_database(shared: TestMarket) -> None:
    order_id = shared.buys(quantity=2, paid=False)
    with shared.market.write(shared.seller.seller_id) as unit:
        orders.pay(unit, order_id)
        quantities = order_of(unit, order_id).unshipped_quantities()
        orders.ship(
            unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="UPS")
        )
    shared.advance(days=10)

    with shared.market.read(shared.seller.seller_id) as unit:
        order = order_of(unit, order_id)
        assert order.status is OrderStatus.SHIPPED
        assert order.packages[0].delivered_at is not None
        assert stock_of(unit, "MUG-BLUE", Place.SELLER) == Stock(on_hand=98, reserved=0)


@pytest.mark.parametrize("by", list(Sorted))
def test_pages_and_filters_are_the_same_on_either_database(shared: TestMarket, by: Sorted) -> None:
    made = [shared.buys() for _ in range(5)]
    with shared.market.write(shared.seller.seller_id) as unit:
        orders.set_seller_order_id(unit, made[0], "MY-1")
        found: list[str] = []
        key = None
        while True:
            page = page_of_orders(unit, OrderFilter(by=by, before=unit.now, statuses=("Unshipped",)), key, 2)
            found += [order.order_id for order in page.orders]
            if page.next_key is None:
                break
            key = page.next_key
        named = {
            "own number": page_of_orders(unit, OrderFilter(by=by, seller_order_id="MY-1")),
            "id": page_of_orders(unit, OrderFilter(by=by, order_ids=(made[1],))),
            "id as number": page_of_orders(unit, OrderFilter(by=by, seller_order_id=made[2])),
        }

    assert sorted(found) == sorted(made)
    assert {name: [order.order_id for order in page.orders] for name, page in named.items()} == {
        "own number": [made[0]],
        "id": [made[1]],
        "id as number": [made[2]],
    }


def test_buyers_who_race_for_the_last_units_get_no_more_than_there_are(shared: TestMarket) -> None:
    won: list[str] = []

    def race() -> None:
        for _ in range(5):
            try:
                won.append(shared.buys("MUG-RED", quantity=9))
            except InvalidInput:
                return

    threads = [Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == len(set(won)) == 11
    with shared.market.read(shared.seller.seller_id) as unit:
        assert stock_of(unit, "MUG-RED", Place.SELLER) == Stock(on_hand=100, reserved=99)


def test_two_who_ship_the_same_unit_at_once_ship_it_once(shared: TestMarket) -> None:
    order_id = shared.buys()
    with shared.market.read(shared.seller.seller_id) as unit:
        quantities = order_of(unit, order_id).unshipped_quantities()
    refused: list[str] = []

    def ship(reference: str) -> None:
        try:
            with shared.market.write(shared.seller.seller_id) as unit:
                parcel = Parcel(reference=reference, shipped_at=unit.now, quantities=quantities, carrier_code="UPS")
                orders.ship(unit, order_id, parcel)
        except InvalidInput:
            refused.append(reference)

    threads = [Thread(target=ship, args=(str(number),)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 3
    with shared.market.read(shared.seller.seller_id) as unit:
        assert order_of(unit, order_id).quantity_shipped == 1
        assert stock_of(unit, "MUG-BLUE", Place.SELLER) == Stock(on_hand=99, reserved=0)
