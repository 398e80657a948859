"""Orders that their buyers fetch from a store.

Assumed: what a buyer picks up in a store has thereby been shipped and delivered, and what is refused is canceled; the
published model says neither. Quantities may be given for a part; the pick-up ends when nothing is left to be
handed over.
"""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.market.events.orders import OrderPickedUp, PickupReady, PickupRefused
from sellingpartner.market.orders.canceling import cancel_loaded
from sellingpartner.market.orders.fulfilling.shipping import say_delivered, ship_loaded
from sellingpartner.market.orders.lifecycle import DEEDS, PICKUP, SHIPPABLE, PickupStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.refusals import WrongMarketplace, WrongState
from sellingpartner.market.orders.store import load_order, save_order
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.storage.unit import UnitOfWork

STORE = "InStorePickup"
REFUSED = "RefusedPickup"


def update_pickup(
    unit: UnitOfWork,
    order_id: str,
    status: PickupStatus,
    *,
    marketplace_id: str,
    quantities: Mapping[str, int] | None = None,
) -> None:
    """Say that an order waits in the store, was picked up, or was refused there; wholly or in part."""
    order = load_order(unit, order_id)
    if order.marketplace_id != marketplace_id:
        raise WrongMarketplace(order_id, marketplace_id)
    if not order.is_store_pickup:
        message = f"Order {order_id} is not picked up in a store."
        raise WrongState(message)
    if order.status not in SHIPPABLE:
        message = f"Order {order_id} is {order.status.value}; its pick-up can change while it is Unshipped."
        raise WrongState(message)
    if status is PickupStatus.READY:
        _make_ready(unit, order, quantities)
    else:
        _hand_over(unit, order, status, quantities)


def _make_ready(unit: UnitOfWork, order: Order, quantities: Mapping[str, int] | None) -> None:
    if order.pickup_status is not None:
        message = f"Order {order.order_id} is {order.pickup_status.value} already."
        raise WrongState(message)
    for order_item_id in quantities or ():
        order.item(order_item_id)
    order.pickup_status = PickupStatus.READY
    save_order(unit, order)
    unit.emit(PickupReady(order_id=order.order_id, marketplace_id=order.marketplace_id))


def _hand_over(unit: UnitOfWork, order: Order, status: PickupStatus, quantities: Mapping[str, int] | None) -> None:
    if order.pickup_status is not PickupStatus.READY:
        message = f"Order {order.order_id} is not ReadyForPickup; it must be before it can be {status.value}."
        raise WrongState(message)
    handed = order.unshipped_quantities() if quantities is None else dict(quantities)
    fact = OrderPickedUp if status is PickupStatus.PICKED_UP else PickupRefused
    is_last = sum(handed.values()) >= order.quantity_unshipped
    if is_last:
        order.pickup_status = advance(
            PICKUP, order.pickup_status, fact, subject=f"Order {order.order_id}", deed=DEEDS[fact]
        )
    if status is PickupStatus.PICKED_UP:
        parcel = Parcel(
            reference=str(len(order.packages) + 1), shipped_at=unit.now, quantities=handed, carrier_code=STORE
        )
        ship_loaded(unit, order, parcel, delivered_at=unit.now)
        say_delivered(unit, order, order.packages[-1])
    else:
        cancel_loaded(unit, order, by=Canceler.BUYER, reason=REFUSED, quantities=handed)
    if is_last:
        unit.emit(fact(order_id=order.order_id, marketplace_id=order.marketplace_id))
