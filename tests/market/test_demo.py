from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from demo_worlds import copy_of_demo

from sellingpartner.contract.scopes import FINANCE, NOTIFICATIONS, SCOPES
from sellingpartner.market.accounts.model import ApplicationStatus, Distribution
from sellingpartner.market.accounts.questions import (
    all_applications,
    all_sellers,
    application_by,
    participations_of,
    secret_ends_at,
)
from sellingpartner.market.appointments.lifecycle import JobStatus
from sellingpartner.market.appointments.questions import JobFilter, offerings_in, page_of_jobs
from sellingpartner.market.demo import MARKETPLACES, Demo, build_demo_world, set_buyers
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.market import Market
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.market.simulation.installing import SKU
from sellingpartner.market.simulation.shops import shop_of

PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SKUS, ORDERS = 60, 600


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Market, Demo]]:
    market = Market.open(at=PRESENT, seed=7)
    yield market, build_demo_world(market, skus=SKUS, orders=ORDERS)
    market.close()


@pytest.fixture
def fresh() -> Iterator[tuple[Market, Demo]]:
    market, demo = copy_of_demo(PRESENT, seed=7, skus=20, orders=30)
    yield market, demo
    market.close()


def orders_of(market: Market, demo: Demo, wanted: OrderFilter | None = None) -> list[Order]:
    with market.read(demo.seller_id) as unit:
        return page_of_orders(unit, wanted or OrderFilter(), limit=10_000).orders


def to_ship(market: Market, demo: Demo) -> list[Order]:
    wanted = OrderFilter(statuses=(OrderStatus.UNSHIPPED,), channels=(FulfillmentChannel.MFN,))
    return orders_of(market, demo, wanted)


def test_the_shop_has_its_seller_its_application_and_its_goods(world: tuple[Market, Demo]) -> None:
    market, demo = world

    with market.read(demo.seller_id) as unit:
        assert [seller.seller_id for seller in all_sellers(unit)] == [demo.seller_id]
        assert [one.application_id for one in all_applications(unit)] == [demo.application_id]
        assert (secret_ends_at(unit, demo.application_id, demo.client_secret) or PRESENT) > PRESENT
        assert {one.marketplace_id for one in participations_of(unit, demo.seller_id)} == set(MARKETPLACES)
        assert len(listings_of(unit, "ATVPDKIKX0DER")) == SKUS + 1
        assert list(offerings_in(unit, "ATVPDKIKX0DER")) == [SKU]


def test_its_application_can_be_let_in_without_what_is_optional(world: tuple[Market, Demo]) -> None:
    market, demo = world

    with market.read() as unit:
        application = application_by(unit, application_id=demo.application_id)
    assert (application.status, application.distribution) == (ApplicationStatus.PUBLISHED, Distribution.PRIVATE)
    assert (application.scopes, application.optional_scopes) == (SCOPES, (FINANCE, NOTIFICATIONS))
    assert application.redirect_uris == ("http://127.0.0.1:8080/callback",)


def test_the_past_has_its_orders_all_within_ninety_days(world: tuple[Market, Demo]) -> None:
    market, demo = world

    orders = [order for order in orders_of(market, demo) if not order.is_service]

    assert ORDERS * 0.97 <= len(orders) <= ORDERS  # now and then a buyer finds the shelf empty
    assert min(order.purchased_at for order in orders) > PRESENT - timedelta(days=90)
    assert max(order.purchased_at for order in orders) < PRESENT
    assert market.failures() == []


def test_buyers_are_in_several_countries_and_buy_in_both_channels(world: tuple[Market, Demo]) -> None:
    market, demo = world

    orders = orders_of(market, demo)

    assert {order.address.country_code for order in orders} >= {"US", "CA", "MX", "BR"}
    assert {order.channel for order in orders} == set(FulfillmentChannel)
    assert len({order.address.postal_code for order in orders}) > ORDERS / 4


def test_the_common_statuses_are_there_and_the_old_orders_are_done(world: tuple[Market, Demo]) -> None:
    market, demo = world

    orders = orders_of(market, demo)

    assert {order.status for order in orders} >= {
        OrderStatus.PENDING,
        OrderStatus.UNSHIPPED,
        OrderStatus.SHIPPED,
        OrderStatus.CANCELED,
    }
    old = [order for order in orders if order.purchased_at < PRESENT - timedelta(days=30)]
    assert sum(order.status is OrderStatus.SHIPPED for order in old) > len(old) * 0.9


def test_what_was_shipped_has_left_the_stock(world: tuple[Market, Demo]) -> None:
    market, demo = world
    orders = [order for order in orders_of(market, demo) if not order.is_service]
    sold = {item.sku for order in orders for item in order.items}

    with market.read(demo.seller_id) as unit:
        for sku in sold:
            ledger = movements_of(unit, sku)
            places = {movement.place for movement in ledger}
            assert len(places) == 1
            stock = stock_of(unit, sku, places.pop())
            sellable = [movement for movement in ledger if movement.condition is Condition.SELLABLE]
            assert stock.on_hand == sum(movement.on_hand_change for movement in sellable)
            assert stock.reserved == sum(
                item.unshipped for order in orders if order.is_open for item in order.items if item.sku == sku
            )


def test_some_buyers_had_things_put_together(world: tuple[Market, Demo]) -> None:
    market, demo = world

    services = {order.order_id: order for order in orders_of(market, demo) if order.is_service}
    with market.read(demo.seller_id) as unit:
        jobs = page_of_jobs(unit, JobFilter(marketplace_id="ATVPDKIKX0DER"), 100).jobs

    assert {job.order_id for job in jobs} == services.keys()
    assert {job.status for job in jobs} >= {JobStatus.COMPLETED}
    for job in jobs:
        is_done = job.status is JobStatus.COMPLETED
        assert (services[job.order_id].status is OrderStatus.SHIPPED) is is_done
        assert [bool(one.technicians and one.told.ended_at) for one in job.appointments if is_done] == [True] * is_done


def test_buyers_come_to_an_open_shop_and_stay_away_from_a_closed_one(fresh: tuple[Market, Demo]) -> None:
    market, demo = fresh
    before = len(orders_of(market, demo))

    market.advance(timedelta(days=20))
    assert len(orders_of(market, demo)) == before

    set_buyers(market, come=True)
    market.advance(timedelta(days=60))
    came = len(orders_of(market, demo)) - before
    assert 5 <= came <= 60  # a third of an order a day, and one to ship whenever there is none

    set_buyers(market, come=False)
    market.advance(timedelta(days=60))
    assert len(orders_of(market, demo)) == before + came


def test_opening_an_open_shop_brings_no_second_stream_of_buyers(fresh: tuple[Market, Demo]) -> None:
    market, demo = fresh

    for _ in range(3):
        set_buyers(market, come=True)

    with market.read(demo.seller_id) as unit:
        shop = shop_of(unit)
    assert shop is not None
    assert shop.opening == 1


def test_there_is_always_a_merchant_order_to_ship(fresh: tuple[Market, Demo]) -> None:
    market, demo = fresh
    set_buyers(market, come=True)
    market.advance(timedelta(minutes=1))

    for _ in range(3):
        waiting = to_ship(market, demo)
        assert waiting
        with market.write(demo.seller_id) as unit:
            for order in waiting:
                cancel(unit, order.order_id, by=Canceler.SELLER, reason="NoInventory")
        assert to_ship(market, demo) == []
        market.advance(timedelta(minutes=16))

    assert to_ship(market, demo)


def test_the_truck_fills_the_shelves_again(fresh: tuple[Market, Demo]) -> None:
    market, demo = fresh
    with market.read(demo.seller_id) as unit:
        shop = shop_of(unit)
    assert shop is not None

    set_buyers(market, come=True)
    market.advance(timedelta(days=70))

    with market.read(demo.seller_id) as unit:
        for article in shop.goods_of(unit).articles:
            assert stock_of(unit, article.sku, article.place).available > 0
