"""Buyers keep coming to an open shop, and a merchant order to ship is always there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.questions import awaits_shipment
from sellingpartner.market.simulation.competition import expect_competitors
from sellingpartner.market.simulation.demand import next_arrival
from sellingpartner.market.simulation.installing import may_want_service
from sellingpartner.market.simulation.shopping import visit
from sellingpartner.market.simulation.shops import Shop, set_open, shop_of
from sellingpartner.market.simulation.staff import have_shipped
from sellingpartner.market.simulation.subscribing import may_subscribe
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_OFFSET = timedelta(hours=-6)
"""Buyers' local time, for when they shop: the middle of North America."""

_LOOK_EVERY = timedelta(minutes=15)

_ATTEMPTS_IN_THE_PAST = 12
"""How many buyers come for each order of the past: some find the shelf empty, or buy from somebody else."""


class BuyerCame(Due):
    """A buyer of the past came in; the shop's staff then saw to the order until it was handed over."""

    number: int
    until: datetime


class BuyerComes(Due):
    """A buyer comes into an open shop; the next one follows."""

    opening: int
    number: int


class ShopLooksForWork(Due):
    """An open shop that has no merchant order left to ship gets one."""

    opening: int
    number: int


def open_shop(unit: UnitOfWork, shop: Shop) -> None:
    """Let buyers come from here on. A shop that is open already goes on as it is."""
    if shop.is_open:
        return
    opened = set_open(unit, shop, is_open=True)
    _expect_next(unit, opened, 1)
    expect_competitors(unit, opened)
    later(unit, ShopLooksForWork(opening=opened.opening, number=1), at=unit.now)


def close_shop(unit: UnitOfWork, shop: Shop) -> None:
    """Let no more buyers come."""
    if shop.is_open:
        set_open(unit, shop, is_open=False)


def _expect_next(unit: UnitOfWork, shop: Shop, number: int) -> None:
    luck = chance(unit, "arrival", shop.opening, number)
    comes_at = next_arrival(luck, unit.now, shop.orders_per_day, offset=_OFFSET)
    later(unit, BuyerComes(opening=shop.opening, number=number), at=comes_at)


@when(BuyerCame)
def buy_in_the_past(unit: UnitOfWork, due: BuyerCame) -> None:
    """Order, and have the staff ship it if it is the seller's to ship."""
    shop = shop_of(unit)
    if shop is None:
        return
    order = next(
        filter(None, (visit(unit, shop, f"past {due.number}.{attempt}") for attempt in range(_ATTEMPTS_IN_THE_PAST))),
        None,
    )
    if order is not None:
        if order.channel is FulfillmentChannel.MFN:
            have_shipped(unit, order, until=due.until)
        may_want_service(unit, order, until=due.until)


@when(BuyerComes)
def buy(unit: UnitOfWork, due: BuyerComes) -> None:
    """Order, and make way for the next buyer."""
    shop = shop_of(unit)
    if shop is None or not shop.is_open or shop.opening != due.opening:
        return
    order = visit(unit, shop, f"{due.opening}.{due.number}")
    if order is not None:
        may_subscribe(unit, order)
        may_want_service(unit, order)
    _expect_next(unit, shop, due.number + 1)


@when(ShopLooksForWork)
def keep_one_to_ship(unit: UnitOfWork, due: ShopLooksForWork) -> None:
    """Have a buyer order and pay at once if there is nothing left for the merchant to ship."""
    shop = shop_of(unit)
    if shop is None or not shop.is_open or shop.opening != due.opening:
        return
    if not awaits_shipment(unit, FulfillmentChannel.MFN):
        for attempt in range(20):
            name = f"to ship {due.opening}.{due.number}.{attempt}"
            if visit(unit, shop, name, only=FulfillmentChannel.MFN, pays_at_once=True):
                break
    later(unit, ShopLooksForWork(opening=due.opening, number=due.number + 1), at=unit.now + _LOOK_EVERY)
