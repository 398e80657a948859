"""Walks along orders, returns and the ledger: each page costs the same, however deep in the time it lies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger.questions import EntryFilter, page_of_entries
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

ORDERS, PAGE, EACH = 240, 10, 20


def steps_of(unit: UnitOfWork, walk: Callable[[], object]) -> int:
    """How many steps, in twenties, SQLite takes for something."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    driver = unit.connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(step, EACH)
    walk()
    driver.set_progress_handler(None, EACH)
    return count


def test_a_page_deep_in_the_time_costs_what_the_first_one_does(market: TestMarket) -> None:
    market.lists("LAMP-OAK", stock=ORDERS, fulfillment_channel=FulfillmentChannel.AFN)
    for _ in range(ORDERS):
        market.buys("LAMP-OAK")
    market.advance(days=3)

    with market.market.read(market.seller_account.seller_id) as unit:
        wanted = OrderFilter(after=START - timedelta(days=9), before=unit.now)
        key = page_of_orders(unit, wanted, None, ORDERS - PAGE).next_key
        first = steps_of(unit, lambda: page_of_orders(unit, wanted, None, PAGE))
        last = steps_of(unit, lambda: page_of_orders(unit, wanted, key, PAGE))
        posted = EntryFilter(after=START - timedelta(days=9), before=unit.now)
        mark = page_of_entries(unit, posted, None, ORDERS - PAGE).next_key
        first_posted = steps_of(unit, lambda: page_of_entries(unit, posted, None, PAGE))
        last_posted = steps_of(unit, lambda: page_of_entries(unit, posted, mark, PAGE))

    assert key is not None
    assert mark is not None
    assert 0 < last <= 2 * first
    assert 0 < last_posted <= 2 * first_posted


def test_a_key_before_a_lists_beginning_moves_it_nowhere(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys("MUG-BLUE")
    market.advance(days=1)
    later = market.buys("MUG-BLUE")

    with market.market.read(market.seller_account.seller_id) as unit:
        wanted = OrderFilter(after=START + timedelta(hours=1))
        found = page_of_orders(unit, wanted, (START - timedelta(days=1), "0"))

    assert [order.order_id for order in found.orders] == [later]
