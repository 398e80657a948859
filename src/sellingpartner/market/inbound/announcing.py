"""What Amazon knows of units that are to come: they are announced, set out, or will not come after all.

SKUs are taken in their order, or two who move several would wait for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sellingpartner.market.inbound.model import PlanItem, Shipment
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.storage.unit import UnitOfWork


def announce_units(unit: UnitOfWork, shipments: Iterable[Shipment]) -> None:
    """The units of shipments will come to their centers."""
    for sku, units, shipment in _in_order(shipments):
        inventory.announce(unit, sku, units, center=shipment.center, reference=shipment.shipment_id)


def send_units(unit: UnitOfWork, shipment: Shipment) -> None:
    """The units of a shipment are on their way."""
    start, end = (Spot(one, shipment.center) for one in (Condition.INBOUND_WORKING, Condition.INBOUND_SHIPPED))
    _move(unit, [shipment], start, end, Reason.SENT)


def withdraw_units(unit: UnitOfWork, shipment: Shipment, *, are_away: bool) -> None:
    """The units of a shipment will not come, though some were on their way already."""
    where = Condition.INBOUND_SHIPPED if are_away else Condition.INBOUND_WORKING
    _move(unit, [shipment], Spot(where, shipment.center), None, Reason.WITHDRAWN)


def announce_change(unit: UnitOfWork, shipment: Shipment, items: Sequence[PlanItem]) -> None:
    """Other units than those that were announced will come with a shipment."""
    change = Counter({item.msku: item.quantity for item in items})
    change.subtract({item.msku: item.quantity for item in shipment.items})
    there = Spot(Condition.INBOUND_WORKING, shipment.center)
    for sku in sorted(change):
        units, to = abs(change[sku]), shipment.shipment_id
        if change[sku] > 0:
            inventory.announce(unit, sku, units, center=shipment.center, reference=to)
        elif change[sku] < 0:
            inventory.move(unit, sku, units, from_=there, to=None, reason=Reason.WITHDRAWN, reference=to)


def _move(unit: UnitOfWork, shipments: Sequence[Shipment], start: Spot, end: Spot | None, reason: Reason) -> None:
    for sku, units, shipment in _in_order(shipments):
        inventory.move(unit, sku, units, from_=start, to=end, reason=reason, reference=shipment.shipment_id)


def _in_order(shipments: Iterable[Shipment]) -> Iterator[tuple[str, int, Shipment]]:
    moves = [(item.msku, item.quantity, shipment) for shipment in shipments for item in shipment.items]
    return iter(sorted(moves, key=lambda one: (one[0], one[2].shipment_id)))
