"""An order moves to another supply source of its seller, before it has left."""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.market.events.orders import OrderMoved
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.store import load_order, save_supply_source
from sellingpartner.market.supply.choosing import Destination, reassign
from sellingpartner.storage.unit import UnitOfWork


def move_to_source(unit: UnitOfWork, order_id: str, units: Mapping[str, int], *, away_from: str) -> str | None:
    """Have another source ship so many units of SKUs; returns which, or None where no other has all of them."""
    order = load_order(unit, order_id)
    chosen = reassign(unit, order_id, units, destination_of(order), away_from=away_from)
    if chosen is None:
        return None
    if order.supply_source_id == away_from:
        order.supply_source_id = chosen
        save_supply_source(unit, order)
    unit.emit(
        OrderMoved(
            order_id=order_id, marketplace_id=order.marketplace_id, supply_source_id=chosen, moved_from=away_from
        )
    )
    return chosen


def destination_of(order: Order) -> Destination:
    """Where an order is to go, as far as that decides on its source."""
    return Destination(
        country_code=order.address.country_code,
        state_or_region=order.address.state_or_region,
        postal_code=order.address.postal_code,
        is_fetched=order.is_store_pickup,
    )
