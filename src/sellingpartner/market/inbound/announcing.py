"""What Amazon knows of units that are to come: they are announced, set out, or will not come after all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sellingpartner.market.inbound.model import PlanItem, Shipment
from sellingpartner.market.inventory.commands import Load, loads_of, move_all
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.storage.unit import UnitOfWork


def announce_units(unit: UnitOfWork, shipments: Iterable[Shipment]) -> None:
    """The units of shipments will come to their centers."""
    move_all(
        unit,
        [
            Load(item.msku, item.quantity, None, _announced(shipment), Reason.ANNOUNCED, shipment.shipment_id)
            for shipment in shipments
            for item in shipment.items
        ],
    )


def send_units(unit: UnitOfWork, shipment: Shipment) -> None:
    """The units of a shipment are on their way."""
    _move(unit, shipment, _announced(shipment), Spot(Condition.INBOUND_SHIPPED, shipment.center), Reason.SENT)


def withdraw_units(unit: UnitOfWork, shipment: Shipment, *, are_away: bool) -> None:
    """The units of a shipment will not come, though some were on their way already."""
    where = Condition.INBOUND_SHIPPED if are_away else Condition.INBOUND_WORKING
    _move(unit, shipment, Spot(where, shipment.center), None, Reason.WITHDRAWN)


def announce_change(unit: UnitOfWork, shipment: Shipment, items: Sequence[PlanItem]) -> None:
    """Other units than those that were announced will come with a shipment."""
    change = Counter({item.msku: item.quantity for item in items})
    change.subtract({item.msku: item.quantity for item in shipment.items})
    there, reference = _announced(shipment), shipment.shipment_id
    more = loads_of(+change, None, there, Reason.ANNOUNCED, reference)
    move_all(unit, [*more, *loads_of(-change, there, None, Reason.WITHDRAWN, reference)])


def _move(unit: UnitOfWork, shipment: Shipment, start: Spot, end: Spot | None, reason: Reason) -> None:
    reference = shipment.shipment_id
    move_all(unit, [Load(item.msku, item.quantity, start, end, reason, reference) for item in shipment.items])


def _announced(shipment: Shipment) -> Spot:
    return Spot(Condition.INBOUND_WORKING, shipment.center)
