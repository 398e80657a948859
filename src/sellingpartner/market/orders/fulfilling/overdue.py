"""Orders that their seller does not ship in time: marked as late, and in the end canceled by the market."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.orders import ShipmentLate
from sellingpartner.market.orders.canceling import cancel_loaded
from sellingpartner.market.orders.lifecycle import SHIPPABLE
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.placing.paying import ShipmentFallsDue
from sellingpartner.market.orders.promises import overdue_at
from sellingpartner.market.orders.store import find_order, keep_order, load_order
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

OVERDUE = "ShipmentOverdue"


class OrderIsOverdue(Due):
    """An order should have shipped so long ago that the market gives it up."""

    order_id: str


@when(ShipmentFallsDue)
def mark_late(unit: UnitOfWork, due: ShipmentFallsDue) -> None:
    """Mark an order as late of which something has not left, and wait for its seller no more than some days."""
    if find_order(unit, due.order_id).status not in SHIPPABLE:
        return
    order = load_order(unit, due.order_id)
    order.is_late = True
    keep_order(unit, order)
    unit.emit(
        ShipmentLate(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            latest_ship_at=order.latest_ship_at,
        )
    )
    country = MARKETPLACES[order.marketplace_id].country_code
    later(unit, OrderIsOverdue(order_id=order.order_id), at=overdue_at(order.latest_ship_at, country))


@when(OrderIsOverdue)
def cancel_overdue(unit: UnitOfWork, due: OrderIsOverdue) -> None:
    """Cancel what of an order has not left.

    Assumed: of an overdue order that has partly shipped the rest is canceled; Amazon's rule speaks of whole orders.
    """
    if find_order(unit, due.order_id).status in SHIPPABLE:
        cancel_loaded(unit, load_order(unit, due.order_id), by=Canceler.MARKET, reason=OVERDUE)
