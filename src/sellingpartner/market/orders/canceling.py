"""Orders are canceled, as a whole or in part: by the buyer, the seller or the market."""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.market.events.orders import (
    CancellationRequested,
    InvoiceAwaited,
    ItemsCanceled,
    Line,
    OrderCanceled,
    OrderShipped,
    OrderUnfulfillable,
    VerificationCanceled,
)
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.lifecycle import SHIPPABLE
from sellingpartner.market.orders.metrics.half_hours import count_canceled
from sellingpartner.market.orders.model import Canceler, Cancellation, CancellationRequest, Order
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.refusals import WrongState
from sellingpartner.market.orders.store import load_order, lower_lines, save_order
from sellingpartner.storage.unit import UnitOfWork

BUYER_CANCELED = "BuyerCanceled"


def cancel(
    unit: UnitOfWork, order_id: str, *, by: Canceler, reason: str, quantities: Mapping[str, int] | None = None
) -> None:
    """Cancel what of an order has not left: all of it, or some units of some items.

    An order of which nothing has left becomes Canceled; one that has partly left becomes Shipped with what has.
    """
    order = load_order(unit, order_id)
    _check_cancelable(order, by)
    cancel_loaded(unit, order, by=by, reason=reason, quantities=quantities)


def request_cancellation(unit: UnitOfWork, order_id: str, *, reason: str) -> None:
    """Let the buyer ask for a cancellation.

    Assumed: where a buyer asks for it, an order that is not paid yet is canceled at once; of a paid one the seller is
    told, and decides.
    """
    order = load_order(unit, order_id)
    if order.is_unpaid:
        cancel_loaded(unit, order, by=Canceler.BUYER, reason=reason)
        return
    _check_cancelable(order, Canceler.BUYER)
    order.cancellation_request = CancellationRequest(reason=reason, at=unit.now)
    save_order(unit, order)
    unit.emit(CancellationRequested(order_id=order_id, marketplace_id=order.marketplace_id, reason=reason))


def declare_unfulfillable(unit: UnitOfWork, order_id: str) -> None:
    """Give up an order from outside the shop that the fulfillment network cannot fulfill.

    Only worlds of earlier versions have such: what becomes of one that a seller asked for, its fulfillment order says.
    """
    order = load_order(unit, order_id)
    if order.is_requested:
        message = f"Order {order_id} ships a fulfillment order; that one says what becomes of it."
        raise WrongState(message)
    if order.channel is not FulfillmentChannel.AFN or order.sales_channel != NON_AMAZON:
        message = f"Order {order_id} was placed in the shop; only one from outside it can be unfulfillable."
        raise WrongState(message)
    give_up(unit, order)


def give_up(unit: UnitOfWork, order: Order) -> None:
    """Let an order at hand be unfulfillable, and keep it."""
    order.move(OrderUnfulfillable)
    lines = order.cancel_units(order.unshipped_quantities())
    release(unit, order, lines)
    save_order(unit, order)
    fact = OrderUnfulfillable(
        order_id=order.order_id, marketplace_id=order.marketplace_id, channel=order.channel.value, lines=tuple(lines)
    )
    unit.emit(fact)


def cancel_loaded(
    unit: UnitOfWork, order: Order, *, by: Canceler, reason: str, quantities: Mapping[str, int] | None = None
) -> None:
    """Cancel what of an order at hand has not left, and keep it."""
    lines = order.cancel_units(order.unshipped_quantities() if quantities is None else quantities)
    if not order.quantity_unshipped:
        order.move(order.shipping_fact() if order.quantity_shipped else OrderCanceled)
    order.cancellation = Cancellation(by=by, reason=reason, at=unit.now)
    closes_review = not order.quantity_unshipped and order.review is not None and order.review.is_pending
    if closes_review and order.review is not None:
        order.review.close(VerificationCanceled)
    release(unit, order, lines)
    save_order(unit, order)
    _say_canceled(unit, order, order.cancellation, lines)
    if closes_review:
        unit.emit(VerificationCanceled(order_id=order.order_id, marketplace_id=order.marketplace_id))


def release(unit: UnitOfWork, order: Order, lines: list[Line]) -> None:
    """Set the units of canceled lines free, and count them as ordered no more."""
    lower_lines(unit, order.order_id, lines)
    for line in () if order.is_service else sorted(lines, key=lambda one: one.sku):
        if line.quantity > line.unpromised:
            promised = line.quantity - line.unpromised
            inventory.release(unit, line.sku, order.place, promised, reference=order.order_id)
    # After the stock, as in placing: two that take the same rows in another order would wait for each other.
    count_canceled(unit, order, lines)


def say_shipped(unit: UnitOfWork, order: Order) -> None:
    """Tell that an order has nothing left to ship, and whether it waits for its invoice."""
    kind = InvoiceAwaited if order.awaits_invoice else OrderShipped
    unit.emit(
        kind(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            shipped_at=max((package.shipped_at for package in order.packages), default=unit.now),
        )
    )


def _say_canceled(unit: UnitOfWork, order: Order, cancellation: Cancellation, lines: list[Line]) -> None:
    whole = not order.quantity_unshipped and not order.quantity_shipped
    kind = OrderCanceled if whole else ItemsCanceled
    unit.emit(
        kind(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            canceled_by=cancellation.by.value,
            reason=cancellation.reason,
            currency=order.currency,
            lines=tuple(lines),
        )
    )
    if not whole and not order.quantity_unshipped:
        say_shipped(unit, order)


def _check_cancelable(order: Order, by: Canceler) -> None:
    if order.status not in SHIPPABLE and not order.is_unpaid:
        message = f"Order {order.order_id} is {order.status.value} and can no longer be canceled."
        raise WrongState(message)
    if by is not Canceler.SELLER:
        return
    # Assumed: a seller can cancel only orders that it ships itself, and only once they are paid.
    if order.is_unpaid:
        message = f"Order {order.order_id} is {order.status.value}; a seller can cancel it once it is Unshipped."
        raise WrongState(message)
    if order.channel is FulfillmentChannel.AFN:
        message = f"Order {order.order_id} is fulfilled by Amazon; its seller cannot cancel it."
        raise WrongState(message)
