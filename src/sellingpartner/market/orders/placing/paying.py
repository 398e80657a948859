"""Orders are released and paid: what leads from Pending to Unshipped, and what Amazon then ships by itself."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.events.orders import OrderPaid, PreorderReleased
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.canceling import cancel_loaded
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.promises import Service
from sellingpartner.market.orders.refusals import WrongState
from sellingpartner.market.orders.store import find_order, load_order, save_order
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

PAYMENT_FAILED = "PaymentFailed"
PAYMENT_OVERDUE = "PaymentOverdue"

# Assumed: an order whose payment has not cleared after 21 days is canceled; so long, Amazon says, it may take.
PAYMENT_TIME = timedelta(days=21)


class PaymentClears(Due):
    """An order's payment is authorized."""

    order_id: str


class PaymentFallsDue(Due):
    """A buyer's time to pay for an order is over."""

    order_id: str


class PreorderIsReleased(Due):
    """A preordered item is released; the payment clears so many seconds later, or when somebody says so."""

    order_id: str
    pays_after: float | None


class ShipmentFallsDue(Due):
    """The seller's time to ship an order is over."""

    order_id: str


class FulfillmentCenterShips(Due):
    """The fulfillment network ships what an order still holds."""

    order_id: str


def pay(unit: UnitOfWork, order_id: str) -> None:
    """Authorize an order's payment: it becomes Unshipped, and if Amazon fulfills it, it ships by itself."""
    _pay_loaded(unit, load_order(unit, order_id))


def _pay_loaded(unit: UnitOfWork, order: Order) -> None:
    mark_paid(unit, order)
    save_order(unit, order)
    say_paid(unit, order)


def fail_payment(unit: UnitOfWork, order_id: str) -> None:
    """Let an order's payment fail: the market cancels it."""
    order = load_order(unit, order_id)
    if not order.is_unpaid:
        message = f"Order {order_id} is {order.status.value}; its payment was authorized and can no longer fail."
        raise WrongState(message)
    cancel_loaded(unit, order, by=Canceler.MARKET, reason=PAYMENT_FAILED)


def mark_paid(unit: UnitOfWork, order: Order) -> None:
    """Change an order that is at hand to paid; whoever keeps it then says so with `say_paid`."""
    order.move(OrderPaid)
    order.paid_at = unit.now
    # Assumed: the days of a promise count from the payment, or from the release of what was preordered.
    if unit.now > max(order.purchased_at, order.available_at or order.purchased_at):
        order.promise_from(unit.now)


def say_paid(unit: UnitOfWork, order: Order) -> None:
    """Tell that an order was paid, and have the fulfillment network ship what is its to ship."""
    unit.emit(
        OrderPaid(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            currency=order.currency,
            total_minor=order.total.minor,
        )
    )
    if order.channel is FulfillmentChannel.MFN and not (order.is_store_pickup or order.is_service):
        later(unit, ShipmentFallsDue(order_id=order.order_id), at=order.latest_ship_at)
    have_shipped(unit, order)


def have_shipped(unit: UnitOfWork, order: Order) -> None:
    """Have the fulfillment network ship an order, if it is one of the network's and may leave."""
    waits = order.review is not None and order.review.requires_action and order.review.is_pending
    if order.channel is FulfillmentChannel.AFN and not waits and not order.is_requested:
        # Assumed: a fulfillment center needs 4 to 20 hours, half of that for the faster services.
        slowness = 1.0 if order.service in {Service.STANDARD, Service.FREE_ECONOMY} else 0.5
        hours = chance(unit, "fulfillment center", order.order_id).uniform(4, 20) * slowness
        later(unit, FulfillmentCenterShips(order_id=order.order_id), at=unit.now + timedelta(hours=hours))


def release_preorder(unit: UnitOfWork, order_id: str) -> None:
    """Release a preordered item: its order waits for the payment from here on."""
    order = load_order(unit, order_id)
    order.move(PreorderReleased)
    save_order(unit, order)
    unit.emit(PreorderReleased(order_id=order.order_id, marketplace_id=order.marketplace_id))


@when(PaymentClears)
def clear_payment(unit: UnitOfWork, due: PaymentClears) -> None:
    """Authorize the payment, unless the order was paid or canceled meanwhile."""
    order = load_order(unit, due.order_id)
    if order.is_unpaid:
        _pay_loaded(unit, order)


def expect_payment(unit: UnitOfWork, order_id: str, delay: timedelta | None) -> None:
    """Let a pending order's payment clear after a time, or give the order up when the time to pay for it is over."""
    if delay is not None and delay <= PAYMENT_TIME:
        later(unit, PaymentClears(order_id=order_id), at=unit.now + delay)
    else:
        later(unit, PaymentFallsDue(order_id=order_id), at=unit.now + PAYMENT_TIME)


@when(PaymentFallsDue)
def cancel_unpaid(unit: UnitOfWork, due: PaymentFallsDue) -> None:
    """Cancel an order that is still not paid: its units are for sale again."""
    if find_order(unit, due.order_id).status is OrderStatus.PENDING:
        cancel_loaded(unit, load_order(unit, due.order_id), by=Canceler.MARKET, reason=PAYMENT_OVERDUE)


@when(PreorderIsReleased)
def release_when_due(unit: UnitOfWork, due: PreorderIsReleased) -> None:
    """Release the item, unless the order was canceled meanwhile."""
    if not load_order(unit, due.order_id).is_unpaid:
        return
    release_preorder(unit, due.order_id)
    expect_payment(unit, due.order_id, None if due.pays_after is None else timedelta(seconds=due.pays_after))
