"""The staff of a simulated shop's past: it reviewed, shipped and restocked, until the shop was handed to its user."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sellingpartner.market.inventory.commands import receive_many
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stocks_of
from sellingpartner.market.orders.commands import cancel, confirm_invoice, judge, ship
from sellingpartner.market.orders.lifecycle import OrderStatus, VerificationStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.regulated import Verdict
from sellingpartner.market.simulation.shops import shop_of
from sellingpartner.market.simulation.staff_words import words
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

REJECTED_SHARE = 0.08
SPLIT_SHARE = 0.25  # of orders with several units
REMAINDER_STAYS_SHARE = 0.12  # of split orders

_RESTOCK_EVERY = timedelta(days=7)
_LOOK_AGAIN = timedelta(hours=9)


class StaffShips(Due):
    """Somebody of the shop gets to an order; nobody does any more once the shop was handed over."""

    order_id: str
    until: datetime


class StaffConfirmsInvoice(Due):
    """Somebody of the shop confirms an order's invoice."""

    order_id: str


class TruckArrives(Due):
    """New stock for all that runs low, once a week."""


def have_shipped(unit: UnitOfWork, order: Order, *, until: datetime) -> None:
    """Have the staff get to an order within its handling time, mostly."""
    luck = chance(unit, "staff", order.order_id)
    hours = luck.uniform(3, 30) if luck.random() < 0.93 else luck.uniform(60, 120)  # noqa: PLR2004 - few are late
    _get_to(unit, order.order_id, unit.now + timedelta(hours=hours), until)


def _get_to(unit: UnitOfWork, order_id: str, at: datetime, until: datetime) -> None:
    if at < until:
        later(unit, StaffShips(order_id=order_id, until=until), at=at)


@when(StaffShips)
def ship_when_ready(unit: UnitOfWork, due: StaffShips) -> None:
    """Review what must be reviewed, cancel what the buyer wants canceled, ship the rest: whole, or in two parcels."""
    order = order_of(unit, due.order_id)
    luck = chance(unit, "staff", order.order_id, len(order.packages), unit.now.isoformat())
    if order.is_unpaid:
        _get_to(unit, order.order_id, unit.now + _LOOK_AGAIN, due.until)
    if order.status not in {OrderStatus.UNSHIPPED, OrderStatus.PARTIALLY_SHIPPED}:
        return
    if order.cancellation_request is not None:
        cancel(unit, order.order_id, by=Canceler.SELLER, reason=order.cancellation_request.reason)
    elif order.review is not None and order.review.is_pending:
        _review(unit, order, luck)
        _get_to(unit, order.order_id, unit.now + timedelta(hours=1), due.until)
    else:
        _ship(unit, order, luck, due.until)


def _review(unit: UnitOfWork, order: Order, luck: Random) -> None:
    rejects = luck.random() < REJECTED_SHARE
    verdict = Verdict(
        reviewer_id="vet-desk",
        status=VerificationStatus.REJECTED if rejects else VerificationStatus.APPROVED,
        rejection_reason_id="shield_pom_vps_reject_age" if rejects else None,
    )
    judge(unit, order.order_id, verdict)


def _ship(unit: UnitOfWork, order: Order, luck: Random, until: datetime) -> None:
    left = order.unshipped_quantities()
    units = sum(left.values())
    first = next(iter(left))
    splits = not order.packages and units > 1 and luck.random() < SPLIT_SHARE
    carrier = luck.choice(words().carrier)
    parcel = Parcel(
        reference=str(len(order.packages) + 1),
        shipped_at=unit.now,
        quantities={first: 1} if splits else left,
        carrier_code=carrier.code,
        method=carrier.method,
        tracking_number=f"9400{luck.randrange(10**16):016d}",
    )
    ship(unit, order.order_id, parcel)
    if splits and luck.random() >= REMAINDER_STAYS_SHARE:
        _get_to(unit, order.order_id, unit.now + timedelta(hours=luck.uniform(10, 40)), until)
    elif not splits and order.awaits_invoice:
        _confirm_later(unit, order.order_id, unit.now + timedelta(hours=luck.uniform(10, 400)), until)


def _confirm_later(unit: UnitOfWork, order_id: str, at: datetime, until: datetime) -> None:
    if at < until:
        later(unit, StaffConfirmsInvoice(order_id=order_id), at=at)


@when(StaffConfirmsInvoice)
def confirm(unit: UnitOfWork, due: StaffConfirmsInvoice) -> None:
    """Confirm the invoice that the order waits for."""
    if order_of(unit, due.order_id).status is OrderStatus.INVOICE_UNCONFIRMED:
        confirm_invoice(unit, due.order_id)


@when(TruckArrives)
def restock(unit: UnitOfWork, _due: TruckArrives) -> None:
    """Fill up what has run below half of what the shop wants to have, and expect the next truck."""
    shop = shop_of(unit)
    if shop is None:
        return
    goods = shop.goods_of(unit)
    for place in Place:
        stocks = stocks_of(unit, place)
        low = []
        for article in goods.articles:
            stock = stocks.get(article.sku)
            target = goods.target_stock(article, shop.orders_per_day)
            if article.place is place and stock is not None and stock.available * 2 < target:
                low.append((article.sku, target - stock.available))
        if low:
            receive_many(unit, low, place, reference=f"truck {unit.now:%Y-%m-%d}")
    later(unit, TruckArrives(), at=unit.now + _RESTOCK_EVERY)
