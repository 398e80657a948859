"""Units that were sent with a day on which they expire: before it they are taken off the shelf.

Which units of a SKU are left is said by what came after them: what came first leaves first.

Assumed: a unit is taken off the shelf 50 days before it expires, as sellers are told of it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inventory.incidents import expire
from sellingpartner.market.inventory.levels import latest_arrivals
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

OFF_THE_SHELF = timedelta(days=50)


class ShelfLifeEnds(Due):
    """Units that came with a shipment are too old to be sold."""

    sku: str
    units: int
    came_at: datetime


def expect_expiry(unit: UnitOfWork, shipment: Shipment) -> None:
    """Have the units of a shipment that is closed taken off the shelf in time."""
    for item in shipment.items:
        units = min(item.quantity, shipment.received.get(item.msku, 0))
        if item.expires_on is None or not units:
            continue
        ends_at = datetime.fromisoformat(item.expires_on).replace(tzinfo=UTC) - OFF_THE_SHELF
        due = ShelfLifeEnds(sku=item.msku, units=units, came_at=unit.now)
        later(unit, due, at=max(ends_at, unit.now))


@when(ShelfLifeEnds)
def take_off(unit: UnitOfWork, due: ShelfLifeEnds) -> None:
    """Take off the shelf what is left of them, but for what orders were promised."""
    newer = sum(one.units for one in latest_arrivals(unit, due.sku, Place.FBA) if one.at > due.came_at)
    held = stock_of(unit, due.sku, Place.FBA)
    units = min(due.units, held.on_hand - newer, held.available)
    if units > 0:
        expire(unit, due.sku, units)
